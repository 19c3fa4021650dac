import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onArchiveNews, tellArchives } from './archiveNews.ts';

const Channel = BroadcastChannel;

// Channels reach the other threads, where tests tell of archives too.
beforeEach(() => {
  vi.stubGlobal(
    'BroadcastChannel',
    class extends Channel {
      constructor(name: string) {
        super(`${name} of this test`);
      }
    },
  );
});

afterEach(() => void vi.unstubAllGlobals());

it('tells every page that listens, until it stops', async () => {
  const one = vi.fn();
  const other = vi.fn();
  const stopOne = onArchiveNews(one);
  const stopOther = onArchiveNews(other);
  tellArchives();
  await vi.waitFor(() => expect([one, other].map(({ mock }) => mock.calls.length)).toEqual([1, 1]));
  stopOne();
  tellArchives();
  await vi.waitFor(() => expect(other).toHaveBeenCalledTimes(2));
  expect(one).toHaveBeenCalledTimes(1);
  stopOther();
});

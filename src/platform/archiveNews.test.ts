import { expect, it, vi } from 'vitest';
import { onArchiveNews, tellArchives } from './archiveNews.ts';

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

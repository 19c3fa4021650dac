// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { ReadingOptions } from '../../contracts/codec.ts';
import { mountEach } from '../../ui/testing/mount.ts';
import { carriedOver, differing, useDraft, type Draft } from './useDraft.ts';

describe('two readings', () => {
  it('differ by what one says and the other does not, or otherwise', () => {
    expect(differing({}, {})).toEqual([]);
    expect(differing<object>({ size: { width: 4 } }, { size: { width: 4 } })).toEqual([]);
    expect(differing<object>({ rule: 'crop', split: 'made' }, { rule: 'resize', colour: 'grey' })).toEqual([
      'rule',
      'split',
      'colour',
    ]);
  });

  it('are carried over as far as they differ', () => {
    const to: ReadingOptions = { missing: ['-200'], sheet: 'Air' };
    expect(carriedOver<ReadingOptions>({}, { header: true }, to)).toEqual({ ...to, header: true });
    expect(carriedOver<ReadingOptions>({ sheet: 'Air' }, {}, to)).toEqual({ missing: ['-200'] });
  });
});

describe('a draft', () => {
  const view = mountEach();
  const FILE = { kind: 'file', file: new File([], 'air.xlsx'), token: 1 };
  let draft: Draft<ReadingOptions>;
  function Probe({ source }: { source: object | null }) {
    draft = useDraft<ReadingOptions>(source);
    return null;
  }
  const show = (source: object | null): void => act(() => view.root.render(<Probe source={source} />));
  const say = (reading: ReadingOptions): void => act(() => draft.say(reading));

  it('ends when it has been read', () => {
    show(FILE);
    say({ header: true });
    expect(draft.reading).toEqual({ header: true });
    show({ ...FILE, reading: { header: true } });
    expect(draft.reading).toEqual({ header: true });
    // As undoing does.
    show(FILE);
    expect(draft.reading).toEqual({});
  });

  it('keeps what was said beside what was read, be it before or meanwhile', () => {
    show(FILE);
    say({ types: [{ column: 'station', type: 'text' }] });
    show({ ...FILE, reading: { missing: ['-200'] } });
    const both = { missing: ['-200'], types: [{ column: 'station', type: 'text' }] };
    expect(draft.reading).toEqual(both);
    show({ ...FILE, reading: both });
    expect(draft.reading).toEqual(both);
    show(FILE);
    expect(draft.reading).toEqual({});
  });

  it('ends with another file, and where there is nothing to read', () => {
    show(FILE);
    say({ header: true });
    show({ ...FILE, token: 2 });
    expect(draft.reading).toEqual({});
    show(null);
    say({ header: true });
    expect(draft.reading).toEqual({});
  });
});

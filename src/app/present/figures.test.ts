import { expect, it } from 'vitest';
import { figuresOf } from '../../contracts/figures.ts';
import { PAGE_NAMES } from '../../contracts/link.ts';
import { nextFigure } from './figures.ts';

const shown = ['storage', 'bytes', 'peers'];

it('goes through the figures of a page, and then to the next page', () => {
  const at = (figure: string | null, by: 1 | -1) => nextFigure({ page: 'archive', shown, figure }, by);
  expect(at('storage', 1)).toEqual({ figure: 'bytes' });
  expect(at('bytes', -1)).toEqual({ figure: 'storage' });
  expect(at('peers', 1)).toEqual({ page: 'learn', end: 'first' });
  expect(at('storage', -1)).toEqual({ page: 'bits', end: 'last' });
  // A figure that is not there, or none, leaves the page.
  expect(at('unknown', 1)).toEqual({ page: 'learn', end: 'first' });
  expect(at(null, -1)).toEqual({ page: 'bits', end: 'last' });
});

it('ends where the pipeline ends, and leads into it from beside', () => {
  expect(nextFigure({ page: 'sweep', shown: [], figure: null }, 1)).toBeNull();
  expect(nextFigure({ page: 'data', shown: [], figure: null }, -1)).toBeNull();
  expect(nextFigure({ page: 'how', shown: [], figure: null }, 1)).toEqual({ page: 'data', end: 'first' });
  expect(nextFigure({ page: 'how', shown: [], figure: null }, -1)).toBeNull();
});

it('names every figure of a page once, as links can spell it', () => {
  for (const page of PAGE_NAMES)
    for (const kind of ['table', 'images'] as const) {
      const names = figuresOf(page, kind);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
    }
});

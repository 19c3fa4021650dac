import { describe, expect, it } from 'vitest';
import { COLUMN_TRAITS, matchingRows, type ColumnRow } from './columnFilter.ts';
import { columnOf } from '../../testing/columns.ts';

const rows: ColumnRow[] = [
  { index: 0, role: 'feature', column: columnOf('Width') },
  { index: 1, role: 'stored', column: columnOf('zip', { kind: 'text' }) },
  { index: 2, role: 'left-out', column: columnOf('kind', { kind: 'category', missing: 3 }) },
  { index: 3, role: 'feature', column: columnOf('day', { kind: 'time' }) },
  { index: 4, role: 'target', column: columnOf('wide') },
  { index: 5, role: 'weight', column: columnOf('n') },
];
const names = (letters: string, trait: (typeof COLUMN_TRAITS)[number]) =>
  matchingRows(rows, letters, trait).map(({ index }) => index);

describe('columns that are shown', () => {
  it('are those whose name has the letters', () => {
    expect(names(' wID', 'all')).toEqual([0, 4]);
    expect(names('nothing', 'all')).toEqual([]);
  });

  it.each([
    ['all', [0, 1, 2, 3, 4, 5]],
    ['target', [4]],
    ['feature', [0, 3]],
    ['weight', [5]],
    ['stored', [1]],
    ['left-out', [2]],
    ['number', [0, 4, 5]],
    ['time', [3]],
    ['text', [1, 2]],
    ['missing', [2]],
  ] as const)('have the trait: %s', (trait, expected) => {
    expect(names('', trait)).toEqual(expected);
  });

  it('can be told by every trait on offer', () => {
    for (const trait of COLUMN_TRAITS) expect(names('', trait)).not.toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { cellText, dropColumns, firstDifference, missingCount } from './table.ts';

describe('firstDifference', () => {
  const same = (a: Parameters<typeof tableOf>[0], b: Parameters<typeof tableOf>[0]): string | null =>
    firstDifference(tableOf(a), tableOf(b));

  it('tells −0 from 0, missing from 0 and from the empty string, and takes NaN for itself', () => {
    expect(same(numberColumn('x', [NaN, -0, null]), numberColumn('x', [NaN, -0, null]))).toBeNull();
    expect(same(numberColumn('x', [1, -0]), numberColumn('x', [1, 0]))).toBe('column 0, row 1');
    expect(same(numberColumn('x', [NaN]), numberColumn('x', [1]))).toBe('column 0, row 0');
    expect(same(numberColumn('x', [null]), numberColumn('x', [0]))).toBe('column 0, row 0');
    expect(same(textColumn('x', ['']), textColumn('x', [null]))).toBe('column 0, row 0');
  });

  it('compares text by its strings and not by its codes', () => {
    expect(
      same(textColumn('x', ['a', 'b']), { ...textColumn('x', ['b', 'a']), codes: Uint32Array.of(1, 0) }),
    ).toBeNull();
    expect(same(textColumn('x', ['a', 'b']), textColumn('x', ['a', 'c']))).toBe('column 0, row 1');
  });

  it('compares names, kinds and shapes', () => {
    expect(same(numberColumn('x', [1]), numberColumn('y', [1]))).toBe('column 0');
    expect(same(numberColumn('x', [1]), textColumn('x', ['1']))).toBe('column 0');
    expect(same(numberColumn('x', [1]), numberColumn('x', [1, 2]))).toBe('shape');
    const date = { ...numberColumn('x', [1]), time: 'YYYY-MM-DD' };
    expect(same(date, { ...date })).toBeNull();
    expect(same(date, numberColumn('x', [1]))).toBe('column 0');
    expect(firstDifference(tableOf(numberColumn('x', [1])), { rows: 1, columns: [] })).toBe('shape');
  });
});

describe('cells', () => {
  it('as text read back as the same double', () => {
    const values = [0.1, -0, 1e21, 5e-324, Infinity, NaN];
    const column = numberColumn('x', [...values, null]);
    values.forEach((value, row) => expect(Number(cellText(column, row))).toBe(value));
    expect(cellText(column, values.length)).toBeNull();
    expect(missingCount(column)).toBe(1);
  });

  it('of times are spelt by their pattern', () => {
    const column = { ...numberColumn('day', [0, -1, null]), time: 'YYYY-MM-DD' };
    expect([0, 1, 2].map((row) => cellText(column, row))).toEqual(['1970-01-01', '1969-12-31', null]);
  });

  it('are dropped with their column', () => {
    const table = tableOf(numberColumn('x', [1]), numberColumn('y', [2]));
    expect(dropColumns(table, ['x', 'unknown']).columns.map((column) => column.name)).toEqual(['y']);
  });
});

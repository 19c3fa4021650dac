import { describe, expect, it } from 'vitest';
import { numberColumn, tableOf, textColumn } from '../core/testing/randomTables.ts';
import { appendRows } from './appendRows.ts';
import { cellText } from '../core/table/table.ts';

describe('appendRows', () => {
  it('puts one table below the other, matching columns by name and words by spelling', () => {
    const a = tableOf(numberColumn('x', [1, null]), textColumn('t', ['b', 'a']));
    const b = tableOf(
      textColumn('t', ['c', null, 'a']),
      numberColumn('extra', [0, 0, 0]),
      numberColumn('x', [3, -0, 5]),
    );
    const table = appendRows(a, b);
    expect(table.rows).toBe(5);
    const cells = table.columns.map((column) =>
      Array.from({ length: table.rows }, (_, row) => cellText(column, row)),
    );
    expect(table.columns.map(({ name }) => name)).toEqual(['x', 't']);
    expect(cells).toEqual([
      ['1', null, '3', '-0', '5'],
      ['b', 'a', 'c', null, 'a'],
    ]);
  });

  it('refuses a column that is not there or is something else', () => {
    const a = tableOf(numberColumn('x', [1, 2]));
    const refusal = (b: ReturnType<typeof tableOf>) => () => appendRows(a, b);
    expect(refusal(tableOf(numberColumn('y', [1])))).toThrow(
      expect.objectContaining({ code: 'COLUMN_UNKNOWN' }),
    );
    expect(refusal(tableOf(textColumn('x', ['1'])))).toThrow(
      expect.objectContaining({ code: 'COLUMN_UNKNOWN' }),
    );
  });
});

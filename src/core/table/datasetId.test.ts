import { describe, expect, it } from 'vitest';
import { numberColumn, randomTable, tableOf, textColumn } from '../testing/randomTables.ts';
import { datasetId, hashText } from './datasetId.ts';
import type { Table } from './table.ts';

const base = (): Table =>
  tableOf(numberColumn('x', [1, null, -0]), textColumn('y', ['a', '', null]), numberColumn('z', [1, 2, 3]));

describe('datasetId', () => {
  it('is what it was for tables without times, and names the pattern of those with', () => {
    // Ids are in links and archives: they never change.
    expect(datasetId(base())).toBe('0fcb5992601ba410f942aa9361ef10fb203dc05c184f28750f19760201f05e2c');
    const timed = (time: string): Table => tableOf({ ...numberColumn('x', [1, 2]), time });
    const plain = tableOf(numberColumn('x', [1, 2]));
    const ids = [plain, timed('YYYY-MM-DD'), timed('YYYY-MM-DD hh:mm')].map(datasetId);
    expect(new Set(ids).size).toBe(3);
  });

  it('is the same for the same table made again, and 64 hex digits', () => {
    expect(datasetId(base())).toBe(datasetId(base()));
    expect(datasetId(base())).toMatch(/^[0-9a-f]{64}$/);
    const recipe = { seed: 5, rows: 20, columns: [{ kind: 'special', missing: true } as const] };
    expect(datasetId(randomTable(recipe))).toBe(datasetId(randomTable(recipe)));
  });

  it('takes a flag array of zeros for none', () => {
    const table = base();
    table.columns[2].missing = new Uint8Array(3);
    expect(datasetId(table)).toBe(datasetId(base()));
  });

  it('reads views that do not start at their buffer', () => {
    const table = base();
    table.columns[2] = { ...numberColumn('z', []), values: Float64Array.of(9, 1, 2, 3).subarray(1) };
    expect(datasetId(table)).toBe(datasetId(base()));
  });

  it('is the same for every NaN: an archive gives back only one of them', () => {
    const nan = (bits: bigint): Table =>
      tableOf({ ...numberColumn('x', []), values: new Float64Array(BigUint64Array.of(bits, 0n).buffer) });
    expect(datasetId(nan(0xfff8000000000001n))).toBe(datasetId(nan(0x7ff8000000000000n)));
  });

  it('differs for another cell, name, kind, order of columns, sign of zero or missing cell', () => {
    const ids = new Set([datasetId(base())]);
    const change = (edit: (table: Table) => void): void => {
      const table = base();
      edit(table);
      ids.add(datasetId(table));
    };
    const changes: ((table: Table) => void)[] = [
      (t) => (t.columns[2] = numberColumn('z', [1, 2, 4])),
      (t) => (t.columns[0] = numberColumn('x', [1, null, 0])),
      (t) => (t.columns[0] = numberColumn('x', [1, 0, -0])),
      (t) => (t.columns[0] = numberColumn('x', [null, 1, -0])),
      (t) => (t.columns[0].name = 'X'),
      (t) => (t.columns[1] = textColumn('y', ['a', 'b', null])),
      (t) => (t.columns[1] = textColumn('y', ['a', null, ''])),
      (t) => (t.columns[2] = textColumn('z', ['1', '2', '3'])),
      (t) => t.columns.reverse(),
      (t) => t.columns.pop(),
      // Names and cells must not run into each other.
      (t) => {
        t.columns[0].name = 'xy';
        t.columns[1].name = '';
      },
    ];
    changes.forEach(change);
    expect(ids.size).toBe(changes.length + 1);
  });
});

describe('hashText', () => {
  it('is SHA-256', () => {
    expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { COLUMN_KINDS, numberColumn, randomTable, tableOf } from '../testing/randomTables.ts';
import { allocateColumns, codeTable as codeInTurn, decodeColumn } from './codes.ts';
import { mappingBits, type Mapping } from './mapping.ts';
import { firstDifference, type Table } from './table.ts';

const recipe = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 0, max: 40 }),
  columns: fc.array(fc.record({ kind: fc.constantFrom(...COLUMN_KINDS), missing: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  }),
});

/** A table as lane codes, one array per lane. */
function codeTable(table: Table, allowRatio: boolean) {
  const { coding, columns } = codeInTurn(table, allowRatio);
  const coded = [...columns];
  expect(coded.flatMap(({ lanes }) => lanes)).toEqual(coding.layout.lanes);
  return { ...coding, codes: coded.flatMap(({ codes }) => codes) };
}

function decode(coded: ReturnType<typeof codeTable>, table: Table): Table {
  const names = table.columns.map((column) => column.name);
  const columns = allocateColumns(
    coded.mappings.map((mapping, index) => ({ name: names[index], mapping })),
    table.rows,
  );
  const rows = Uint32Array.from({ length: table.rows }, (_, i) => i);
  columns.forEach((column, c) => {
    const lanes = coded.codes.filter((_, index) => coded.layout.lanes[index].column === c);
    decodeColumn(coded.mappings[c], lanes, table.rows, rows, column);
  });
  return { rows: table.rows, columns };
}

describe('codes', () => {
  it('give back the identical table, whatever its columns hold', () => {
    fc.assert(
      fc.property(recipe, fc.boolean(), (made, allowRatio) => {
        const table = randomTable(made);
        const coded = codeTable(table, allowRatio);
        expect(firstDifference(table, decode(coded, table))).toBeNull();
        expect(coded.codes.length).toBe(coded.layout.lanes.length);
        // Only the low `width` bits of a lane may be set: all others would leak into its neighbours.
        coded.layout.lanes.forEach(({ width }, index) => {
          for (const code of coded.codes[index]) expect(code).toBeLessThan(2 ** width);
        });
        const bits = coded.mappings.reduce((sum, mapping) => sum + mappingBits(mapping), 0);
        expect(coded.layout.recordBits).toBe(bits);
        if (!allowRatio) expect(coded.mappings.some(({ kind }) => kind === 'ratio')).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('each kind of column round-trips with and without missing cells', () => {
    for (const kind of COLUMN_KINDS) {
      for (const missing of [false, true]) {
        for (let seed = 0; seed < 12; seed++) {
          const table = randomTable({ seed, rows: 33, columns: [{ kind, missing }] });
          const difference = firstDifference(table, decode(codeTable(table, true), table));
          expect([kind, missing, seed, difference]).toEqual([kind, missing, seed, null]);
        }
      }
    }
  });

  it('keep the order of decimal values', () => {
    const table = tableOf(numberColumn('x', [-3.5, 2 ** 40, -1e9, 0.25, 7]));
    const { codes, layout } = codeTable(table, true);
    expect(layout.lanes.map((lane) => lane.width)).toEqual([15, 32]);
    const code = (i: number): bigint => (BigInt(codes[0][i]) << 32n) | BigInt(codes[1][i]);
    const order = [0, 1, 2, 3, 4].sort((a, b) => (code(a) < code(b) ? -1 : 1));
    expect(order).toEqual([2, 0, 3, 4, 1]);
    expect(code(2)).toBe(0n);
  });

  it('put a missing float64 above the largest number even when its low word is full', () => {
    const largest = new Float64Array(BigUint64Array.of(0x3ff00000ffffffffn).buffer)[0];
    const table = tableOf(numberColumn('x', [largest, -Math.PI, null]));
    const coded = codeTable(table, true);
    expect(coded.mappings[0]).toEqual({
      kind: 'float64',
      missing: true,
      missingHigh: 0xbff00001,
      missingLow: 0,
    });
    expect(firstDifference(table, decode(coded, table))).toBeNull();
  });

  it('read the cells behind missing flags as missing, whatever lies there', () => {
    const dirty = { ...numberColumn('x', [1, null, 3]), values: Float64Array.of(1, NaN, 3) };
    const table = tableOf(dirty);
    expect(codeTable(table, true).mappings[0]).toMatchObject({ kind: 'decimal', values: 3, missing: true });
    expect(firstDifference(table, decode(codeTable(table, true), table))).toBeNull();
  });
});

describe('decodeColumn', () => {
  const refused = (mapping: Mapping, ...lanes: number[][]): string => {
    const [column] = allocateColumns([{ name: 'x', mapping }], 1);
    try {
      decodeColumn(
        mapping,
        lanes.map((lane) => Uint32Array.from(lane)),
        1,
        Uint32Array.of(0),
        column,
      );
    } catch (thrown) {
      return LabError.from(thrown).code;
    }
    return 'taken';
  };

  it('refuses codes that no value has', () => {
    const decimal: Mapping = { kind: 'decimal', decimals: 0, min: 0, values: 5, missing: false };
    expect(refused(decimal, [4])).toBe('taken');
    expect(refused(decimal, [5])).toBe('ARCHIVE_CORRUPT');
    expect(refused({ ...decimal, missing: true }, [5])).toBe('taken');
    expect(refused({ ...decimal, missing: true }, [6])).toBe('ARCHIVE_CORRUPT');
    const wide: Mapping = { ...decimal, values: 2 ** 33 + 1 };
    expect(refused(wide, [2], [0])).toBe('taken');
    expect(refused(wide, [2], [1])).toBe('ARCHIVE_CORRUPT');
    const ratio: Mapping = { kind: 'ratio', pMin: 0, pValues: 3, qMin: 1, qValues: 3, missing: false };
    expect(refused(ratio, [2], [2])).toBe('taken');
    expect(refused(ratio, [3], [0])).toBe('ARCHIVE_CORRUPT');
    expect(refused(ratio, [0], [3])).toBe('ARCHIVE_CORRUPT');
    const category: Mapping = { kind: 'category', dictionary: ['a', 'b', 'c'], missing: false };
    expect(refused(category, [2])).toBe('taken');
    expect(refused(category, [3])).toBe('ARCHIVE_CORRUPT');
    expect(refused({ ...category, dictionary: [] })).toBe('ARCHIVE_CORRUPT');
  });
});

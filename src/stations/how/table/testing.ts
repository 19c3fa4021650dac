/** The step-through of the small table, as the worker gives it; the numbers are worked out in core/walkthrough. */
import type { MapRow } from '../../../contracts/codec.ts';
import type { WalkReport } from '../../../contracts/walk.ts';
import { TOY, TOY_COLUMNS } from './toy.ts';

const BITS = 6;

/** Codes count from the smallest value of each column. */
const codes = TOY_COLUMNS.map((_, column) => {
  const values = TOY.map((line) => Number(line[column]));
  const least = Math.min(...values);
  return Float64Array.from(values, (value) => value - least);
});

const bits = Uint8Array.from(
  TOY.flatMap((_, record) =>
    codes.flatMap((code) => Array.from({ length: BITS }, (_bit, b) => (code[record] >> (BITS - 1 - b)) & 1)),
  ),
);

const CELLS = BITS * TOY_COLUMNS.length;
const ones = Uint32Array.from({ length: CELLS }, (_, cell) =>
  TOY.reduce((sum, _line, record) => sum + bits[record * CELLS + cell], 0),
);

const row = (label: string, column: number): MapRow => ({
  ...{ column, label, mapping: 'integer, 6 bits', kind: 'stored' },
  ...{ start: column * BITS, bits: BITS, use: column === 2 ? 'target' : 'feature' },
});

/** Sizes, bases and clusters as written out in the test of the walk. */
export function toyWalk(): WalkReport {
  const size = Float64Array.of(168, 170, 160, 150, 140, 130, 138, 129, 120, 120, 164, 194);
  const baseCounts = Uint32Array.of(1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 8, 10);
  const added = Uint32Array.of(1, 2, 3, 6, 13, 7, 0, 12, 4, 5, 10);
  const inBase = new Uint8Array(CELLS);
  for (const cell of [8, 9, 14, 15, ...added.slice(0, 8)]) inBase[cell] = 1;
  const state = TOY.map(([speed]) => (Number(speed) < 30 ? 0 : Number(speed) < 60 ? 1 : 2));
  // Speed and temperature: the top bits, then the next, then the fifth of temperature, which is its third that varies.
  const order = Uint32Array.of(0, 6, 7, 1, 10, 2, 11, 3, 4, 5);
  const groups = new Map<string, number>();
  const of = Int32Array.from(TOY, (_, record) => {
    const key = [...order.slice(0, 5)].map((cell) => bits[record * CELLS + cell]).join('');
    if (!groups.has(key)) groups.set(key, groups.size);
    return groups.get(key) ?? -1;
  });
  const values = TOY_COLUMNS.map((_, column) => Float64Array.from(TOY, (line) => Number(line[column])));
  const weights = new Float64Array(groups.size);
  for (const sample of of) weights[sample]++;
  return {
    records: TOY.length,
    recordBits: CELLS,
    shown: Uint32Array.from(TOY, (_, k) => k),
    shownBy: null,
    values: TOY_COLUMNS.map((_, column) => TOY.map((line) => line[column])),
    codes,
    bits,
    ones,
    entropy: Float64Array.from(ones, (count) => {
      const p = count / TOY.length;
      return p === 0 || p === 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
    }),
    rows: TOY_COLUMNS.map(row),
    search: {
      ...{ records: TOY.length, recordBits: CELLS, constantBits: 4 },
      ...{ added, inBase, baseCounts, chosen: 8, stop: 'plateau', objective: 'true', tau: 3 },
      baseBits: Uint32Array.from(size, (_, k) => 4 + k),
      idBits: Uint8Array.from(baseCounts, (count) => Math.ceil(Math.log2(count))),
      trueBits: size,
      equation1Bits: size.map((one, k) => one + 4 * baseCounts[k]),
      ids: Int32Array.from(state),
      shared: Uint32Array.from(state, (one) => [7, 3, 2][one]),
    },
    clusters: {
      used: TOY.length,
      order,
      beta: 5,
      counts: Uint32Array.of(1, 2, 3, 3, 3, 6, 6, 9, 9, 12, 12),
      samples: {
        names: [...TOY_COLUMNS],
        targets: 1,
        strongest: 0,
        means: values.map((column) =>
          weights.map(
            (weight, sample) => column.reduce((sum, v, k) => sum + (of[k] === sample ? v : 0), 0) / weight,
          ),
        ),
        weights,
        of,
        values,
      },
    },
  };
}

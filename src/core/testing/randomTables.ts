/** Tables for property tests: every kind of column that a mapping has to carry, made from a seed. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { createGenerator, type Generator } from '../random.ts';
import type { Column, NumberColumn, Table, TextColumn } from '../table/table.ts';

const float64 = new Float64Array(1);
const float64Words = new Int32Array(float64.buffer);

const below = (g: Generator, n: number): number => uniformInt(g, 0, n - 1);
const pick = <T>(g: Generator, from: readonly T[]): T => from[below(g, from.length)];

const BIG = 2 ** 53;
const SPECIAL = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  1.7976931348623157e308,
];
const TEXTS = [
  '',
  ' ',
  'a',
  'A',
  'ä',
  '\ud800',
  '\udc00x',
  '\ufeff',
  '0',
  'NA',
  '__proto__',
  '"',
  '\n',
  '💎',
  '\u0000',
];

/** How the cells of a column of numbers are drawn; each maker is called once per column. */
const NUMBERS = {
  decimal: (g: Generator) => {
    const places = below(g, 16);
    const range = pick(g, [3, 200, 100_000, 2 ** 31 - 1]);
    return () => (below(g, range) - (range >> 1)) / Number(`1e${places}`);
  },
  whole: (g: Generator) => {
    const range = pick(g, [2, 3, 17, 1000]);
    return () => below(g, range);
  },
  // Around ±2^53, where integers stop being exact and ranges stop fitting 53 bits.
  big: (g: Generator) => {
    const center = pick(g, [BIG, -BIG, BIG / 2, -BIG / 2, 0]);
    return () => center + below(g, 7) - 3;
  },
  wide: (g: Generator) => () => pick(g, [-BIG, BIG, 0, 1, -1, 2 ** 32, -(2 ** 40)]),
  negativeZero: (g: Generator) => () => pick(g, [0, -0, 1]),
  special: (g: Generator) => () => pick(g, SPECIAL),
  subnormal: (g: Generator) => () => (below(g, 1000) - 500) * 5e-324,
  float32: (g: Generator) => () => Math.fround((g.next() | 0) / 1_000_003),
  float64: (g: Generator) => () => {
    float64Words[0] = g.next();
    float64Words[1] = g.next();
    // The canonical NaN stands for all of them.
    return Number.isNaN(float64[0]) ? NaN : float64[0];
  },
  ratio: (g: Generator) => () => (below(g, 5000) - 1000) / (1 + below(g, 700)),
  constant: (g: Generator) => {
    const value = pick(g, [...SPECIAL, 0.1, 1 / 3, BIG, -BIG, Math.PI]);
    return () => value;
  },
} satisfies Record<string, (g: Generator) => () => number>;

/** How the cells of a column of text are drawn. */
const TEXT = {
  category: (g: Generator) => {
    const k = 1 + below(g, 9);
    return () => `c${below(g, k)}`;
  },
  text: (g: Generator) => () => pick(g, TEXTS) + pick(g, TEXTS),
  oneText: (g: Generator) => {
    const value = pick(g, TEXTS);
    return () => value;
  },
} satisfies Record<string, (g: Generator) => () => string>;

export type ColumnKind = keyof typeof NUMBERS | keyof typeof TEXT | 'allMissing';
export const COLUMN_KINDS = [...Object.keys(NUMBERS), ...Object.keys(TEXT), 'allMissing'] as ColumnKind[];

export function numberColumn(name: string, cells: readonly (number | null)[]): NumberColumn {
  const missing = cells.includes(null) ? Uint8Array.from(cells, (cell) => (cell === null ? 1 : 0)) : null;
  return { kind: 'number', name, values: Float64Array.from(cells, (cell) => cell ?? 0), missing };
}

/** The dictionary in order of first appearance, which readers do not rely on. */
export function textColumn(name: string, cells: readonly (string | null)[]): TextColumn {
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
  const missing = cells.includes(null) ? Uint8Array.from(cells, (cell) => (cell === null ? 1 : 0)) : null;
  const codes = Uint32Array.from(cells, (cell) => (cell === null ? 0 : dictionary.indexOf(cell)));
  return { kind: 'text', name, codes, dictionary, missing };
}

export function tableOf(...columns: Column[]): Table {
  const [first] = columns;
  return { rows: first.kind === 'number' ? first.values.length : first.codes.length, columns };
}

/** @param missing whether about a fifth of the cells are missing */
function randomColumn(g: Generator, name: string, kind: ColumnKind, rows: number, missing: boolean): Column {
  const gap = (): boolean => missing && below(g, 5) === 0;
  if (kind === 'allMissing') return numberColumn(name, new Array<null>(rows).fill(null));
  if (kind in TEXT) {
    const draw = TEXT[kind as keyof typeof TEXT](g);
    return textColumn(
      name,
      Array.from({ length: rows }, () => (gap() ? null : draw())),
    );
  }
  const draw = NUMBERS[kind as keyof typeof NUMBERS](g);
  return numberColumn(
    name,
    Array.from({ length: rows }, () => (gap() ? null : draw())),
  );
}

export interface TableRecipe {
  seed: number;
  rows: number;
  columns: { kind: ColumnKind; missing: boolean }[];
}

export function randomTable({ seed, rows, columns }: TableRecipe): Table {
  const g = createGenerator(seed);
  return {
    rows,
    columns: columns.map(({ kind, missing }, c) => randomColumn(g, `${kind} ${c}`, kind, rows, missing)),
  };
}

/** The numbers of the paper's Tables 1 to 6, as they lie in tables.json: shares from 0 to 1, times in seconds. */
import type { NetworkName, SubsetMethod } from '../../../contracts/training.ts';
import written from './tables.json' with { type: 'json' };

/** The sets of pictures that the paper trains on, by their names as samples. */
export const PAPER_SETS = ['mnist', 'cifar10', 'cifar100'] as const;
export type PaperSet = (typeof PAPER_SETS)[number];

/** The share of the pictures in Tables 1 to 3, which say it in their titles. */
export const PAPER_FRACTION = written.table1.fraction;

/**
 * What a table gives of a run: "time" as a share of full training's, "seconds" on the paper's machine; storage, memory
 * of the selection and of training, and access as shares of the full set.
 */
export const PAPER_MEASURES = [
  'accuracy',
  'time',
  'seconds',
  'storage',
  'csMemory',
  'trainMemory',
  'dataAccess',
] as const;
export type PaperMeasure = (typeof PAPER_MEASURES)[number];

export interface PaperValue {
  mean: number;
  /** Standard deviation over the paper's seeds; null where it gives none. */
  std: number | null;
}

export interface PaperRow {
  method: SubsetMethod;
  /** Share of the training pictures that an epoch saw: 1 of full training. */
  fraction: number;
  /** What is missing is not in the paper; null where the method gave nothing at this share. */
  values: Readonly<Partial<Record<PaperMeasure, PaperValue>>> | null;
}

export interface PaperTable {
  number: number;
  set: PaperSet;
  measures: readonly PaperMeasure[];
  /** Full training first, then ascending in the share; methods in the paper's order. */
  rows: readonly PaperRow[];
}

/** What the paper trained on a set. */
export interface PaperSetting {
  network: NetworkName;
  /** Null of a network without widths. */
  width: number | null;
  epochs: number;
  batch: number;
  /** Epochs between two selections, of methods that select again. */
  reselectEvery: number;
}

type Numbers = readonly (number | null)[];

/** Which of the written columns is which measure, and which its deviation; all but seconds are per cent. */
const COLUMNS: Readonly<Record<string, { measure: PaperMeasure; part: keyof PaperValue }>> = {
  ...Object.fromEntries(PAPER_MEASURES.map((measure) => [measure, { measure, part: 'mean' }])),
  sd: { measure: 'accuracy', part: 'std' },
  secondsSd: { measure: 'seconds', part: 'std' },
};

/** 98.3 % → 0.983, not 0.9829999… */
const share = (percent: number): number => Number((percent / 100).toPrecision(12));

function valuesOf(columns: readonly string[], numbers: Numbers): PaperRow['values'] {
  const values: Partial<Record<PaperMeasure, PaperValue>> = {};
  for (const [k, column] of columns.entries()) {
    const number = numbers[k];
    const { measure, part } = COLUMNS[column];
    if (number === null) continue;
    const value = measure === 'seconds' ? number : share(number);
    values[measure] = { ...(values[measure] ?? { mean: NaN, std: null }), [part]: value };
  }
  return values;
}

const measuresOf = (columns: readonly string[]): PaperMeasure[] =>
  PAPER_MEASURES.filter((measure) => columns.includes(measure));

/** What the paper calls the run that sees every picture. */
const FULL = 'full';

interface OneShare {
  dataset: string;
  fraction: number;
  columns: readonly string[];
  rows: Readonly<Record<string, Numbers>>;
}

/** Tables 1 to 3: every method at one share. */
function tableOfOne(number: number, { dataset, fraction, columns, rows }: OneShare): PaperTable {
  return {
    number,
    set: dataset as PaperSet,
    measures: measuresOf(columns),
    rows: Object.entries(rows).map(([method, numbers]) => ({
      method,
      fraction: method === FULL ? 1 : fraction,
      values: valuesOf(columns, numbers),
    })),
  };
}

interface ManyShares {
  dataset: string;
  columns: readonly string[];
  full: Numbers;
  fractions: Readonly<Record<string, Readonly<Record<string, Numbers | null>>>>;
}

/** Tables 4 to 6: every method at several shares. */
function tableOfMany(number: number, { dataset, columns, full, fractions }: ManyShares): PaperTable {
  const subsets = Object.entries(fractions).flatMap(([fraction, rows]) =>
    Object.entries(rows).map(([method, numbers]) => ({
      method,
      fraction: Number(fraction),
      values: numbers === null ? null : valuesOf(columns, numbers),
    })),
  );
  return {
    number,
    set: dataset as PaperSet,
    measures: measuresOf(columns),
    rows: [
      { method: FULL, fraction: 1, values: valuesOf(columns, full) },
      ...subsets.sort((a, b) => a.fraction - b.fraction),
    ],
  };
}

export const PAPER_TABLES: readonly PaperTable[] = [
  tableOfOne(1, written.table1),
  tableOfOne(2, written.table2),
  tableOfOne(3, written.table3),
  tableOfMany(4, written.table4),
  tableOfMany(5, written.table5),
  tableOfMany(6, written.table6),
];

/** Where the numbers are from and what they are, as written beside them. */
export const PAPER_SOURCE: string = written.source;

/** The axes of the paper's Figure 1 and the methods that it compares. */
export const PAPER_FIGURE1: { axes: readonly string[]; methods: readonly SubsetMethod[] } = written.figure1;

export function isPaperSet(name: string): name is PaperSet {
  return (PAPER_SETS as readonly string[]).includes(name);
}

/** What the paper trained on a set. */
export function paperSetting(set: PaperSet): PaperSetting {
  const { batch, reselectEvery, ...sets } = written.settings;
  const own: { network: string; width?: number; epochs: number } = sets[set];
  return { network: own.network, width: own.width ?? null, epochs: own.epochs, batch, reselectEvery };
}

/** All rows of a set, of every table that has it, in the order of the tables. */
export function paperRows(set: PaperSet): PaperRow[] {
  return PAPER_TABLES.filter((table) => table.set === set).flatMap(({ rows }) => rows);
}

/**
 * What the paper reports of a method at a share of the pictures, whichever table has it.
 * @returns null where it reports nothing
 */
export function paperValue(
  set: PaperSet,
  method: SubsetMethod,
  fraction: number,
  measure: PaperMeasure,
): PaperValue | null {
  for (const row of paperRows(set)) {
    const value = row.method === method && isSameShare(row.fraction, fraction) ? row.values?.[measure] : null;
    if (value != null) return value;
  }
  return null;
}

/** Whether two shares are one: they may have been computed. */
export function isSameShare(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-9;
}

/** Methods that the tables of a set have, the full set aside, in the paper's order. */
export function paperMethods(set: PaperSet): SubsetMethod[] {
  return [...new Set(paperRows(set).map(({ method }) => method))].filter((method) => method !== FULL);
}

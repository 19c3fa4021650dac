/** Records beside condensed samples, to test on: written in the columns of the samples. */
import { LabError } from '../../core/errors.ts';
import { isWeightName, PART } from '../../core/table/part.ts';
import type { Column, NumberColumn, Table } from '../../core/table/table.ts';
import { areSampleNames } from './marks.ts';

const MISSING = ' missing';
const IS = ' = ';

/** How a column of condensed samples follows from a table of records. */
type Origin =
  | { is: 'itself'; of: string }
  /** 1 where a cell is missing. */
  | { is: 'missing'; of: string }
  /** 1 where a cell is this word or number. */
  | { is: 'value'; of: string; value: string }
  /** 1, since a record stands for itself. */
  | { is: 'one' };

/** Null where nothing among the names makes the column. */
function originOf(name: string, isLast: boolean, names: ReadonlySet<string>): Origin | null {
  if (names.has(name)) return { is: 'itself', of: name };
  if (isLast && isWeightName(name)) return { is: 'one' };
  if (name.endsWith(MISSING) && names.has(name.slice(0, -MISSING.length)))
    return { is: 'missing', of: name.slice(0, -MISSING.length) };
  // Names and words may hold the sign themselves: the longest name that there is.
  for (let at = name.lastIndexOf(IS); at > 0; at = name.lastIndexOf(IS, at - 1))
    if (names.has(name.slice(0, at)))
      return { is: 'value', of: name.slice(0, at), value: name.slice(at + IS.length) };
  return null;
}

function originsOf(samples: readonly string[], records: readonly string[]): (Origin | null)[] {
  const names = new Set(records.filter((name) => name !== PART));
  return samples.map((name, k) => originOf(name, k === samples.length - 1, names));
}

/** Whether a table of records has what condensed samples are made of, by the names of both files. */
export function canTest(samples: readonly string[], records: readonly string[]): boolean {
  return (
    areSampleNames(samples) &&
    originsOf(samples.slice(1), records).every((origin) => origin !== null) &&
    originsOf(samples.slice(1, -1), records).length > 0
  );
}

function numbers(name: string, rows: number, of: (row: number) => number): NumberColumn {
  return {
    kind: 'number',
    name,
    values: Float64Array.from({ length: rows }, (_, row) => of(row)),
    missing: null,
  };
}

/** 1 where a cell is the value, else 0. */
function isValue(column: Column, value: string): (row: number) => number {
  const isThere = (row: number): boolean => column.missing === null || column.missing[row] === 0;
  if (column.kind === 'number') {
    const number = Number(value);
    return (row) => (isThere(row) && column.values[row] === number ? 1 : 0);
  }
  const code = column.dictionary.indexOf(value);
  return (row) => (isThere(row) && column.codes[row] === code ? 1 : 0);
}

/**
 * The records in the columns of the samples: a number as it is, 1 or 0 of a word's column and of what is missing, and a
 * weight of 1 unless they have one.
 *
 * @param samples columns of the samples without "part"
 * @throws COLUMN_UNKNOWN where a column of the samples cannot be made of those of the records
 */
export function asSamples(samples: readonly string[], records: Table): Table {
  const { rows, columns } = records;
  const origins = originsOf(
    samples,
    columns.map(({ name }) => name),
  );
  const named = (name: string): Column => columns.find((column) => column.name === name)!;
  const made = samples.map((name, k): Column => {
    const origin = origins[k];
    if (origin === null)
      throw new LabError('COLUMN_UNKNOWN', `The test file has nothing to make the column "${name}" of.`);
    if (origin.is === 'one') return numbers(name, rows, () => 1);
    const column = named(origin.of);
    if (origin.is === 'missing') return numbers(name, rows, (row) => column.missing?.[row] ?? 0);
    if (origin.is === 'value') {
      // Where missing cells have a column of their own, they have no share of any word.
      const isTold = samples.includes(`${origin.of}${MISSING}`);
      const { missing } = column;
      return { ...numbers(name, rows, isValue(column, origin.value)), missing: isTold ? null : missing };
    }
    if (column.kind === 'number') {
      // A time is a mean of its counts by now.
      const { time: _, ...plain } = column;
      return plain;
    }
    throw new LabError(
      'COLUMN_UNKNOWN',
      `Column "${name}" is text in the test file, and a number in the condensed samples.`,
    );
  });
  return { rows, columns: made };
}

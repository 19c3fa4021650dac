/** What tells a file of condensed samples, by the lab or by its SQL, from any other table. */
import { isWeightName, PART, TEST, TRAIN } from '../../core/table/part.ts';
import type { Table, TextColumn } from '../../core/table/table.ts';

/** "part", a feature, a target and a weight at least. */
const LEAST_COLUMNS = 4;

/** Whether names are those of condensed samples: "part" first and the weight last. */
export function areSampleNames(names: readonly string[]): boolean {
  return names.length >= LEAST_COLUMNS && names[0] === PART && isWeightName(names[names.length - 1]);
}

/** The column that divides a table: no cell is missing, and none says anything but train and test. */
export function partOf({ columns }: Table): TextColumn | null {
  const part = columns.find(({ name }) => name === PART);
  if (part?.kind !== 'text' || part.missing?.includes(1) === true) return null;
  return part.dictionary.every((word) => word === TRAIN || word === TEST) ? part : null;
}

/** Whether a record is a test record. */
export function isTestRecord({ codes, dictionary }: TextColumn): (row: number) => boolean {
  const test = dictionary.indexOf(TEST);
  return (row) => codes[row] === test;
}

/**
 * The column of weights of condensed samples. A name alone says nothing: a table of people may end with their weight. So
 * every mark has to be there that such a file has: "part" first; then numbers, none of them missing; the weight last, a
 * whole number from 1 on that is 1 of every test record.
 *
 * @returns its name, or null where the table is none of condensed samples
 */
export function sampleWeight(table: Table): string | null {
  const { rows, columns } = table;
  const part = partOf(table);
  if (part === null || !areSampleNames(columns.map(({ name }) => name))) return null;
  const isNumbers = columns.slice(1).every(({ kind, missing }) => kind === 'number' && missing === null);
  const last = columns[columns.length - 1];
  if (!isNumbers || last.kind !== 'number' || !part.dictionary.includes(TRAIN)) return null;
  const isTest = isTestRecord(part);
  for (let row = 0; row < rows; row++) {
    const weight = last.values[row];
    if (!Number.isInteger(weight) || weight < 1 || (weight > 1 && isTest(row))) return null;
  }
  return last.name;
}

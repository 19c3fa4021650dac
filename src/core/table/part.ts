/**
 * The columns that exported files have besides the data's own: "part" says of each record whether it is a training or a
 * test record, "weight" how many records it stands for. Files of condensed samples have "part" first and "weight" last.
 */
import { LabError } from '../errors.ts';
import { columnNames } from './names.ts';
import type { Table, TextColumn } from './table.ts';

export const PART = 'part';
/** Its two words. */
export const TRAIN = 'train';
export const TEST = 'test';

const WEIGHT = 'weight';

/** The same name to engines, which compare names without regard to case. */
export const isPartName = (name: string): boolean => name.toLowerCase() === PART;

/** Whether a column may be the weight of an exported file by its name: another one follows where a feature has it. */
export const isWeightName = (name: string): boolean => /^weight(?: \(\d+\))?$/.test(name);

/**
 * Names of the columns of condensed samples between "part" and the end, the weight last: those of the data give way
 * where they are "part", and the weight does where the data has one.
 */
export function sampleNames(ofData: readonly string[]): string[] {
  const header = ofData.map((name) => (isPartName(name) ? `${name} (2)` : name));
  const isTaken = header.some((name) => name !== WEIGHT && name.toLowerCase() === WEIGHT);
  // A feature may be called "weight", and a column as a class of another one is.
  return columnNames([...header, isTaken ? `${WEIGHT} (2)` : WEIGHT], header.length + 1, []);
}

/** The column "part" of so many records. */
function partColumn(rows: number, test: ArrayLike<number>): TextColumn {
  const codes = new Uint32Array(rows);
  for (let k = 0; k < test.length; k++) codes[test[k]] = 1;
  return { kind: 'text', name: PART, codes, dictionary: [TRAIN, TEST], missing: null };
}

/**
 * The table with a column "part" before its own.
 *
 * @param test places of the test records
 * @throws PART_TAKEN where a column is called so already
 */
export function withPart({ rows, columns }: Table, test: ArrayLike<number>): Table {
  const own = columns.find(({ name }) => isPartName(name));
  if (own !== undefined) throw partTaken(own.name);
  return { rows, columns: [partColumn(rows, test), ...columns] };
}

/** The error of a file that would have two columns of one name. */
export function partTaken(name: string): LabError {
  return new LabError(
    'PART_TAKEN',
    `The data has a column "${name}", and the one that says train or test is called "${PART}".`,
  );
}

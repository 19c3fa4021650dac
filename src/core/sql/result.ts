/** What a query saved as CSV, read back: a line of plain names and lines of numbers. */
import { LabError } from '../errors.ts';
import type { ResultRows } from './sums.ts';

/** Characters of a result at most: one of ones per bit has some thousand numbers. */
export const MOST_RESULT_CHARACTERS = 4_000_000;

/** @throws SQL_RESULT */
export function parseResult(text: string): ResultRows {
  if (text.length > MOST_RESULT_CHARACTERS)
    throw new LabError('SQL_RESULT', 'The file is larger than any result of these queries.');
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = header.replace(/^\ufeff/, '').split(',');
  const isNamed = names.every((name) => /^\w+$/.test(name));
  const rows = lines.map((line) => line.split(',').map((cell) => (cell === '' ? NaN : Number(cell))));
  if (!isNamed || rows.length === 0 || rows.some((row) => row.length !== names.length))
    throw new LabError('SQL_RESULT', 'The file is no table of names and numbers.');
  return { names, rows };
}

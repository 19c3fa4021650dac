/** Remarks on what could be read otherwise: the encoding, the first row, and cells that stand for a missing value. */
import type { TableNotice } from '../tableReading.ts';
import { ENCODING_NAMES, type Encoding } from './encoding.ts';
import type { StrayWords } from './strayWords.ts';

export const NOT_UTF8: TableNotice = {
  code: 'windows-1252',
  column: null,
  text: 'Its text is not UTF-8; it was read as windows-1252.',
};

/** Text that nothing but its zeros says to be UTF-16. */
export function unmarked(encoding: Encoding): TableNotice {
  const name = ENCODING_NAMES[encoding];
  const text = `It has no byte order mark; by its zero bytes it was read as ${name}.`;
  return { code: 'utf-16', column: null, text };
}

interface Spelling {
  text: string;
  cells: number;
}

/** Spellings that a remark names before it counts the rest. */
const MOST_NAMED = 6;

const inCells = (cells: number): string => (cells === 1 ? '1 cell' : `${cells} cells`);

/** `"NA" (12), "None" (3)` */
function listed(spellings: readonly Spelling[]): string {
  const named = spellings.slice(0, MOST_NAMED).map(({ text, cells }) => `${JSON.stringify(text)} (${cells})`);
  const more = spellings.length - MOST_NAMED;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

export function sayDoubt(isHeader: boolean): string {
  const taken = isHeader ? 'as the names of the columns' : 'as a record';
  return `The first row may name the columns or be a record. It was read ${taken}.`;
}

/** @returns null where every missing cell was empty */
export function sayLost(spellings: readonly Spelling[]): string | null {
  if (spellings.length === 0) return null;
  const cells = spellings.reduce((sum, one) => sum + one.cells, 0);
  const are = cells === 1 ? 'is' : 'are';
  return `${inCells(cells)} ${are} read as missing, so that the spelling is not kept: ${listed(spellings)}.`;
}

export function sayStray({ type, cells, words }: StrayWords): string {
  const what = type === 'time' ? 'dates or times' : 'numbers';
  return `Kept as text: ${inCells(cells)} are ${what}, the others ${listed(words)}.`;
}

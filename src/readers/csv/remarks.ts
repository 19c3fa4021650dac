/** Remarks on what could be read otherwise: the first row, and cells that stand for a missing value. */
import type { StrayWords } from './strayWords.ts';

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

/**
 * How text stands in a cell of any CSV that the lab writes, table or results. The cell keeps its value: what a
 * spreadsheet would run as a formula (=1+1) is neither changed nor led by an apostrophe, or it would come back as
 * another text. docs/READING.md says what that means for spreadsheets.
 */
import { isMissing } from './cells.ts';

/**
 * Whether a text has to stand in quotes: it holds a delimiter of some dialect, a quote or a line break; or bare it
 * might be taken for a missing cell, a comment, or a cell with space around it.
 */
function wantsQuotes(text: string): boolean {
  return /[",;\t|\r\n]|^[\s#]|\s$/.test(text) || isMissing(text);
}

/** The text as a cell that reads back as the same text, in quotes where they are needed. */
export function spellCell(text: string): string {
  return wantsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

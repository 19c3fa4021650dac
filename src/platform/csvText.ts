/** Results as CSV to be saved, for spreadsheets and everything else. */
import { spellCell } from '../readers/csv/spellCell.ts';

export type Cell = string | number;

/** Lines of cells, the header first, ended as RFC 4180 has them; an empty text is an empty cell. */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: Cell): string {
  return typeof value === 'number' || value === '' ? String(value) : spellCell(value);
}

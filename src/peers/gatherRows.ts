/** Some records of a table as a table of their own. */
import type { Column, Table, TextColumn } from '../core/table/table.ts';

function gatherFlags(missing: Uint8Array | null, rows: Uint32Array): Uint8Array | null {
  if (missing === null) return null;
  const flags = Uint8Array.from(rows, (row) => missing[row]);
  return flags.includes(1) ? flags : null;
}

/** Codes for the strings that occur, in the dictionary's order. */
function gatherText(column: TextColumn, rows: Uint32Array): Pick<TextColumn, 'codes' | 'dictionary'> {
  const isUsed = new Uint8Array(column.dictionary.length);
  for (const row of rows)
    if (column.missing === null || column.missing[row] === 0) isUsed[column.codes[row]] = 1;
  const dictionary = column.dictionary.filter((_, code) => isUsed[code] === 1);
  const newCode = new Uint32Array(isUsed.length);
  for (let code = 0, next = 0; code < isUsed.length; code++) if (isUsed[code] === 1) newCode[code] = next++;
  const gone = column.missing;
  const codes = Uint32Array.from(rows, (row) =>
    gone !== null && gone[row] === 1 ? 0 : newCode[column.codes[row]],
  );
  return { codes, dictionary };
}

/** @param rows records of the table, by number */
export function gatherRows(table: Table, rows: Uint32Array): Table {
  const columns = table.columns.map((column): Column => {
    const missing = gatherFlags(column.missing, rows);
    if (column.kind === 'text') return { ...column, ...gatherText(column, rows), missing };
    const { values } = column;
    return { ...column, values: Float64Array.from(rows, (row) => values[row]), missing };
  });
  return { rows: rows.length, columns };
}

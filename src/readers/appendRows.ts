/** Two tables of the same columns one below the other: a training file and its test file. */
import { LabError } from '../core/errors.ts';
import type { Column, NumberColumn, Table, TextColumn } from '../core/table/table.ts';

function appendMissing(a: Column, b: Column, rows: number, more: number): Uint8Array | null {
  if (a.missing === null && b.missing === null) return null;
  const missing = new Uint8Array(rows + more);
  if (a.missing !== null) missing.set(a.missing);
  if (b.missing !== null) missing.set(b.missing, rows);
  return missing;
}

function appendNumbers(a: NumberColumn, b: NumberColumn, missing: Uint8Array | null): NumberColumn {
  const values = new Float64Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { ...a, values, missing };
}

function appendText(a: TextColumn, b: TextColumn, missing: Uint8Array | null): TextColumn {
  const dictionary = [...a.dictionary];
  const place = new Map(dictionary.map((entry, code) => [entry, code]));
  const moved = b.dictionary.map((entry) => {
    const known = place.get(entry);
    if (known !== undefined) return known;
    place.set(entry, dictionary.length);
    return dictionary.push(entry) - 1;
  });
  const codes = new Uint32Array(a.codes.length + b.codes.length);
  codes.set(a.codes);
  for (let i = 0; i < b.codes.length; i++) {
    if (b.missing === null || b.missing[i] === 0) codes[a.codes.length + i] = moved[b.codes[i]];
  }
  return { ...a, codes, dictionary, missing };
}

/**
 * @returns a with the rows of b below; columns are matched by name, and those that only b has are left out
 * @throws COLUMN_UNKNOWN where b lacks a column of a, or has it as another kind
 */
export function appendRows(a: Table, b: Table): Table {
  const columns = a.columns.map((column): Column => {
    const other = b.columns.find(({ name }) => name === column.name);
    if (other === undefined) {
      throw new LabError('COLUMN_UNKNOWN', `The test file has no column "${column.name}".`);
    }
    const missing = appendMissing(column, other, a.rows, b.rows);
    if (column.kind === 'number' && other.kind === 'number' && column.time === other.time) {
      return appendNumbers(column, other, missing);
    }
    if (column.kind === 'text' && other.kind === 'text') return appendText(column, other, missing);
    throw new LabError(
      'COLUMN_UNKNOWN',
      `Column "${column.name}" is read as something else in the test file than in the training file.`,
    );
  });
  return { rows: a.rows + b.rows, columns };
}

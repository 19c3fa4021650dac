/** A table as JSON Lines: a record a line, with every key in the order of the columns, missing cells null. */
import type { Column, Table } from '../../core/table/table.ts';
import { writeTime } from '../../core/table/time.ts';

/** Characters after which a piece is handed on. */
const PIECE_LENGTH = 1 << 18;

/** Spells the cell of a row that is not missing. */
type CellWriter = (row: number) => string;

function cellWriter(column: Column): CellWriter {
  if (column.kind === 'text') {
    const { codes, dictionary } = column;
    const spelt: (string | undefined)[] = new Array<undefined>(dictionary.length);
    return (row) => (spelt[codes[row]] ??= JSON.stringify(dictionary[codes[row]].toWellFormed()));
  }
  const { values, time } = column;
  if (time !== undefined) return (row) => JSON.stringify(writeTime(values[row], time));
  return (row) => {
    const value = values[row];
    if (Object.is(value, -0)) return '-0';
    // JSON has no infinite numbers.
    return Number.isFinite(value) ? String(value) : `"${value}"`;
  };
}

/**
 * Spells a table as JSON Lines in UTF-8.
 *
 * Numbers are spelt so that they read back as the same double, dates and times by their column's pattern, as texts. A
 * NaN cannot be told from a missing cell, and a lone surrogate becomes U+FFFD.
 *
 * @returns pieces of about a quarter of a megabyte
 */
export function* writeJsonLines({ rows, columns }: Table): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const keys = columns.map(({ name }) => `${JSON.stringify(name.toWellFormed())}:`);
  const writers = columns.map(cellWriter);
  let lines: string[] = [];
  let length = 0;
  for (let row = 0; row < rows; row++) {
    const cells = columns.map(
      ({ missing }, c) => keys[c] + (missing !== null && missing[row] === 1 ? 'null' : writers[c](row)),
    );
    const line = `{${cells.join(',')}}\n`;
    lines.push(line);
    length += line.length;
    if (length < PIECE_LENGTH) continue;
    yield encoder.encode(lines.join(''));
    lines = [];
    length = 0;
  }
  if (lines.length > 0) yield encoder.encode(lines.join(''));
}

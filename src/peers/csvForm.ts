/** The table as CSV text, which every tool reads. */
import type { Pulse } from '../core/pulse.ts';
import { MISSING_MARKERS } from '../readers/csv/cells.ts';
import { readCsv } from '../readers/csv/readCsv.ts';
import type { ColumnType } from '../readers/tableReading.ts';
import type { Column, Table } from '../core/table/table.ts';
import { readTime } from '../core/table/time.ts';
import { writeCsv } from '../readers/csv/writeCsv.ts';
import { joinBytes } from './compressor.ts';
import type { Form } from './forms.ts';
import type { Cell } from './peer.ts';

const LINE_FEED = 10;
const QUOTE = 34;
/** A line may begin with U+FEFF as its text. */
const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });

function typeOf(column: Column): ColumnType {
  if (column.kind === 'text') return 'text';
  return column.time === undefined ? 'number' : 'time';
}

/** Reads the text back into columns of the types that they had: CSV itself does not say them. */
async function read(table: Table, pieces: () => Iterable<Uint8Array>, pulse: Pulse): Promise<Table> {
  const file = {
    name: 'table.csv',
    bytes: null,
    open: async () =>
      (async function* () {
        yield* pieces();
      })(),
  };
  const types = table.columns.map((column) => ({ column: column.name, type: typeOf(column) }));
  const reading = await readCsv(
    file,
    { delimiter: ',', header: true, decimal: '.', encoding: 'utf-8', types },
    pulse,
  );
  return reading.table;
}

/** The bytes of line `wanted` out of pieces of CSV text; a line ends at a line feed outside of quotes. */
function lineOf(pieces: Iterable<Uint8Array>, wanted: number): Uint8Array {
  const kept: number[] = [];
  let line = 0;
  let quoted = false;
  for (const piece of pieces) {
    for (let k = 0; k < piece.length; k++) {
      const byte = piece[k];
      if (byte === QUOTE) quoted = !quoted;
      if (byte === LINE_FEED && !quoted) {
        if (line === wanted) return Uint8Array.from(kept);
        line++;
      } else if (line === wanted) kept.push(byte);
    }
  }
  throw new Error('The decompressed text ends early.');
}

/** The cells of a line, each with whether it stood in quotes. */
function splitLine(line: string): { text: string; quoted: boolean }[] {
  const cells: { text: string; quoted: boolean }[] = [];
  for (let at = 0; at <= line.length;) {
    if (line[at] === '"') {
      let end = at + 1;
      while (line[end] !== '"' || line[end + 1] === '"') end += line[end] === '"' ? 2 : 1;
      cells.push({ text: line.slice(at + 1, end).replaceAll('""', '"'), quoted: true });
      at = end + 2;
    } else {
      const comma = line.indexOf(',', at);
      const end = comma < 0 ? line.length : comma;
      cells.push({ text: line.slice(at, end), quoted: false });
      at = end + 1;
    }
  }
  return cells;
}

function valueOf(column: Column, text: string): Cell {
  if (column.kind === 'text') return text;
  if (column.time !== undefined) {
    const bytes = new TextEncoder().encode(text);
    const cell = { value: 0, shape: 0 };
    if (readTime(bytes, 0, bytes.length, cell)) return cell.value;
  }
  return Number(text);
}

function record(table: Table, pieces: Iterable<Uint8Array>, row: number): Cell[] {
  // The header is the first line.
  const cells = splitLine(TEXT.decode(lineOf(pieces, row + 1)));
  return table.columns.map((column, c) => {
    const { text, quoted } = cells[c];
    const isMissing = !quoted && (text === '' || MISSING_MARKERS.includes(text));
    return isMissing ? null : valueOf(column, text);
  });
}

export const csvForm: Form = {
  name: 'csv',
  label: 'the CSV text',
  sentence: 'the table as CSV text',
  write: (table, pulse) => joinBytes(writeCsv(table), pulse),
  read,
  open: (table) => (pieces, row) => record(table, pieces, row),
};

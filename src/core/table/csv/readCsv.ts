/**
 * Reading a CSV file as a stream into typed columns, typed over the whole file, with every cell kept so that nothing is
 * lost.
 *
 * A column is read as numbers until a cell says otherwise. If numbers had been read by then, their spelling is gone
 * ("41.0" became 41), so the file is read a second time with that column as text.
 */
import { LabError } from '../../errors.ts';
import { SILENT_PULSE, type Pulse } from '../../pulse.ts';
import { MAX_CELLS, type Table } from '../table.ts';
import { TEXT_DIGITS, TEXT_LEADING_ZERO } from './cells.ts';
import { ColumnBuilder } from './columnBuilder.ts';
import { RowSplitter } from './rowSplitter.ts';

/** A file that can be read more than once. */
export interface TextFile {
  name: string;
  /** Size in bytes when known, for progress. */
  bytes: number | null;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

export interface TableNotice {
  code: string;
  column: string | null;
  text: string;
}

export interface CsvResult {
  table: Table;
  notices: TableNotice[];
  /** Bytes read. */
  bytes: number;
  delimiter: string;
}

const MAX_COLUMNS = 10_000;

function checkHeader(header: string[]): string[] {
  const names = header.map((cell, index) => {
    const name = cell.trim();
    return name === '' ? `column${index + 1}` : name;
  });
  if (names.length > MAX_COLUMNS) {
    throw new LabError('CSV_TOO_WIDE', `The file has ${names.length} columns; the limit is ${MAX_COLUMNS}.`);
  }
  if (names.length === 1) {
    throw new LabError(
      'CSV_ONE_COLUMN',
      'The file has only one column: there is nothing to learn a target from.',
    );
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new LabError('CSV_DUPLICATE_HEADER', `Two columns are called "${name}".`);
    seen.add(name);
  }
  return names;
}

/** Whether the first bytes can be text at all. */
function looksBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096);
  for (let i = 0; i < head.length; i++) {
    const byte = head[i];
    if (byte === 0 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12)) return true;
  }
  return false;
}

/** One reading of the file; `textColumns` are known to be text from an earlier one. */
async function readOnce(file: TextFile, textColumns: ReadonlySet<string>, pulse: Pulse) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const splitter = new RowSplitter();
  let builders: ColumnBuilder[] | null = null;
  let rows = 0;
  let bytes = 0;
  const take = (row: string[]): void => {
    if (row.length === 1 && row[0].trim() === '') return; // blank line
    if (builders === null) {
      builders = checkHeader(row).map((name) => new ColumnBuilder(name, textColumns.has(name)));
      return;
    }
    if (row.length !== builders.length) {
      throw new LabError(
        'CSV_RAGGED',
        `Line ${splitter.line} has ${row.length} cells where the header has ${builders.length}.`,
      );
    }
    if ((rows + 1) * builders.length > MAX_CELLS) {
      throw new LabError('CSV_TOO_LARGE', `The table has more than ${MAX_CELLS} cells.`);
    }
    for (let c = 0; c < row.length; c++) builders[c].add(row[c], rows);
    rows++;
  };
  const decode = (chunk: Uint8Array | null): string => {
    try {
      return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new LabError('CSV_NOT_UTF8', `The text of ${file.name} is not UTF-8 near byte ${bytes}.`, {
        cause,
      });
    }
  };
  for await (const chunk of await file.open()) {
    if (bytes === 0 && looksBinary(chunk)) {
      throw new LabError('CSV_BINARY', `${file.name} is a binary file, not CSV text.`);
    }
    bytes += chunk.length;
    // Pieces of a quarter megabyte keep the work between two pulses to some milliseconds.
    for (let at = 0; at < chunk.length; at += 262_144) {
      splitter.push(decode(chunk.subarray(at, at + 262_144)), false, take);
      if (pulse.due())
        await pulse.beat({ phase: 'Reading rows', done: bytes, total: file.bytes, unit: 'bytes' });
    }
  }
  splitter.push(decode(null), true, take);
  return { builders: builders as ColumnBuilder[] | null, rows, bytes, delimiter: splitter.delimiter };
}

/**
 * Reads a well-formed CSV file with a header.
 *
 * @throws CSV_EMPTY, CSV_BINARY, CSV_ONE_ROW, CSV_ONE_COLUMN, CSV_NO_NUMERIC_COLUMN, CSV_RAGGED, CSV_QUOTES,
 * CSV_DUPLICATE_HEADER, CSV_TOO_WIDE, CSV_TOO_LARGE, CSV_NOT_UTF8
 */
export async function readCsv(file: TextFile, pulse: Pulse = SILENT_PULSE): Promise<CsvResult> {
  let read = await readOnce(file, new Set(), pulse);
  const again = (read.builders ?? []).filter((builder) => builder.reread);
  const reasons = new Map((read.builders ?? []).map((builder) => [builder.name, builder.reason]));
  if (again.length > 0) {
    read = await readOnce(file, new Set(again.map((builder) => builder.name)), pulse);
  }
  const { builders, rows, bytes, delimiter } = read;
  if (builders === null) throw new LabError('CSV_EMPTY', `${file.name} is empty.`);
  if (rows === 0) throw new LabError('CSV_EMPTY', `${file.name} has a header line but no rows.`);
  if (rows === 1) throw new LabError('CSV_ONE_ROW', `${file.name} has only one row.`);
  const columns = builders.map((builder) => builder.finish(rows));
  if (
    !columns.some(
      (column) => column.kind === 'number' && !(column.missing?.every((flag) => flag === 1) ?? false),
    )
  ) {
    throw new LabError(
      'CSV_NO_NUMERIC_COLUMN',
      `None of the ${columns.length} columns of ${file.name} is numeric.`,
    );
  }
  const notices: TableNotice[] = [];
  for (const { name } of columns) {
    const reason = reasons.get(name);
    if (reason === TEXT_LEADING_ZERO) {
      notices.push({
        code: 'leading-zeros',
        column: name,
        text: 'Kept as text: its numbers have leading zeros.',
      });
    } else if (reason === TEXT_DIGITS) {
      notices.push({
        code: 'long-digits',
        column: name,
        text: 'Kept as text: its numbers have more digits than a double holds.',
      });
    }
  }
  return { table: { rows, columns }, notices, bytes, delimiter };
}

/**
 * Reading a CSV file as a stream into typed columns. PapaParse splits the text into cells; this file finds the
 * delimiter, types each column over the whole file, and keeps every cell so that nothing is lost.
 *
 * A column is read as numbers until a cell says otherwise. If numbers had been read by then, their spelling is gone
 * ("41.0" became 41), so the file is read a second time with that column as text.
 */
import Papa from 'papaparse';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE, type Pulse } from '../../pulse.ts';
import { MAX_CELLS, type Column, type Table } from '../table.ts';
import { isMissing, readNumber, TEXT_DIGITS, TEXT_LEADING_ZERO } from './cells.ts';

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
/** Longest line that is held while waiting for its end. */
const MAX_LINE = 16 * 1024 * 1024;
const DELIMITERS = [',', '\t', ';'];

/** Values of a column as they come in: growing arrays, doubled as needed. */
class ColumnBuilder {
  readonly name: string;
  text: boolean;
  /** Set when numbers were read before the cell that made the column text. */
  reread = false;
  /** Why the column is text, for its notice. */
  reason = 0;
  private values: Float64Array;
  private codes: Uint32Array;
  private missing: Uint8Array | null = null;
  private readonly index = new Map<string, number>();
  private numbers = 0;
  private readonly out = { value: 0 };

  constructor(name: string, text: boolean) {
    this.name = name;
    this.text = text;
    this.values = new Float64Array(text ? 0 : 1024);
    this.codes = new Uint32Array(text ? 1024 : 0);
  }

  add(raw: string, row: number): void {
    const cell = this.text ? raw : raw.trim();
    if (isMissing(this.text ? raw.trim() : cell)) {
      this.grow(row);
      if (this.missing === null) this.missing = new Uint8Array(Math.max(1024, (row + 1) * 2));
      this.missing[row] = 1;
      return;
    }
    if (!this.text) {
      const why = readNumber(cell, this.out);
      if (why === 0) {
        this.grow(row);
        this.values[row] = this.out.value;
        this.numbers++;
        return;
      }
      this.becomeText(why);
    }
    this.grow(row);
    let code = this.index.get(raw);
    if (code === undefined) {
      code = this.index.size;
      this.index.set(raw, code);
    }
    this.codes[row] = code;
  }

  private becomeText(why: number): void {
    this.text = true;
    this.reason = why;
    this.reread = this.numbers > 0;
    this.codes = new Uint32Array(this.values.length);
    this.values = new Float64Array(0);
  }

  private grow(row: number): void {
    if (this.text ? row >= this.codes.length : row >= this.values.length) {
      if (this.text) {
        const larger = new Uint32Array((row + 1) * 2);
        larger.set(this.codes);
        this.codes = larger;
      } else {
        const larger = new Float64Array((row + 1) * 2);
        larger.set(this.values);
        this.values = larger;
      }
    }
    if (this.missing !== null && row >= this.missing.length) {
      const larger = new Uint8Array((row + 1) * 2);
      larger.set(this.missing);
      this.missing = larger;
    }
  }

  finish(rows: number): Column {
    let missing: Uint8Array | null = null;
    if (this.missing !== null) {
      missing = new Uint8Array(rows);
      missing.set(this.missing.subarray(0, rows));
    }
    if (!this.text) return { kind: 'number', name: this.name, values: this.values.slice(0, rows), missing };
    return this.finishText(rows, missing);
  }

  /** Dictionary by frequency, so that the analytics bits of a code separate common from rare. */
  private finishText(rows: number, missing: Uint8Array | null): Column {
    const counts = new Uint32Array(this.index.size);
    for (let i = 0; i < rows; i++) if (missing === null || missing[i] === 0) counts[this.codes[i]]++;
    const entries = [...this.index.keys()];
    const order = Uint32Array.from(entries, (_, code) => code).sort((a, b) => counts[b] - counts[a] || a - b);
    const rank = new Uint32Array(order.length);
    order.forEach((code, k) => (rank[code] = k));
    const codes = new Uint32Array(rows);
    for (let i = 0; i < rows; i++) if (missing === null || missing[i] === 0) codes[i] = rank[this.codes[i]];
    return {
      kind: 'text',
      name: this.name,
      codes,
      dictionary: Array.from(order, (code) => entries[code]),
      missing,
    };
  }
}

/**
 * Finds the end of the header line, which quoted cells may carry over line breaks, and counts the candidates for the
 * delimiter in it.
 *
 * @returns end: index of the line break behind the header, or −1 when it is not there yet
 */
function scanHeader(text: string): { counts: number[]; end: number } {
  const counts = DELIMITERS.map(() => 0);
  let quoted = false;
  let atCellStart = true;
  let i = 0;
  while (text[i] === '\n' || text[i] === '\r') i++; // blank lines
  for (; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character !== '"') continue;
      if (text[i + 1] === '"') i++;
      else quoted = false;
      continue;
    }
    if (character === '\n' || character === '\r') return { counts, end: i };
    // A quote inside a cell is a character like any other.
    quoted = atCellStart && character === '"';
    const candidate = DELIMITERS.indexOf(character);
    if (candidate >= 0) counts[candidate]++;
    atCellStart = candidate >= 0;
  }
  return { counts, end: -1 };
}

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

/** Splits the text into rows as it comes, carrying an unfinished row over to the next chunk. */
class RowSplitter {
  private rest = '';
  /** Length of the rest from which it is worth another look: a long row is not gone through with every chunk. */
  private enough = 0;
  private parser: { delimiter: string; newline: '\n' | '\r\n' | '\r' } | null = null;
  line = 1;

  get delimiter(): string {
    return this.parser?.delimiter ?? ',';
  }

  /** Takes the candidate that splits the header most often, and the line break behind the header. */
  private start(text: string, { counts, end }: { counts: number[]; end: number }): void {
    const newline = text.startsWith('\r\n', end) ? '\r\n' : text[end] === '\r' ? '\r' : '\n';
    this.parser = { delimiter: DELIMITERS[counts.indexOf(Math.max(...counts))], newline };
  }

  push(text: string, last: boolean, take: (row: string[]) => void): void {
    this.rest += text;
    if (!last && this.rest.length < this.enough) return this.checkLine();
    this.enough = Math.min(2 * this.rest.length, MAX_LINE);
    if (this.parser === null) {
      // The header has to be whole before its delimiter can be told, and one character more to tell \r from \r\n.
      const header = scanHeader(this.rest);
      if (!last && (header.end < 0 || header.end + 1 === this.rest.length)) return this.checkLine();
      this.start(this.rest, header);
    }
    const parser = new Papa.Parser({ ...this.parser!, quoteChar: '"', escapeChar: '"' });
    const result = parser.parse(this.rest, 0, !last) as {
      data: string[][];
      errors: { code: string; row: number }[];
      meta: { cursor: number };
    };
    // In the row that is still unfinished, one misplaced quote may be waiting for what closes it properly.
    const [error, another] = result.errors;
    const certain =
      error !== undefined && (last || another !== undefined || error.row < result.data.length) ? error : null;
    // The rows before it come first, so that a file has the same first fault however it is cut into chunks.
    for (const row of certain === null ? result.data : result.data.slice(0, certain.row)) {
      take(row);
      this.line++;
    }
    if (certain !== null) {
      throw new LabError(
        'CSV_QUOTES',
        `A quoted cell near line ${this.line} is not closed or is followed by more text.`,
      );
    }
    if (result.meta.cursor > 0) this.enough = 0;
    this.rest = last ? '' : this.rest.slice(result.meta.cursor);
    this.checkLine();
  }

  private checkLine(): void {
    if (this.rest.length > MAX_LINE) {
      throw new LabError(
        'CSV_TOO_LARGE',
        `The row at line ${this.line} is longer than ${MAX_LINE} characters; perhaps a quote is not closed.`,
      );
    }
  }
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

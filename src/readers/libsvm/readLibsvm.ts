/**
 * LIBSVM and SVMlight text: a label, several with commas or none, perhaps `qid:n`, then `index:value` for what is not
 * zero, and `# comments`. Read from bytes, line by line, into typed columns; what a line does not name is 0.
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { TEXT_DIGITS, TEXT_WORD } from '../csv/cells.ts';
import { NumberReader } from '../csv/numbers.ts';
import type {
  ColumnDecision,
  ReadingOptions,
  TableFile,
  TableNotice,
  TableReading,
} from '../tableReading.ts';
import { MAX_CELLS, type NumberColumn } from '../../core/table/table.ts';
import { applyChoices } from '../typedOptions.ts';
import { LabelSets } from './labelSets.ts';
import { LineBuffer } from './lineBuffer.ts';
import { SparseColumns } from './sparseColumns.ts';

/** Longest line that is held while waiting for its end. */
const MAX_LINE = 16 * 1024 * 1024;
const MAX_COLUMNS = 10_000;
/** Most labels of which each is a column. */
const MAX_LABELS = 1000;
/** Bytes parsed between two questions to the pulse. */
const PIECE_BYTES = 262_144;

const COLON = 58;
const HASH = 35;
const COMMA = 44;
const POINT = 46;

/** Places among the columns that are no features. */
const LABEL = 0;
const QUERY = 1;

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}

/** Reads lines into columns; one per reading of a file. */
class LibsvmReader {
  rows = 0;
  private line = 0;
  private queries = 0;
  private readonly fileName: string;
  /** Numbers whose digits a double does not hold. */
  private rounded = 0;
  private readonly numbers = new NumberReader();
  private readonly features = new SparseColumns();
  /** Label, and query where there is one: columns of their own beside the features. */
  private readonly labels = new SparseColumns();
  /** Null until a line names several labels. */
  private labelSets: LabelSets | null = null;
  private unlabelled = 0;

  constructor(fileName: string) {
    this.fileName = fileName;
  }

  private malformed(what: string): LabError {
    return new LabError('LIBSVM_MALFORMED', `Line ${this.line} of ${this.fileName} ${what}.`);
  }

  /** The number from `at` to `end`, NaN for a word that stands for a missing value. */
  private number(bytes: Uint8Array, at: number, end: number, what: string): number {
    const why = at === end ? TEXT_WORD : this.numbers.read(bytes, at, end, POINT);
    if (why === 0) return this.numbers.value;
    const cell = cellOf(bytes, at, end);
    if (why !== TEXT_WORD) {
      // Only columns of text keep leading zeros and digits beyond a double's, and LIBSVM has none.
      if (why === TEXT_DIGITS) this.rounded++;
      return Number(cell);
    }
    if (/^nan$/i.test(cell)) return NaN;
    throw this.malformed(`has ${what} "${cell}", which is no number`);
  }

  /** One line without its end. */
  take(bytes: Uint8Array, from: number, to: number): void {
    this.line++;
    let at = from;
    let end = to;
    for (let k = at; k < end; k++) if (bytes[k] === HASH) end = k;
    while (at < end && isBlank(bytes[at])) at++;
    if (at === end) return;

    let stop = at;
    let colon = -1;
    for (; stop < end && !isBlank(bytes[stop]); stop++) if (bytes[stop] === COLON) colon = stop;
    const row = this.rows++;
    // A line that begins with a pair has no label.
    if (colon >= 0) stop = at;
    this.takeLabels(bytes, at, stop, row);
    let last = -1;
    for (at = stop; ; at = stop) {
      while (at < end && isBlank(bytes[at])) at++;
      if (at === end) break;
      stop = at;
      colon = -1;
      for (; stop < end && !isBlank(bytes[stop]); stop++)
        if (bytes[stop] === COLON && colon < 0) colon = stop;
      if (colon < 0) throw this.malformed(`has "${cellOf(bytes, at, stop)}" where index:value is wanted`);
      const index = this.index(bytes, at, colon);
      if (index < 0) {
        this.labels.set(QUERY, row, this.number(bytes, colon + 1, stop, 'the query'));
        this.queries++;
        continue;
      }
      if (index <= last) throw this.malformed(`has index ${index} behind index ${last}; they have to ascend`);
      last = index;
      this.checkSize(index);
      this.features.set(index, row, this.number(bytes, colon + 1, stop, `at index ${index} the value`));
    }
    this.checkSize(this.features.largest);
  }

  /** Labels between commas, from `at` to `end`; none where these are the same. */
  private takeLabels(bytes: Uint8Array, at: number, end: number, row: number): void {
    if (at === end) {
      this.unlabelled++;
      this.labels.set(LABEL, row, NaN);
      return;
    }
    for (let from = at; from <= end;) {
      let to = from;
      while (to < end && bytes[to] !== COMMA) to++;
      const label = this.number(bytes, from, to, 'the label');
      if (from === at) this.labels.set(LABEL, row, label);
      if (to < end) this.startSets(row);
      this.labelSets?.add(label, row);
      from = to + 1;
    }
    if (this.labelSets !== null && this.labelSets.size > MAX_LABELS)
      throw new LabError(
        'LIBSVM_TOO_LARGE',
        `Lines of ${this.fileName} name several labels; the limit is ${MAX_LABELS} different ones.`,
      );
  }

  /** From the first line on that names several labels, those of every line are kept. */
  private startSets(row: number): void {
    if (this.labelSets !== null) return;
    this.labelSets = new LabelSets();
    for (let before = 0; before < row && this.labelSets.size <= MAX_LABELS; before++)
      this.labelSets.add(this.labels.get(LABEL, before), before);
  }

  /** An index, or −1 for `qid`. */
  private index(bytes: Uint8Array, at: number, colon: number): number {
    let index = 0;
    let k = at;
    for (; k < colon; k++) {
      const digit = bytes[k] - 48;
      if (digit < 0 || digit > 9) break;
      // Beyond any limit its size does not matter any more.
      if (index < 2 ** 40) index = index * 10 + digit;
    }
    if (k === colon && colon > at) return index;
    const cell = cellOf(bytes, at, colon);
    if (cell === 'qid') return -1;
    throw this.malformed(`has the index "${cell}", which is no whole number`);
  }

  private checkSize(index: number): void {
    if (index > MAX_COLUMNS) {
      throw new LabError(
        'LIBSVM_TOO_LARGE',
        `Line ${this.line} of ${this.fileName} names feature ${index}; the limit is ${MAX_COLUMNS} features.`,
      );
    }
    const labels = this.labelSets?.size ?? 1;
    if (this.rows * (Math.max(index, this.features.largest) + labels) <= MAX_CELLS) return;
    throw new LabError(
      'LIBSVM_TOO_LARGE',
      `${this.fileName} has ${this.rows} rows or more of ${Math.max(index, this.features.largest)} features; the limit is ${MAX_CELLS} cells.`,
    );
  }

  /** The columns: `qid` if there is one, the features, the label last. */
  finish(): { columns: NumberColumn[]; decisions: ColumnDecision[]; notices: TableNotice[] } {
    const { rows, features, labels, unlabelled } = this;
    if (this.queries > 0 && this.queries < rows)
      throw new LabError(
        'LIBSVM_MALFORMED',
        `${this.queries} of ${rows} lines of ${this.fileName} have a qid.`,
      );
    const columns: NumberColumn[] = [];
    const decisions: ColumnDecision[] = [];
    const push = (column: NumberColumn, why: string): void => {
      columns.push(column);
      decisions.push({ column: column.name, type: 'number', chosen: false, why });
    };
    if (this.queries > 0) push(labels.column(QUERY, 'qid', rows), 'the query that each line names');
    const first = features.has(0) ? 0 : 1;
    for (let index = first; index <= features.largest; index++)
      push(
        features.column(index, `f${index}`, rows),
        `the values with index ${index}; 0 where a line has none`,
      );
    const notices: TableNotice[] = [];
    const say = (code: string, text: string): number => notices.push({ code, column: null, text });
    const sets = this.labelSets?.columns(rows) ?? [];
    for (const { label, column } of sets) push(column, `1 where a line names the label ${label}, else 0`);
    if (sets.length > 0)
      say(
        'several-labels',
        `Some lines name several labels: each of the ${sets.length} labels is a column, 1 where a line names it.`,
      );
    else if (unlabelled < rows) push(labels.column(LABEL, 'label', rows), 'the label in front of each line');
    if (unlabelled > 0) {
      const effect = sets.length > 0 || unlabelled === rows ? '' : ', which is missing there';
      say('unlabelled-lines', `${unlabelled} of ${rows} lines have no label${effect}.`);
    }
    if (this.rounded > 0)
      say('long-digits', `${this.rounded} numbers have more digits than a double holds, and were rounded.`);
    return { columns, decisions, notices };
  }
}

/** A cell as text; a long one, which is no number, only as far as a message shows it. */
function cellOf(bytes: Uint8Array, at: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(at, Math.min(end, at + 400)));
}

/**
 * Reads LIBSVM text: columns f1 … fd by index (from f0 when index 0 occurs), `qid` before them where lines name one,
 * and `label` behind them, or a column for every label where lines name several.
 *
 * @throws LIBSVM_MALFORMED, naming the line; LIBSVM_TOO_LARGE; CSV_ONE_ROW
 */
export async function readLibsvm(
  file: TableFile,
  options: ReadingOptions,
  pulse: Pulse,
): Promise<TableReading> {
  const reader = new LibsvmReader(file.name);
  const lines = new LineBuffer();
  let bytes = 0;
  for await (const chunk of await file.open()) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      bytes += piece.length;
      lines.push(piece, reader);
      if (lines.length > MAX_LINE)
        throw new LabError('LIBSVM_MALFORMED', `A line of ${file.name} is longer than ${MAX_LINE} bytes.`);
      if (pulse.due())
        await pulse.beat({ phase: 'Reading rows', done: bytes, total: file.bytes, unit: 'bytes' });
    }
  }
  lines.finish(reader);
  const { rows } = reader;
  if (rows < 2)
    throw new LabError('CSV_ONE_ROW', `${file.name} has ${rows === 0 ? 'no rows' : 'only one row'}.`);
  const { columns, decisions, notices } = reader.finish();
  return applyChoices(
    { table: { rows, columns }, notices, decisions, bytes, format: 'libsvm', doubtfulRow: null, dialect: [] },
    options,
  );
}

/**
 * From pieces of UTF-8 text to rows of cells, as places in a buffer: no cell becomes a string here.
 *
 * A cell that starts with a quotation mark runs to the next one that is not doubled; a delimiter or the end of the line
 * has to follow, spaces aside. Everywhere else a quotation mark is a character like any other, and so it is in files
 * whose delimiter is the double colon. LF, CR and CR LF end a row.
 */
import { LabError } from '../../core/errors.ts';

/** Longest row, in bytes of UTF-8. */
const MAX_ROW_BYTES = 16 * 1024 * 1024;
/** Most columns of a table. */
export const MAX_COLUMNS = 10_000;

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;

export class RowScanner {
  /** Text in which starts and ends are places, valid until the next append. */
  bytes = new Uint8Array(1024);
  /** Places of the current row's cells, without their quotes; of a row with too many columns the first ones only. */
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** Cells of the current row. */
  cells = 0;
  /** Line of the file on which the current row starts, from 1. */
  line = 1;
  /** Whether the current row is a line with nothing but white space. */
  blank = false;

  private readonly delimiter: number;
  /** Whether the delimiter is its byte twice. */
  private readonly isDoubled: boolean;
  /** What a quoted cell begins with; no byte where there are none. */
  private readonly quote: number;
  /** 1 for bytes that end an unquoted cell. */
  private readonly special = new Uint8Array(256);
  private length = 0;
  /** Where the next row starts, and on which line. */
  private at = 0;
  private nextLine = 1;
  private last = false;
  /** Length of the rest from which it is worth another look: a long row is not gone through with every piece. */
  private enough = 0;

  /**
   * @param delimiter its byte
   * @param isDoubled whether it is that byte twice
   */
  constructor(delimiter: number, isDoubled = false) {
    this.delimiter = delimiter;
    this.isDoubled = isDoubled;
    this.quote = isDoubled ? -1 : QUOTE;
    this.special[delimiter] = 1;
    this.special[LF] = 1;
    this.special[CR] = 1;
  }

  /** Takes more text; all rows before have to be taken out first. */
  append(text: Uint8Array): void {
    const rest = this.length - this.at;
    const wanted = rest + text.length + 2;
    if (wanted > this.bytes.length) {
      const larger = new Uint8Array(Math.max(wanted, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(this.at, this.length));
      this.bytes = larger;
    } else if (this.at > 0) {
      this.bytes.copyWithin(0, this.at, this.length);
    }
    this.bytes.set(text, rest);
    this.length = rest + text.length;
    this.at = 0;
    // Behind the text a line end and a quote, so that no loop below needs to look for the end of the buffer.
    this.bytes[this.length] = LF;
    this.bytes[this.length + 1] = QUOTE;
  }

  /** There is no more text: what is left is the last row. */
  finish(): void {
    this.last = true;
    this.enough = 0;
  }

  /**
   * Goes to the next row.
   *
   * @returns whether there is one that is complete
   * @throws CSV_QUOTES, CSV_TOO_LARGE
   */
  next(): boolean {
    const { bytes, special, delimiter, isDoubled, quote, length } = this;
    const begin = this.at;
    if (begin >= length || length - begin < this.enough) return false;
    let at = begin;
    let cells = 0;
    let line = this.nextLine;
    let doubled = false;
    for (;;) {
      let start = at;
      let end: number;
      if (bytes[at] === quote && at < length) {
        start = ++at;
        for (;;) {
          while (bytes[at] !== QUOTE) {
            if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) line++;
            at++;
          }
          if (at >= length) return this.incomplete(begin, cells, start);
          if (bytes[at + 1] !== QUOTE || at + 1 >= length) break;
          doubled = true;
          at += 2;
        }
        end = at++;
        while (at < length && bytes[at] === SPACE) at++;
        if (at >= length && !this.last) return this.incomplete(begin, cells, start);
        if (special[bytes[at]] === 0) throw this.misplacedQuote(start - 1);
      } else {
        while (special[bytes[at]] === 0) at++;
        // One half of the delimiter is a character like any other.
        while (isDoubled && bytes[at] === delimiter && bytes[at + 1] !== delimiter) {
          at++;
          while (special[bytes[at]] === 0) at++;
        }
        end = at;
      }
      if (cells <= MAX_COLUMNS) {
        if (cells === this.starts.length) this.growCells();
        this.starts[cells] = start;
        this.ends[cells] = end;
      }
      cells++;
      if (bytes[at] === delimiter && at < length) {
        at += isDoubled ? 2 : 1;
        continue;
      }
      // An end of line: the one behind the buffer counts at the end of the file only, and CR may be half of CR LF.
      if (!this.last && (at >= length || (bytes[at] === CR && at + 1 >= length)))
        return this.incomplete(begin, cells, start);
      break;
    }
    if (at - begin > MAX_ROW_BYTES) throw this.tooLong();
    this.line = this.nextLine;
    this.cells = cells;
    this.blank = cells === 1 && this.starts[0] === begin && this.isBlank(begin, at);
    if (doubled) this.undouble(Math.min(cells, MAX_COLUMNS + 1));
    this.nextLine = line + 1;
    this.at = Math.min(length, bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at + 1);
    this.enough = 0;
    return true;
  }

  /** The row goes on beyond the text that is there. */
  private incomplete(begin: number, cells: number, start: number): boolean {
    const rest = this.length - begin;
    // One byte more may be the CR of its line end.
    if (rest > MAX_ROW_BYTES + 1) throw this.tooLong();
    if (this.last) {
      throw new LabError(
        'CSV_QUOTES',
        `The quoted cell that starts on line ${this.lineOf(start - 1)} (cell ${cells + 1}) does not end.`,
      );
    }
    this.enough = Math.min(2 * rest, MAX_ROW_BYTES + 2);
    return false;
  }

  private tooLong(): LabError {
    return new LabError(
      'CSV_TOO_LARGE',
      `The row at line ${this.nextLine} is longer than ${MAX_ROW_BYTES} bytes; perhaps a quote is not closed.`,
    );
  }

  private misplacedQuote(at: number): LabError {
    return new LabError(
      'CSV_QUOTES',
      `The quoted cell that starts on line ${this.lineOf(at)} is followed by more text.`,
    );
  }

  /** Line of a place in the row that is being read. */
  private lineOf(place: number): number {
    let line = this.nextLine;
    for (let at = this.at; at < place; at++) {
      if (this.bytes[at] === LF || (this.bytes[at] === CR && this.bytes[at + 1] !== LF)) line++;
    }
    return line;
  }

  private isBlank(from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      const byte = this.bytes[at];
      if (byte !== SPACE && !(byte >= 9 && byte <= 13)) return false;
    }
    return true;
  }

  private growCells(): void {
    const capacity = Math.min(this.starts.length * 4, MAX_COLUMNS + 1);
    const starts = new Int32Array(capacity);
    const ends = new Int32Array(capacity);
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }

  /** Makes one of two quotes inside of quoted cells, in place. */
  private undouble(cells: number): void {
    const { bytes } = this;
    for (let c = 0; c < cells; c++) {
      const start = this.starts[c];
      if (start === 0 || bytes[start - 1] !== QUOTE) continue;
      const end = this.ends[c];
      // A quoted cell starts behind its quote; an empty or unquoted one behind a delimiter or a line end.
      let to = start;
      for (let from = start; from < end; from++) {
        bytes[to++] = bytes[from];
        if (bytes[from] === QUOTE) from++;
      }
      this.ends[c] = to;
    }
  }
}

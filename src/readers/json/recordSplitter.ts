/**
 * Records out of pieces of JSON text, wherever the pieces end: objects one a line (JSON Lines), objects one behind the
 * other, or the objects of one list. Only braces and texts are looked at here; recordParser.ts checks the rest.
 */
import { LabError } from '../../core/errors.ts';
import { counted } from '../../core/limits.ts';

/** Longest record, in bytes of UTF-8. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;

const [LF, CR, SPACE, TAB, QUOTE, COMMA, BACKSLASH] = [10, 13, 32, 9, 34, 44, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Whoever reads the records; the bytes from one brace to the other are lent. */
export interface RecordTaker {
  take(bytes: Uint8Array, from: number, to: number, line: number): void;
}

/** What may follow between two records. */
type Wanted = 'any' | 'record' | 'record or end' | 'comma or end' | 'nothing';

const WANTED_WORDS: Readonly<Record<Wanted, string>> = {
  any: 'a record { … } or a list of them',
  record: 'a record { … }',
  'record or end': 'a record { … }',
  'comma or end': 'a comma or the end of the list',
  nothing: 'nothing: the list has ended',
};

export class RecordSplitter {
  /** Whether the records stand in a list. */
  isList = false;
  /** Line of the file that is being read, from 1. */
  private line = 1;
  private wanted: Wanted = 'any';
  /** Open braces and brackets of the record, its first line, and whether a text in it is open. */
  private depth = 0;
  private startLine = 1;
  private isText = false;
  private isEscaped = false;
  private afterReturn = false;
  /** Whether every record is a line of its own, as the first one was; null before its end. */
  private isByLine: boolean | null = null;
  /** The start of a record whose end is not there yet. */
  private kept = new Uint8Array(4096);
  private length = 0;
  private readonly fileName: string;

  constructor(fileName: string) {
    this.fileName = fileName;
  }

  private malformed(line: number, what: string): LabError {
    return new LabError('JSON_MALFORMED', `Line ${line} of ${this.fileName} ${what}.`);
  }

  private keep(bytes: Uint8Array): void {
    const wanted = this.length + bytes.length;
    if (wanted > MAX_RECORD_BYTES)
      throw new LabError(
        'JSON_TOO_LARGE',
        `The record that begins on line ${this.startLine} of ${this.fileName} has more than ${counted(MAX_RECORD_BYTES)} bytes.`,
      );
    if (wanted > this.kept.length) {
      const larger = new Uint8Array(Math.max(wanted, 2 * this.kept.length));
      larger.set(this.kept.subarray(0, this.length));
      this.kept = larger;
    }
    this.kept.set(bytes, this.length);
    this.length = wanted;
  }

  /** Counts the lines; CR alone, LF, and CR LF each end one. */
  private endOfLine(byte: number): void {
    if (byte !== LF || !this.afterReturn) this.line++;
    this.afterReturn = byte === CR;
  }

  /** Hands every record on whose end is there, and keeps what is left. */
  push(piece: Uint8Array, taker: RecordTaker): void {
    let start = 0;
    for (let at = 0; at < piece.length;) {
      if (this.depth === 0) {
        at = this.between(piece, at);
        start = at;
        if (at === piece.length) return;
      }
      at = this.inside(piece, at);
      if (this.depth > 0) break;
      const first = this.isByLine === null;
      if (first) this.isByLine = !this.isList && this.line === this.startLine;
      if (this.length > 0) {
        this.keep(piece.subarray(start, at));
        taker.take(this.kept, 0, this.length, this.startLine);
        this.length = 0;
      } else taker.take(piece, start, at, this.startLine);
      this.wanted = this.isList ? 'comma or end' : 'record';
    }
    if (this.depth > 0) this.keep(piece.subarray(start));
  }

  /** Goes on to the brace with which the next record begins. */
  private between(piece: Uint8Array, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at];
      if (byte === LF || byte === CR) this.endOfLine(byte);
      else {
        this.afterReturn = false;
        if (byte === OPEN_OBJECT && this.wanted !== 'comma or end' && this.wanted !== 'nothing') {
          this.startLine = this.line;
          return at;
        }
        if (byte !== SPACE && byte !== TAB) this.expect(piece, at);
      }
    }
    return piece.length;
  }

  /** Takes a byte between records that is no brace. */
  private expect(piece: Uint8Array, at: number): void {
    const byte = piece[at];
    if (byte === OPEN_LIST && this.wanted === 'any') {
      this.isList = true;
      this.wanted = 'record or end';
    } else if (byte === COMMA && this.wanted === 'comma or end') this.wanted = 'record';
    else if (
      byte === CLOSE_LIST &&
      this.isList &&
      (this.wanted === 'comma or end' || this.wanted === 'record or end')
    )
      this.wanted = 'nothing';
    else {
      const shown = new TextDecoder().decode(piece.subarray(at, at + 20)).split(/[\r\n]/)[0];
      throw this.malformed(
        this.line,
        `has ${JSON.stringify(shown)} where ${WANTED_WORDS[this.wanted]} is wanted`,
      );
    }
  }

  /** Goes on to behind the record's last brace, or to the end of the piece. */
  private inside(piece: Uint8Array, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at];
      if (this.isText) {
        if (byte < 32)
          throw this.malformed(
            this.line,
            byte === LF || byte === CR
              ? 'ends inside of a text: its quotation mark is not closed'
              : 'has a control character inside of a text',
          );
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.isText = false;
      } else if (byte === QUOTE) this.isText = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (--this.depth === 0) {
          this.afterReturn = false;
          return at + 1;
        }
      } else if (byte === LF || byte === CR) {
        if (this.isByLine === true)
          throw this.malformed(this.startLine, 'has a record that does not end on it');
        this.endOfLine(byte);
        continue;
      }
      this.afterReturn = false;
    }
    return piece.length;
  }

  /** @throws JSON_MALFORMED where a record or the list is not complete */
  finish(): void {
    if (this.depth > 0) throw this.malformed(this.startLine, 'has a record that does not end');
    if (this.isList && this.wanted !== 'nothing')
      throw this.malformed(this.line, 'is the last, but the list of records has not ended');
  }
}

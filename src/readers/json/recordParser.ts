/**
 * The cells of a record, from its bytes: RFC 8259, with the NaN and Infinity that Python writes. Objects inside of it
 * are taken apart; lists, and objects that lie deeper than that, are cells of text as they stand in the file.
 */
import { LabError } from '../../core/errors.ts';
import { KeyNode, type Key, type KeyTree } from './keyTree.ts';
import { TextScratch } from './textScratch.ts';

/** How deep objects are taken apart, and how deep anything may lie. */
const MOST_FLATTENED = 8;
const MOST_DEEP = 256;

const [QUOTE, COMMA, BACKSLASH, COLON, MINUS] = [34, 44, 92, 58, 45];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Words that are values. */
const WORDS = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'].map((word) =>
  new TextEncoder().encode(word),
);
const NULL = 2;

export type CellKind = 'scalar' | 'list' | 'missing';

/** Whoever takes the cells of the records; the bytes are lent. */
export interface CellTaker {
  cell(key: Key, kind: CellKind, bytes: Uint8Array, from: number, to: number, line: number): void;
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

export class RecordParser {
  private bytes = new Uint8Array(0);
  private at = 0;
  private end = 0;
  private start = 0;
  private line = 0;
  private readonly scratch = new TextScratch();
  private readonly tree: KeyTree;
  private readonly cells: CellTaker;
  private readonly fileName: string;

  constructor(tree: KeyTree, cells: CellTaker, fileName: string) {
    this.tree = tree;
    this.cells = cells;
    this.fileName = fileName;
  }

  /**
   * @param from where the record's first brace is
   * @param to behind its last
   * @param line on which it begins
   * @throws JSON_MALFORMED, JSON_TOO_LARGE
   */
  parse(bytes: Uint8Array, from: number, to: number, line: number): void {
    this.bytes = bytes as Uint8Array<ArrayBuffer>;
    this.at = this.start = from;
    this.end = to;
    this.line = line;
    this.tree.record++;
    this.object(this.tree.root, 1);
    this.space();
    if (this.at < to) throw this.fail('the end of the record');
  }

  /** A fault at the place that is being read. */
  private fail(wanted: string, at = this.at): LabError {
    let { line } = this;
    for (let k = this.start; k < at; k++)
      if (this.bytes[k] === 10 || (this.bytes[k] === 13 && this.bytes[k + 1] !== 10)) line++;
    const shown = new TextDecoder().decode(this.bytes.subarray(at, Math.min(this.end, at + 20)));
    const found = at < this.end ? JSON.stringify(shown.split(/[\r\n]/)[0]) : 'nothing';
    return new LabError(
      'JSON_MALFORMED',
      `Line ${line} of ${this.fileName} has ${found} where ${wanted} is wanted.`,
    );
  }

  private space(): void {
    const { bytes } = this;
    while (
      this.at < this.end &&
      (bytes[this.at] === 32 || bytes[this.at] === 10 || bytes[this.at] === 13 || bytes[this.at] === 9)
    )
      this.at++;
  }

  private skip(byte: number, wanted: string): void {
    this.space();
    if (this.at >= this.end || this.bytes[this.at] !== byte) throw this.fail(wanted);
    this.at++;
  }

  private isNext(byte: number): boolean {
    this.space();
    if (this.at >= this.end || this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  private object(node: KeyNode, depth: number): void {
    this.skip(OPEN_OBJECT, 'an object');
    node.next = 0;
    if (this.isNext(CLOSE_OBJECT)) return;
    do {
      this.space();
      const at = this.at;
      const isEscaped = this.text();
      const [from, to] = [at + 1, this.at - 1];
      const unescape = isEscaped ? () => this.unescaped(from, to) : null;
      const key = this.tree.find(node, this.bytes, from, to, unescape);
      if (key.record === this.tree.record) throw this.fail('a key that the record does not have already', at);
      key.record = this.tree.record;
      this.skip(COLON, 'a colon');
      this.space();
      this.value(key, depth);
    } while (this.isNext(COMMA));
    this.skip(CLOSE_OBJECT, 'a comma or }');
  }

  private value(key: Key, depth: number): void {
    const { bytes, at } = this;
    const byte = at < this.end ? bytes[at] : 0;
    if (byte === OPEN_OBJECT && depth < MOST_FLATTENED) {
      key.inner ??= new KeyNode(key.path);
      this.object(key.inner, depth + 1);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      this.skipValue(depth);
      this.cells.cell(key, 'list', bytes, at, this.at, this.line);
    } else if (byte === QUOTE) {
      if (this.text()) {
        const text = this.unescaped(at + 1, this.at - 1);
        this.cells.cell(key, 'scalar', text, 0, text.length, this.line);
      } else this.cells.cell(key, 'scalar', bytes, at + 1, this.at - 1, this.line);
    } else {
      const isNull = this.bare() === NULL;
      this.cells.cell(key, isNull ? 'missing' : 'scalar', bytes, at, this.at, this.line);
    }
  }

  /** Goes over a text. @returns whether it has escapes */
  private text(): boolean {
    const { bytes, end } = this;
    if (this.at >= end || bytes[this.at] !== QUOTE) throw this.fail('a text in quotation marks');
    let isEscaped = false;
    for (let at = this.at + 1; at < end; at++) {
      if (bytes[at] === BACKSLASH) {
        isEscaped = true;
        at++;
      } else if (bytes[at] === QUOTE) {
        this.at = at + 1;
        return isEscaped;
      }
    }
    throw this.fail('a text that ends');
  }

  /** The text of bytes from … to − 1, valid until the next one. */
  private unescaped(from: number, to: number): Uint8Array {
    const wrong = this.scratch.unescape(this.bytes, from, to);
    if (wrong >= 0) throw this.fail('a character or an escape of one', wrong);
    return this.scratch.text;
  }

  /** Goes over a number or one of the words. @returns the number of the word, −1 of a number */
  private bare(): number {
    const { bytes, end } = this;
    for (const [number, word] of WORDS.entries()) {
      let k = 0;
      while (k < word.length && this.at + k < end && bytes[this.at + k] === word[k]) k++;
      if (k < word.length) continue;
      this.at += k;
      return number;
    }
    const from = this.at;
    let at = from;
    const digits = (): boolean => {
      const first = at;
      while (at < end && isDigit(bytes[at])) at++;
      return at > first;
    };
    if (bytes[at] === MINUS) at++;
    const whole = at;
    if (!digits()) throw this.fail('a value');
    if (bytes[whole] === 48 && at > whole + 1) throw this.fail('a number without zeros in front');
    if (at < end && bytes[at] === 46) {
      at++;
      if (!digits()) throw this.fail('a number with digits behind its point');
    }
    if (at < end && (bytes[at] === 69 || bytes[at] === 101)) {
      at++;
      if (bytes[at] === 43 || bytes[at] === MINUS) at++;
      if (!digits()) throw this.fail('a number with digits in its exponent');
    }
    this.at = at;
    return -1;
  }

  /** Goes over any value, checking it. */
  private skipValue(depth: number): void {
    if (depth > MOST_DEEP) throw this.fail(`a value that lies no deeper than ${MOST_DEEP} levels`);
    const byte = this.at < this.end ? this.bytes[this.at] : 0;
    if (byte === QUOTE) {
      const from = this.at;
      if (this.text()) this.unescaped(from + 1, this.at - 1);
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      const close = byte === OPEN_LIST ? CLOSE_LIST : CLOSE_OBJECT;
      this.at++;
      if (this.isNext(close)) return;
      do {
        this.space();
        if (byte === OPEN_OBJECT) {
          const from = this.at;
          if (this.text()) this.unescaped(from + 1, this.at - 1);
          this.skip(COLON, 'a colon');
          this.space();
        }
        this.skipValue(depth + 1);
      } while (this.isNext(COMMA));
      this.skip(close, close === CLOSE_LIST ? 'a comma or ]' : 'a comma or }');
    } else this.bare();
  }
}

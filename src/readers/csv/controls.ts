/**
 * Control characters of a text, judged by what they do: a DOS end mark and padding end the text, a zero byte is
 * refused where it stands, and all others are kept as the text that they are, and counted.
 */
import { LabError } from '../../core/errors.ts';
import type { TableNotice } from '../tableReading.ts';

/** Short names of the characters 0 … 31 in ASCII. */
const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );
const NUL = 0;
const TAB = 9;
const LF = 10;
const FF = 12;
const CR = 13;
const SUB = 26;
const SPACE = 32;

/** Most bytes behind an end mark that are held back until it is known that nothing follows. */
const MOST_PADDING = 65_536;
/** Bytes of a line in front of a zero byte that its error shows. */
const SHOWN_BYTES = 40;
/** Names that a notice lists before it only counts. */
const MOST_NAMES = 4;

/** Characters that take part in text, of whatever kind: white space, bells, colours of terminals, separators. */
const TEXTUAL = new Set([7, 8, TAB, LF, 11, FF, CR, SUB, 27, 28, 29, 30, 31]);

/**
 * Whether the start of a text is none: one control character in sixty-four that no text uses, or a zero byte in eight,
 * padding at its end aside. A single one is a fault in a text.
 */
export function isBinary(head: Uint8Array): boolean {
  let zeros = 0;
  let others = 0;
  let length = head.length;
  while (length > 0 && head[length - 1] === NUL) length--;
  for (let at = 0; at < length; at++) {
    const byte = head[at];
    if (byte === NUL) zeros++;
    else if (byte < SPACE && !TEXTUAL.has(byte)) others++;
  }
  if (length === 0) return head.length > 0;
  return zeros + others > 1 && (others * 64 > length || zeros * 8 > length);
}

function count(n: number, one: string): string {
  return `${n} ${n === 1 ? one : `${one}s`}`;
}

/** Watches a text of UTF-8 go by in pieces. */
export class ControlWatch {
  private readonly fileName: string;
  private found = 0;
  private firstLine = 0;
  private readonly kinds = new Set<number>();
  private hasEnd = false;
  /** An end mark and what pads the file behind it, while nothing else has followed. */
  private held = new Uint8Array(0);
  private line = 1;
  private lastByte = LF;
  /** Characters of the line that the last piece has cut, and the end of it. */
  private characters = 0;
  private before = new Uint8Array(0);

  constructor(fileName: string) {
    this.fileName = fileName;
  }

  /**
   * Takes a piece and gives back what of it is text.
   *
   * @returns a view that is valid until the next call
   * @throws LabError CSV_NUL at a zero byte that more text follows
   */
  push(piece: Uint8Array): Uint8Array {
    let text = piece;
    if (this.held.length > 0) {
      text = new Uint8Array(this.held.length + piece.length);
      text.set(this.held);
      text.set(piece, this.held.length);
    }
    const end = this.paddingOf(text);
    this.held = text.slice(end);
    const content = text.subarray(0, end);
    this.look(content);
    return content;
  }

  /** Called after the last piece: what was held back is the end mark. */
  end(): void {
    this.hasEnd = this.held.length > 0;
  }

  /** Where an end mark begins that only padding follows in this piece; the length where there is none. */
  private paddingOf(text: Uint8Array): number {
    let start = text.length;
    let padding = text.length;
    for (let at = text.length - 1; at >= 0 && text.length - at <= MOST_PADDING; at--) {
      const byte = text[at];
      if (byte !== SUB && byte !== NUL && byte !== SPACE && byte !== TAB && byte !== LF && byte !== CR) break;
      padding = at;
    }
    // Zeros fill a file up to its block; inside of a line they are a fault.
    const isAtLineStart = (at: number): boolean => {
      const last = at > 0 ? text[at - 1] : this.lastByte;
      return last === LF || last === CR;
    };
    for (let at = padding; at < text.length && start === text.length; at++)
      if (text[at] === SUB || (text[at] === NUL && isAtLineStart(at))) start = at;
    return start;
  }

  private look(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >>> 2);
    const lastWord = (bytes.byteOffset + bytes.length) >>> 2;
    let lineStart = -1;
    let at = 0;
    while (at < bytes.length) {
      if (((bytes.byteOffset + at) & 3) === 0) {
        // Four bytes at once as long as none is below 32.
        let word = (bytes.byteOffset + at) >>> 2;
        while (word < lastWord && ((words[word] - 0x20202020) & ~words[word] & 0x80808080) === 0) word++;
        at = Math.max(at, word * 4 - bytes.byteOffset);
        if (at >= bytes.length) break;
      }
      const byte = bytes[at];
      if (byte < SPACE) {
        if (byte === LF || byte === CR) {
          const last = at > 0 ? bytes[at - 1] : this.lastByte;
          // The LF of CR LF ends no line of its own; a text begins as if behind a line end.
          if (byte === CR || last !== CR) this.line++;
          lineStart = at + 1;
        } else if (byte === NUL) throw this.zeroByte(bytes, lineStart, at);
        else if (byte !== TAB && byte !== FF) this.see(byte);
      }
      at++;
    }
    this.lastByte = bytes[bytes.length - 1];
    this.cut(bytes, lineStart, bytes.length);
  }

  private see(byte: number): void {
    this.found++;
    if (this.found === 1) this.firstLine = this.line;
    this.kinds.add(byte);
  }

  /** Remembers the line that ends at `end` of a piece; `lineStart` is −1 where it began in an earlier one. */
  private cut(bytes: Uint8Array, lineStart: number, end: number): void {
    if (lineStart >= 0) {
      this.characters = 0;
      this.before = new Uint8Array(0);
    }
    const from = Math.max(0, lineStart);
    for (let at = from; at < end; at++) if ((bytes[at] & 0xc0) !== 0x80) this.characters++;
    const more = bytes.subarray(Math.max(from, end - SHOWN_BYTES), end);
    const before = new Uint8Array(this.before.length + more.length);
    before.set(this.before);
    before.set(more, this.before.length);
    this.before = before.slice(-SHOWN_BYTES);
  }

  private zeroByte(bytes: Uint8Array, lineStart: number, at: number): LabError {
    this.cut(bytes, lineStart, at);
    const shown = new TextDecoder().decode(this.before).replace(/^\ufffd+/, '');
    const where = this.characters === 0 ? '' : `, behind ${JSON.stringify(shown)}`;
    return new LabError(
      'CSV_NUL',
      `${this.fileName} has a zero byte (NUL) on line ${this.line}, column ${this.characters + 1}${where}.`,
    );
  }

  /** What the user should know of it. */
  notices(): TableNotice[] {
    const notices: TableNotice[] = [];
    if (this.found > 0) {
      const names = [...this.kinds].sort((a, b) => a - b).map((byte) => NAMES[byte]);
      const more = names.length > MOST_NAMES ? ', …' : '';
      notices.push({
        code: 'control-characters',
        column: null,
        text: `${count(this.found, 'control character')} (${names.slice(0, MOST_NAMES).join(', ')}${more}) kept as text, the first on line ${this.firstLine}.`,
      });
    }
    if (this.hasEnd) {
      const isMark = this.held.includes(SUB);
      notices.push({
        code: 'end-mark',
        column: null,
        text: isMark
          ? 'The DOS end mark (SUB) at the end of the file was left out.'
          : `${count(this.held.length, 'byte')} of padding at the end of the file left out.`,
      });
    }
    return notices;
  }
}

/** From the bytes of a file to UTF-8: byte order marks, UTF-16, windows-1252, and the check that UTF-8 is what it is. */
import { LabError } from '../../core/errors.ts';
import { foreignFile } from '../signatures.ts';
import type { ReadingOptions } from '../tableReading.ts';
import { isBinary } from './controls.ts';

const LF = 10;
const CR = 13;

export type Encoding = NonNullable<ReadingOptions['encoding']>;

export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'windows-1252',
};

/** The text is not UTF-8, and nothing said that it was: the file is to be read again as windows-1252. */
export class NotUtf8 extends Error {}

/** Takes the bytes of a file piece by piece and gives them back as UTF-8. */
export interface Transcoder {
  /** The result is valid until the next call. */
  push(bytes: Uint8Array): Uint8Array;
  /** Called after the last piece. */
  end(): void;
}

/** The encoding that a byte order mark names, and the length of the mark. */
export function markedEncoding(head: Uint8Array): { encoding: Encoding; bytes: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bytes: 2 };
  return null;
}

/** @param certain whether the encoding is marked or chosen, so that other text is an error */
export function transcoderFor(encoding: Encoding, certain: boolean, fileName: string): Transcoder {
  if (encoding === 'utf-8') return new Utf8Check(certain, fileName);
  if (encoding === 'windows-1252') return new FromWindows1252();
  return new FromUtf16(encoding === 'utf-16le', fileName);
}

/**
 * UTF-16 without a byte order mark: ASCII characters, line ends among them, have a zero for every second byte.
 *
 * @param head the start of a file
 */
export function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const units = head.length >>> 1;
  let zeros = 0;
  let low = 0;
  let high = 0;
  let lowEnds = 0;
  let highEnds = 0;
  for (let k = 0; k < units; k++) {
    const [first, second] = [head[2 * k], head[2 * k + 1]];
    if (first === 0 && second === 0) {
      zeros++;
      continue;
    }
    if (second === 0) low++;
    if (first === 0) high++;
    if (second === 0 && (first === LF || first === CR)) lowEnds++;
    if (first === 0 && (second === LF || second === CR)) highEnds++;
  }
  if (zeros * 8 > units) return null;
  // Other scripts have fewer zeros; characters U+0100, U+0200 … have theirs on the other side, and are rare.
  const isMost = (halves: number, ends: number): boolean => halves * (ends > 0 ? 8 : 2) > units;
  if (isMost(low, lowEnds) && high * 16 <= low) return 'utf-16le';
  return isMost(high, highEnds) && low * 16 <= high ? 'utf-16be' : null;
}

/** Whether a file may be text, in whatever encoding, by its start. */
export function mayBeText(head: Uint8Array): boolean {
  const encoding = markedEncoding(head)?.encoding ?? unmarkedUtf16(head);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return true;
  return foreignFile(head, '') === null && !isBinary(head);
}

/** Refuses what cannot be text by its start, in UTF-8. */
export function refuseBinary(head: Uint8Array, fileName: string): void {
  const foreign = foreignFile(head, fileName);
  if (foreign !== null) throw foreign;
  if (isBinary(head)) throw new LabError('CSV_BINARY', `${fileName} is a binary file, not text.`);
}

class Utf8Check implements Transcoder {
  private readonly certain: boolean;
  private readonly fileName: string;
  /** Continuation bytes to come, and the range of the next. */
  private wanted = 0;
  private lowest = 0x80;
  private highest = 0xbf;
  private done = 0;

  constructor(certain: boolean, fileName: string) {
    this.certain = certain;
    this.fileName = fileName;
  }

  private refuse(at: number): Error {
    if (!this.certain) return new NotUtf8();
    return new LabError(
      'CSV_ENCODING',
      `The text of ${this.fileName} is not UTF-8 at byte ${this.done + at + 1}.`,
    );
  }

  push(bytes: Uint8Array): Uint8Array {
    const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >>> 2);
    const lastWord = (bytes.byteOffset + bytes.length) >>> 2;
    let at = 0;
    while (at < bytes.length) {
      if (this.wanted === 0 && ((bytes.byteOffset + at) & 3) === 0) {
        // Four bytes at once as long as each is 1 … 127.
        let word = (bytes.byteOffset + at) >>> 2;
        while (word < lastWord && (((words[word] - 0x01010101) | words[word]) & 0x80808080) === 0) word++;
        at = Math.max(at, word * 4 - bytes.byteOffset);
        if (at >= bytes.length) break;
      }
      const byte = bytes[at];
      if (this.wanted > 0) {
        if (byte < this.lowest || byte > this.highest) throw this.refuse(at);
        this.lowest = 0x80;
        this.highest = 0xbf;
        this.wanted--;
      } else if (byte >= 0x80) {
        this.begin(byte, at);
      }
      at++;
    }
    this.done += bytes.length;
    return bytes;
  }

  /** A byte that begins a character of several: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
  private begin(byte: number, at: number): void {
    if (byte >= 0xc2 && byte <= 0xdf) this.wanted = 1;
    else if (byte >= 0xe0 && byte <= 0xef) {
      this.wanted = 2;
      if (byte === 0xe0) this.lowest = 0xa0;
      if (byte === 0xed) this.highest = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.wanted = 3;
      if (byte === 0xf0) this.lowest = 0x90;
      if (byte === 0xf4) this.highest = 0x8f;
    } else throw this.refuse(at);
  }

  end(): void {
    if (this.wanted > 0) throw this.refuse(0);
  }
}

/** Characters of the bytes 0x80 … 0x9f; all others have the number of their byte. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** UTF-8 written into a buffer that grows with the pieces. */
class Utf8Writer {
  private bytes = new Uint8Array(0);
  private length = 0;

  start(capacity: number): void {
    if (this.bytes.length < capacity) this.bytes = new Uint8Array(capacity);
    this.length = 0;
  }

  write(point: number): void {
    const { bytes } = this;
    if (point < 0x80) {
      bytes[this.length++] = point;
    } else if (point < 0x800) {
      bytes[this.length++] = 0xc0 | (point >>> 6);
      bytes[this.length++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      bytes[this.length++] = 0xe0 | (point >>> 12);
      bytes[this.length++] = 0x80 | ((point >>> 6) & 0x3f);
      bytes[this.length++] = 0x80 | (point & 0x3f);
    } else {
      bytes[this.length++] = 0xf0 | (point >>> 18);
      bytes[this.length++] = 0x80 | ((point >>> 12) & 0x3f);
      bytes[this.length++] = 0x80 | ((point >>> 6) & 0x3f);
      bytes[this.length++] = 0x80 | (point & 0x3f);
    }
  }

  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

class FromWindows1252 implements Transcoder {
  private readonly out = new Utf8Writer();

  push(bytes: Uint8Array): Uint8Array {
    this.out.start(bytes.length * 3);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      this.out.write(byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte);
    }
    return this.out.finish();
  }

  end(): void {
    // Every byte is a character.
  }
}

class FromUtf16 implements Transcoder {
  private readonly out = new Utf8Writer();
  private readonly low: boolean;
  private readonly fileName: string;
  /** First byte of a unit that a piece has cut, −1 for none; high surrogate that waits for its low one, 0 for none. */
  private half = -1;
  private surrogate = 0;
  private done = 0;

  /** @param low whether the low byte comes first */
  constructor(low: boolean, fileName: string) {
    this.low = low;
    this.fileName = fileName;
  }

  private refuse(): LabError {
    return new LabError('CSV_ENCODING', `The text of ${this.fileName} is not UTF-16 near byte ${this.done}.`);
  }

  push(bytes: Uint8Array): Uint8Array {
    this.out.start(bytes.length * 2 + 4);
    for (let i = 0; i < bytes.length; i++) {
      this.done++;
      if (this.half < 0) {
        this.half = bytes[i];
        continue;
      }
      const unit = this.low ? (bytes[i] << 8) | this.half : (this.half << 8) | bytes[i];
      this.half = -1;
      const isLow = unit >= 0xdc00 && unit <= 0xdfff;
      if (this.surrogate !== 0 ? !isLow : isLow) throw this.refuse();
      if (this.surrogate !== 0) {
        this.out.write(0x10000 + ((this.surrogate - 0xd800) << 10) + (unit - 0xdc00));
        this.surrogate = 0;
      } else if (unit >= 0xd800 && unit <= 0xdbff) {
        this.surrogate = unit;
      } else {
        this.out.write(unit);
      }
    }
    return this.out.finish();
  }

  end(): void {
    if (this.half >= 0 || this.surrogate !== 0) throw this.refuse();
  }
}

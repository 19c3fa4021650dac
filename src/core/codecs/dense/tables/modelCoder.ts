/**
 * One way through the bytes of a model for writer and reader: each number is asked for with the one that is wanted. The
 * writer writes and returns that one, the reader pays no heed to it and returns the one that it reads.
 */
import { BinaryContexts, BinaryDecoder, BinaryEncoder } from '../binaryCoder.ts';

export interface ModelCoder {
  bit(contexts: BinaryContexts, context: number, wanted: number): number;
  /** Bits that are as likely as not. */
  plain(bits: number, wanted: number): number;
}

export class ModelWriter implements ModelCoder {
  readonly #encoder = new BinaryEncoder();

  bit(contexts: BinaryContexts, context: number, wanted: number): number {
    this.#encoder.bit(contexts, context, wanted);
    return wanted;
  }

  plain(bits: number, wanted: number): number {
    this.#encoder.plain(wanted, bits);
    return wanted;
  }

  finish(): Uint8Array {
    return this.#encoder.finish();
  }
}

export class ModelReader implements ModelCoder {
  readonly #decoder: BinaryDecoder;

  constructor(bytes: Uint8Array) {
    this.#decoder = new BinaryDecoder(bytes, 'its model');
  }

  bit(contexts: BinaryContexts, context: number): number {
    return this.#decoder.bit(contexts, context);
  }

  plain(bits: number): number {
    return this.#decoder.plain(bits);
  }

  /** @throws ARCHIVE_CORRUPT unless all bytes were used */
  end(): void {
    this.#decoder.end();
  }
}

/** Whole numbers under contexts of their own: how many bits they have, the first few of them, and the rest as they are. */
export class NumberContexts {
  readonly #lengths: BinaryContexts;
  readonly #most: number;
  readonly #leading = new BinaryContexts(33 * 4);

  /**
   * @param most bits of a number
   * @param zero probability of a 0 before anything was coded, in parts of 2^16
   */
  constructor(most: number, zero?: number) {
    this.#most = most;
    this.#lengths = new BinaryContexts(most + 1, zero);
  }

  code(coder: ModelCoder, wanted: number): number {
    const wantedLength = 32 - Math.clz32(wanted);
    let length = 0;
    while (length < this.#most && coder.bit(this.#lengths, length, wantedLength > length ? 1 : 0) === 1) {
      length++;
    }
    if (length < 2) return length;
    // The top bit is known; the next is learned.
    const second = coder.bit(this.#leading, length, (wanted >>> (length - 2)) & 1);
    const below = length - 2;
    const mask = 2 ** below - 1;
    return (2 + second) * 2 ** below + coder.plain(below, wanted & mask);
  }
}

/**
 * An adaptive binary range coder, for the models themselves: yes or no under a probability that learns from what was
 * coded before. 32-bit range, carries carried.
 */
import { LabError } from '../../errors.ts';

const PROBABILITY_BITS = 16;
const HALF = 1 << (PROBABILITY_BITS - 1);
const TOP = 2 ** 24;
const FULL = 2 ** 32;

/** Bytes beyond its end that a decoder takes for 0: what the encoder's last number leaves out. */
const MOST_MISSING = 4;

/** Slowest step of a probability: a 1/2^5 of what is left. */
const SLOWEST = 32;

/** Probabilities of a 0, one per context, and how often each context was met. */
export class BinaryContexts {
  readonly probabilities: Uint16Array;
  readonly visits: Uint8Array;

  /** @param first probability of a 0 before anything was coded, in parts of 2^16 */
  constructor(contexts: number, first = HALF) {
    this.probabilities = new Uint16Array(contexts).fill(first);
    this.visits = new Uint8Array(contexts);
  }

  /** First fast, then slower: the n-th step goes 1/(n + 1.5) of the way. */
  learn(context: number, bit: number): void {
    const seen = this.visits[context];
    const p = this.probabilities[context];
    const aim = bit === 0 ? 65_535 : 0;
    const step = Math.trunc(((aim - p) * 2) / (2 * seen + 3));
    // Neither answer is ever impossible.
    this.probabilities[context] = Math.min(65_504, Math.max(32, p + step));
    if (seen < SLOWEST) this.visits[context]++;
  }
}

export class BinaryEncoder {
  #bytes = new Uint8Array(256);
  #length = 0;
  #low = 0;
  #range = FULL - 1;
  #kept = 0;
  #waiting = 1;

  bit(contexts: BinaryContexts, context: number, bit: number): void {
    const bound = Math.floor(this.#range / (1 << PROBABILITY_BITS)) * contexts.probabilities[context];
    contexts.learn(context, bit);
    this.#narrow(bound, bit);
  }

  /** A bit under a probability that is told elsewhere. @param p of a 0, in parts of 2^16, neither none nor all of them */
  choice(p: number, bit: number): void {
    this.#narrow(Math.floor(this.#range / (1 << PROBABILITY_BITS)) * p, bit);
  }

  /** Bits that are as likely as not, most significant first. */
  plain(value: number, bits: number): void {
    for (let b = bits - 1; b >= 0; b--) {
      this.#narrow(Math.floor(this.#range / 2), Math.floor(value / 2 ** b) % 2);
    }
  }

  finish(): Uint8Array {
    // Every number from here to the end of the range says the same: one that ends in zeros.
    this.#low = Math.ceil(this.#low / TOP) * TOP;
    for (let k = 0; k < 5; k++) this.#shift();
    // The first byte is always 0; zeros at the end are what a decoder takes missing bytes for.
    let end = this.#length;
    while (end > 1 && this.#length - end < MOST_MISSING && this.#bytes[end - 1] === 0) end--;
    return this.#bytes.slice(1, end);
  }

  #narrow(bound: number, bit: number): void {
    if (bit === 0) this.#range = bound;
    else {
      this.#low += bound;
      this.#range -= bound;
    }
    while (this.#range < TOP) {
      this.#range *= 256;
      this.#shift();
    }
  }

  /** Writes the top byte, unless a carry may still come. */
  #shift(): void {
    if (this.#low < 0xff000000 || this.#low >= FULL) {
      const carry = this.#low >= FULL ? 1 : 0;
      for (let byte = this.#kept; this.#waiting > 0; this.#waiting--, byte = 0xff) {
        this.#push((byte + carry) & 255);
      }
      this.#kept = Math.floor(this.#low / TOP) & 255;
    }
    this.#waiting++;
    this.#low = (this.#low % TOP) * 256;
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}

export class BinaryDecoder {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  #at = 0;
  #code = 0;
  #range = FULL - 1;

  /** @param where what is being read, for the error's sentence: "the model" */
  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes;
    this.#where = where;
    for (let k = 0; k < 4; k++) this.#code = this.#code * 256 + this.#next();
  }

  /** @throws ARCHIVE_CORRUPT beyond the end */
  bit(contexts: BinaryContexts, context: number): 0 | 1 {
    const bound = Math.floor(this.#range / (1 << PROBABILITY_BITS)) * contexts.probabilities[context];
    const bit = this.#narrow(bound);
    contexts.learn(context, bit);
    return bit;
  }

  /** As the encoder's. @throws ARCHIVE_CORRUPT beyond the end */
  choice(p: number): 0 | 1 {
    return this.#narrow(Math.floor(this.#range / (1 << PROBABILITY_BITS)) * p);
  }

  /** @throws ARCHIVE_CORRUPT beyond the end */
  plain(bits: number): number {
    let value = 0;
    for (let b = 0; b < bits; b++) value = 2 * value + this.#narrow(Math.floor(this.#range / 2));
    return value;
  }

  /** @throws ARCHIVE_CORRUPT unless all bytes were used */
  end(): void {
    if (this.#at < this.#bytes.length) throw this.corrupt('is longer than what it holds');
  }

  corrupt(what: string): LabError {
    return new LabError('ARCHIVE_CORRUPT', `The archive is damaged: ${this.#where} ${what}.`);
  }

  #narrow(bound: number): 0 | 1 {
    const bit = this.#code < bound ? 0 : 1;
    if (bit === 0) this.#range = bound;
    else {
      this.#code -= bound;
      this.#range -= bound;
    }
    while (this.#range < TOP) {
      this.#range *= 256;
      this.#code = this.#code * 256 + this.#next();
    }
    return bit;
  }

  #next(): number {
    const at = this.#at++;
    if (at < this.#bytes.length) return this.#bytes[at];
    if (at - this.#bytes.length >= MOST_MISSING) throw this.corrupt('ends early');
    return 0;
  }
}

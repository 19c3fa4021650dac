/** Symbols under the frequencies of their contexts, to a stream and back. */
import { LabError } from '../../../errors.ts';
import { BIT, log2Units } from '../log2.ts';
import { RansDecoder, RansEncoder } from '../rans.ts';
import type { SymbolTables } from './symbolTables.ts';

/** Bits of a symbol that goes by the escape. */
const escapedBits = (symbols: number): number => 32 - Math.clz32(symbols - 1);

export class SymbolEncoder {
  readonly #rans = new RansEncoder();
  readonly #tables: SymbolTables;
  readonly #unseenShift: number;
  /** Parts of symbols, two of one that goes by the escape. */
  #partStarts = new Uint16Array(0);
  #frequencies = new Uint16Array(0);

  constructor(tables: SymbolTables) {
    this.#tables = tables;
    this.#unseenShift = tables.bits - escapedBits(tables.symbols);
  }

  /** Encodes symbols, each in its context. @returns the stream */
  encode(contexts: Uint16Array, symbols: Uint16Array): Uint8Array {
    if (this.#partStarts.length < 2 * symbols.length) {
      this.#partStarts = new Uint16Array(2 * symbols.length);
      this.#frequencies = new Uint16Array(2 * symbols.length);
    }
    const partStarts = this.#partStarts;
    const frequencies = this.#frequencies;
    const { starts, stride, bits, symbols: escape } = this.#tables;
    let parts = 0;
    for (let k = 0; k < symbols.length; k++) {
      const base = contexts[k] * stride;
      const at = base + symbols[k];
      let start = starts[at];
      let frequency = starts[at + 1] - start;
      if (frequency === 0) {
        partStarts[parts] = starts[base + escape];
        frequencies[parts++] = starts[base + escape + 1] - starts[base + escape];
        start = symbols[k] << this.#unseenShift;
        frequency = 1 << this.#unseenShift;
      }
      partStarts[parts] = start;
      frequencies[parts++] = frequency;
    }
    this.#rans.putAll(partStarts, frequencies, parts, bits);
    return this.#rans.finish();
  }
}

/** What a symbol takes in a context, in units of `log2Units`. */
export function symbolUnits(
  { starts, stride, bits, symbols }: SymbolTables,
  context: number,
  symbol: number,
): number {
  const unitsOf = (at: number): number => bits * BIT - log2Units(starts[at + 1] - starts[at]);
  const at = context * stride + symbol;
  if (starts[at + 1] > starts[at]) return unitsOf(at);
  return unitsOf(context * stride + symbols) + escapedBits(symbols) * BIT;
}

export class SymbolDecoder {
  readonly #rans = new RansDecoder();
  readonly #starts: Uint16Array;
  readonly #firsts: Uint16Array;
  readonly #stride: number;
  readonly #bits: number;
  readonly #bucketShift: number;
  readonly #symbols: number;
  readonly #unseenShift: number;

  constructor({ starts, firsts, stride, bits, bucketShift, symbols }: SymbolTables) {
    this.#starts = starts;
    this.#firsts = firsts;
    this.#stride = stride;
    this.#bits = bits;
    this.#bucketShift = bucketShift;
    this.#symbols = symbols;
    this.#unseenShift = bits - escapedBits(symbols);
  }

  /** What follows is of the stream that is `bytes` from index `from` up to `to`. */
  load(bytes: Uint8Array, from: number, to: number): void {
    this.#rans.load(bytes, from, to);
  }

  /** The next symbol; of a damaged stream any number up to twice the symbols there are. */
  next(context: number): number {
    const starts = this.#starts;
    const bits = this.#bits;
    const slot = this.#rans.peek(bits);
    const base = context * this.#stride;
    let part = base + this.#firsts[(context << 8) | (slot >>> this.#bucketShift)];
    let start = starts[part];
    let end = starts[part + 1];
    while (end <= slot) {
      start = end;
      end = starts[++part + 1];
    }
    this.#rans.take(start, end - start, bits);
    const symbol = part - base;
    return symbol < this.#symbols ? symbol : this.#unseen();
  }

  /** As `next`, the quicker the oftener it is 0. */
  nextMostlyZero(context: number): number {
    const first = this.#starts[context * this.#stride + 1];
    if (this.#rans.peek(this.#bits) >= first) return this.next(context);
    this.#rans.take(0, first, this.#bits);
    return 0;
  }

  #unseen(): number {
    const shift = this.#unseenShift;
    const symbol = this.#rans.peek(this.#bits) >>> shift;
    this.#rans.take(symbol << shift, 1 << shift, this.#bits);
    return symbol;
  }

  /** @throws ARCHIVE_CORRUPT unless the stream ends here as it began */
  end(): void {
    if (this.#rans.isAtEnd) return;
    throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: a picture is not what was encoded.');
  }
}

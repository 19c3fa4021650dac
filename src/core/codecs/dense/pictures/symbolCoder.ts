/** Symbols under the frequencies of their contexts, to a stream and back. */
import { LabError } from '../../../errors.ts';
import { RansDecoder, RansEncoder } from '../rans.ts';
import type { SymbolTables } from './symbolTables.ts';

/** Bits of a symbol that goes by the escape. */
const escapedBits = (symbols: number): number => 32 - Math.clz32(symbols - 1);

export class SymbolEncoder {
  readonly #rans = new RansEncoder();
  readonly #tables: SymbolTables;
  readonly #unseenShift: number;

  constructor(tables: SymbolTables) {
    this.#tables = tables;
    this.#unseenShift = tables.bits - escapedBits(tables.symbols);
  }

  /** Encodes symbols, the last one first, each in its context. @returns the stream */
  encode(contexts: Uint16Array, symbols: Uint16Array): Uint8Array {
    const rans = this.#rans;
    const { starts, stride, bits, symbols: escape } = this.#tables;
    const shift = this.#unseenShift;
    for (let k = contexts.length - 1; k >= 0; k--) {
      const base = contexts[k] * stride;
      let part = base + symbols[k];
      let start = starts[part];
      let frequency = starts[part + 1] - start;
      if (frequency === 0) {
        rans.put(symbols[k] << shift, 1 << shift, bits);
        part = base + escape;
        start = starts[part];
        frequency = starts[part + 1] - start;
      }
      rans.put(start, frequency, bits);
    }
    return rans.finish();
  }
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

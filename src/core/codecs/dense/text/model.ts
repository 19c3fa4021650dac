/**
 * What the next bit of a text will be, by what came before it: seven contexts, each with a probability that learns, mixed
 * in the logistic domain with weights that learn too (M. Mahoney, "Adaptive weighing of context models for lossless data
 * compression", 2005). One model serves all columns, in the order of the schema. Arithmetic: docs/FORMAT.md.
 */
import { MOST_STRETCH, SQUASHED, STRETCH_BITS, STRETCHED } from './logistic.ts';

const CONTEXTS = 7;

/** A cell of a table: 22 bits of the probability of a 1, and how often it was asked, in 8. */
const COUNT_BITS = 8;
const P_BITS = 22;
const CERTAIN = 2 ** P_BITS - 1;
const EVEN = 2 ** (P_BITS - 1 + COUNT_BITS);
/** Slowest step of a probability. */
const MOST_SEEN = 127;
/** 2^17 / (2 n + 3): the n-th step goes 1/(n + 1.5) of the way. */
const STEPS = /* @__PURE__ */ Int32Array.from({ length: MOST_SEEN + 1 }, (_, n) =>
  Math.floor(2 ** 17 / (2 * n + 3)),
);

/** Cells of a table: some for every byte of the text, within these. */
const CELLS_PER_BYTE = 16;
const LEAST_CELL_BITS = 12;
const MOST_CELL_BITS = 20;

/** Weights, in parts of 2^16: before anything was learned all contexts together say a little more than each alone. */
const FIRST_WEIGHT = 18_350;

/** What stands above the end of the string before. */
const NOTHING = 256;

/** Bytes that a model of a text keeps. */
export function textModelBytes(bytes: number): number {
  return CONTEXTS * 4 * ((1 << cellBits(bytes)) + 256);
}

/** @param bytes of the whole text, ends of strings included */
function cellBits(bytes: number): number {
  const wanted = 32 - Math.clz32(Math.max(1, Math.min(bytes, 2 ** 26) * CELLS_PER_BYTE) - 1);
  return Math.min(MOST_CELL_BITS, Math.max(LEAST_CELL_BITS, wanted));
}

/** Scatters what is told apart by two numbers. */
const scattered = (a: number, b: number): number => {
  const product = Math.imul(Math.imul(a, 0x2f0b4c47) + b + 1, 0x9e3779b1);
  return product ^ (product >>> 15);
};

const isLetter = (byte: number): boolean => ((byte | 32) >= 97 && (byte | 32) <= 122) || byte >= 128;

export class TextModel {
  readonly #cells: Int32Array;
  /** Bits that say where the sixteen cells of half a byte stand. */
  readonly #shift: number;
  readonly #tableCells: number;
  readonly #weights = new Int32Array(256 * CONTEXTS).fill(FIRST_WEIGHT);
  /** Of the byte that comes: what its contexts are, where the cells of its half stand, and what these said of the bit. */
  readonly #contexts = new Int32Array(CONTEXTS);
  readonly #places = new Int32Array(CONTEXTS);
  readonly #said = new Int32Array(CONTEXTS);
  /** The bits of the byte known so far, behind a 1; and those of its half. */
  #known = 1;
  #half = 1;
  #probability = 0;
  #column = 0;
  /** The four bytes before, the last one lowest. */
  #before = 0;
  #word = 0;
  #previous: Uint8Array = new Uint8Array(0);
  #at = 0;

  /** @param bytes of the whole text, ends of strings included */
  constructor(bytes: number) {
    const bits = cellBits(bytes);
    this.#tableCells = 1 << bits;
    this.#shift = 32 - (bits - 4);
    this.#cells = new Int32Array(CONTEXTS * this.#tableCells).fill(EVEN);
  }

  /** Another string begins. @param previous the bytes of the one before in its column, none if there is none */
  begin(column: number, previous: Uint8Array): void {
    this.#column = column;
    this.#previous = previous;
    this.#before = 0;
    this.#word = 0;
    this.#at = 0;
    this.#beginByte();
  }

  /** @returns probability that the next bit is a 1, in parts of 2^16 */
  predict(): number {
    const cells = this.#cells;
    const places = this.#places;
    const said = this.#said;
    const weights = this.#weights;
    const half = this.#half;
    const from = this.#known * CONTEXTS;
    let sum = 0;
    for (let c = 0; c < CONTEXTS; c++) {
      const x = STRETCHED[cells[places[c] + half] >> (COUNT_BITS + P_BITS - STRETCH_BITS)];
      said[c] = x;
      sum += weights[from + c] * x;
    }
    // Rounded towards 0.
    const x = (sum / 65_536) | 0;
    const p =
      SQUASHED[MOST_STRETCH + (x > MOST_STRETCH ? MOST_STRETCH : x < -MOST_STRETCH ? -MOST_STRETCH : x)];
    this.#probability = p;
    return p;
  }

  /** What the bit was that was predicted last. */
  learn(bit: number): void {
    const cells = this.#cells;
    const places = this.#places;
    const said = this.#said;
    const weights = this.#weights;
    const half = this.#half;
    const from = this.#known * CONTEXTS;
    const error = ((((bit << 16) - this.#probability) * 5) / 8) | 0;
    const aim = bit === 1 ? CERTAIN : 0;
    for (let c = 0; c < CONTEXTS; c++) {
      weights[from + c] += (Math.imul(said[c], error) + 8192) >> 14;
      const at = places[c] + half;
      const cell = cells[at];
      const seen = cell & MOST_SEEN;
      const p = cell >> COUNT_BITS;
      const moved = p + ((((aim - p) * STEPS[seen]) / 65_536) | 0);
      cells[at] = (moved << COUNT_BITS) | (seen < MOST_SEEN ? seen + 1 : seen);
    }
    this.#known = this.#known * 2 + bit;
    this.#half = half * 2 + bit;
    if (this.#known >= 256) this.#endByte(this.#known - 256);
    else if (this.#half >= 16) this.#seek(this.#known);
  }

  #endByte(byte: number): void {
    this.#before = (this.#before << 8) | byte;
    this.#word = isLetter(byte) ? scattered(this.#word, byte | 32) : 0;
    this.#at++;
    this.#beginByte();
  }

  #beginByte(): void {
    const contexts = this.#contexts;
    const before = this.#before;
    const last = before & 255;
    const above = this.#at < this.#previous.length ? this.#previous[this.#at] : NOTHING;
    contexts[0] = scattered(this.#column, 7);
    contexts[1] = scattered(last, 1000 + this.#column);
    contexts[2] = scattered(before & 0xffff, 2);
    contexts[3] = scattered(before & 0xffffff, 3);
    contexts[4] = scattered(before, 4);
    contexts[5] = scattered(scattered(this.#word, last), 5);
    contexts[6] = scattered(scattered(above, last), 1_000_000 + this.#column);
    this.#known = 1;
    this.#seek(0);
  }

  /** Finds the cells of half a byte. @param first 0 for the first half, that one behind a 1 for the second */
  #seek(first: number): void {
    this.#half = 1;
    for (let c = 0; c < CONTEXTS; c++) {
      const place = Math.imul(this.#contexts[c] + Math.imul(first, 0x2545f491), 0x9e3779b1) >>> this.#shift;
      this.#places[c] = c * this.#tableCells + place * 16;
    }
  }
}

/**
 * Frequencies of symbols in each of a number of contexts, and how a model keeps them: as logarithms in steps, each told
 * by the one before it and by the same symbol's in the context before. What training did not show, or showed once, has
 * no part of its own but goes by an escape.
 */
import { BinaryContexts, BinaryEncoder, type BinaryDecoder } from '../binaryCoder.ts';
import { scaleCounts } from '../frequencies.ts';
import { BIT, log2Units } from '../log2.ts';

/** Symbols that were met less often go by the escape. */
const LEAST_COUNT = 2;

/** A bucket is so many bits of the number that a decoder looks up. */
const BUCKET_BITS = 8;

/** Weights of the steps are in sixteenths. */
const UNIT = 16;

export interface TableForm {
  contexts: number;
  /** Symbols, the escape apart. */
  symbols: number;
  /** Frequencies add up to 2^bits. */
  bits: number;
  /** An octave has 2^fineness steps. */
  fineness: number;
}

/** The largest step of a logarithm; 0 is for none. */
const mostOf = ({ bits, fineness }: TableForm): number => bits * 2 ** fineness + 1;

/** What each step stands for; by roots and products alone, which are the same everywhere. */
function weightsOf(form: TableForm): { weights: Float64Array; half: number } {
  let step = 2;
  for (let k = 0; k < form.fineness; k++) step = Math.sqrt(step);
  const weights = new Float64Array(mostOf(form) + 1);
  let weight = UNIT;
  for (let q = 1; q < weights.length; q++, weight *= step) weights[q] = Math.round(weight);
  return { weights, half: Math.sqrt(step) };
}

/**
 * Counts as steps.
 *
 * @param counts contexts × symbols
 * @returns contexts × (symbols + 1), the escape's last; 0 for none
 */
export function stepsOfCounts(form: TableForm, counts: Uint32Array): Uint8Array {
  const { contexts, symbols, bits } = form;
  const { weights, half } = weightsOf(form);
  const steps = new Uint8Array(contexts * (symbols + 1));
  for (let context = 0; context < contexts; context++) {
    const from = context * symbols;
    const to = context * (symbols + 1);
    let total = 0;
    let rare = 0;
    let missing = 0;
    for (let s = 0; s < symbols; s++) {
      const count = counts[from + s];
      total += count;
      if (count >= LEAST_COUNT) continue;
      rare += count;
      missing++;
    }
    const scale = (UNIT * 2 ** bits) / Math.max(1, total);
    const stepOf = (count: number): number => {
      const weight = count * scale;
      let q = 1;
      while (q + 1 < weights.length && weights[q] * half < weight) q++;
      return q;
    };
    for (let s = 0; s < symbols; s++) {
      const count = counts[from + s];
      if (count >= LEAST_COUNT) steps[to + s] = stepOf(count);
    }
    if (missing > 0) steps[to + symbols] = stepOf(rare);
  }
  return steps;
}

/** What is known where a step is coded. */
const STATES = 4;
/** Differences from what was expected are counted up to here, one answer each. */
const MOST_COUNTED = 40;

/** Contexts of the binary coder in which steps are told. */
class StepContexts {
  readonly there = new BinaryContexts(STATES * 4);
  readonly same = new BinaryContexts(STATES);
  readonly sign = new BinaryContexts(STATES);
  readonly more = new BinaryContexts(STATES * MOST_COUNTED);
}

/** The steps of one context and of the one before it, while they are coded. */
class Surroundings {
  /** Which of the contexts `there` answers whether the symbol has a part. */
  there = 0;
  state = 0;
  expected = 0;
  #last = 1;
  readonly #most: number;

  /** @param most the largest step */
  constructor(most: number) {
    this.#most = most;
  }

  begin(): void {
    this.#last = 1;
  }

  /** @param k place of the symbol among all; of context 0 nothing is before it */
  look(steps: Uint8Array, k: number, symbol: number, context: number, width: number): void {
    const left = symbol > 0 ? steps[k - 1] : 0;
    const left2 = symbol > 1 ? steps[k - 2] : 0;
    const above = context > 0 ? steps[k - width] : 0;
    const aboveLeft = context > 0 && symbol > 0 ? steps[k - width - 1] : 0;
    if (left > 0) this.#last = left;
    const aboveState = context === 0 ? 0 : above === 0 ? 1 : above < 6 ? 2 : 3;
    this.there = aboveState * 4 + (left > 0 ? 2 : 0) + (left2 > 0 ? 1 : 0);
    if (above === 0) {
      this.state = left > 0 ? 1 : 0;
      this.expected = this.#last;
    } else if (left === 0 || aboveLeft === 0) {
      this.state = left > 0 ? 3 : 2;
      this.expected = left > 0 ? (left + above + 1) >> 1 : above;
    } else {
      this.state = 3;
      this.expected = Math.min(this.#most, Math.max(1, above + ((left - aboveLeft) >> 1)));
    }
  }
}

/** Writes steps; the form goes elsewhere. */
export function writeSteps(encoder: BinaryEncoder, form: TableForm, steps: Uint8Array): void {
  const width = form.symbols + 1;
  const contexts = new StepContexts();
  const around = new Surroundings(mostOf(form));
  for (let context = 0, k = 0; context < form.contexts; context++) {
    around.begin();
    for (let symbol = 0; symbol < width; symbol++, k++) {
      around.look(steps, k, symbol, context, width);
      const step = steps[k];
      encoder.bit(contexts.there, around.there, step > 0 ? 1 : 0);
      if (step === 0) continue;
      const { state, expected } = around;
      encoder.bit(contexts.same, state, step === expected ? 0 : 1);
      if (step === expected) continue;
      if (expected > 1) encoder.bit(contexts.sign, state, step > expected ? 0 : 1);
      const off = Math.abs(step - expected) - 1;
      for (let n = 0; n <= off; n++) {
        encoder.bit(contexts.more, state * MOST_COUNTED + Math.min(n, MOST_COUNTED - 1), n < off ? 1 : 0);
      }
    }
  }
}

/** Reads steps. @throws ARCHIVE_CORRUPT for steps that no table has */
export function readSteps(decoder: BinaryDecoder, form: TableForm): Uint8Array {
  const width = form.symbols + 1;
  const most = mostOf(form);
  const steps = new Uint8Array(form.contexts * width);
  const contexts = new StepContexts();
  const around = new Surroundings(mostOf(form));
  for (let context = 0, k = 0; context < form.contexts; context++) {
    around.begin();
    let there = 0;
    for (let symbol = 0; symbol < width; symbol++, k++) {
      around.look(steps, k, symbol, context, width);
      if (decoder.bit(contexts.there, around.there) === 0) continue;
      there++;
      const { state, expected } = around;
      steps[k] = expected;
      if (decoder.bit(contexts.same, state) === 0) continue;
      const isLess = expected > 1 && decoder.bit(contexts.sign, state) === 1;
      let off = 1;
      while (decoder.bit(contexts.more, state * MOST_COUNTED + Math.min(off - 1, MOST_COUNTED - 1)) === 1) {
        if (++off > most) break;
      }
      const step = isLess ? expected - off : expected + off;
      if (step < 1 || step > most) throw decoder.corrupt('has frequencies beyond all bounds');
      steps[k] = step;
    }
    if (steps[k - 1] === 0 && there < form.symbols) {
      throw decoder.corrupt('has symbols that nothing stands for');
    }
  }
  return steps;
}

/** Frequencies as the coder takes them. */
export class SymbolTables {
  readonly symbols: number;
  readonly bits: number;
  /** From one context to the next in `starts`. */
  readonly stride: number;
  /**
   * Of context c from c × stride on: where the part of each symbol begins, then the escape's, then 2^bits. A symbol
   * without a part begins where the next one does.
   */
  readonly starts: Uint16Array;
  /** Of context c from c << BUCKET_BITS on: the symbol in whose part the first number of each bucket lies. */
  readonly firsts: Uint16Array;
  readonly bucketShift: number;

  constructor(form: TableForm, steps: Uint8Array) {
    const { contexts, symbols, bits } = form;
    const { weights } = weightsOf(form);
    this.symbols = symbols;
    this.bits = bits;
    this.stride = symbols + 2;
    this.bucketShift = bits - BUCKET_BITS;
    this.starts = new Uint16Array(contexts * this.stride);
    this.firsts = new Uint16Array(contexts << BUCKET_BITS);
    const weighed = new Float64Array(symbols + 1);
    const frequencies = new Uint16Array(symbols + 1);
    for (let context = 0; context < contexts; context++) {
      for (let s = 0; s <= symbols; s++) weighed[s] = weights[steps[context * (symbols + 1) + s]];
      scaleCounts(weighed, bits, frequencies);
      let start = 0;
      let bucket = context << BUCKET_BITS;
      const buckets = bucket + (1 << BUCKET_BITS);
      for (let s = 0; s <= symbols; s++) {
        this.starts[context * this.stride + s] = start;
        start += frequencies[s];
        while (bucket < buckets && (bucket & ((1 << BUCKET_BITS) - 1)) << this.bucketShift < start) {
          this.firsts[bucket++] = s;
        }
      }
      this.starts[context * this.stride + symbols + 1] = start;
    }
  }

  get residentBytes(): number {
    return this.starts.byteLength + this.firsts.byteLength;
  }
}

const FINENESSES = [0, 1, 2, 3];

/**
 * Counts as steps of the fineness that makes model and pictures smallest together.
 *
 * @param counts contexts × symbols
 * @param weight values that each one counted stands for
 * @returns bits of both
 */
export function cheapestSteps(
  form: Omit<TableForm, 'fineness'>,
  counts: Uint32Array,
  weight: number,
): { steps: Uint8Array; fineness: number; bits: number } {
  const tried = FINENESSES.map((fineness) => {
    const own = { ...form, fineness };
    const steps = stepsOfCounts(own, counts);
    const encoder = new BinaryEncoder();
    writeSteps(encoder, own, steps);
    const bits = 8 * encoder.finish().length + weight * codedBits(own, steps, counts);
    return { steps, fineness, bits };
  });
  return tried.reduce((best, next) => (next.bits < best.bits ? next : best));
}

/** Bits that symbols take, so often as they were counted. */
function codedBits(form: TableForm, steps: Uint8Array, counts: Uint32Array): number {
  const { starts, stride } = new SymbolTables(form, steps);
  const { contexts, symbols, bits } = form;
  const rawBits = 32 - Math.clz32(symbols - 1);
  let units = 0;
  for (let context = 0, k = 0; context < contexts; context++) {
    const base = context * stride;
    const escape = base + symbols;
    for (let s = 0; s < symbols; s++, k++) {
      if (counts[k] === 0) continue;
      let frequency = starts[base + s + 1] - starts[base + s];
      let cost = 0;
      if (frequency === 0) {
        frequency = starts[escape + 1] - starts[escape];
        cost = rawBits * BIT;
      }
      units += counts[k] * (cost + bits * BIT - log2Units(frequency));
    }
  }
  return units / BIT;
}

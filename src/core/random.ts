/**
 * Seeded randomness. The generator is pure-rand's xoroshiro128+; nothing in the project calls Math.random.
 * What is derived from it here (permutations, splits) is part of the archive format: see docs/FORMAT.md.
 */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { LabError } from './errors.ts';
import type { Pulse } from './pulse.ts';

/** A generator as pure-rand's distributions take it, said here so that the library's types need no others. */
export interface Generator {
  /** The next value, −2³¹ … 2³¹ − 1. */
  next(): number;
  /** Another generator that goes on from the same state. */
  clone(): Generator;
  getState(): readonly number[];
}

/** Largest seed: seeds are unsigned 32-bit integers. */
export const MAX_SEED = 0xffffffff;

/** Outputs thrown away after seeding. */
const WARM_UP = 64;

/**
 * @param seed unsigned 32-bit integer
 * @throws SETTING_OUT_OF_RANGE
 */
export function createGenerator(seed: number): Generator {
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `The seed is ${seed}; it has to be a whole number from 0 to ${MAX_SEED}.`,
    );
  }
  const generator = xoroshiro128plus(seed | 0);
  // Its first outputs still resemble the seed, and those of neighbouring seeds each other.
  for (let k = 0; k < WARM_UP; k++) generator.next();
  return generator;
}

/** 0 … n − 1 in random order, by Fisher and Yates from the end. */
export function permutation(n: number, generator: Generator): Uint32Array {
  const order = new Uint32Array(n);
  count(order, 0, n);
  shuffle(order, n - 1, 0, generator);
  return order;
}

function count(order: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) order[i] = i;
}

/** The steps of Fisher and Yates for the places from `from` down to the one above `to`. */
function shuffle(order: Uint32Array, from: number, to: number, generator: Generator): void {
  for (let i = from; i > to; i--) {
    const j = uniformInt(generator, 0, i);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}

/**
 * Which of things that come one after the other make a random sample of them, in one pass and in the memory of the sample
 * (algorithm R of Vitter 1985, Random sampling with a reservoir).
 */
export class Reservoir {
  /** Things that have come. */
  seen = 0;
  private readonly wanted: number;
  private readonly generator: Generator;

  /** @param wanted most things that are kept */
  constructor(wanted: number, seed: number) {
    this.wanted = wanted;
    this.generator = createGenerator(seed);
  }

  /** Where the next thing is kept, in the place of the one before; −1 where it is not. */
  place(): number {
    const place = this.seen++;
    if (place < this.wanted) return place;
    const slot = uniformInt(this.generator, 0, place);
    return slot < this.wanted ? slot : -1;
  }
}

/** Which records are training and which are test records, each list in the original order. */
export interface Split {
  train: Uint32Array;
  test: Uint32Array;
}

/**
 * A random split: of a permutation of the records the first round(rows × testFraction) are test records.
 *
 * @param rows number of records
 * @param testFraction share of test records, 0 … 1; 0 makes every record a training record
 * @param seed unsigned 32-bit integer
 */
export function splitRecords(rows: number, testFraction: number, seed: number): Split {
  const steps = splitting(rows, testFraction, seed, rows);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Records that are looked at between two questions whether it is time to beat. */
const STEP = 1 << 16;

/** The same split, for so many records that drawing it takes seconds. */
export async function splitRecordsInSteps(
  rows: number,
  testFraction: number,
  seed: number,
  pulse: Pulse,
): Promise<Split> {
  const steps = splitting(rows, testFraction, seed, STEP);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (pulse.due())
      await pulse.beat({ phase: 'Dividing the records', done: value, total: 4 * rows, unit: 'steps' });
  }
}

/**
 * Shuffles, marks the test records and lists both, `step` records at a time.
 *
 * @returns after steps that number 4 × rows at most, counted as they are done
 */
function* splitting(rows: number, testFraction: number, seed: number, step: number): Iterator<number, Split> {
  const generator = createGenerator(seed);
  const testCount = Math.round(rows * testFraction);
  const order = new Uint32Array(rows);
  for (let from = 0; from < rows; from += step) {
    count(order, from, Math.min(from + step, rows));
    yield from;
  }
  for (let from = rows - 1; from > 0; from -= step) {
    shuffle(order, from, Math.max(0, from - step), generator);
    yield 2 * rows - from;
  }
  const isTest = new Uint8Array(rows);
  for (let from = 0; from < testCount; from += step) {
    mark(isTest, order.subarray(from, Math.min(from + step, testCount)));
    yield 2 * rows + from;
  }
  const split = { train: new Uint32Array(rows - testCount), test: new Uint32Array(testCount) };
  for (let from = 0, tests = 0; from < rows; from += step) {
    tests = list(split, isTest, from, Math.min(from + step, rows), tests);
    yield 3 * rows + from;
  }
  return split;
}

function mark(isTest: Uint8Array, records: Uint32Array): void {
  for (let k = 0; k < records.length; k++) isTest[records[k]] = 1;
}

/**
 * Lists the records from `from` up to `to` in their original order.
 *
 * @param tests test records before them
 * @returns those before `to`
 */
function list({ train, test }: Split, isTest: Uint8Array, from: number, to: number, tests: number): number {
  let b = tests;
  for (let i = from, a = from - tests; i < to; i++) {
    if (isTest[i] === 1) test[b++] = i;
    else train[a++] = i;
  }
  return b;
}

/**
 * A split by order: the last records are test records, as when a data set comes with a test file of its own.
 *
 * @param rows number of records
 * @param testRows number of test records, 0 … rows
 */
export function splitTail(rows: number, testRows: number): Split {
  const train = new Uint32Array(rows - testRows);
  const test = new Uint32Array(testRows);
  for (let i = 0; i < train.length; i++) train[i] = i;
  for (let i = 0; i < testRows; i++) test[i] = train.length + i;
  return { train, test };
}

/**
 * Seeded randomness. The generator is pure-rand's xoroshiro128+; nothing in the project calls Math.random.
 * What is derived from it here (permutations, splits) is part of the archive format: see docs/FORMAT.md.
 */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { LabError } from './errors.ts';

export type Generator = ReturnType<typeof xoroshiro128plus>;

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
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  return order;
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
  const testCount = Math.round(rows * testFraction);
  const order = permutation(rows, createGenerator(seed));
  const isTest = new Uint8Array(rows);
  for (let k = 0; k < testCount; k++) isTest[order[k]] = 1;
  const train = new Uint32Array(rows - testCount);
  const test = new Uint32Array(testCount);
  for (let i = 0, a = 0, b = 0; i < rows; i++) {
    if (isTest[i] === 1) test[b++] = i;
    else train[a++] = i;
  }
  return { train, test };
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

/** Drawing at random: what the methods that look at no picture share. Everything follows from the seed and the epoch. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { LabError } from '../errors.ts';
import { createGenerator, permutation, type Generator } from '../random.ts';
import { epochSeed } from './epochSeed.ts';
import type { Selection, SelectionContext, Selector } from './method.ts';

/** Of a selector that has no state, and begins at once. */
export const STATELESS: Pick<Selector, 'state' | 'restore' | 'pretraining'> = {
  pretraining: null,
  state: () => null,
  restore: () => true,
};

/** Places of an unordered selection in the order in which an epoch meets them. */
export function epochOrder(seed: number, epoch: number, count: number): Uint32Array {
  return permutation(count, createGenerator(epochSeed(seed, 'order', epoch)));
}

/** The records of a selection in the order in which an epoch meets them. */
export function recordsMet(
  { records, isOrdered }: Pick<Selection, 'records' | 'isOrdered'>,
  seed: number,
  epoch: number,
): Uint32Array {
  return isOrdered ? records : epochOrder(seed, epoch, records.length).map((place) => records[place]);
}

/** A share as it is said: "3.5 %". */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(6))} %`;

/**
 * Pictures of an epoch that sees so many of them.
 *
 * @throws TRAINING_SUBSET_EMPTY
 */
export function countAtLeastOne(count: number, { train, settings }: SelectionContext): number {
  if (count >= 1) return count;
  throw new LabError(
    'TRAINING_SUBSET_EMPTY',
    `${percent(settings.fraction)} of ${train.length} training pictures is less than one picture.`,
  );
}

/** Pictures of an epoch by the share that is set. @throws TRAINING_SUBSET_EMPTY */
export function countOfFraction(context: SelectionContext): number {
  const { train, settings } = context;
  return countAtLeastOne(Math.min(train.length, Math.round(train.length * settings.fraction)), context);
}

/** The first `count` places of the span [start, end) become a uniform draw from it, in random order. */
export function drawInPlace(
  records: Uint32Array,
  start: number,
  end: number,
  count: number,
  generator: Generator,
): void {
  // Fisher and Yates from the front, stopped after `count` draws.
  for (let k = start; k < start + count; k++) {
    const j = uniformInt(generator, k, end - 1);
    const drawn = records[j];
    records[j] = records[k];
    records[k] = drawn;
  }
}

/** `count` records, each at most once, every one with the same chance, in random order. */
export function drawUniformly(records: Uint32Array, count: number, seed: number): Uint32Array {
  const pool = records.slice();
  drawInPlace(pool, 0, pool.length, count, createGenerator(seed));
  return pool.slice(0, count);
}

/**
 * How many pictures of each class are drawn when every class gives the same share: whole parts first, then one more
 * for the largest remainders, the earlier class first among equals.
 *
 * @param classCounts training pictures of each class
 * @param count pictures to draw, at most their sum
 */
export function classQuotas(classCounts: Uint32Array, count: number): Uint32Array {
  let total = 0;
  for (const ofClass of classCounts) total += ofClass;
  const quotas = new Uint32Array(classCounts.length);
  // In whole numbers: share = n_c · count / total, remainder = (n_c · count) mod total; exact below 2^53.
  const remainders = new Float64Array(classCounts.length);
  let given = 0;
  for (let c = 0; c < classCounts.length; c++) {
    const product = classCounts[c] * count;
    remainders[c] = product % total;
    quotas[c] = (product - remainders[c]) / total;
    given += quotas[c];
  }
  const byRemainder = Array.from(classCounts.keys()).sort((a, b) => remainders[b] - remainders[a] || a - b);
  for (let k = 0; given < count; k++, given++) quotas[byRemainder[k]]++;
  return quotas;
}

/** Draws from the training records of a run, uniformly or class by class. */
class Draws {
  readonly count: number;
  /** The training records; grouped by class for stratified sampling. */
  readonly records: Uint32Array;
  /** Of stratified sampling: where each class begins in the records, and what it gives. */
  readonly #classes: { starts: Uint32Array; quotas: Uint32Array } | null = null;

  /** @throws TRAINING_SUBSET_EMPTY */
  constructor(context: SelectionContext) {
    const { train, labels, classes, settings } = context;
    this.count = countOfFraction(context);
    this.records = train;
    if (settings.sampling === 'uniform') return;
    const classCounts = new Uint32Array(classes);
    for (const record of train) classCounts[labels[record]]++;
    const starts = new Uint32Array(classes + 1);
    for (let c = 0; c < classes; c++) starts[c + 1] = starts[c] + classCounts[c];
    const next = starts.slice();
    this.records = new Uint32Array(train.length);
    for (const record of train) this.records[next[labels[record]]++] = record;
    this.#classes = { starts, quotas: classQuotas(classCounts, this.count) };
  }

  /** @param orderSeed of the order, where the draw does not give one */
  draw(seed: number, orderSeed: number): Uint32Array {
    if (this.count === this.records.length) {
      const order = permutation(this.count, createGenerator(orderSeed));
      for (let k = 0; k < order.length; k++) order[k] = this.records[order[k]];
      return order;
    }
    if (this.#classes === null) return drawUniformly(this.records, this.count, seed);
    const { starts, quotas } = this.#classes;
    const pool = this.records.slice();
    const generator = createGenerator(seed);
    const drawn = new Uint32Array(this.count);
    let filled = 0;
    for (let c = 0; c < quotas.length; c++) {
      const [start, quota] = [starts[c], quotas[c]];
      drawInPlace(pool, start, starts[c + 1], quota, generator);
      drawn.set(pool.subarray(start, start + quota), filled);
      filled += quota;
    }
    // So far it is sorted by class.
    drawInPlace(drawn, 0, drawn.length, drawn.length, createGenerator(orderSeed));
    return drawn;
  }
}

/** A fresh draw in every epoch. @throws TRAINING_SUBSET_EMPTY */
export function createFreshDraws(context: SelectionContext): Selector {
  const draws = new Draws(context);
  const { seed } = context.settings;
  return {
    ...STATELESS,
    count: draws.count,
    select: (epoch) => ({
      records: draws.draw(epochSeed(seed, 'subset', epoch), epochSeed(seed, 'order', epoch)),
      weights: null,
      isOrdered: true,
    }),
  };
}

/** One draw for all epochs. @throws TRAINING_SUBSET_EMPTY */
export function createFixedDraw(context: SelectionContext): Selector {
  const draws = new Draws(context);
  const { seed } = context.settings;
  let selection: Selection | null = null;
  return {
    ...STATELESS,
    count: draws.count,
    select() {
      selection ??= {
        records:
          draws.count === draws.records.length
            ? draws.records.slice()
            : draws.draw(epochSeed(seed, 'subset', 0), epochSeed(seed, 'order', 0)),
        weights: null,
        isOrdered: false,
      };
      return selection;
    },
  };
}

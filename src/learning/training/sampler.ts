/** Which training pictures an epoch sees: the methods, fractions and kinds of sampling of a run, seeded by epoch. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { TrainingSettings } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import { createGenerator, permutation, type Generator } from '../../core/random.ts';
import { epochSeed } from '../../core/selection/epochSeed.ts';

export type SamplerSettings = Pick<TrainingSettings, 'method' | 'fraction' | 'sampling' | 'seed'>;

/** The first `count` places of the span [start, end) become a uniform draw from it, in random order. */
function drawInPlace(
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

/** Draws the subsets of a run. Every epoch's is a function of the seed and the epoch alone. */
export class EpochSampler {
  /** Pictures of an epoch. */
  readonly count: number;
  /** Whether every epoch sees the same pictures. */
  readonly isFixed: boolean;
  readonly #settings: SamplerSettings;
  /** The training records; grouped by class for stratified sampling. */
  readonly #records: Uint32Array;
  /** Of stratified sampling: where each class begins in the records, and what it gives. */
  readonly #starts: Uint32Array | null;
  readonly #quotas: Uint32Array | null;
  #fixed: Uint32Array | null = null;

  /**
   * @param train numbers of the training records
   * @param labels class of every record of the dataset
   * @param classes number of classes
   * @throws TRAINING_SUBSET_EMPTY
   */
  constructor(settings: SamplerSettings, train: Uint32Array, labels: Uint16Array, classes: number) {
    const { method, fraction, sampling } = settings;
    this.#settings = settings;
    const meta = METHOD_METAS.byName(method);
    this.isFixed = meta.isFixed;
    this.count = !meta.usesFraction
      ? train.length
      : Math.min(train.length, Math.round(train.length * fraction));
    if (this.count < 1) {
      throw new LabError(
        'TRAINING_SUBSET_EMPTY',
        `${100 * fraction} % of ${train.length} training pictures is less than one picture.`,
      );
    }
    if (meta.usesFraction && sampling === 'stratified') {
      const classCounts = new Uint32Array(classes);
      for (const record of train) classCounts[labels[record]]++;
      const starts = new Uint32Array(classes + 1);
      for (let c = 0; c < classes; c++) starts[c + 1] = starts[c] + classCounts[c];
      const next = starts.slice();
      this.#records = new Uint32Array(train.length);
      for (const record of train) this.#records[next[labels[record]]++] = record;
      this.#starts = starts;
      this.#quotas = classQuotas(classCounts, this.count);
    } else {
      this.#records = train;
      this.#starts = null;
      this.#quotas = null;
    }
  }

  #draw(seed: number, orderSeed: number): Uint32Array {
    if (this.count === this.#records.length) {
      const order = permutation(this.count, createGenerator(orderSeed));
      for (let k = 0; k < order.length; k++) order[k] = this.#records[order[k]];
      return order;
    }
    const pool = this.#records.slice();
    const generator = createGenerator(seed);
    if (this.#starts === null || this.#quotas === null) {
      drawInPlace(pool, 0, pool.length, this.count, generator);
      return pool.slice(0, this.count);
    }
    const drawn = new Uint32Array(this.count);
    let filled = 0;
    for (let c = 0; c < this.#quotas.length; c++) {
      const [start, quota] = [this.#starts[c], this.#quotas[c]];
      drawInPlace(pool, start, this.#starts[c + 1], quota, generator);
      drawn.set(pool.subarray(start, start + quota), filled);
      filled += quota;
    }
    // So far it is sorted by class.
    drawInPlace(drawn, 0, drawn.length, drawn.length, createGenerator(orderSeed));
    return drawn;
  }

  /** Of a fixed method: the records that every epoch sees, in the order in which they are fetched, once. */
  fixedRecords(): Uint32Array {
    const { seed } = this.#settings;
    this.#fixed ??=
      this.count === this.#records.length
        ? this.#records.slice()
        : this.#draw(epochSeed(seed, 'subset', 0), epochSeed(seed, 'order', 0));
    return this.#fixed;
  }

  /** Of a fixed method: places in `fixedRecords()` in the order in which the epoch meets them. */
  fixedOrder(epoch: number): Uint32Array {
    return permutation(this.count, createGenerator(epochSeed(this.#settings.seed, 'order', epoch)));
  }

  /**
   * The records of an epoch in the order in which it meets them, each at most once.
   *
   * @param epoch from 1
   */
  subset(epoch: number): Uint32Array {
    const { seed } = this.#settings;
    if (!this.isFixed) {
      return this.#draw(epochSeed(seed, 'subset', epoch), epochSeed(seed, 'order', epoch));
    }
    const records = this.fixedRecords();
    return this.fixedOrder(epoch).map((place) => records[place]);
  }
}

/**
 * Boosted trees as a learner of whatever weighted samples it is given: the same rules for all records and for any
 * contender, in units of a sample's mean weight, and as many rounds as the samples themselves say are enough.
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { createGenerator, permutation } from '../random.ts';
import type { TargetTask } from '../regression/targets.ts';
import { boost, type BoostRules, type TreeModel } from './boost.ts';

const MOST_ROUNDS = 200;
const RATE = 0.1;
const LEAVES = 31;
/** Samples of mean weight that a leaf has at least, and λ in the same unit. */
const LEAST_SAMPLES = 5;
const L2_SAMPLES = 1;
/** Parts that the samples are divided into, each to stop by once. */
const FOLDS = 5;
/** Beyond so many samples one part says enough, and fitting ends after so many rounds that do not lower its loss. */
const FOLDED_SAMPLES = 2_000;
const PATIENCE = 20;
/** Of the division into parts. */
const SEED = 1;

/** The samples at `places`. */
function samplesAt(samples: WeightedSamples, places: Uint32Array): WeightedSamples {
  const { width, outputs } = samples;
  const x = new Float64Array(places.length * width);
  const y = new Float64Array(places.length * outputs);
  places.forEach((i, k) => {
    x.set(samples.x.subarray(i * width, (i + 1) * width), k * width);
    y.set(samples.y.subarray(i * outputs, (i + 1) * outputs), k * outputs);
  });
  const weights = Float64Array.from(places, (i) => samples.weights[i]);
  return { rows: places.length, width, x, outputs, y, weights };
}

const sumOf = (weights: Float64Array): number => weights.reduce((sum, weight) => sum + weight, 0);

/** The number of rounds after which the loss of samples that were left out is least, by cross-validation. */
async function enoughRounds(
  task: TargetTask,
  samples: WeightedSamples,
  rules: BoostRules,
  pulse: Pulse,
): Promise<number> {
  const { rows } = samples;
  if (rows < 2 * FOLDS) return rules.rounds;
  const order = permutation(rows, createGenerator(SEED));
  const isLarge = rows > FOLDED_SAMPLES;
  const losses = new Float64Array(rules.rounds + 1);
  let reached = rules.rounds;
  for (let fold = 0; fold < (isLarge ? 1 : FOLDS); fold++) {
    const watched = samplesAt(
      samples,
      order.filter((_, k) => k % FOLDS === fold),
    );
    const others = samplesAt(
      samples,
      order.filter((_, k) => k % FOLDS !== fold),
    );
    const watch = { samples: watched, patience: isLarge ? PATIENCE : rules.rounds };
    const fit = await boost(task, others, rules, pulse, watch);
    const weight = sumOf(watched.weights);
    fit.watched.forEach((loss, round) => (losses[round] += weight * loss));
    reached = fit.watched.length - 1;
  }
  const looked = losses.subarray(0, reached + 1);
  return looked.indexOf(looked.reduce((least, loss) => Math.min(least, loss), Infinity));
}

/**
 * Fits boosted trees to weighted samples.
 *
 * @throws CANCELLED
 */
export async function fitTrees(
  task: TargetTask,
  samples: WeightedSamples,
  pulse: Pulse = SILENT_PULSE,
): Promise<TreeModel> {
  const unit = sumOf(samples.weights) / samples.rows;
  const rules: BoostRules = {
    rounds: MOST_ROUNDS,
    rate: RATE,
    leaves: LEAVES,
    minWeight: LEAST_SAMPLES * unit,
    l2: L2_SAMPLES * unit,
  };
  const rounds = await enoughRounds(task, samples, rules, pulse);
  return (await boost(task, samples, { ...rules, rounds }, pulse)).model;
}

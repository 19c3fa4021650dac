/**
 * Gradient-boosted trees on weighted samples: every round adds a tree per output that follows the loss to second order
 * from where the trees before it have come. A weight of 2 is a sample that is there twice.
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import type { DesignMatrix } from '../regression/design.ts';
import type { TargetTask } from '../regression/targets.ts';
import { binSamples } from './bins.ts';
import { Grower, type GrowRules } from './grow.ts';
import { LOGISTIC, SOFTMAX, SQUARED, type Loss } from './losses.ts';
import { addTree, type Tree } from './tree.ts';

export interface BoostRules extends GrowRules {
  /** Most rounds; a round is a tree per output. */
  rounds: number;
}

/** Samples that fitting stops by: the model has the rounds up to the one after which their loss was least. */
export interface Watch {
  samples: WeightedSamples;
  /** Rounds without a smaller loss after which no more follow. */
  patience: number;
}

export interface TreeModel {
  task: TargetTask;
  /** Outputs before the first round. */
  start: Float64Array;
  /** For every round a tree per output. */
  rounds: Tree[][];
}

export interface BoostFit {
  model: TreeModel;
  /** Mean loss of the watched samples before the first and after every round; none without any. */
  watched: number[];
}

function lossOf(task: TargetTask, outputs: number): Loss {
  if (task === 'regression') return SQUARED;
  return outputs === 1 ? LOGISTIC : SOFTMAX;
}

/** The rounds' outputs for samples, kept up to date as rounds are added. */
class Scores {
  readonly values: Float64Array;
  /** Predictions of the target, made anew by `predict`. */
  readonly predictions: Float64Array;
  private readonly loss: Loss;
  private readonly outputs: number;

  constructor(rows: number, start: Float64Array, loss: Loss) {
    this.loss = loss;
    this.outputs = start.length;
    this.values = new Float64Array(rows * start.length);
    for (let at = 0; at < this.values.length; at++) this.values[at] = start[at % start.length];
    this.predictions = new Float64Array(this.values.length);
    this.predict();
  }

  predict(): void {
    this.predictions.set(this.values);
    this.loss.predict(this.predictions, this.outputs);
  }
}

/**
 * Fits trees to weighted samples. Column 0 of x is the bias and no feature.
 *
 * @param watch samples to stop by; without them all rounds are made
 * @throws CANCELLED
 */
export async function boost(
  task: TargetTask,
  samples: WeightedSamples,
  rules: BoostRules,
  pulse: Pulse = SILENT_PULSE,
  watch: Watch | null = null,
): Promise<BoostFit> {
  const { rows, outputs, weights } = samples;
  const loss = lossOf(task, outputs);
  const start = loss.start(samples);
  const grower = new Grower(binSamples(samples), weights, rules);
  const own = new Scores(rows, start, loss);
  const other = watch === null ? null : new Scores(watch.samples.rows, start, loss);
  const gradient = new Float64Array(rows);
  const hessian = new Float64Array(rows);
  const rounds: Tree[][] = [];
  const watched = watch === null || other === null ? [] : [loss.mean(watch.samples, other.predictions)];
  let best = 0;
  const beat = (): Promise<void> =>
    pulse.beat({ phase: 'Boosting trees', done: rounds.length, total: rules.rounds, unit: 'rounds' });
  while (rounds.length < rules.rounds) {
    const trees: Tree[] = [];
    for (let k = 0; k < outputs; k++) {
      loss.derive(samples, own.predictions, k, gradient, hessian);
      trees.push(await grower.grow(gradient, hessian, own.values, k, outputs, pulse, beat));
    }
    rounds.push(trees);
    own.predict();
    if (watch !== null && other !== null) {
      trees.forEach((tree, k) => {
        addTree(tree, watch.samples, other.values, k, outputs);
      });
      other.predict();
      watched.push(loss.mean(watch.samples, other.predictions));
      if (watched[rounds.length] < watched[best]) best = rounds.length;
      else if (rounds.length - best >= watch.patience) break;
    }
    if (pulse.due()) await beat();
  }
  if (watch !== null) rounds.length = best;
  return { model: { task, start, rounds }, watched };
}

/** Predictions of the target, rows × outputs: numbers, or the share of the second of two or of every class. */
export function predictTrees(
  { task, start, rounds }: TreeModel,
  matrix: { rows: number; width: number; x: Float64Array },
): Float64Array {
  const outputs = start.length;
  const scores = new Scores(matrix.rows, start, lossOf(task, outputs));
  for (const trees of rounds) {
    trees.forEach((tree, k) => {
      addTree(tree, matrix, scores.values, k, outputs);
    });
  }
  scores.predict();
  return scores.predictions;
}

/** Error of the model on a design matrix: the mean squared error, or the log loss. */
export function treesError(model: TreeModel, matrix: DesignMatrix): number {
  const weights = matrix.weights ?? new Float64Array(matrix.rows).fill(1);
  return lossOf(model.task, matrix.outputs).mean({ ...matrix, weights }, predictTrees(model, matrix));
}

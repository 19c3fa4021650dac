/**
 * Mini-batch gradient descent: every step is Equation 5 on a few records in place of all, in a new random order in every
 * epoch. At a step size that stays as it is, it does not come to rest: what it circles is the optimum.
 */
import { LabError } from '../errors.ts';
import { createGenerator, permutation, type Generator } from '../random.ts';
import type { DesignMatrix } from './design.ts';
import { totalWeight } from './weights.ts';
import { objectiveOf, startDescent, type Objective } from './gradientDescent.ts';
import type { TargetTask } from './targets.ts';

export class MiniBatchDescent {
  readonly theta: Float64Array;
  iteration = 0;
  /** Records of a step: as many as were asked for, or all where there are fewer. */
  readonly size: number;
  private readonly records: DesignMatrix;
  private readonly rate: number;
  private readonly generator: Generator;
  private readonly batch: DesignMatrix;
  private readonly objective: Objective;
  /** Of the batch's records, in units of the mean weight. */
  private readonly weights: Float64Array;
  private readonly meanWeight: number;
  private readonly gradient: Float64Array;
  private order: Uint32Array = new Uint32Array(0);
  /** Place in the order of the next batch's first record. */
  private next = 0;

  /**
   * Starts at θ = 0.
   *
   * @param rate step size α
   * @param seed of the order of the records
   */
  constructor(task: TargetTask, records: DesignMatrix, size: number, rate: number, seed: number) {
    const { rows, width, outputs } = records;
    this.records = records;
    this.rate = rate;
    this.size = Math.min(size, rows);
    this.generator = createGenerator(seed);
    this.batch = {
      ...{ rows: this.size, width, outputs },
      ...{ x: new Float64Array(this.size * width), y: new Float64Array(this.size * outputs) },
    };
    this.weights = new Float64Array(this.size).fill(1);
    this.meanWeight = totalWeight(records) / rows;
    this.objective = objectiveOf(task, { ...this.batch, weights: this.weights });
    this.theta = startDescent(records).theta;
    this.gradient = new Float64Array(this.theta.length);
  }

  /** One step. @throws MODEL_DIVERGED when the loss of its batch is no finite number */
  step(): void {
    this.draw();
    const { theta, gradient, rate, size } = this;
    const loss = this.objective.pass(theta, gradient);
    if (!(loss < Infinity)) {
      throw new LabError(
        'MODEL_DIVERGED',
        `Mini-batch descent diverged at step ${this.iteration} with learning rate ${rate}.`,
      );
    }
    for (let j = 0; j < theta.length; j++) theta[j] -= (rate / size) * gradient[j];
    this.iteration++;
  }

  /** Fills the batch with the next records; the few that are left of an epoch make no batch. */
  private draw(): void {
    const { size, batch, records } = this;
    const { width, outputs } = records;
    if (this.next + size > this.order.length) {
      this.order = permutation(records.rows, this.generator);
      this.next = 0;
    }
    for (let k = 0; k < size; k++) {
      const record = this.order[this.next++];
      if (records.weights !== undefined) this.weights[k] = records.weights[record] / this.meanWeight;
      batch.x.set(records.x.subarray(record * width, (record + 1) * width), k * width);
      batch.y.set(records.y.subarray(record * outputs, (record + 1) * outputs), k * outputs);
    }
  }
}

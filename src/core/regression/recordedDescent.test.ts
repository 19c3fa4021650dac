import { describe, expect, it } from 'vitest';
import type { WeightedSamples } from '../condense/clusters.ts';
import { createGenerator } from '../random.ts';
import { normalEquations, solveClosedForm } from './closedForm.ts';
import { DescentPath } from './descentPath.ts';
import { descend, objectiveOf, startDescent } from './gradientDescent.ts';
import { MiniBatchDescent } from './miniBatch.ts';
import { quadraticObjective } from './quadratic.ts';
import { batchSteps, miniBatchSteps, RecordedDescent } from './recordedDescent.ts';
import type { TargetTask } from './targets.ts';

/** Weighted samples with a bias and two features, and a number or a class that follows from them. */
function problem(task: TargetTask, rows = 90, size = 1): WeightedSamples {
  const generator = createGenerator(3);
  const uniform = (): number => (generator.next() | 0) / 2 ** 31;
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < rows; i++) {
    const [a, b] = [1.7 * uniform() * size, 1.7 * uniform() * size];
    const z = 1 + 2 * a - b + uniform();
    x.push(1, a, b);
    y.push(task === 'regression' ? z : z > 1 ? 1 : 0);
  }
  return {
    ...{ rows, width: 3, outputs: 1, x: Float64Array.from(x), y: Float64Array.from(y) },
    weights: Float64Array.from({ length: rows }, (_, i) => 1 + (i % 3)),
  };
}

const unweighted = (samples: WeightedSamples): WeightedSamples => ({
  ...samples,
  weights: new Float64Array(samples.rows).fill(1),
});

function runWhole(descent: RecordedDescent): RecordedDescent {
  while (descent.stop === 'running') descent.advance();
  return descent;
}

function recorded(task: TargetTask, samples: WeightedSamples, rate: number, limit: number): RecordedDescent {
  const facts = { samplesPerStep: samples.rows, learningRate: rate, limit, stepWork: 1 };
  return new RecordedDescent(batchSteps(objectiveOf(task, samples), samples, rate, limit), facts);
}

const close = (a: Float64Array, b: Float64Array, digits: number): void =>
  a.forEach((value, j) => expect(value).toBeCloseTo(b[j], digits));

describe('a recorded descent', () => {
  it.each(['regression', 'classification'] as const)('of a %s ends where the descent ends', (task) => {
    const samples = problem(task);
    const progress = startDescent(samples);
    descend(task, samples, progress, 0.2, 3_000, Infinity);
    const { path, stop, theta } = runWhole(recorded(task, samples, 0.2, 3_000));
    expect(stop).toBe(progress.stop);
    expect(path.at.at(-1)).toBe(progress.iteration);
    expect(path.thetas.at(-1)).toEqual(progress.theta);
    expect(theta).toEqual(progress.theta);
    expect(path.at[0]).toBe(0);
    expect([...path.thetas[0]]).toEqual([0, 0, 0]);
  });

  it('has every point where the descent was after so many iterations', () => {
    const samples = problem('regression');
    const { path } = runWhole(recorded('regression', samples, 0.01, 500));
    for (const k of [1, 5, path.at.length - 2]) {
      const progress = startDescent(samples);
      descend('regression', samples, progress, 0.01, 500, path.at[k]);
      expect(path.thetas[k]).toEqual(progress.theta);
    }
  });

  it('ends where it diverges, and says so', () => {
    const { stop, path } = runWhole(recorded('regression', problem('regression', 90, 1_000), 1, 10_000));
    expect(stop).toBe('diverged');
    expect(path.at.length).toBeGreaterThan(2);
  });
});

it('a path has few points, close at first, of however many iterations', () => {
  const theta = new Float64Array(1);
  const path = new DescentPath(theta);
  const end = 1_000_000;
  for (let iteration = 0; iteration < end;) {
    iteration = Math.min(end, iteration + path.untilNext(iteration));
    path.add(iteration, theta, iteration === end);
  }
  expect(path.at.slice(0, 4)).toEqual([0, 1, 2, 3]);
  expect(path.at.at(-1)).toBe(end);
  expect(path.at.length).toBeLessThanOrEqual(400);
  expect(path.thetas).toHaveLength(path.at.length);
});

describe('least squares as a quadratic', () => {
  it('has the loss and the gradient of the samples', async () => {
    const samples = problem('regression');
    const { gram } = await normalEquations(samples);
    const { theta: optimum } = await solveClosedForm(samples);
    const direct = objectiveOf('regression', samples);
    const quadratic = quadraticObjective(samples, gram, optimum);
    expect(quadratic.weight).toBe(direct.weight);
    for (const theta of [Float64Array.of(0, 0, 0), Float64Array.of(3, -1, 20), optimum]) {
      const [a, b] = [new Float64Array(3), new Float64Array(3)];
      expect(quadratic.pass(theta, a)).toBeCloseTo(direct.pass(theta, b), 8);
      close(a, b, 8);
    }
  });

  it('is descended in the same steps', async () => {
    const samples = problem('regression');
    const { gram } = await normalEquations(samples);
    const { theta } = await solveClosedForm(samples);
    const progress = startDescent(samples);
    descend('regression', samples, progress, 0.02, 5_000, Infinity);
    const steps = batchSteps(quadraticObjective(samples, gram, theta), samples, 0.02, 5_000);
    const facts = { samplesPerStep: samples.rows, learningRate: 0.02, limit: 5_000, stepWork: 1 };
    const { path, stop } = runWhole(new RecordedDescent(steps, facts));
    expect([stop, path.at.at(-1)]).toEqual([progress.stop, progress.iteration]);
    close(path.thetas[path.thetas.length - 1], progress.theta, 9);
  });
});

describe('mini-batch descent', () => {
  it('of a batch that holds all records takes the steps of batch descent', () => {
    for (const task of ['regression', 'classification'] as const) {
      const samples = unweighted(problem(task, 20));
      const progress = startDescent(samples);
      descend(task, samples, progress, 0.1, 10, 10);
      const descent = new MiniBatchDescent(task, samples, 500, 0.1, 1);
      expect(descent.size).toBe(20);
      for (let k = 0; k < 10; k++) descent.step();
      close(descent.theta, progress.theta, 10);
    }
  });

  it('is the same for the same seed, another for another one, and comes near the optimum', async () => {
    const samples = unweighted(problem('regression'));
    const { theta: optimum } = await solveClosedForm(samples);
    const run = (seed: number) => {
      const descent = new MiniBatchDescent('regression', samples, 16, 0.05, seed);
      const facts = { samplesPerStep: 16, learningRate: 0.05, limit: 2_000, stepWork: 1 };
      return runWhole(new RecordedDescent(miniBatchSteps(descent, 2_000), facts));
    };
    const { path, stop } = run(1);
    expect(stop).toBe('limit');
    expect(path.at.at(-1)).toBe(2_000);
    expect(run(1).path.thetas).toEqual(path.thetas);
    expect(run(2).path.thetas.at(-1)).not.toEqual(path.thetas.at(-1));
    path.thetas.at(-1)?.forEach((value, j) => expect(Math.abs(value - optimum[j])).toBeLessThan(0.4));
  });

  it('reads every record once an epoch', () => {
    const rows = 12;
    // A step from 0 adds the batch's targets, each in a column of its own.
    const x = new Float64Array(rows * rows);
    for (let i = 0; i < rows; i++) x[i * rows + i] = 1;
    const y = new Float64Array(rows).fill(1);
    const descent = new MiniBatchDescent('regression', { rows, width: rows, outputs: 1, x, y }, 4, 1, 9);
    for (let k = 0; k < 3; k++) descent.step();
    expect([...descent.theta]).toEqual(new Array(rows).fill(1 / 4));
  });

  it('ends where it diverges', () => {
    const descent = new MiniBatchDescent('regression', problem('regression', 90, 1_000), 8, 1, 1);
    const facts = { samplesPerStep: 8, learningRate: 1, limit: 9_000, stepWork: 1 };
    expect(runWhole(new RecordedDescent(miniBatchSteps(descent, 9_000), facts)).stop).toBe('diverged');
  });
});

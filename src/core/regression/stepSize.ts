/**
 * The step size of gradient descent by the largest curvature of the mean loss, 1 / L: the longest step that descends
 * along every direction; at twice that it diverges. L is the largest eigenvalue of (1/n) XᵀWX, of the cross-entropy at
 * most a quarter of it for two classes and half of it for more (Böhning 1992).
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import type { TargetTask } from './targets.ts';

const MOST_PASSES = 200;
/** Relative growth of the eigenvalue at which it is close enough: an underestimate of some per cent does no harm. */
const ENOUGH = 1e-4;
/** Multiplications between two looks at the clock. */
const CHUNK = 4_000_000;

/** A step size as it is asked for: a number, or 1 / L of the samples. */
export type LearningRate = number | 'auto';

/** Largest eigenvalue of (1/n) XᵀWX by power iteration from a fixed start. */
export async function largestCurvature(
  samples: WeightedSamples,
  pulse: Pulse = SILENT_PULSE,
): Promise<number> {
  const { rows, width, x, weights } = samples;
  let n = 0;
  for (let i = 0; i < rows; i++) n += weights[i];
  // Fractional parts of multiples of the golden ratio: no direction of the data is orthogonal to them but by design.
  let vector = Float64Array.from({ length: width }, (_, j) => (((j + 1) * 0.6180339887498949) % 1) - 0.4);
  const chunk = Math.max(1, Math.ceil(CHUNK / width));
  let largest = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let length = 0;
    for (const value of vector) length += value * value;
    length = Math.sqrt(length);
    if (length === 0) return largest;
    for (let j = 0; j < width; j++) vector[j] /= length;
    const image = new Float64Array(width);
    for (let i = 0, row = 0; i < rows; i++, row += width) {
      let along = 0;
      for (let j = 0; j < width; j++) along += x[row + j] * vector[j];
      along *= weights[i] / n;
      for (let j = 0; j < width; j++) image[j] += along * x[row + j];
      if (i % chunk === 0 && pulse.due()) {
        await pulse.beat({ phase: 'Step size', done: pass, total: null, unit: 'passes' });
      }
    }
    let eigenvalue = 0;
    for (let j = 0; j < width; j++) eigenvalue += vector[j] * image[j];
    vector = image;
    const isClose = Math.abs(eigenvalue - largest) <= ENOUGH * eigenvalue;
    largest = eigenvalue;
    if (isClose) break;
  }
  return largest;
}

/** How much of the curvature of the squared error that of the task's loss is at most. */
function shareOf(task: TargetTask, outputs: number): number {
  return task === 'regression' ? 1 : outputs === 1 ? 1 / 4 : 1 / 2;
}

/** The step size α to descend with: as it is given, or by the samples' curvature. */
export async function stepSize(
  wanted: LearningRate,
  task: TargetTask,
  samples: WeightedSamples,
  pulse: Pulse = SILENT_PULSE,
): Promise<number> {
  if (wanted !== 'auto') return wanted;
  return 1 / (shareOf(task, samples.outputs) * (await largestCurvature(samples, pulse)));
}

/**
 * The step size for mini-batches of `size` of the records: as it is given, or by the expected smoothness of a batch that
 * is drawn without putting back (Gower et al. 2019). It lies between the curvature of all records and that of the one
 * record with the largest, which makes a batch of few so steep that the rate of all records may diverge.
 *
 * @param ofAll the step size for all records
 */
export function miniBatchStepSize(
  wanted: LearningRate,
  task: TargetTask,
  { rows, width, outputs, x }: Pick<WeightedSamples, 'rows' | 'width' | 'outputs' | 'x'>,
  size: number,
  ofAll: number,
): number {
  if (wanted !== 'auto' || size >= rows) return ofAll;
  let longest = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    let squared = 0;
    for (let j = 0; j < width; j++, at++) squared += x[at] * x[at];
    if (squared > longest) longest = squared;
  }
  const ofOne = shareOf(task, outputs) * longest;
  return (size * (rows - 1)) / ((rows * (size - 1)) / ofAll + (rows - size) * ofOne);
}

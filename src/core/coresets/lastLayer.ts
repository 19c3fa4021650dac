/**
 * The last layer's gradients of pictures, in parts. Under the cross-entropy the gradient of picture i is
 * g_i = δ_i ⊗ [1; h_i], with δ_i = softmax(z_i) − one-hot(y_i) and h_i what the last layer is given. It is never built:
 * ⟨g_i, g_j⟩ = (δ_i · δ_j)(1 + h_i · h_j).
 */
import { LabError } from '../errors.ts';
import type { NetworkProbe } from '../selection/probe.ts';
import { checkRoom } from './room.ts';

export interface LastLayer {
  /** Numbers of the records, n of them, in the order in which they were asked for. */
  records: Uint32Array;
  /** [n] */
  labels: Uint16Array;
  classes: number;
  /** d: columns of `hidden`. */
  features: number;
  /** [n × classes] δ. */
  residuals: Float32Array;
  /** [n × classes] z, where it was asked for; else empty. */
  logits: Float32Array;
  /** [n × d] h, where it was asked for; else empty. */
  hidden: Float32Array;
  /** Of all these arrays. */
  bytes: number;
  /** Seconds of fetching the pictures and passing them through the network. */
  seconds: number;
}

export interface LastLayerParts {
  logits?: boolean;
  hidden?: boolean;
}

/**
 * δ of one picture. Of the true class it is −Σ of the others, never p − 1: that is 0 in single precision as soon as
 * p > 1 − 6e-8, as of most digits after a few epochs.
 *
 * @param logits read from `from` on, `classes` of them
 * @param residuals written from `to` on
 * @returns whether all of it is numbers
 */
export function writeResidual(
  logits: Float32Array,
  from: number,
  label: number,
  classes: number,
  residuals: Float32Array,
  to: number,
): boolean {
  let largest = -Infinity;
  for (let c = 0; c < classes; c++) if (logits[from + c] > largest) largest = logits[from + c];
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp(logits[from + c] - largest);
  let others = 0;
  for (let c = 0; c < classes; c++) {
    if (c === label) continue;
    const share = Math.exp(logits[from + c] - largest) / sum;
    residuals[to + c] = share;
    others += share;
  }
  residuals[to + label] = -others;
  return Number.isFinite(others) && Number.isFinite(sum);
}

/** Whether a row of a matrix is numbers: a sum in double of finite ones in single precision is finite. */
function isFiniteRow(values: Float32Array, row: number, columns: number): boolean {
  let sum = 0;
  for (let k = row * columns; k < (row + 1) * columns; k++) sum += values[k];
  return Number.isFinite(sum);
}

/**
 * Passes pictures through the network as it is.
 *
 * @param wanted what is kept beside δ
 * @throws TRAINING_DIVERGED where the network gives no numbers, SELECTION_TOO_LARGE, and what the probe throws
 */
export async function lookAt(
  probe: NetworkProbe,
  records: Uint32Array,
  wanted: LastLayerParts = {},
): Promise<LastLayer> {
  const { classes, features } = probe;
  const count = records.length;
  const held = classes * (wanted.logits === true ? 2 : 1) + (wanted.hidden === true ? features : 0);
  const bytes = 4 * count * held + 6 * count;
  checkRoom(bytes, `The gradients of ${count.toLocaleString('en-US')} pictures`);
  const began = performance.now();
  const labels = new Uint16Array(count);
  const residuals = new Float32Array(count * classes);
  const logits = new Float32Array(wanted.logits === true ? count * classes : 0);
  const hidden = new Float32Array(wanted.hidden === true ? count * features : 0);
  let at = 0;
  for await (const batch of probe.batches(records)) {
    labels.set(batch.labels, at);
    if (wanted.logits === true) logits.set(batch.logits, at * classes);
    if (wanted.hidden === true) hidden.set(batch.features, at * features);
    for (let k = 0; k < batch.labels.length; k++, at++) {
      const isSound = writeResidual(
        batch.logits,
        k * classes,
        batch.labels[k],
        classes,
        residuals,
        at * classes,
      );
      if (!isSound || (wanted.hidden === true && !isFiniteRow(batch.features, k, features))) {
        throw new LabError(
          'TRAINING_DIVERGED',
          `The network's scores of training picture ${batch.records[k]} are not numbers, so that nothing can be selected by them.`,
        );
      }
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return { records, labels, classes, features, residuals, logits, hidden, bytes, seconds };
}

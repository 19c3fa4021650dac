/**
 * Whole batches whose weighted mean gradients add up to those of all. They are consecutive pictures of the pool, the same
 * in every selection and of all classes; the few pictures behind the last whole batch are left out.
 */
import { LabError } from '../../errors.ts';
import { percent } from '../../selection/draw.ts';
import type { SelectionContext } from '../../selection/method.ts';
import type { NetworkProbe } from '../../selection/probe.ts';
import { lookAt, type LastLayer } from '../lastLayer.ts';
import type { Picked, PickRequest } from '../reselecting.ts';
import { checkRoom } from '../room.ts';
import { sumOf, vectorAtoms, vectorTarget, type Vectors } from './atoms.ts';
import { dividedByMean, fillUp } from './fill.ts';
import { pursue, pursuitBytes } from './pursuit.ts';

/** Pictures that are looked at together, a batch at least: no more gradients of single pictures are held at once. */
const LOOKED_AT = 4096;

/** Pictures of as many whole batches as the share allows. @throws TRAINING_SUBSET_EMPTY */
export function countOfBatches(pool: number, { settings: { fraction, batch } }: SelectionContext): number {
  const batches = Math.floor(Math.floor(fraction * pool) / batch);
  if (batches >= 1) return batches * batch;
  throw new LabError(
    'TRAINING_SUBSET_EMPTY',
    `${percent(fraction)} of ${pool} training pictures is less than one batch of ${batch}, and whole batches are picked.`,
  );
}

/** Writes the mean of δ ⊗ [1; h] over the pictures [from, to). */
function writeMean(look: LastLayer, from: number, to: number, mean: Float64Array, into: Float32Array): void {
  const { residuals, classes, hidden, features } = look;
  mean.fill(0);
  for (let i = from; i < to; i++) {
    for (let c = 0, at = 0; c < classes; c++) {
      const delta = residuals[i * classes + c];
      mean[at++] += delta;
      for (let k = 0, h = i * features; k < features; k++, h++) mean[at++] += delta * hidden[h];
    }
  }
  for (let k = 0; k < mean.length; k++) into[k] = mean[k] / (to - from);
}

interface Means extends Vectors {
  values: Float32Array;
  /** Seconds of looking at the pictures. */
  seconds: number;
}

async function meansOf(
  probe: NetworkProbe,
  pool: Uint32Array,
  batch: number,
  together: number,
): Promise<Means> {
  const { classes, features, pulse, phase } = probe;
  const dimension = classes * (features + 1);
  const count = Math.floor(pool.length / batch);
  const values = new Float32Array(count * dimension);
  const mean = new Float64Array(dimension);
  let seconds = 0;
  for (let first = 0; first < count; first += together) {
    const end = Math.min(count, first + together);
    const look = await lookAt(probe, pool.subarray(first * batch, end * batch), { hidden: true });
    seconds += look.seconds;
    for (let j = first; j < end; j++) {
      const from = (j - first) * batch;
      writeMean(look, from, from + batch, mean, values.subarray(j * dimension, (j + 1) * dimension));
      if (pulse.due()) await pulse.beat({ phase, done: j * batch, total: pool.length, unit: 'pictures' });
    }
  }
  return { values, count, dimension, seconds };
}

/** @throws SELECTION_TOO_LARGE, TRAINING_DIVERGED, CANCELLED, and the probe's */
export async function pickBatches({ probe, context, pool, count, generator }: PickRequest): Promise<Picked> {
  const { batch, ridge, tolerance } = context.settings;
  const { classes, features, pulse, phase } = probe;
  const together = Math.max(1, Math.floor(LOOKED_AT / batch));
  const wanted = count / batch;
  const batches = Math.floor(pool.length / batch);
  const dimension = classes * (features + 1);
  const bytes =
    4 * batches * dimension +
    16 * dimension +
    together * batch * (4 * (classes + features) + 6) +
    pursuitBytes(batches, wanted, dimension);
  checkRoom(bytes, `Matching the mean gradients of ${batches.toLocaleString('en-US')} batches`);

  const began = performance.now();
  const means = await meansOf(probe, pool, batch, together);
  const pursued = await pursue(
    vectorAtoms(means),
    vectorTarget(means, sumOf(means)),
    { most: wanted, ridge, tolerance },
    { pulse, progress: (picked) => ({ phase, done: picked * batch, total: count, unit: 'pictures' }) },
  );
  const filled = fillUp(pursued, batches, wanted, generator);
  const records = new Uint32Array(count);
  const weights = new Float64Array(count);
  filled.atoms.forEach((j, s) => {
    records.set(pool.subarray(j * batch, (j + 1) * batch), s * batch);
    weights.fill(filled.weights[s], s * batch, (s + 1) * batch);
  });
  return {
    records,
    weights: dividedByMean(weights),
    account: {
      seconds: { features: means.seconds, pick: (performance.now() - began) / 1000 - means.seconds },
      seen: batches * batch,
      bytes,
      filled: filled.drawn * batch,
    },
  };
}

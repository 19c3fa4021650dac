/** The pictures of each class whose weighted gradients add up to those of the class. */
import type { NetworkProbe } from '../../selection/probe.ts';
import { shareOut, type ClassShare } from '../byClass.ts';
import { lookAt, type LastLayer } from '../lastLayer.ts';
import type { Picked, PickRequest } from '../reselecting.ts';
import { checkRoom } from '../room.ts';
import { layerAtoms, layerTarget, type LayerGradients } from './atoms.ts';
import { dividedByMean, fillUp } from './fill.ts';
import { pursue, pursuitBytes } from './pursuit.ts';

/** Of the whole last layer, or only of the row that leads to the class: then δ is one number. */
function gradientsOf(look: LastLayer, label: number, isRow: boolean): LayerGradients {
  const { records, residuals, classes, hidden, features } = look;
  const count = records.length;
  if (!isRow) return { count, residuals, classes, hidden, features };
  const own = new Float32Array(count);
  for (let i = 0; i < count; i++) own[i] = residuals[i * classes + label];
  return { count, residuals: own, classes: 1, hidden, features };
}

/** One class is held at a time: its gradients, and what the pursuit keeps of those that it has picked. */
function bytesHeld(size: number, quota: number, { classes, features }: NetworkProbe, isRow: boolean): number {
  const dimension = (isRow ? 1 : classes) * (features + 1);
  return size * (4 * (classes + features) + 34) + pursuitBytes(size, quota, dimension);
}

/** Every class gives the same share. @throws SELECTION_TOO_LARGE, TRAINING_DIVERGED, CANCELLED, and the probe's */
export async function pickByClass({ probe, context, pool, count, generator }: PickRequest): Promise<Picked> {
  const { labels, classes, settings } = context;
  const { ridge, tolerance } = settings;
  const isRow = settings.gradient === 'row';
  const { pulse, phase } = probe;
  const shares = shareOut(pool, labels, classes, count).filter(({ quota }) => quota > 0);
  const isWhole = ({ records, quota }: ClassShare): boolean => quota === records.length;
  let bytes = 0;
  for (const share of shares) {
    if (isWhole(share)) continue;
    const size = share.records.length;
    const held = bytesHeld(size, share.quota, probe, isRow);
    checkRoom(held, `Matching the gradients of ${size.toLocaleString('en-US')} pictures`);
    bytes = Math.max(bytes, held);
  }

  const began = performance.now();
  const records = new Uint32Array(count);
  const weights = new Float64Array(count);
  const account = { seconds: { features: 0, pick: 0 }, seen: 0, bytes, filled: 0 };
  let at = 0;
  for (const share of shares) {
    const { label, quota } = share;
    if (isWhole(share)) {
      records.set(share.records, at);
      weights.fill(1, at, at + quota);
    } else {
      const look = await lookAt(probe, share.records, { hidden: true });
      const gradients = gradientsOf(look, label, isRow);
      const before = at;
      const pursued = await pursue(
        layerAtoms(gradients),
        layerTarget(gradients),
        { most: quota, ridge, tolerance },
        {
          pulse,
          progress: (picked) => ({ phase, done: before + picked, total: count, unit: 'pictures' }),
        },
      );
      const filled = fillUp(pursued, share.records.length, quota, generator);
      records.set(
        filled.atoms.map((j) => share.records[j]),
        at,
      );
      weights.set(filled.weights, at);
      account.seconds.features += look.seconds;
      account.seen += share.records.length;
      account.filled += filled.drawn;
    }
    at += quota;
  }
  account.seconds.pick = (performance.now() - began) / 1000 - account.seconds.features;
  return { records, weights: dividedByMean(weights), account };
}

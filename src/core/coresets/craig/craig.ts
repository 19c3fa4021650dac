/**
 * CRAIG: in every class the pictures that the gradients of all others are near to, by facility location over δ, each
 * weighing as many as it is the nearest of. Where every gradient of a class coincides with a picked one, nothing speaks
 * for any of the rest: it is filled up at random, and who is drawn so stands for itself alone; where all coincide, all
 * that are drawn weigh the same.
 */
import type { Generator } from '../../random.ts';
import type { Method } from '../../selection/method.ts';
import { recordsOf, shareOut } from '../byClass.ts';
import { drawOthers } from '../drawOthers.ts';
import { lookAt } from '../lastLayer.ts';
import { createReselecting, type Picked, type PickRequest } from '../reselecting.ts';
import { checkRoom } from '../room.ts';
import type { Watch } from '../watch.ts';
import { facilityBytes, locateFacilities, type Points } from './facilityLocation.ts';
import { craigMeta } from './meta.ts';

interface PickedOfClass {
  /** Among the members of the class. */
  places: Uint32Array;
  /** They sum to the number of members. */
  weights: Float32Array;
  /** How many of them are drawn at random. */
  filled: number;
}

async function pickOfClass(
  points: Points,
  quota: number,
  watch: Watch,
  generator: Generator,
): Promise<PickedOfClass> {
  const located = await locateFacilities(points, quota, watch);
  const { picked, nearest, gains } = located;
  const places = new Uint32Array(quota);
  const weights = new Float32Array(quota);
  if (gains[0] === 0) {
    places.set(drawOthers(points.count, new Uint32Array(0), quota, generator));
    return { places, weights: weights.fill(points.count / quota), filled: quota };
  }
  places.set(picked);
  weights.set(located.weights);
  const filled = quota - picked.length;
  drawOthers(points.count, picked, filled, generator).forEach((place, k) => {
    places[picked.length + k] = place;
    weights[picked.length + k] = 1;
    weights[nearest[place]]--;
  });
  return { places, weights, filled };
}

async function pick({ pool, probe, context, count, generator }: PickRequest): Promise<Picked> {
  const { labels, classes } = context;
  const shares = shareOut(pool, labels, classes, count);
  const layer = await lookAt(probe, recordsOf(shares));

  const began = performance.now();
  const records = new Uint32Array(count);
  const weights = new Float32Array(count);
  const account = { seconds: { features: layer.seconds, pick: 0 }, seen: pool.length, bytes: 0, filled: 0 };
  let [first, done] = [0, 0];
  for (const { records: members, quota } of shares) {
    const end = first + members.length;
    const values = layer.residuals.subarray(first * classes, end * classes);
    const points = { values, count: members.length, columns: classes };
    const bytes = layer.bytes + facilityBytes(points, quota);
    checkRoom(bytes, 'The gradients and the search among them');
    const before = done;
    const watch: Watch = {
      pulse: probe.pulse,
      progress: (picked) => ({ phase: probe.phase, done: before + picked, total: count, unit: 'pictures' }),
    };
    const ofClass = await pickOfClass(points, quota, watch, generator);
    ofClass.places.forEach((place, k) => (records[before + k] = members[place]));
    weights.set(ofClass.weights, before);
    account.bytes = Math.max(account.bytes, bytes);
    account.filled += ofClass.filled;
    done += quota;
    first = end;
  }
  account.seconds.pick = (performance.now() - began) / 1000;
  return { records, weights, account };
}

export const craig: Method = {
  meta: craigMeta,
  create: (context) => createReselecting(context, { holdsOut: context.settings.holdOut, pick }),
};

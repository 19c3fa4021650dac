/**
 * DQ: each class is divided into bins by graph cut over what the last layer of a first network is given, early bins of
 * pictures in the middle, late ones of outliers, and the same share is drawn from every bin. Without patches that are
 * dropped and painted again, which the method can do beside.
 */
import { LabError } from '../../errors.ts';
import type { Generator } from '../../random.ts';
import { drawInPlace, percent } from '../../selection/draw.ts';
import type { Method, SelectionContext } from '../../selection/method.ts';
import { pretrainingEpochs } from '../../selection/options.ts';
import type { NetworkProbe } from '../../selection/probe.ts';
import { shareOut, type ClassShare } from '../byClass.ts';
import { lookAt, type LastLayer } from '../lastLayer.ts';
import { createOnce } from '../once.ts';
import type { Picked } from '../reselecting.ts';
import { checkRoom } from '../room.ts';
import type { Watch } from '../watch.ts';
import { binSizes, cutIntoBins, graphCutBytes, type UnitRows } from './graphCut.ts';
import { dqMeta } from './meta.ts';

/** To the nearest whole number, halves to the even one: as in the authors' code, half a picture of a bin is none. */
function rounded(amount: number): number {
  const whole = Math.round(amount);
  return whole - amount === 0.5 && whole % 2 === 1 ? whole - 1 : whole;
}

/**
 * Pictures that all bins of all classes give together.
 *
 * @throws TRAINING_SUBSET_EMPTY where a bin with pictures gives none
 */
function countOf(shares: readonly ClassShare[], bins: number, fraction: number): number {
  const sizes = shares.flatMap(({ records }) => binSizes(records.length, bins)).filter((size) => size > 0);
  const least = sizes.reduce((smallest, size) => Math.min(smallest, size), Infinity);
  if (rounded(fraction * least) < 1) {
    const pictures = least === 1 ? 'one picture' : `${least} pictures`;
    throw new LabError(
      'TRAINING_SUBSET_EMPTY',
      `${percent(fraction)} of a bin of ${pictures} is none: with ${bins} ${bins === 1 ? 'bin' : 'bins'} of every class the share has to be above ${percent(0.5 / least)}.`,
    );
  }
  return sizes.reduce((sum, size) => sum + rounded(fraction * size), 0);
}

/** Makes the rows of h unit ones in place; zeros stay. */
function normalise({ hidden, records, features }: LastLayer): UnitRows {
  for (let start = 0; start < hidden.length; start += features) {
    let squared = 0;
    for (let at = start; at < start + features; at++) squared += hidden[at] * hidden[at];
    const length = Math.sqrt(squared);
    for (let at = start; length > 0 && at < start + features; at++) hidden[at] /= length;
  }
  return { values: hidden, count: records.length, columns: features };
}

interface PickRequest {
  probe: NetworkProbe;
  context: SelectionContext;
  generator: Generator;
}

/** One class after the other, so that the features of one are held at a time. */
async function pick(
  shares: readonly ClassShare[],
  count: number,
  { probe, context, generator }: PickRequest,
): Promise<Picked> {
  const { bins, fraction } = context.settings;
  const records = new Uint32Array(count);
  const total = context.train.length;
  const account = { seconds: { features: 0, pick: 0 }, seen: total, bytes: 0, filled: 0 };
  let [drawn, done] = [0, 0];
  for (const { records: members } of shares) {
    const layer = await lookAt(probe, members, { hidden: true });
    const began = performance.now();
    const rows = normalise(layer);
    const bytes = layer.bytes + graphCutBytes(rows);
    checkRoom(bytes, 'The features of a class and the search among them');
    const before = done;
    const watch: Watch = {
      pulse: probe.pulse,
      progress: (joined) => ({ phase: probe.phase, done: before + joined, total, unit: 'pictures' }),
    };
    const divided = await cutIntoBins(rows, bins, watch);
    for (const bin of divided.bins) {
      const share = rounded(fraction * bin.length);
      drawInPlace(bin, 0, bin.length, share, generator);
      for (const place of bin.subarray(0, share)) records[drawn++] = members[place];
    }
    done += members.length;
    account.bytes = Math.max(account.bytes, bytes);
    account.seconds.features += layer.seconds;
    account.seconds.pick += (performance.now() - began) / 1000;
  }
  return { records, weights: null, account };
}

export const dq: Method = {
  meta: dqMeta,
  create(context) {
    const { train, labels, classes, settings } = context;
    const shares = shareOut(train, labels, classes, train.length);
    const count = countOf(shares, settings.bins, settings.fraction);
    const epochs = pretrainingEpochs(settings, dqMeta.usual);
    return createOnce(context, {
      count,
      pretraining: { epochs, records: train, startsAnew: true, observer: null },
      pick: (request) => pick(shares, count, request),
    });
  },
};

/** The first training pictures of every class, as a set of their own. */
import { gatherPixels, type ImageSet } from '../../core/images/imageSet.ts';

/**
 * How many of each class are taken: shares as in the set, as even as whole numbers allow, and one of every class at
 * least where there is room for that.
 *
 * @param counts pictures of every class
 * @param limit pictures in all; all of them where there are no more
 */
export function quotas(counts: Uint32Array, limit: number): Uint32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= limit) return counts.slice();
  const present = [...counts.keys()].filter((k) => counts[k] > 0);
  const taken = new Uint32Array(counts.length);
  let left = limit;
  if (present.length <= limit) {
    for (const k of present) taken[k] = 1;
    left -= present.length;
  }
  // The largest remainders first; of equal ones the first class.
  const rest = total - (limit - left);
  const shares = present.map((k) => ({ k, share: rest === 0 ? 0 : ((counts[k] - taken[k]) * left) / rest }));
  for (const { k, share } of shares) taken[k] += Math.floor(share);
  let missing = limit - taken.reduce((sum, count) => sum + count, 0);
  shares.sort((a, b) => (b.share % 1) - (a.share % 1) || a.k - b.k);
  for (const { k } of shares) {
    if (missing === 0) break;
    if (taken[k] >= counts[k]) continue;
    taken[k]++;
    missing--;
  }
  return taken;
}

/**
 * Numbers of the first pictures of every class among `train`, `limit` in all.
 *
 * @param train ascending
 * @returns ascending
 */
export function firstOfEveryClass(set: ImageSet, train: Uint32Array, limit: number): Uint32Array {
  const counts = new Uint32Array(set.classNames.length);
  for (const record of train) counts[set.labels[record]]++;
  const left = quotas(counts, limit);
  return train.filter((record) => left[set.labels[record]] > 0 && left[set.labels[record]]-- > 0);
}

/** A set of these pictures alone, all of them for training, with the classes that they have. */
export function trainingSet(set: ImageSet, records: Uint32Array): ImageSet {
  const isThere = new Uint8Array(set.classNames.length);
  for (const record of records) isThere[set.labels[record]] = 1;
  const classNames = set.classNames.filter((_, label) => isThere[label] === 1);
  const renumbered = new Uint16Array(set.classNames.length);
  for (let label = 0, next = 0; label < renumbered.length; label++)
    if (isThere[label] === 1) renumbered[label] = next++;
  return {
    shape: set.shape,
    records: records.length,
    pixels: gatherPixels(set, records),
    labels: Uint16Array.from(records, (record) => renumbered[set.labels[record]]),
    classNames,
    givenTest: new Uint32Array(0),
  };
}

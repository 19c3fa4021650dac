/** Records class by class, and what each class gives. */
import { classQuotas } from '../selection/draw.ts';

export interface ClassShare {
  label: number;
  /** Numbers of the records of the class, in their order. */
  records: Uint32Array;
  /** How many of them are to be picked. */
  quota: number;
}

/**
 * @param pool numbers of the records that may be picked
 * @param labels class of every record of the dataset
 * @param count to be picked, at most all of the pool; every class gives the same share
 * @returns the classes that have records
 */
export function shareOut(
  pool: Uint32Array,
  labels: Uint16Array,
  classes: number,
  count: number,
): ClassShare[] {
  const counts = new Uint32Array(classes);
  for (const record of pool) counts[labels[record]]++;
  const quotas = classQuotas(counts, count);
  const shares = Array.from(counts, (size, label) => ({
    label,
    records: new Uint32Array(size),
    quota: quotas[label],
  }));
  const next = new Uint32Array(classes);
  for (const record of pool) {
    const label = labels[record];
    shares[label].records[next[label]++] = record;
  }
  return shares.filter(({ records }) => records.length > 0);
}

/** The records of all classes, one class after the other. */
export function recordsOf(shares: readonly ClassShare[]): Uint32Array {
  const records = new Uint32Array(shares.reduce((sum, share) => sum + share.records.length, 0));
  let at = 0;
  for (const share of shares) {
    records.set(share.records, at);
    at += share.records.length;
  }
  return records;
}

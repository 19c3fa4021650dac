/**
 * The base search of EntroGeDe (paper, Algorithm 1, lines 12–29): start from the constant bits, add one bit at a time
 * in ascending order of entropy, count the distinct bases exactly, keep the prefix of least size.
 */
import { countOnes, minority } from '../../bits/bitPlanes.ts';
import { Splitter } from '../../bits/splitter.ts';
import type { Pulse } from '../../pulse.ts';
import { Prefixes, type SearchedGroup, type SearchOptions } from '../baseDeviation/prefixes.ts';
import type { BasePlan } from '../codec.ts';

/**
 * Chooses the base positions of a group of training records.
 *
 * @param from which end of the entropies the base grows from: "low" is Algorithm 1; "high" is the opposite choice,
 * with which the paper's Figures 9 and 10 compare it
 */
export async function searchBase(
  group: SearchedGroup,
  options: SearchOptions,
  pulse: Pulse,
  from: 'low' | 'high' = 'low',
): Promise<BasePlan> {
  const { records, planes } = group;
  const ones = countOnes(planes);
  const prefixes = new Prefixes(group, options, ones);
  // Line 13: by entropy; ties by position, which is column, then bit from the most significant.
  const sign = from === 'low' ? 1 : -1;
  const order = [...prefixes.varying].sort(
    (a, b) => sign * (minority(ones[a], records) - minority(ones[b], records)) || a - b,
  );
  const splitter = new Splitter(planes, ones);
  // Lines 14–27.
  for (let k = 0; k < order.length; k++) {
    if (!prefixes.add(order[k], splitter.split(order[k]))) break;
    if (pulse.due()) {
      await pulse.beat({ phase: 'Searching the base', done: k + 1, total: order.length, unit: 'bits' });
    }
  }
  return prefixes.plan();
}

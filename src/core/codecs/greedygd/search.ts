/**
 * The base search of GreedyGD: start from the constant bits; each step, every column offers its most significant bit
 * that is not in the base yet, and the one that leaves the smallest archive is added.
 */
import { countOnes } from '../../bits/bitPlanes.ts';
import { Splitter } from '../../bits/splitter.ts';
import type { Pulse } from '../../pulse.ts';
import { Prefixes, type SearchedGroup, type SearchOptions } from '../baseDeviation/prefixes.ts';
import type { BasePlan } from '../codec.ts';

/** Varying positions of every field, most significant first. A ratio's numerator and denominator offer separately. */
function offers(group: SearchedGroup, varying: readonly number[]): number[][] {
  const { lanes, fieldWidths } = group.layout;
  const fieldOf = new Uint32Array(group.layout.recordBits);
  for (const { start, width, field } of lanes) fieldOf.fill(field, start, start + width);
  const queues: number[][] = fieldWidths.map(() => []);
  for (const position of varying) queues[fieldOf[position]].push(position);
  return queues.filter((queue) => queue.length > 0);
}

/** Chooses the base positions of a group of training records. */
export async function searchGreedily(
  group: SearchedGroup,
  options: SearchOptions,
  pulse: Pulse,
): Promise<BasePlan> {
  const { planes } = group;
  const ones = countOnes(planes);
  const prefixes = new Prefixes(group, options, ones);
  const total = prefixes.varying.length;
  let queues = offers(group, prefixes.varying).map((positions) => ({ positions, next: 0 }));
  const splitter = new Splitter(planes, ones);
  for (let done = 1; queues.length > 0; done++) {
    // Every candidate adds one bit, so the smallest archive is that of the fewest bases; ties go to the first column.
    let best = queues[0];
    let fewest = Infinity;
    for (const queue of queues) {
      const bases = splitter.wouldCount(queue.positions[queue.next]);
      if (bases < fewest) {
        fewest = bases;
        best = queue;
      }
      if (fewest === splitter.count) break; // none can do better than splitting no base
      if (pulse.due()) {
        await pulse.beat({ phase: 'Searching the base greedily', done, total, unit: 'bits' });
      }
    }
    const position = best.positions[best.next++];
    if (!prefixes.add(position, splitter.split(position))) break;
    queues = queues.filter(({ positions, next }) => next < positions.length);
  }
  return prefixes.plan();
}

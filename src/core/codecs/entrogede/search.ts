/**
 * The base search of EntroGeDe (paper, Algorithm 1, lines 12–29): start from the constant bits, add one bit at a time
 * in ascending order of entropy, count the distinct bases exactly, keep the prefix of least size.
 */
import { countOnes, minority } from '../../bits/bitPlanes.ts';
import { Refiner } from '../../bits/refine.ts';
import { bitsFor } from '../../bits/width.ts';
import type { Objective } from '../../experiment/settings.ts';
import type { Pulse } from '../../pulse.ts';
import type { BasePlan, RecordGroup, SearchOptions, SearchTrace } from '../codec.ts';

/** Size in bits of a prefix, without what no choice of prefix changes. */
export interface SizeTerms {
  /** n: records. */
  records: number;
  /** l_t: bits of a record. */
  recordBits: number;
  /** v: constant bits. */
  constantBits: number;
  /** l_b: bits in the base, constant ones included. */
  baseBits: number;
  /** n_b: distinct bases. */
  baseCount: number;
}

/**
 * What the search minimises.
 *
 * Equation 1 with m = 0: S = n_b·l_b + n(⌈log2 n_b⌉ + l_d).
 * True size: the v constant bits stand once in the masks and not in every base: S = n_b(l_b − v) + n(⌈log2 n_b⌉ + l_d).
 */
export function objectiveBits(terms: SizeTerms, objective: Objective): number {
  const { records, recordBits, constantBits, baseBits, baseCount } = terms;
  const tableBits = objective === 'true' ? baseBits - constantBits : baseBits;
  return baseCount * tableBits + records * (bitsFor(baseCount) + recordBits - baseBits);
}

/**
 * Equation 1 in full: S = n_b·l_b + (n + m)(⌈log2 n_b⌉ + l_d) + m⌈log2 n⌉ + S_params.
 *
 * @param samples m, condensed samples kept as further records with weights; 0 when they are regenerated on demand
 * @param parameterBits S_params
 */
export function equation1Bits(terms: SizeTerms, samples: number, parameterBits: number): number {
  const { records, recordBits, baseBits, baseCount } = terms;
  return (
    baseCount * baseBits +
    (records + samples) * (bitsFor(baseCount) + recordBits - baseBits) +
    samples * bitsFor(records) +
    parameterBits
  );
}

/** Chooses the base positions of a group of training records. */
export async function searchBase(
  group: RecordGroup,
  options: SearchOptions,
  pulse: Pulse,
): Promise<BasePlan> {
  const { records, planes } = group;
  const recordBits = planes.positions;
  const ones = countOnes(planes);

  // Line 12: the constant bits; then the rest by ascending entropy (ties: column, then bit from the MSB, which is
  // the order of positions).
  const inBase = new Uint8Array(recordBits);
  const rest: number[] = [];
  for (let position = 0; position < recordBits; position++) {
    if (minority(ones[position], records) === 0) inBase[position] = 1;
    else rest.push(position);
  }
  const constantBits = recordBits - rest.length;
  rest.sort((a, b) => minority(ones[a], records) - minority(ones[b], records) || a - b);

  const steps = rest.length + 1;
  const baseBits = new Uint32Array(steps);
  const baseCounts = new Uint32Array(steps);
  const size = new Float64Array(steps);
  const sizeOf = (added: number, baseCount: number): number =>
    objectiveBits(
      { records, recordBits, constantBits, baseBits: constantBits + added, baseCount },
      options.objective,
    );

  let count = records === 0 ? 0 : 1;
  baseBits[0] = constantBits;
  baseCounts[0] = count;
  size[0] = sizeOf(0, count);
  let chosen = 0;
  let stop: SearchTrace['stop'] = 'exhausted';
  let tried = 1;
  const refiner = new Refiner(planes);
  const ids = new Int32Array(records);
  // Lines 14–27.
  for (let added = 1; added <= rest.length; added++) {
    count = refiner.refine(ids, count, rest[added - 1], ids);
    baseBits[added] = constantBits + added;
    baseCounts[added] = count;
    size[added] = sizeOf(added, count);
    tried = added + 1;
    if (size[added] < size[chosen]) chosen = added;
    if (added - chosen >= options.tau) {
      stop = 'plateau';
      break;
    }
    if (count === records) {
      stop = 'all-distinct';
      break;
    }
    if (pulse.due())
      await pulse.beat({ phase: 'Searching the base', done: added, total: rest.length, unit: 'bits' });
  }
  for (let k = 0; k < chosen; k++) inBase[rest[k]] = 1;
  return {
    inBase,
    trace: {
      baseBits: baseBits.slice(0, tried),
      baseCounts: baseCounts.slice(0, tried),
      size: size.slice(0, tried),
      chosen,
      stop,
    },
  };
}

/** The size of an archive of bases and deviations as a function of what is in the base: what searches minimise. */
import { bitsFor } from '../../bits/width.ts';
import type { Objective } from '../codec.ts';

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

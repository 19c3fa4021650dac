/** A search for bases as sizes, prefix by prefix: for whoever shows how it went. */
import { bitsFor } from '../../bits/width.ts';
import type { Objective, SearchTrace } from '../codec.ts';
import { objectiveBits } from './objective.ts';

/** How the base grew: the arrays begin with the constant bits alone, and have an entry for every bit added to them. */
export interface SearchSteps extends Pick<SearchTrace, 'baseBits' | 'baseCounts' | 'chosen' | 'stop'> {
  /** n, l_t and v. */
  records: number;
  recordBits: number;
  constantBits: number;
  /** ⌈log2 n_b⌉ */
  idBits: Uint8Array;
  /** Size S in bits: as it is stored, and by Equation 1 with m = 0. */
  trueBits: Float64Array;
  equation1Bits: Float64Array;
  /** What the search minimised, and after how many bits without gain it gave up. */
  objective: Objective;
  tau: number;
}

/** @returns arrays of its own */
export function searchSteps(
  { baseBits, baseCounts, chosen, stop }: SearchTrace,
  { records, recordBits }: { records: number; recordBits: number },
  { objective, tau }: { objective: Objective; tau: number },
): SearchSteps {
  const constantBits = baseBits[0];
  const sizes = (by: Objective): Float64Array =>
    Float64Array.from(baseBits, (bits, k) =>
      objectiveBits({ records, recordBits, constantBits, baseBits: bits, baseCount: baseCounts[k] }, by),
    );
  return {
    ...{ records, recordBits, constantBits, chosen, stop, objective, tau },
    baseBits: baseBits.slice(),
    baseCounts: baseCounts.slice(),
    idBits: Uint8Array.from(baseCounts, bitsFor),
    trueBits: sizes('true'),
    equation1Bits: sizes('equation1'),
  };
}

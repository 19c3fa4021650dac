/** Seeds of the parts of a run: from one seed, streams that never meet. */

/** What a stream is for; the number goes into the seed, so that it is never changed. */
const PURPOSES = {
  weights: 1,
  subset: 2,
  order: 3,
  augment: 4,
  selection: 5,
  holdOut: 6,
  pretraining: 7,
} as const;
export type SeedPurpose = keyof typeof PURPOSES;

/** Mixes 32 bits so that every one of them depends on all (the finaliser of MurmurHash3). */
export function mixBits(bits: number): number {
  let h = bits | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The seed of one purpose in one epoch of a run.
 *
 * @param seed the run's seed, an unsigned 32-bit integer
 * @param epoch from 1; 0 of what is drawn once in a run
 * @returns an unsigned 32-bit integer
 */
export function epochSeed(seed: number, purpose: SeedPurpose, epoch: number): number {
  // Each step is a bijection of 32 bits for fixed other parts: different seeds never give the same stream.
  const ofPurpose = mixBits((seed + Math.imul(PURPOSES[purpose], 0x9e3779b9)) | 0);
  return mixBits(ofPurpose ^ Math.imul(epoch, 0x85ebca77));
}

/** How pictures are spread over classes and over training and test. */
import type { ClassSummary, ImageSettings, ImageSummary } from '../../../contracts/images.ts';

export interface ClassShare extends ClassSummary {
  /** Number of the class. */
  label: number;
}

/** Counts by class: as given, or as the settings split them. At least one picture of every class is for training. */
export function classShares(
  { classes, split }: Pick<ImageSummary, 'classes' | 'split'>,
  { testFraction }: Pick<ImageSettings, 'testFraction'>,
): ClassShare[] {
  return classes.map((one, label) => {
    if (split === 'given') return { ...one, label };
    const all = one.train + one.test;
    const test = Math.max(0, Math.min(all - 1, Math.round(all * testFraction)));
    return { name: one.name, label, train: all - test, test };
  });
}

/** "6,742 of 7 … 5,421 of 5": the largest and the smallest class, or that all are alike. */
export function extremes(shares: readonly ClassShare[]): { most: ClassShare; least: ClassShare } | null {
  if (shares.length === 0) return null;
  let most = shares[0];
  let least = shares[0];
  for (const share of shares) {
    if (share.train + share.test > most.train + most.test) most = share;
    if (share.train + share.test < least.train + least.test) least = share;
  }
  return { most, least };
}

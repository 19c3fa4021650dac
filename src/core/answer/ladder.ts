/** Sizes at which an answer is looked for: which βs are worth trying, and the few of them that are tried first. */

/** Fewer samples than this are no training set. */
const LEAST_SAMPLES = 3;
/** Share of the training records above which nothing has been shrunk. */
const MOST_SHARE = 0.5;
/** The last rung is a size of its own where it is larger than the one before it by this factor. */
const LAST_RUNG = 1.15;

/**
 * The βs that are worth trying, ascending: of those with the same number of condensed samples the smallest, from three
 * samples to half of the training records.
 *
 * @param counts condensed samples for β = 0, 1, …, which never fall
 */
export function candidates(counts: ArrayLike<number>, trainRows: number): number[] {
  const betas: number[] = [];
  for (let beta = 1; beta < counts.length; beta++) {
    const isNew = counts[beta] > counts[beta - 1];
    if (isNew && counts[beta] >= LEAST_SAMPLES && counts[beta] <= MOST_SHARE * trainRows) betas.push(beta);
  }
  return betas;
}

/** Of the candidates the first, then those where the samples have at least doubled, and the last. */
export function ladder(betas: readonly number[], counts: ArrayLike<number>): number[] {
  const rungs: number[] = [];
  let samples = 0;
  for (const beta of betas) {
    if (counts[beta] < 2 * samples) continue;
    rungs.push(beta);
    samples = counts[beta];
  }
  const last = betas.at(-1);
  if (last !== undefined && counts[last] >= LAST_RUNG * samples) rungs.push(last);
  return rungs;
}

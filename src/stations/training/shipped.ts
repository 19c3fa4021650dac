/** Results that come with the lab, measured by `npm run reproduce`, to be set beside one's own. */
import { useEffect } from 'react';
import { sampleByDataset } from '../../contracts/gallery.ts';
import type { RecordedResult } from '../../contracts/results.ts';
import { useLabParts } from '../useLab.ts';

/** The shipped results, fetched when they are first asked for; null until they are there. */
export function useShipped(): readonly RecordedResult[] | null {
  const { shipped, loadShipped } = useLabParts((lab) => ({
    shipped: lab.shipped,
    loadShipped: lab.loadShipped,
  }));
  useEffect(loadShipped, [loadShipped]);
  return shipped;
}

/**
 * The results that are of a dataset, by what it holds.
 *
 * @returns none of pictures that are no sample of the lab
 */
export function shippedOf(results: readonly RecordedResult[], datasetId: string): RecordedResult[] {
  const sample = sampleByDataset(datasetId);
  if (sample === undefined) return [];
  return results.filter(({ dataset }) => dataset === sample.id || dataset === sample.title);
}

/**
 * How many epochs' pictures are read in one go. A small random share lies in nearly every block of an archive: an epoch
 * of 1 % reads almost as many bytes as one of 10 %, and ten epochs of 1 % read together hardly more than one.
 */
import type { TrainingSession } from './session.ts';

/** Most pictures that are read together, as a share of the training pictures: the share of the paper's tables. */
const MOST = 0.1;

/**
 * Epochs whose pictures are fetched together; 1 where pictures are not fetched ahead, come from memory anyway, or are
 * picked by what the network has learned.
 */
export function epochsTogether({ run, parts }: TrainingSession): number {
  const { method, selector, heldBytes } = parts;
  if (!run.settings.prefetch || method.needsNetwork || heldBytes > 0) return 1;
  const trainRecords = run.facts?.trainRecords ?? 0;
  return Math.max(1, Math.floor((MOST * trainRecords) / selector.count));
}

/** The columns of the paper's Table 1 that are shares of the training pictures, as the paper counts them. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { TrainingResult } from '../../contracts/training.ts';

/** What they follow from. */
export type SharedOf = Pick<TrainingResult, 'method' | 'trainRecords' | 'subsetRecords' | 'storageRatio'> & {
  /** Records that a choice looked at; null where none was looked at. */
  seen: number | null;
};

/** From 0 to 1; null where it means nothing. */
export interface TableShares {
  /** What has to be kept of the training pictures: all of them, or their archive. */
  storage: number | null;
  /** What has to be at hand for one choice of pictures; null where nothing is chosen. */
  csMemory: number | null;
  /** What an epoch trains on. */
  trainMemory: number;
  /** What has to stay at hand once training has begun, whatever of it is then met. */
  dataAccess: number;
}

export function tableShares({
  method,
  trainRecords,
  subsetRecords,
  storageRatio,
  seen,
}: SharedOf): TableShares {
  const meta = METHOD_METAS.find(method);
  const share = subsetRecords / trainRecords;
  const isFull = meta?.usesFraction === false;
  return {
    storage: meta?.source === 'archive' ? storageRatio : 1,
    csMemory: isFull ? null : (seen ?? subsetRecords) / trainRecords,
    trainMemory: share,
    dataAccess: meta?.isFixed === true && !isFull ? share : 1,
  };
}

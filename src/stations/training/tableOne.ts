/** The columns of the paper's Table 1 for the runs at hand. */
import type { TrainingRun } from '../../contracts/training.ts';
import { statistic, type Statistic } from '../statistic.ts';
import type { TrainingGroup } from './results.ts';
import { tableShares, type TableShares } from './tableShares.ts';

/** What the runs of a group come to, shares from 0 to 1 over the seeds. */
export interface TableOneRow extends Record<keyof TableShares, number | null> {
  /** Of the test pictures. */
  accuracy: Statistic;
  /** Training, waiting and selecting, in seconds and as a share of full training's; null where there was none. */
  seconds: Statistic;
  time: Statistic | null;
  /** Seconds of selecting that are part of it; null of methods that look at no picture. */
  selectSeconds: Statistic | null;
  /** Most bytes that a choice held beside the pictures; null of methods that look at no picture. */
  csBytes: number | null;
  /** Most bytes of training pictures that a run held. */
  trainBytes: number;
  /** Different pictures that were trained on, and that were read to choose or to train. */
  distinctTrained: number;
  distinctRead: number;
}

/** As long as the pictures are not counted. */
const UNCOUNTED = { storage: null, csMemory: null, trainMemory: null, dataAccess: null };

const mostOf = (
  runs: readonly TrainingRun[],
  value: (run: TrainingRun) => number | undefined,
): number | null => {
  const values = runs.flatMap((run) => value(run) ?? []);
  return values.length === 0 ? null : Math.max(...values);
};

export function tableOneRow(group: TrainingGroup): TableOneRow {
  const { runs, accuracy, runSeconds, runTimeShare, storageRatio, method } = group;
  const [{ facts }] = runs;
  const records = facts?.trainRecords ?? NaN;
  const seen = mostOf(runs, ({ selection }) => selection?.seen);
  const distinctTrained = group.distinctShare.mean;
  const read = mostOf(runs, ({ selection }) => selection?.distinctRead);
  return {
    ...{ accuracy, seconds: runSeconds, time: runTimeShare },
    selectSeconds: statistic(
      runs.flatMap(({ selection, seconds }) => (selection === null ? [] : seconds.select)),
    ),
    ...(facts === null
      ? UNCOUNTED
      : tableShares({ ...facts, method, storageRatio: storageRatio?.mean ?? null, seen })),
    csBytes: mostOf(runs, ({ selection }) => selection?.bytes),
    trainBytes: group.residentBytes.max,
    distinctTrained,
    distinctRead: Math.max(distinctTrained, read === null ? 0 : read / records),
  };
}

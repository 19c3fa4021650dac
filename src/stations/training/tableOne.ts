/** The columns of the paper's Table 1 for the runs at hand. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { TrainingRun } from '../../contracts/training.ts';
import { statistic, type Statistic } from '../statistic.ts';
import type { TrainingGroup } from './results.ts';

/** What the runs of a group come to, shares from 0 to 1 over the seeds. */
export interface TableOneRow {
  /** Of the test pictures. */
  accuracy: Statistic;
  /** Training, waiting and selecting, in seconds and as a share of full training's; null where there was none. */
  seconds: Statistic;
  time: Statistic | null;
  /** Seconds of selecting that are part of it; null of methods that look at no picture. */
  selectSeconds: Statistic | null;
  /** What has to be kept of the training pictures: all of them, or their archive. */
  storage: number | null;
  /** What has to be at hand for one choice of pictures; null where nothing is chosen. */
  csMemory: number | null;
  /** Most bytes that a choice held beside the pictures; null of methods that look at no picture. */
  csBytes: number | null;
  /** What an epoch trains on. */
  trainMemory: number | null;
  trainBytes: number;
  /** What has to stay at hand once training has begun, as the paper counts. */
  dataAccess: number | null;
  /** Different pictures that were trained on, and that were read to choose or to train. */
  distinctTrained: number;
  distinctRead: number;
}

const mostOf = (
  runs: readonly TrainingRun[],
  value: (run: TrainingRun) => number | undefined,
): number | null => {
  const values = runs.flatMap((run) => value(run) ?? []);
  return values.length === 0 ? null : Math.max(...values);
};

export function tableOneRow(group: TrainingGroup): TableOneRow {
  const { runs, accuracy, runSeconds, runTimeShare, storageRatio, method } = group;
  const { usesFraction, isFixed, source } = METHOD_METAS.byName(method);
  const [{ facts }] = runs;
  const records = facts?.trainRecords ?? NaN;
  const share = facts === null ? null : facts.subsetRecords / facts.trainRecords;
  const seen = mostOf(runs, ({ selection }) => selection?.seen);
  const distinctTrained = group.distinctShare.mean;
  const read = mostOf(runs, ({ selection }) => selection?.distinctRead);
  return {
    ...{ accuracy, seconds: runSeconds, time: runTimeShare },
    selectSeconds: statistic(
      runs.flatMap(({ selection, seconds }) => (selection === null ? [] : seconds.select)),
    ),
    storage: source === 'archive' ? (storageRatio?.mean ?? null) : 1,
    csMemory: !usesFraction ? null : seen === null ? share : seen / records,
    csBytes: mostOf(runs, ({ selection }) => selection?.bytes),
    trainMemory: share,
    trainBytes: group.residentBytes.max,
    dataAccess: usesFraction && isFixed ? share : 1,
    distinctTrained,
    distinctRead: Math.max(distinctTrained, read === null ? 0 : read / records),
  };
}

/** What a run says of itself while it is trained: begun anew, cut back to a checkpoint, summed up. */
import type {
  Checkpoint,
  EpochReport,
  TrainingRun,
  TrainingSeconds,
  TrainingSettings,
} from '../../contracts/training.ts';
import { nothingReached } from '../../contracts/training.ts';

/** A copy that shares nothing that changes. */
export function copyOfRun(run: TrainingRun): TrainingRun {
  return {
    ...run,
    settings: { ...run.settings },
    epochs: run.epochs.slice(),
    seconds: { ...run.seconds },
    bytes: { ...run.bytes },
    selection: structuredClone(run.selection),
    notices: run.notices.slice(),
  };
}

/** The run before its first step. */
export function begunAnew(run: TrainingRun): TrainingRun {
  return {
    ...copyOfRun(run),
    ...nothingReached(),
  };
}

export function areSameSettings(one: TrainingSettings, other: TrainingSettings): boolean {
  const names = Object.keys(one) as (keyof TrainingSettings)[];
  return names.every((name) => one[name] === other[name]);
}

/** Epochs that are done, those on every picture before the first included. */
export function epochsBehind({ epoch, pretrained = 0 }: Pick<Checkpoint, 'epoch' | 'pretrained'>): number {
  return epoch + pretrained;
}

/** What a run has done last, as a sentence goes on; null before its first epoch. */
export function reachedOf({ epochs, selection }: Pick<TrainingRun, 'epochs' | 'selection'>): string | null {
  if (epochs.length > 0) return `epoch ${epochs.length}`;
  const pretrained = selection?.pretrained ?? 0;
  return pretrained > 0 ? `epoch ${pretrained} on every picture` : null;
}

/** Whether a run can go on from a checkpoint: of the same settings, and with reports of all its epochs. */
export function continues(run: TrainingRun, checkpoint: Checkpoint): boolean {
  return (
    epochsBehind(checkpoint) >= 1 &&
    run.epochs.length >= checkpoint.epoch &&
    areSameSettings(run.settings, checkpoint.settings)
  );
}

/** The run as it stood when the checkpoint was made; the seconds of warming up stay. */
export function cutBack(run: TrainingRun, checkpoint: Checkpoint): TrainingRun {
  const epochs = run.epochs.slice(0, checkpoint.epoch);
  const selection = structuredClone(checkpoint.account?.report ?? null);
  return {
    ...copyOfRun(run),
    error: null,
    epochs,
    seconds: secondsOf({ epochs, seconds: run.seconds, selection }, null),
    steps: stepsOf(epochs),
    selection,
    distinctRecords: epochs.at(-1)?.distinctRecords ?? 0,
    evaluation: run.evaluation !== null && run.evaluation.epoch <= checkpoint.epoch ? run.evaluation : null,
    checkpoint: checkpoint.epoch,
  };
}

export function stepsOf(epochs: readonly EpochReport[]): number {
  return epochs.reduce((sum, { steps }) => sum + steps, 0);
}

/**
 * Seconds of all epochs, and of warming up.
 *
 * @param current the epoch in progress; the first one has the seconds of those on every picture among its own
 */
export function secondsOf(
  { epochs, seconds: { warmup }, selection }: Pick<TrainingRun, 'epochs' | 'seconds' | 'selection'>,
  current: Pick<EpochReport, 'seconds'> | null,
): TrainingSeconds {
  const sum = { fetch: 0, wait: 0, train: 0, evaluate: 0, select: 0, warmup };
  const all = current === null ? epochs : [...epochs, current];
  if (all.length === 0) sum.select = selection?.seconds.pretrain ?? 0;
  for (const { seconds } of all) {
    sum.fetch += seconds.fetch;
    sum.wait += seconds.wait;
    sum.train += seconds.train;
    sum.evaluate += seconds.evaluate;
    sum.select += seconds.select;
  }
  return sum;
}

/** A sentence is said once. */
export function addNotice(run: TrainingRun, notice: string): void {
  if (!run.notices.includes(notice)) run.notices.push(notice);
}

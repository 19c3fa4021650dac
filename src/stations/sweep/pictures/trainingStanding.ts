/** How far a plan of trainings is, and how long the rest may take by what was measured so far. */
import { epochsOf, fractionOf, pretrainEpochsOf, widthOf } from '../../../contracts/training.ts';
import type { BackendWish, TrainingRun, TrainingSettings } from '../../../contracts/training.ts';
import { formatPlural } from '../../../ui/format.ts';
import type { ImagesState } from '../../lab/pictures.ts';
import type { TrainingState } from '../../lab/training.ts';
import { readsArchive, settingsOfPlan, trainingKey } from '../../training/plan.ts';
import { isFinished } from '../../training/results.ts';

type TrainingStage = 'done' | 'running' | 'waiting' | 'failed' | 'stopped' | 'open';

/** One combination of the plan, and the run that stands for it. */
interface PlannedTraining {
  settings: TrainingSettings;
  /** The finished one, else the one at work or in the queue, else the last; null where there is none. */
  run: TrainingRun | null;
  stage: TrainingStage;
}

export interface PlanStanding {
  trainings: PlannedTraining[];
  /** How many are at each stage. */
  counts: Record<TrainingStage, number>;
  /** Steps done ÷ all steps: trainings are of unequal length. */
  share: number;
  /** Seconds that the trainings which are not done may still take; null before a run of this network was measured. */
  secondsLeft: number | null;
}

type Subject = Pick<TrainingState, 'plan' | 'settings' | 'runs' | 'queue' | 'active' | 'wish'>;

/** What trainings would learn from now: a run that learnt from something else is no result of the plan. */
export interface TrainingGround {
  /** Pictures of the training part; null while they are not known. */
  trainRecords: number | null;
  /** How the pictures would be divided; null where they bring their own division. */
  division: { split: number; testFraction: number } | null;
  /** The archive that stands for the pictures as they are set; null while there is none, undefined if it is not known. */
  archiveId: string | null | undefined;
}

/** The ground of the open pictures. */
export function groundOf({
  dataset,
  settings,
  archive,
}: Pick<ImagesState, 'dataset' | 'settings' | 'archive'>): TrainingGround {
  const { split, testFraction } = settings;
  const { value } = archive;
  return {
    trainRecords: dataset.value?.classes.reduce((sum, { train }) => sum + train, 0) ?? null,
    division: dataset.value?.split === 'made' ? { split, testFraction } : null,
    archiveId: value === null ? undefined : archive.stale ? null : value.id,
  };
}

export function standingOf(training: Subject, ground: TrainingGround): PlanStanding {
  const { trainRecords } = ground;
  const byKey = new Map<string, TrainingRun[]>();
  for (const run of training.runs) {
    const key = trainingKey(run.settings);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [run]);
    else same.push(run);
  }
  const trainings = settingsOfPlan(training.plan, training.settings).map((settings) =>
    plannedTraining(settings, byKey.get(trainingKey(settings)) ?? [], training, ground),
  );
  const counts: PlanStanding['counts'] = { done: 0, running: 0, waiting: 0, failed: 0, stopped: 0, open: 0 };
  for (const { stage } of trainings) counts[stage]++;
  const speed = speedOf(training);
  let steps = 0;
  let stepsDone = 0;
  let secondsLeft = 0;
  for (const one of trainings) {
    const { settings } = one;
    const perEpoch = stepsPerEpoch(settings, fractionOf(settings), trainRecords);
    const onEverything = stepsPerEpoch(settings, 1, trainRecords);
    const epochsDone = epochsDoneOf(one);
    const epochsLeft = epochsOf(settings) - epochsDone;
    const done = perEpoch * epochsDone + onEverything * pretrainedOf(one);
    const all = perEpoch * epochsOf(settings) + onEverything * pretrainEpochsOf(settings);
    steps += all;
    stepsDone += done;
    if (speed === null || epochsLeft === 0) continue;
    secondsLeft +=
      (all - done) * speed.step +
      Math.ceil(epochsLeft / settings.evaluateEvery) * speed.look +
      (epochsDone === 0 ? speed.warmup + (speed.select.get(choiceKey(settings)) ?? 0) : 0);
  }
  return {
    trainings,
    counts,
    share: steps === 0 ? 0 : stepsDone / steps,
    secondsLeft: speed === null || trainRecords === null ? null : secondsLeft,
  };
}

function plannedTraining(
  settings: TrainingSettings,
  runs: readonly TrainingRun[],
  { active, queue }: Subject,
  ground: TrainingGround,
): PlannedTraining {
  const done = runs.findLast((run) => isFinished(run) && isOn(run, ground));
  if (done !== undefined) return { settings, run: done, stage: 'done' };
  const running = runs.find(({ id }) => id === active);
  if (running !== undefined) return { settings, run: running, stage: 'running' };
  const waiting = runs.find(({ id }) => queue.includes(id));
  if (waiting !== undefined) return { settings, run: waiting, stage: 'waiting' };
  const last = runs.findLast((run) => run.status !== 'done') ?? null;
  if (last === null) return { settings, run: null, stage: 'open' };
  return { settings, run: last, stage: last.status === 'failed' ? 'failed' : 'stopped' };
}

/** Whether a finished run learnt from what would be learnt from now. */
function isOn(run: TrainingRun, { division, archiveId }: TrainingGround): boolean {
  if (run.division?.split !== division?.split) return false;
  if (run.division?.testFraction !== division?.testFraction) return false;
  // An archive that is not known may turn out to be the run's own.
  return !readsArchive(run.settings.method) || archiveId === undefined || archiveId === run.archiveId;
}

/** Epochs that need not be trained any more. */
function epochsDoneOf({ stage, run, settings }: PlannedTraining): number {
  const epochs = epochsOf(settings);
  if (stage === 'done') return epochs;
  return run === null ? 0 : Math.min(epochs, run.epochs.length);
}

/** Epochs on every picture that need not be trained any more. */
function pretrainedOf({ stage, run, settings }: PlannedTraining): number {
  const planned = pretrainEpochsOf(settings);
  if (stage === 'done' || (run !== null && run.epochs.length > 0)) return planned;
  return Math.min(planned, run?.selection?.pretrained ?? 0);
}

function stepsPerEpoch(settings: TrainingSettings, share: number, trainRecords: number | null): number {
  return Math.max(1, Math.ceil((share * (trainRecords ?? 0)) / settings.batch));
}

/** What a step, a look at the test pictures and a start take, in seconds. */
interface Speed {
  step: number;
  look: number;
  warmup: number;
  /** What choosing the pictures took in a whole run, by method and share, where it was measured. */
  select: ReadonlyMap<string, number>;
}

function choiceKey(settings: TrainingSettings): string {
  return `${settings.method} ${fractionOf(settings)}`;
}

/** By the runs of the planned network that trained where the last of them did, or where it is asked for. */
function speedOf({ runs, settings, wish }: Subject): Speed | null {
  const measured = runs.filter(
    (run) => run.steps > 0 && run.epochs.length > 0 && isAlike(run, settings, wish),
  );
  const where = measured.at(-1)?.backend?.name;
  const sums = { seconds: 0, steps: 0, evaluate: 0, looks: 0, warmup: 0, runs: 0 };
  for (const { seconds, steps, epochs, backend } of measured) {
    if (backend?.name !== where) continue;
    sums.seconds += seconds.train + seconds.wait;
    sums.steps += steps;
    sums.evaluate += seconds.evaluate;
    for (const { test } of epochs) if (test !== null) sums.looks++;
    sums.warmup += seconds.warmup;
    sums.runs++;
  }
  if (sums.runs === 0) return null;
  const select = new Map(
    measured.filter(isFinished).map(({ settings: own, seconds }) => [choiceKey(own), seconds.select]),
  );
  return {
    step: sums.seconds / sums.steps,
    look: sums.evaluate / Math.max(1, sums.looks),
    warmup: sums.warmup / sums.runs,
    select,
  };
}

function isAlike(run: TrainingRun, settings: TrainingSettings, wish: BackendWish): boolean {
  return (
    run.settings.network === settings.network &&
    widthOf(run.settings) === widthOf(settings) &&
    run.settings.batch === settings.batch &&
    run.settings.augment === settings.augment &&
    (wish === 'auto' || run.backend?.name === wish)
  );
}

/** "3 of 10 runs done", with what has failed. */
export function standingWords({ trainings, counts }: PlanStanding): string {
  if (trainings.length === 0) return 'No runs planned';
  const done = `${counts.done} of ${formatPlural(trainings.length, 'run')} done`;
  return counts.failed === 0 ? done : `${done}, ${counts.failed} failed`;
}

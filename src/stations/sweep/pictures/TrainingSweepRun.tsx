import { usesFraction } from '../../../contracts/training.ts';
import { useMemo } from 'react';
import { useThrottled } from '../../../ui/charts/useThrottled.ts';
import {
  Button,
  CloseIcon,
  Disclosure,
  ErrorNotice,
  Notice,
  PauseIcon,
  PlayIcon,
  ProgressLine,
} from '../../../ui/controls/index.ts';
import { formatCount, formatPlural, formatRoughly, formatTimeLeft } from '../../../ui/format.ts';
import type { ProgressView } from '../../../ui/progress.ts';
import type { Lab } from '../../lab.ts';
import { countTrainings, MOST_TRAININGS } from '../../training/plan.ts';
import { methodShareWords } from '../../training/words.ts';
import { useLabParts } from '../../useLab.ts';
import { groundOf, standingOf, standingWords, type PlanStanding } from './trainingStanding.ts';
import { usePlannedNetwork } from './usePlannedNetwork.ts';

/** Twice a second is often enough for numbers of runs. */
const LOOK_EVERY = 500;
/** Failed runs whose reasons are shown. */
const MOST_ERRORS = 3;

type Training = Lab['images']['training'];

/** Starts the trainings, holds them, goes on, and says how far they are. */
export function TrainingSweepRun() {
  const { training, dataset, settings, archive } = useLabParts(({ images }) => ({
    training: images.training,
    dataset: images.dataset,
    settings: images.settings,
    archive: images.archive,
  }));
  const shown = useThrottled(training, LOOK_EVERY);
  const ground = useMemo(() => groundOf({ dataset, settings, archive }), [dataset, settings, archive]);
  const { plan, settings: next, runs, queue, active, wish } = shown;
  // More combinations than a sweep takes are not looked at one by one.
  const isTooLarge = countTrainings(plan) > MOST_TRAININGS;
  const standing = useMemo(
    () => (isTooLarge ? null : standingOf({ plan, settings: next, runs, queue, active, wish }, ground)),
    [isTooLarge, plan, next, runs, queue, active, wish, ground],
  );
  return (
    <>
      <div className="field sweep-run">
        <Transport training={training} standing={standing} isReady={dataset.value !== null} />
      </div>
      {standing !== null && <Failures standing={standing} />}
      <div className="field sweep-notes">
        <Notice>
          <p>
            Finished runs are kept with these pictures in this browser and are not run again: widen the plan
            and only what is missing is trained.
          </p>
        </Notice>
        <WhatRuns />
      </div>
    </>
  );
}

interface TransportProps {
  training: Training;
  /** Null of more runs than a sweep takes. */
  standing: PlanStanding | null;
  isReady: boolean;
}

function Transport({ training, standing, isReady }: TransportProps) {
  const actions = useLabParts((lab) => ({
    run: lab.runTrainingSweep,
    hold: lab.holdTrainingSweep,
    resume: lab.resumeTrainingSweep,
    cancel: lab.cancelTrainingSweep,
  }));
  const { error } = usePlannedNetwork();
  const { isHeld, queue, active, progress, ofSweep } = training;
  const planned = standing?.trainings.length ?? countTrainings(training.plan);
  const left = standing === null ? planned : planned - standing.counts.done;
  // A run of Learn's is at work for itself, even where the plan has one like it.
  const isTraining = active !== null && ofSweep.includes(active);
  const isSweeping = isTraining || queue.some((id) => ofSweep.includes(id));
  const stage = !isSweeping ? 'rest' : isHeld ? 'held' : 'running';
  const canRun = isReady && standing !== null && left > 0 && error === null;
  const press = (): void => {
    if (stage === 'running') actions.hold();
    else if (stage === 'held') actions.resume();
    else actions.run();
  };
  return (
    <>
      {isSweeping && standing !== null && <ProgressLine progress={overall(standing)} label="Sweep" />}
      {isTraining && <ProgressLine progress={progress} label="Training" />}
      {/* One button by turns, so that the focus stays where it was pressed. */}
      <Button
        variant={stage === 'running' ? 'plain' : 'primary'}
        icon={stage === 'running' ? <PauseIcon /> : <PlayIcon />}
        isDisabled={stage === 'rest' && !canRun}
        onPress={press}
      >
        {stage === 'running'
          ? 'Hold'
          : stage === 'held'
            ? `Resume: ${formatPlural(left, 'run')} left`
            : left === 0 && planned > 0
              ? 'All of these runs are done'
              : `Run ${formatPlural(left, 'training')}`}
      </Button>
      {isSweeping && (
        <Button variant="quiet" icon={<CloseIcon />} onPress={actions.cancel}>
          Cancel the sweep
        </Button>
      )}
      <p className="training-standing" role="status">
        {standing === null ? '' : `${standingWords(standing)}${stage === 'held' ? ', held' : ''}`}
      </p>
      {error !== null && <p className="range-error">{error.what}</p>}
      <p className="field-hint">{planWords(training, standing, stage)}</p>
    </>
  );
}

/** The whole sweep as a bar: by steps, because trainings are of unequal length. */
function overall({ counts, trainings, share }: PlanStanding): ProgressView {
  const { done } = counts;
  const still = { startedAt: 0, startedFrom: done, updatedAt: 0 };
  return { phase: 'Sweep', done, total: trainings.length, unit: 'runs', share, ...still };
}

/** What the plan comes to, and how long it may take. */
function planWords(
  { plan }: Training,
  standing: PlanStanding | null,
  stage: 'rest' | 'held' | 'running',
): string {
  const planned = countTrainings(plan);
  if (standing === null) {
    return `${formatPlural(planned, 'run')} are more than the ${formatCount(MOST_TRAININGS)} of one sweep: take fewer values.`;
  }
  if (planned === 0) return 'Choose at least one share, one method and one seed.';
  const { counts, secondsLeft, trainings } = standing;
  if (counts.done === planned) return 'Widen the plan to train more.';
  if (stage === 'rest') {
    const estimate =
      secondsLeft === null
        ? 'The time can be told once an epoch of this network has run.'
        : `It takes ${formatRoughly(secondsLeft)} in this browser.`;
    return `${gridWords(plan)} ${estimate}`;
  }
  const next = trainings.find((one) => one.stage === 'waiting');
  const waits =
    next === undefined
      ? 'Nothing else waits.'
      : counts.waiting === 1
        ? `${settingsWords(next.settings)} waits.`
        : `Next is ${settingsWords(next.settings)}, and ${formatPlural(counts.waiting - 1, 'run')} after it.`;
  const left = secondsLeft === null ? '' : ` Sweep: ${formatTimeLeft(secondsLeft)}.`;
  return `${waits}${left}`;
}

/** "dreaMLearning 5 %, seed 2" */
function settingsWords(settings: PlanStanding['trainings'][number]['settings']): string {
  return `${methodShareWords(settings)}, seed ${settings.seed}`;
}

/** "4 shares × 2 methods and full training, 3 seeds: 27 runs." */
function gridWords(plan: Training['plan']): string {
  const subsets = plan.methods.filter(usesFraction).length;
  const parts = [
    ...(subsets > 0
      ? [`${formatPlural(plan.fractions.length, 'share')} × ${formatPlural(subsets, 'method')}`]
      : []),
    ...(subsets < plan.methods.length ? ['full training'] : []),
  ];
  return `${parts.join(' and ')}, ${formatPlural(plan.seeds.length, 'seed')}: ${formatPlural(countTrainings(plan), 'run')}.`;
}

/** Why runs of the plan failed; the same reason is said once. */
function Failures({ standing }: { standing: PlanStanding }) {
  const errors = new Map(
    standing.trainings.flatMap(({ stage, run }) =>
      stage === 'failed' && run?.error != null ? [[run.error.what, run.error] as const] : [],
    ),
  );
  return [...errors.values()]
    .slice(0, MOST_ERRORS)
    .map((error) => <ErrorNotice key={error.what} error={error} />);
}

function WhatRuns() {
  return (
    <Disclosure about="what runs">
      <p>
        Every combination of a share, a method and a seed is a run like one started in Learn, and appears in
        its list. Full training sees everything and runs once for each seed. One run trains at a time, so that
        none disturbs another’s clock.
      </p>
      <p>
        Holding stops within a batch and keeps what was reached, even when the page is closed. The time of an
        epoch is what fetching and training took; the table lists evaluation and warming up separately.
      </p>
    </Disclosure>
  );
}

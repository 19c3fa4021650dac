/** What the rail says of each station while pictures are open. */
import { epochsOf, widthOf } from '../../contracts/training.ts';
import { countImagePoints } from '../../contracts/imageSweep.ts';
import type { TrainingRun } from '../../contracts/training.ts';
import type { StationName } from '../../contracts/link.ts';
import type { Lab } from '../../stations/lab.ts';
import type { TrainingState } from '../../stations/lab/training.ts';
import { isNewestOfMany, latestTest, leadingRun } from '../../stations/training/leading.ts';
import { epochInProgress, pretrainingLeft } from '../../stations/training/pace.ts';
import { countTrainings, settingsOfPlan, trainingKey } from '../../stations/training/plan.ts';
import { isFinished } from '../../stations/training/results.ts';
import { methodShareWords, networkWords } from '../../stations/training/words.ts';
import { formatCount, formatLarge, formatPercent, formatPlural } from '../../ui/format.ts';
import { shapeWords } from '../../ui/pictures/words.ts';
import { besides, busyness, fromTask, NOTHING, type Headline, type Said } from '../taskHeadline.ts';

function dataHeadline({ images }: Lab): Headline {
  return fromTask(images.dataset, (summary) => ({
    value: formatCount(summary.records),
    short: formatLarge(summary.records),
    note: `pictures, ${shapeWords(summary)}`,
  }));
}

function bitsHeadline({ images }: Lab): Headline {
  return fromTask(images.bits, ({ baseCount, className, trainRecords }) => ({
    value: baseCount === null ? 'no bases' : formatPlural(baseCount, 'base'),
    short: baseCount === null ? 'none' : formatLarge(baseCount),
    note: `${className === null ? 'all classes' : `class ${className}`}, ${formatPlural(trainRecords, 'picture')}`,
  }));
}

/** The true size of the training part. A near-lossless one never stands without its PSNR. */
function archiveHeadline({ images, verifications }: Lab): Headline {
  const headline = fromTask(images.archive, ({ bytes, rawBytes, fidelity }) => ({
    value: formatPercent(bytes.train / Math.max(1, rawBytes.train)),
    ...(fidelity.kind !== 'exact' && {
      short: `≈\u202f${formatPercent(bytes.train / Math.max(1, rawBytes.train))}`,
    }),
    note:
      fidelity.kind === 'exact'
        ? 'of raw pixels · lossless'
        : `raw · near-lossless ${Number.isFinite(fidelity.psnr) ? Math.round(fidelity.psnr) : '∞'}\u202fdB${fidelity.isClaimed === true ? ', unproven' : ''}`,
  }));
  return besides(headline, [images.peers.task, ...Object.values(verifications)]);
}

/** What was learned: the accuracy of the run at work, or of the one that the page leads with. */
function learnHeadline({ images }: Lab): Headline {
  const { runs, active, progress, imported } = images.training;
  const { sample, condensed, dataset } = images;
  const running = runs.find(({ id }) => id === active);
  if (running !== undefined) {
    const test = latestTest(running);
    const epochs =
      pretrainingLeft(running) > 0
        ? 'every picture first'
        : `epoch ${formatCount(epochInProgress(running))} of ${formatCount(epochsOf(running.settings))}`;
    return {
      value: test === null ? 'training' : formatPercent(test.accuracy, 1),
      note: `${epochs} · ${runWords(running)}`,
      ...busyness(true, progress),
      isStale: false,
      error: null,
    };
  }
  const others = [sample, condensed, imported];
  return {
    ...besides({ ...learned(images.training, dataset.value !== null), ...AT_REST }, others),
    error: runs.at(-1)?.error ?? others.find(({ error }) => error !== null)?.error ?? null,
  };
}

const AT_REST = { ...busyness(false, null), isStale: false, error: null };

/** What the page leads with, as far as it got; of several it is said to be the newest. */
function learned(training: TrainingState, isOpen: boolean): Said {
  const run = leadingRun(training) ?? training.runs.findLast((one) => latestTest(one) !== null);
  const test = run === undefined ? null : latestTest(run);
  if (run === undefined || test === null)
    return isOpen ? { value: 'not trained', short: NOTHING, note: '' } : { value: NOTHING, note: '' };
  const which = isFinished(run)
    ? isNewestOfMany(run, training.runs)
      ? 'newest · '
      : ''
    : `after ${formatPlural(test.epoch, 'epoch')} · `;
  return { value: formatPercent(test.accuracy, 1), note: `${which}${runWords(run)}` };
}

/** "LeNet5 · dreaMLearning 10 %" */
function runWords({ settings }: TrainingRun): string {
  return `${networkWords(settings.network, widthOf(settings))} · ${methodShareWords(settings)}`;
}

/** Trainings while the sweep has some of the plan under way or done, else the sweep over encodings. */
function sweepHeadline(lab: Lab): Headline {
  const { sweep, training } = lab.images;
  const { done, total, underWay } = countPlanned(training);
  const isShown = underWay > 0 || (done > 0 && sweep.cells.length === 0);
  if (sweep.status === 'running' || !isShown) return encodingsHeadline(lab);
  return {
    value: `${formatCount(done)} of ${formatCount(total)}`,
    note: training.isHeld ? 'runs, held' : 'runs',
    isBusy: underWay > 0 && training.active !== null,
    busyWith: '',
    share: done / total,
    isStale: false,
    error: null,
  };
}

/**
 * Trainings of the plan, those of them that are done, and those that the sweep lets train or wait. Where a sweep has
 * asked for none of them, none counts: what is trained in Learn is no sweep.
 */
export function countPlanned({ plan, settings, runs, queue, active, ofSweep }: TrainingState): {
  done: number;
  total: number;
  underWay: number;
} {
  const total = countTrainings(plan);
  if (!runs.some(({ isOfSweep }) => isOfSweep)) return { done: 0, total, underWay: 0 };
  const keysOf = (isMeant: (run: TrainingRun) => boolean) =>
    new Set(runs.filter(isMeant).map((run) => trainingKey(run.settings)));
  const swept = keysOf(({ isOfSweep }) => isOfSweep === true);
  const done = keysOf(({ status }) => status === 'done');
  const underWay = keysOf(({ id }) => ofSweep.includes(id) && (id === active || queue.includes(id)));
  const planned = settingsOfPlan(plan, settings).map(trainingKey);
  return {
    done: planned.some((key) => swept.has(key)) ? planned.filter((key) => done.has(key)).length : 0,
    total,
    underWay: planned.filter((key) => underWay.has(key)).length,
  };
}

function encodingsHeadline({ images: { sweep, dataset, settings } }: Lab): Headline {
  const { plan, ran, status, cells, progress, stale, error } = sweep;
  const total =
    ran !== null && status !== 'idle'
      ? countImagePoints(ran.settings, ran.plan)
      : countImagePoints(settings, plan);
  let said: Said = { value: NOTHING, note: '' };
  if (status === 'running' || status === 'paused') {
    const note = status === 'paused' ? 'points, paused' : 'points';
    said = { value: `${formatCount(cells.length)} of ${formatCount(total)}`, note };
  } else if (cells.length > 0) {
    said = { value: formatPlural(cells.length, 'point'), note: status === 'done' ? 'measured' : status };
  } else if (dataset.value !== null) {
    said = { value: 'not run', note: formatPlural(total, 'point') };
  }
  return { ...said, ...busyness(status === 'running', progress), isStale: stale, error };
}

export const IMAGE_HEADLINES: Record<StationName, (lab: Lab) => Headline> = {
  data: dataHeadline,
  bits: bitsHeadline,
  archive: archiveHeadline,
  learn: learnHeadline,
  sweep: sweepHeadline,
};

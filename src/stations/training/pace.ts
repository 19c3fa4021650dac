/** How far a run is, and how long the rest of it takes at the pace of its last epochs: foreseen alike wherever it is said. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import { epochsOf, pretrainEpochsOf, type TrainingRun } from '../../contracts/training.ts';

/** Epochs whose pace is what the rest is expected to take. */
const RECENT = 9;

/** Where a run is in the epoch that is in progress. */
export interface InEpoch {
  /** Share of its steps that are done, 0…1. */
  share: number;
  /** Seconds that the whole of it takes by the clock; null where that cannot be told yet. */
  clock: number | null;
}

const BEFORE: InEpoch = { share: 0, clock: null };

/** The epoch in progress, from 1: of a run that is done the last one. */
export function epochInProgress({ epochs, settings }: TrainingRun): number {
  return Math.min(epochsOf(settings), epochs.length + 1);
}

/** Epochs on every picture that are still to be done before the first selection. */
export function pretrainingLeft({ epochs, selection, settings }: TrainingRun): number {
  return epochs.length > 0 ? 0 : Math.max(0, pretrainEpochsOf(settings) - (selection?.pretrained ?? 0));
}

/** How many epochs of the run an epoch on every picture is worth. */
function weightOfAll({ facts }: TrainingRun): number {
  return facts === null ? 1 : facts.trainRecords / Math.max(1, facts.subsetRecords);
}

/** Share of the whole run that is done, epochs on every picture counted by what they see. */
export function shareDone(run: TrainingRun, { share }: InEpoch = BEFORE): number {
  const { epochs, settings } = run;
  const weight = weightOfAll(run);
  const planned = pretrainEpochsOf(settings);
  const left = pretrainingLeft(run);
  const before = planned - left + (left > 0 ? share : 0);
  const own = epochs.length + (left > 0 ? 0 : share);
  return Math.min(1, (before * weight + own) / (planned * weight + epochsOf(settings)));
}

/** The epochs to come, from the one after those done, of which something is due. */
function countDue({ epochs, settings }: TrainingRun, isDue: (epoch: number) => boolean): number {
  let due = 0;
  for (let epoch = epochs.length + 1; epoch <= epochsOf(settings); epoch++) if (isDue(epoch)) due++;
  return due;
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Seconds that the rest of the run takes: its epochs, the looks at the test pictures, and the selections and epochs on
 * every picture that are to come. Medians, so that one epoch that was disturbed does not count.
 *
 * @returns null where nothing of it was measured yet
 */
export function secondsLeft(run: TrainingRun, { share, clock }: InEpoch = BEFORE): number | null {
  const { epochs, settings, selection } = run;
  const weight = weightOfAll(run);
  const before = pretrainingLeft(run);
  const pretrained = selection?.pretrained ?? 0;
  // The first epoch also fetches what others find fetched, and has code compiled.
  const steady = epochs.length > 2 ? epochs.slice(1) : epochs;
  const recent = steady.slice(-RECENT);
  const measured = median(recent.map(({ seconds }) => seconds.wait + seconds.train));
  const ofAll =
    selection !== null && pretrained > 0
      ? selection.seconds.pretrain / pretrained
      : before > 0
        ? clock
        : measured === null
          ? null
          : measured * weight;
  const own = measured ?? (before > 0 ? (ofAll === null ? null : ofAll / weight) : clock);
  if (own === null) return null;

  const looks = epochs.filter(({ test }) => test !== null).slice(-RECENT);
  const look = median(looks.map(({ seconds }) => seconds.evaluate)) ?? 0;
  const last = epochsOf(settings);
  const looksLeft = countDue(run, (epoch) => epoch % settings.evaluateEvery === 0 || epoch === last);
  return (
    Math.max(0, before - (before > 0 ? share : 0)) * (ofAll ?? own * weight) +
    Math.max(0, last - epochs.length - (before > 0 ? 0 : share)) * own +
    looksLeft * look +
    secondsOfSelecting(run, look, share > 0)
  );
}

/** Seconds of the selections to come. */
function secondsOfSelecting(run: TrainingRun, look: number, isSelected: boolean): number {
  const { epochs, facts, settings, selection } = run;
  const { options, needsNetwork } = METHOD_METAS.byName(settings.method);
  if (!needsNetwork) return 0;
  const selectsAgain = options.includes('reselect');
  // The first selection of a method that selects again is mostly a random one, and takes no time.
  const isDue = (epoch: number) =>
    selectsAgain ? epoch > 2 && (epoch - 1) % settings.reselect === 0 : epoch === 1;
  const due = countDue(run, isDue) - (isSelected && isDue(epochs.length + 1) ? 1 : 0);
  if (due <= 0) return 0;
  const each =
    selection !== null && selection.refreshes > 0
      ? (selection.seconds.features + selection.seconds.pick) / selection.refreshes
      : // Nothing is known of the picking yet, but every picture goes through the network as the test pictures do.
        facts === null
        ? 0
        : (look * facts.trainRecords) / Math.max(1, facts.testRecords);
  return due * each;
}

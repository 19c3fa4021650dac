/** Runs of training in words: what they are, how far they are, and what can be done with them. */
import { METHOD_METAS } from '../../../contracts/methods.ts';
import {
  epochsOf,
  TRAINING_SETTINGS,
  type TrainingRun,
  type TrainingSettings,
  usesFraction,
  widthOf,
} from '../../../contracts/training.ts';
import { formatCount, formatPercent, formatSeconds } from '../../../ui/format.ts';
import { epochInProgress, pretrainingLeft } from '../../training/pace.ts';
import { secondsPerEpoch } from '../../training/results.ts';
import { methodShareWords, networkWords, otherSettings, settingWords } from '../../training/words.ts';

/** "dreaMLearning 1 % · LeNet5 · seed 1" */
export function runTitle(settings: TrainingSettings): string {
  const { network, seed } = settings;
  return `${methodShareWords(settings)} · ${networkWords(network, widthOf(settings))} · seed ${seed}`;
}

/** The titles of runs by their ids, with the other settings in which the runs differ: no two that differ look alike. */
export function runTitles(runs: readonly TrainingRun[]): Map<string, string> {
  const isOf = (name: keyof TrainingSettings, settings: TrainingSettings) =>
    TRAINING_SETTINGS.decides(name, settings);
  const differing = otherSettings().filter((name) => {
    const values = runs.flatMap(({ settings }) => (isOf(name, settings) ? [settings[name]] : []));
    return new Set(values).size > 1;
  });
  return new Map(
    runs.map(({ id, settings }) => {
      const own = differing.filter((name) => isOf(name, settings));
      return [id, [runTitle(settings), ...own.map((name) => settingWords(name, settings))].join(' · ')];
    }),
  );
}

/** A share of test pictures: hundredths of a per cent are single pictures of ten thousand. */
export function accuracyWords(share: number): string {
  return formatPercent(share, 2);
}

/** Where a run stands beside the others. */
export interface RunPlace {
  isActive: boolean;
  /** 1 for the one that comes next, 0 for one that does not wait. */
  turn: number;
  /** Whether what waits is on hold. */
  isHeld: boolean;
}

export function placeOf(
  id: string,
  training: { active: string | null; queue: readonly string[]; isHeld: boolean },
): RunPlace {
  return {
    isActive: training.active === id,
    turn: training.queue.indexOf(id) + 1,
    isHeld: training.isHeld,
  };
}

/** "Training, epoch 3 of 20", the one in progress; at rest "Paused after 2 of 20 epochs". */
export function standingWords(run: TrainingRun, place: RunPlace): string {
  const { epochs, settings, status } = run;
  const planned = formatCount(epochsOf(settings));
  const at = `after ${formatCount(epochs.length)} of ${planned} epochs`;
  if (place.isActive) {
    if (run.facts === null) return 'Starting';
    if (pretrainingLeft(run) > 0) return 'Learning from every picture first';
    return `Training, epoch ${formatCount(epochInProgress(run))} of ${planned}`;
  }
  if (place.turn > 0) {
    const turn = place.turn === 1 ? 'next' : `number ${place.turn} in the queue`;
    return `Waiting, ${turn}${place.isHeld ? ', held' : ''}${epochs.length === 0 ? '' : `, ${at}`}`;
  }
  switch (status) {
    case 'done':
      return `Done, ${formatCount(epochs.length)} ${epochs.length === 1 ? 'epoch' : 'epochs'}`;
    case 'failed':
      return `Failed ${at}`;
    case 'cancelled':
      return `Cancelled ${at}`;
    case 'running':
    case 'paused':
      return `Paused ${at}`;
    case 'waiting':
      return epochs.length === 0 ? 'Not started' : `Paused ${at}`;
  }
}

/** What was measured of a run, in a sentence; empty before its first epoch. */
export function measuredWords(run: TrainingRun): string {
  const perEpoch = secondsPerEpoch(run);
  if (perEpoch === null || run.facts === null) return '';
  const { facts, bytes, seconds, epochs } = run;
  const wait = seconds.wait / epochs.length;
  const parts = [
    `${formatSeconds(perEpoch)} of fetching and training an epoch`,
    `${formatSeconds(wait)} of waiting for pictures`,
    `${formatPercent(bytes.total / facts.rawBytes)} of the raw set in memory`,
  ];
  if (facts.pixels === 'decoded') parts.push('pixels decoded from the archive');
  return parts.join(', ');
}

/** What the buttons of a run can do. */
export interface RunButtonsState {
  main: 'pause' | 'play' | 'done';
  /** In words for the button: "Play", "Go on", "Play again". */
  mainWords: string;
  canStep: boolean;
  canRewind: boolean;
}

export function buttonsOf(run: TrainingRun, { isActive, turn }: RunPlace): RunButtonsState {
  const begun = run.epochs.length > 0;
  const isBusy = isActive || turn > 0;
  const isDone = run.status === 'done' && !isBusy;
  const again = run.status === 'failed' ? 'Play again' : begun ? 'Go on' : 'Play';
  return {
    main: isBusy ? 'pause' : isDone ? 'done' : 'play',
    mainWords: isBusy ? 'Pause' : isDone ? 'Finished' : again,
    canStep: !isBusy && !isDone,
    canRewind: begun,
  };
}

/** Methods that pick alike and take their pixels from raw pictures and from the archive: what they differ in. */
export function differenceWords(runs: readonly TrainingRun[]): string {
  const metas = METHOD_METAS.all.filter(({ name }) => runs.some(({ settings }) => settings.method === name));
  for (const raw of metas) {
    if (raw.source !== 'raw') continue;
    const archive = metas.find(({ source, draw }) => source === 'archive' && draw === raw.draw);
    if (archive === undefined) continue;
    const decoded = runs.some(
      ({ facts, settings }) => facts?.pixels === 'decoded' && usesFraction(settings.method),
    );
    return (
      `${raw.family} and ${archive.family} differ only in where their pixels come from: ` +
      (decoded
        ? `here ${raw.family}’s are decoded from the archive as well, because no raw ones are at hand.`
        : `${raw.family}’s raw pixels are all held in memory, ${archive.family}’s are read from the archive.`)
    );
  }
  return '';
}

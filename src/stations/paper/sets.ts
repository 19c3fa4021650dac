/** The sets of pictures that the paper trains on: what they hold, and the trainings that the paper made of them. */
import { sampleById, sampleByDataset } from '../../contracts/gallery.ts';
import type { ImageSummary } from '../../contracts/images.ts';
import { NETWORK_WIDTHS, type InputShape } from '../../contracts/networks.ts';
import type { RecordedResult } from '../../contracts/results.ts';
import { TRAINING_SETTINGS, usualTraining, type TrainingSettings } from '../../contracts/training.ts';
import { paperSetting, type PaperSet } from '../training/paper/tables.ts';

export interface PaperPictures {
  title: string;
  input: InputShape;
  classes: number;
  trainRecords: number;
  testRecords: number;
}

const CIFAR = { input: { width: 32, height: 32, channels: 3 }, trainRecords: 50_000, testRecords: 10_000 };

export const PAPER_PICTURES: Readonly<Record<PaperSet, PaperPictures>> = {
  mnist: {
    title: 'MNIST',
    input: { width: 28, height: 28, channels: 1 },
    ...{ classes: 10, trainRecords: 60_000, testRecords: 10_000 },
  },
  cifar10: { title: 'CIFAR-10', classes: 10, ...CIFAR },
  cifar100: { title: 'CIFAR-100', classes: 100, ...CIFAR },
};

/** The set's dataset id; null of one that is no sample of the lab. */
export function datasetIdOf(set: PaperSet): string | null {
  return sampleById(set)?.datasetId ?? null;
}

/** Whether pictures are those of the set: by what they hold, or, of a set that is no sample, by their numbers. */
export function isOfSet(summary: ImageSummary, set: PaperSet): boolean {
  const id = datasetIdOf(set);
  if (id !== null) return summary.id === id;
  const { input, classes, trainRecords, testRecords } = PAPER_PICTURES[set];
  const sum = (part: 'train' | 'test') => summary.classes.reduce((all, one) => all + one[part], 0);
  return (
    sampleByDataset(summary.id) === undefined &&
    summary.split === 'given' &&
    summary.width === input.width &&
    summary.height === input.height &&
    summary.channels === input.channels &&
    summary.classes.length === classes &&
    sum('train') === trainRecords &&
    sum('test') === testRecords
  );
}

/** Looks at the test pictures in a run of the paper's length: each takes time, and they change nothing. */
const LOOKS = 10;

/** A training as the paper made it, as far as it says; what it leaves open is as the lab usually has it. */
export function paperTraining(
  set: PaperSet,
  { method, fraction, seed }: Pick<TrainingSettings, 'method' | 'fraction' | 'seed'>,
): TrainingSettings {
  const { network, width, epochs, batch, reselectEvery } = paperSetting(set);
  const usual = { ...TRAINING_SETTINGS.defaults, ...usualTraining(PAPER_PICTURES[set].input.channels) };
  return {
    ...{ ...usual, network, epochs, batch, method, fraction, seed },
    width: NETWORK_WIDTHS.find((one) => one === width) ?? usual.width,
    reselect: reselectEvery,
    evaluateEvery: Math.max(1, Math.round(epochs / LOOKS)),
  };
}

/** The settings of a shipped result: it says those that are not as usual. */
export function recordedTraining(set: PaperSet, result: RecordedResult): TrainingSettings {
  const { model, width, epochs, settings } = result;
  const papers = paperTraining(set, result);
  return { ...papers, network: model, width: width ?? papers.width, epochs, ...settings };
}

/** What two trainings of one row may differ in: their seed, and what changes their speed alone. */
const FREE: readonly (keyof TrainingSettings)[] = ['seed', 'prefetch'];

/** Settings in which a training is not the paper's, in the order in which they are offered. */
export function differencesFrom(set: PaperSet, settings: TrainingSettings): (keyof TrainingSettings)[] {
  const wanted = paperTraining(set, settings);
  return TRAINING_SETTINGS.all.flatMap(([name, { affects }]) => {
    if (affects.length === 0 || FREE.includes(name)) return [];
    const isSame = TRAINING_SETTINGS.outcome(name, settings) === TRAINING_SETTINGS.outcome(name, wanted);
    return isSame ? [] : [name];
  });
}

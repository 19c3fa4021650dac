/** Settings that belong together, under a name: what the paper did, and starting points for what is open. */
import type { ExperimentSettings } from '../contracts/codec.ts';
import type { ImageSettings } from '../contracts/images.ts';
import { emptyExperiment, writeLink, type LinkedExperiment } from '../contracts/link.ts';
import type { TrainingSettings } from '../contracts/training.ts';
import { IMAGE_SETTINGS, TABLE_SETTINGS, TRAINING_SETTINGS } from '../contracts/settings.ts';
import { CALIFORNIA } from './fileSources.ts';
import { paperTraining } from './paper/sets.ts';

interface PresetWords {
  name: string;
  label: string;
  sentence: string;
}

/** A preset with a dataset of its own: it is opened as a link is. */
interface OpeningPreset extends PresetWords {
  hash: () => string;
}

/** A preset for whatever is open. */
export interface SettingPreset extends PresetWords {
  table: Partial<ExperimentSettings>;
  images: Partial<ImageSettings>;
  training: Partial<TrainingSettings>;
}

export type Preset = OpeningPreset | SettingPreset;

function linkTo(said: Partial<LinkedExperiment>): string {
  return writeLink({ ...emptyExperiment(), ...said });
}

const { codec, objective, samples } = TABLE_SETTINGS.defaults;

/** The largest block of pictures that is offered. */
function largestBlock(): number {
  const { offered = [], default: usual } = IMAGE_SETTINGS.of('blockBytes');
  return Math.max(usual, ...offered.map(({ value }) => value));
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'paper-california',
    label: 'Paper, California',
    sentence:
      'California Housing at β = 13, as in the paper. You are asked for its file, and told how scikit-learn writes it.',
    hash: () =>
      linkTo({
        data: { kind: 'dataset', datasetId: CALIFORNIA, fileName: 'california_housing.csv' },
        settings: { target: 'MedHouseVal', beta: 13 },
        station: 'learn',
      }),
  },
  {
    name: 'paper-mnist',
    label: 'Paper, MNIST',
    sentence: 'LeNet5 on a fresh 10 % of MNIST in each of 100 epochs. Training starts when you press Train.',
    hash: () =>
      linkTo({
        data: { kind: 'sample', id: 'mnist' },
        images: {
          ...emptyExperiment().images,
          training: paperTraining('mnist', { ...TRAINING_SETTINGS.defaults, fraction: 0.1, seed: 1 }),
        },
        station: 'learn',
      }),
  },
  {
    name: 'smallest',
    label: 'Smallest archive',
    sentence:
      'Searches for the base to the very end, keeps no samples, and packs pictures in the largest blocks.',
    table: { codec, objective, samples, tau: TABLE_SETTINGS.of('tau').max },
    images: { codec, objective, tau: TABLE_SETTINGS.of('tau').max, blockBytes: largestBlock() },
    training: {},
  },
  {
    name: 'quick',
    label: 'Quick look',
    sentence: 'Few samples and few steps: a first impression, and no more than that.',
    table: { beta: 8, iterations: 500 },
    images: {},
    training: { epochs: 3, fraction: 0.05 },
  },
];

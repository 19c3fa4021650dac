/** Where the page keeps the settings of each table, and how it changes them. */
import type { ExperimentSettings } from '../../contracts/codec.ts';
import type { ImageSettings } from '../../contracts/images.ts';
import {
  IMAGE_SETTINGS,
  TABLE_SETTINGS,
  TRAINING_SETTINGS,
  type SettingsTable,
} from '../../contracts/settings.ts';
import type { TrainingSettings } from '../../contracts/training.ts';
import type { Lab } from '../lab.ts';

export interface Home<S extends object> {
  table: SettingsTable<S, string>;
  read: (lab: Lab) => S;
  change: (lab: Lab) => (change: Partial<S>) => void;
}

export const OF_TABLE: Home<ExperimentSettings> = {
  table: TABLE_SETTINGS,
  read: ({ settings }) => settings,
  change: ({ change }) => change,
};

export const OF_PICTURES: Home<ImageSettings> = {
  table: IMAGE_SETTINGS,
  read: ({ images }) => images.settings,
  change: ({ changeImages }) => changeImages,
};

export const OF_TRAINING: Home<TrainingSettings> = {
  table: TRAINING_SETTINGS,
  read: ({ images }) => images.training.settings,
  change: ({ planTraining }) => planTraining,
};

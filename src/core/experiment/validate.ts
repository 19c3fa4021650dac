/** Ranges of the settings, in one place: the page's controls, the link and the bench all refuse the same values. */
import { LabError } from '../errors.ts';
import { MAX_SEED } from '../random.ts';
import type { ExperimentSettings } from './settings.ts';

/** Inclusive ranges of the numeric settings. */
export const SETTING_RANGES = {
  split: { min: 0, max: MAX_SEED, whole: true },
  testFraction: { min: 0.05, max: 0.5, whole: false },
  tau: { min: 1, max: 100_000, whole: true },
  beta: { min: 1, max: 4_096, whole: true },
  learningRate: { min: 1e-6, max: 1, whole: false },
  iterations: { min: 1, max: 1_000_000, whole: true },
  seed: { min: 0, max: MAX_SEED, whole: true },
} as const;

/** @throws SETTING_OUT_OF_RANGE */
export function checkSettings(settings: ExperimentSettings): void {
  for (const [name, { min, max, whole }] of Object.entries(SETTING_RANGES)) {
    const value = settings[name as keyof typeof SETTING_RANGES];
    if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
      throw new LabError(
        'SETTING_OUT_OF_RANGE',
        `${name} is ${value}; it has to be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`,
      );
    }
  }
}

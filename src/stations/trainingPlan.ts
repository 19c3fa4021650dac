/** The trainings that a plan asks for, and which of them are the same training. */
import { widthOf, type TrainingSettings } from '../contracts/training.ts';
import type { TrainingPlan } from './lab.ts';

/** Most trainings of one plan: what a browser keeps of them. */
export const MOST_TRAININGS = 200;

/** Whether a method reads its pictures from the archive. */
export function readsArchive(method: TrainingSettings['method']): boolean {
  return method === 'dreamlearning' || method === 'dreamlearning-fixed';
}

/** The share of the training pictures that an epoch sees: of "full" always all. */
export function fractionOf({ method, fraction }: Pick<TrainingSettings, 'method' | 'fraction'>): number {
  return method === 'full' ? 1 : fraction;
}

/** Every combination of a plan, the other settings as they are: "full" once for each seed, first of all. */
export function settingsOfPlan(plan: TrainingPlan, settings: TrainingSettings): TrainingSettings[] {
  const all: TrainingSettings[] = [];
  for (const seed of plan.seeds) {
    for (const method of plan.methods) {
      const fractions = method === 'full' ? [1] : plan.fractions;
      for (const fraction of fractions) all.push({ ...settings, method, fraction, seed });
    }
  }
  return all;
}

/** How many trainings a plan comes to. */
export function countTrainings({ fractions, methods, seeds }: TrainingPlan): number {
  const isFull = methods.includes('full') ? 1 : 0;
  return seeds.length * ((methods.length - isFull) * fractions.length + isFull);
}

/** The settings that change what a training gives, as a text: equal texts are the same training. */
export function trainingKey(settings: TrainingSettings): string {
  const { method, sampling } = settings;
  return JSON.stringify([
    ...[settings.network, widthOf(settings), method, fractionOf(settings)],
    ...[method === 'full' ? 'all' : sampling, settings.epochs, settings.batch, settings.rate],
    ...[settings.decay, settings.momentum, settings.nesterov, settings.weightDecay, settings.augment],
    ...[settings.seed, settings.prefetch],
  ]);
}

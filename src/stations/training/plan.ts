/** The trainings that a plan asks for, and which of them are the same training. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import { TRAINING_SETTINGS, usesFraction, type TrainingSettings } from '../../contracts/training.ts';
import type { TrainingPlan } from '../lab/training.ts';

/** Most trainings of one plan: what a browser keeps of them. */
export const MOST_TRAININGS = 200;

/** Whether a method reads its pictures from the archive. */
export function readsArchive(method: TrainingSettings['method']): boolean {
  return METHOD_METAS.byName(method).source === 'archive';
}

/** Every combination of a plan, the other settings as they are: full training once for each seed. */
export function settingsOfPlan(plan: TrainingPlan, settings: TrainingSettings): TrainingSettings[] {
  const all: TrainingSettings[] = [];
  for (const seed of plan.seeds) {
    for (const method of plan.methods) {
      const fractions = usesFraction(method) ? plan.fractions : [1];
      for (const fraction of fractions) all.push({ ...settings, method, fraction, seed });
    }
  }
  return all;
}

/** How many trainings a plan comes to. */
export function countTrainings({ fractions, methods, seeds }: TrainingPlan): number {
  const subsets = methods.filter(usesFraction).length;
  return seeds.length * (subsets * fractions.length + methods.length - subsets);
}

/** The settings that change what a training gives, as a text: equal texts are the same training. */
export function trainingKey(settings: TrainingSettings): string {
  return TRAINING_SETTINGS.keyOf('result', settings);
}

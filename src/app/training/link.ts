/**
 * What goes between a link and training. A link brings settings and starts nothing: whoever follows it sees what would
 * be trained, and plays it. While a run is shown, the link is that run's, so that it gives the same curve elsewhere.
 */
import type { LinkedImages } from '../../contracts/link.ts';
import { type TrainingSettings, usesFraction, widthOf } from '../../contracts/training.ts';
import type { ImagesState } from '../../stations/lab/pictures.ts';
import type { TrainingPlan } from '../../stations/lab/training.ts';
import { DEFAULT_TRAINING_PLAN } from '../../stations/training/state.ts';
import { isDefaultTrainingPlan, usualSettings } from './fitting.ts';

type Linked = Pick<LinkedImages, 'fraction' | 'training' | 'backend' | 'grid'>;

/** Training as a link says it: what is usual for the open pictures is left out. */
export function trainingForLink({ training, fraction, dataset }: ImagesState): Linked {
  const { runs, selected, wish, plan } = training;
  const shown = runs.find(({ id }) => id === selected)?.settings ?? null;
  const settings = shown ?? training.settings;
  const usual = usualSettings(dataset.value?.channels ?? 1);
  const said: Partial<Record<keyof TrainingSettings, unknown>> = {};
  for (const name of Object.keys(usual) as (keyof TrainingSettings)[]) {
    if (name === 'fraction' || settings[name] === usual[name]) continue;
    if (name === 'width' && widthOf(settings) === null) continue;
    said[name] = settings[name];
  }
  return {
    // Full training has no share of its own: the next one's stays.
    fraction: shown !== null && usesFraction(shown.method) ? shown.fraction : fraction,
    training: said as Partial<TrainingSettings>,
    backend: wish === 'auto' ? null : wish,
    grid: isDefaultTrainingPlan(plan) ? {} : gridOf(plan),
  };
}

/** The sides of a plan that are not empty: an empty list cannot be told from none in a link. */
function gridOf({ fractions, methods, seeds }: TrainingPlan): LinkedImages['grid'] {
  return {
    ...(fractions.length > 0 && { fractions }),
    ...(methods.length > 0 && { methods }),
    ...(seeds.length > 0 && { seeds }),
  };
}

/** The plan of a link; what it leaves out is usual. */
export function planFromLink({ fractions, methods, seeds }: LinkedImages['grid']): TrainingPlan {
  return {
    fractions: fractions ?? DEFAULT_TRAINING_PLAN.fractions,
    methods: methods ?? DEFAULT_TRAINING_PLAN.methods,
    seeds: seeds ?? DEFAULT_TRAINING_PLAN.seeds,
  };
}

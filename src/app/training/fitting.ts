/** Settings and runs of training networks: made to fit, begun, and taken back to their start. */
import type { ImageSummary } from '../../contracts/images.ts';
import { TRAINING_GRID_LIMITS } from '../../contracts/link.ts';
import { METHOD_METAS } from '../../contracts/methods.ts';
import { planNetwork, type NetworkPlan } from '../../contracts/networks.ts';
import { tidyAmount, TRAINING_SETTINGS } from '../../contracts/settings.ts';
import {
  DEFAULT_TRAINING_SETTINGS,
  fractionOf,
  nothingReached,
  usualTraining,
  type TrainingRun,
  type TrainingSettings,
} from '../../contracts/training.ts';
import type { TrainingPlan } from '../../stations/lab/training.ts';
import { trainingKey } from '../../stations/training/plan.ts';
import { DEFAULT_TRAINING_PLAN } from '../../stations/training/state.ts';

/** What pictures of so many channels are trained with unless someone says otherwise. */
export function usualSettings(channels: number): TrainingSettings {
  return { ...DEFAULT_TRAINING_SETTINGS, ...usualTraining(channels) };
}

/** Ascending values inside their ranges, each once; what is left empty stays so. */
export function tidyTrainingPlan({ fractions, methods, seeds }: TrainingPlan): TrainingPlan {
  const ascending = (values: number[], name: 'fraction' | 'seed', most: number) => {
    const finite = values.filter((value) => Number.isFinite(value));
    const tidied = new Set(finite.map((value) => tidyAmount(TRAINING_SETTINGS.of(name), value)));
    return [...tidied].sort((a, b) => a - b).slice(0, most);
  };
  return {
    fractions: ascending(fractions, 'fraction', TRAINING_GRID_LIMITS.fractions),
    methods: METHOD_METAS.names.filter((method) => methods.includes(method)),
    seeds: ascending(seeds, 'seed', TRAINING_GRID_LIMITS.seeds),
  };
}

export function isDefaultTrainingPlan(plan: TrainingPlan): boolean {
  return JSON.stringify(plan) === JSON.stringify(DEFAULT_TRAINING_PLAN);
}

/** The network of these settings for the pictures. @throws NETWORK_UNKNOWN, NETWORK_PICTURES_TOO_SMALL */
function networkFor(
  { network, width }: Pick<TrainingSettings, 'network' | 'width'>,
  { width: columns, height, channels, classes }: ImageSummary,
): NetworkPlan {
  return planNetwork(network, { width: columns, height, channels }, classes.length, width);
}

/** Names a run; secure contexts alone have `randomUUID`. */
function makeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * A run that has not begun.
 *
 * @throws NETWORK_UNKNOWN, NETWORK_PICTURES_TOO_SMALL
 */
export function newRun(summary: ImageSummary, settings: TrainingSettings): TrainingRun {
  return {
    id: makeId(),
    datasetId: summary.id,
    datasetName: summary.name,
    createdAt: Date.now(),
    settings: { ...settings, fraction: fractionOf(settings) },
    archiveId: null,
    status: 'waiting',
    backend: null,
    parameters: networkFor(settings, summary).parameters,
    ...nothingReached(),
  };
}

/** The run at its start again, with another seed if one is given. It may begin on another archive or split. */
export function rewound(run: TrainingRun, seed = run.settings.seed): TrainingRun {
  const { division: _, ...kept } = run;
  return {
    ...kept,
    ...nothingReached(),
    settings: { ...run.settings, seed },
    archiveId: null,
    status: 'paused',
  };
}

/** Whether nothing was trained yet. */
export function isAtStart({ epochs, steps, checkpoint }: TrainingRun): boolean {
  return epochs.length === 0 && steps === 0 && checkpoint === 0;
}

/** The next seed with which none of the runs has these settings. */
export function freshSeed(settings: TrainingSettings, runs: readonly TrainingRun[]): number {
  const taken = new Set(runs.map((run) => trainingKey(run.settings)));
  const { min, max } = TRAINING_SETTINGS.of('seed');
  let { seed } = settings;
  do seed = seed >= max ? min : seed + 1;
  while (taken.has(trainingKey({ ...settings, seed })));
  return seed;
}

/** In the order in which they are shown. */
export function byAge(a: TrainingRun, b: TrainingRun): number {
  return a.createdAt - b.createdAt;
}

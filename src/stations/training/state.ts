/** Training before anything was trained: what the store and the stations' tests start with. */
import { DEFAULT_TRAINING_SETTINGS } from '../../contracts/training.ts';
import { idleTask } from '../lab/task.ts';
import type { TrainingPlan, TrainingState } from '../lab/training.ts';

/** A look at what the share and the archive do, against full training; seeds are added by who wants the spread. */
export const DEFAULT_TRAINING_PLAN: Readonly<TrainingPlan> = Object.freeze({
  fractions: [0.01, 0.05, 0.1, 0.2],
  methods: ['full', 'random', 'dreamlearning'] as TrainingPlan['methods'],
  seeds: [1],
});

export function idleTraining(change: Partial<TrainingState> = {}): TrainingState {
  return {
    settings: { ...DEFAULT_TRAINING_SETTINGS },
    wish: 'auto',
    backend: idleTask(),
    runs: [],
    active: null,
    progress: null,
    queue: [],
    ofSweep: [],
    selected: null,
    plan: { ...DEFAULT_TRAINING_PLAN },
    isHeld: false,
    imported: idleTask(),
    ...change,
  };
}

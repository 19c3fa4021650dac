/** What crosses of timed trainings. */
export type { TrainingTimes } from '../core/experiment/timing.ts';

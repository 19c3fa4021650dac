/** What crosses of timed trainings. */
export type { Timing, TrainingTimes } from '../core/experiment/timing.ts';

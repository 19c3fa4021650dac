/**
 * What crosses for a contest: whatever may stand in for all training records ("contenders"), fitted by one code path
 * and judged on the same records. Errors are those that every ratio of the lab is of: the mean squared error of a
 * regression (as in the paper), the log loss of a classification.
 */
import type { ContestTask } from '../core/contenders/contest.ts';
import type { DatasetSource } from './codec.ts';

export { quartilesOf, type Quartiles } from '../core/quantiles.ts';
export type { ContestReport, Trial } from '../core/contenders/contest.ts';

/** A contest on the records of a dataset. */
export interface ContestRequest extends ContestTask {
  source: DatasetSource;
}

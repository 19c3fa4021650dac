/** The call of a contest. */
import type { ContestReport, ContestRequest, Trial } from '../contracts/contest.ts';
import { runContest } from '../core/contenders/contest.ts';
import type { Pulse } from '../core/pulse.ts';
import type { OpenDataset } from './datasets.ts';

/** @throws what `runContest` throws */
export function contest(
  { workbench }: OpenDataset,
  { source: _, ...task }: ContestRequest,
  pulse: Pulse,
  onTrial: (trial: Trial) => void,
): Promise<ContestReport> {
  return runContest(workbench, task, pulse, onTrial);
}

/** Contests over the pool of workers. A worker keeps its last split with full training on it, and goes on with that. */
import type { CodecClient } from '../../contracts/calls.ts';
import type { ContestReport, ContestRequest } from '../../contracts/contest.ts';
import { LabError } from '../../contracts/errors.ts';
import type { WorkerPool } from '../../platform/workerPool.ts';
import type { ContestEvents } from '../storeContext.ts';

const recordsOf = ({ settings, judge }: ContestRequest): string => `${settings.split} ${judge}`;

/** Runs the contests; resolves with their reports in the order of the jobs. */
export async function runContests(
  pool: Pick<WorkerPool, 'run'>,
  jobs: readonly ContestRequest[],
  { signal, onTrial }: ContestEvents,
): Promise<ContestReport[]> {
  const left = new Set(jobs);
  /** The records that each worker has at hand. */
  const atHand = new Map<CodecClient, string>();
  const reports = new Map<ContestRequest, ContestReport>();

  function take(client: CodecClient): ContestRequest {
    const others = new Set([...atHand].flatMap(([other, records]) => (other === client ? [] : [records])));
    const waiting = [...left];
    const job =
      waiting.find((one) => recordsOf(one) === atHand.get(client)) ??
      waiting.find((one) => !others.has(recordsOf(one))) ??
      waiting.at(0);
    if (job === undefined) throw new LabError('INTERNAL', 'There are more turns than contests.');
    left.delete(job);
    atHand.set(client, recordsOf(job));
    return job;
  }

  function turn(): (client: CodecClient, stop: AbortSignal) => Promise<void> {
    // A turn that is tried again in another worker keeps its job.
    let job: ContestRequest | null = null;
    return async (client, stop) => {
      const mine = (job ??= take(client));
      const report = await client.contest(mine, (trial) => onTrial(mine, trial), { signal: stop });
      reports.set(mine, report);
    };
  }
  await pool.run(jobs.map(turn), { signal });
  return jobs.flatMap((job) => reports.get(job) ?? []);
}

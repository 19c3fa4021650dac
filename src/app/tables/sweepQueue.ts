/**
 * In which order the workers take the trainings of a sweep. A worker keeps the last value of every stage (records of
 * a split, base search, order of the analytics bits), so it goes on where most of that is of use.
 */
import type { CodecClient } from '../../contracts/calls.ts';
import type { SweepCell } from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import type { WorkerPool } from '../../platform/workerPool.ts';
import type { SweepEvents, SweepJob } from '../storeContext.ts';

/** What the stages depend on, the outermost first; a stage is of use only where all before it are. */
function stagesOf({ settings }: SweepJob): string[] {
  const { split, ratio, codec, tau, order, beta } = settings;
  return [
    `${split} ${ratio}`,
    `${codec} ${tau}`,
    // The pool's order belongs to one β.
    order === 'pool' ? `${order} ${beta}` : order,
  ];
}

function shared(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}

interface SweepQueue<W, J> {
  /** The next job for this worker, taken out; null when none is left. */
  take: (worker: W) => J | null;
}

export function createSweepQueue<W extends object, J extends SweepJob>(jobs: readonly J[]): SweepQueue<W, J> {
  const left = jobs
    .map((job) => ({ job, stages: stagesOf(job) }))
    // Training on all rows takes longest: within its split it goes first.
    .sort((a, b) => Number(b.job.method === 'full') - Number(a.job.method === 'full'));
  /** The stages that each worker has kept. */
  const kept = new Map<W, readonly string[]>();

  /** Jobs whose outermost stage nobody else is at come first for a worker that begins another one. */
  function isOthers(worker: W, stages: readonly string[]): boolean {
    return [...kept].some(([other, theirs]) => other !== worker && theirs[0] === stages[0]);
  }

  return {
    take(worker) {
      const mine = kept.get(worker) ?? [];
      let best = -1;
      let bestWorth = -1;
      left.forEach(({ stages }, index) => {
        const worth = 2 * shared(mine, stages) + (isOthers(worker, stages) ? 0 : 1);
        if (worth > bestWorth) {
          best = index;
          bestWorth = worth;
        }
      });
      if (best < 0) return null;
      const [{ job, stages }] = left.splice(best, 1);
      kept.set(worker, stages);
      return job;
    },
  };
}

/** What a single point of the grid can fail of, where the others need not. */
export const OF_ONE_POINT: readonly LabError['code'][] = ['MODEL_DIVERGED', 'MODEL_OVERFLOW'];

type Outcome<J> = { job: J; cell: SweepCell } | { job: J; error: LabError };

/** Runs the jobs over the pool: as many turns as there are jobs, each taking the one that suits its worker. */
export async function runSweep<J extends SweepJob>(
  pool: Pick<WorkerPool, 'run'>,
  jobs: readonly J[],
  { signal, onCell, onFailed }: SweepEvents<J>,
): Promise<void> {
  const queue = createSweepQueue<CodecClient, J>(jobs);
  function turn(): (client: CodecClient, stop: AbortSignal) => Promise<Outcome<J>> {
    // A turn that is tried again in another worker keeps its job.
    let job: J | null = null;
    return async (client, stop) => {
      job ??= queue.take(client);
      if (job === null) throw new LabError('INTERNAL', 'The sweep has more turns than trainings.');
      const { source, settings, method, part } = job;
      try {
        return { job, cell: await client.sweepCell({ source, settings, method, part }, { signal: stop }) };
      } catch (thrown) {
        if (thrown instanceof LabError && OF_ONE_POINT.includes(thrown.code)) return { job, error: thrown };
        throw thrown;
      }
    };
  }
  await pool.run(jobs.map(turn), {
    signal,
    onDone: (_index, outcome) => {
      if ('cell' in outcome) onCell(outcome.job, outcome.cell);
      else onFailed(outcome.job, outcome.error);
    },
  });
}

import { expect, it } from 'vitest';
import type { CodecClient } from '../../contracts/calls.ts';
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import type { ContestReport, ContestRequest, Trial } from '../../contracts/contest.ts';
import type { WorkerPool } from '../../platform/workerPool.ts';
import { runContests } from './contestQueue.ts';

const jobOf = (split: number, name: string): ContestRequest => ({
  source: { kind: 'sample', id: 'diamonds' },
  settings: { ...DEFAULT_SETTINGS, split },
  judge: 'validation',
  learner: 'regression',
  betas: [4],
  contenders: [{ name, draws: 1 }],
});

/** Two workers that take turns, one after the other. */
function poolOf(names: readonly string[]) {
  const taken: string[] = [];
  const clients = names.map(
    (worker) =>
      ({
        async contest(request: ContestRequest, onTrial: (trial: Trial) => void) {
          const [{ name }] = request.contenders;
          taken.push(`${worker}: ${request.settings.split} ${name}`);
          onTrial({ contender: name, beta: 4, samples: 9, errors: [1], seconds: { making: 0, fitting: 0 } });
          return { split: request.settings.split, trials: [] } as unknown as ContestReport;
        },
      }) as unknown as CodecClient,
  );
  const run = (async (turns: ((client: CodecClient, stop: AbortSignal) => Promise<void>)[]) => {
    for (const [k, turn] of turns.entries())
      await turn(clients[k % clients.length], new AbortController().signal);
  }) as unknown as WorkerPool['run'];
  return { taken, pool: { run } };
}

it('keeps a worker at the records that it has, and others away from them', async () => {
  const { taken, pool } = poolOf(['a', 'b']);
  const jobs = [1, 2, 3].flatMap((split) => ['condensed', 'random'].map((name) => jobOf(split, name)));
  const told: string[] = [];
  const reports = await runContests(pool, jobs, {
    signal: new AbortController().signal,
    onTrial: (job, { contender }) => told.push(`${job.settings.split} ${contender}`),
  });
  expect(taken).toEqual([
    ...['a: 1 condensed', 'b: 2 condensed', 'a: 1 random', 'b: 2 random'],
    ...['a: 3 condensed', 'b: 3 random'],
  ]);
  expect(reports.map(({ split }) => split)).toEqual([1, 1, 2, 2, 3, 3]);
  expect(told).toHaveLength(6);
});

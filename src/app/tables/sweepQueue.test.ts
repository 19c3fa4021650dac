import { describe, expect, it } from 'vitest';
import type { CodecClient } from '../../contracts/calls.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings, type Method } from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import type { SweepJob } from '../storeContext.ts';
import { createSweepQueue, runSweep } from './sweepQueue.ts';
import { createFakeLab } from '../testing/fakeServices.ts';

const source = { kind: 'sample', id: 'diamonds' } as const;

function job(change: Partial<ExperimentSettings>, method: Method = 'condensed'): SweepJob {
  return { source, method, part: 'descent', settings: { ...DEFAULT_SETTINGS, ...change } };
}

/** A grid in an order that suits nobody. */
function grid(): SweepJob[] {
  return [4, 8, 12].flatMap((beta) =>
    ['entrogede', 'greedygd'].flatMap((codec) => [1, 2].map((split) => job({ beta, codec, split }))),
  );
}

function stageOf({ settings }: SweepJob): string {
  return `${settings.split} ${settings.codec}`;
}

describe('createSweepQueue', () => {
  it('keeps a worker on one split and codec until they are done', () => {
    const queue = createSweepQueue(grid());
    const workers = [{ name: 'a' }, { name: 'b' }];
    const seen = workers.map((): string[] => []);
    for (let turn = 0; turn < 12; turn++) {
      const taken = queue.take(workers[turn % 2]);
      expect(taken).not.toBeNull();
      if (taken !== null) seen[turn % 2].push(stageOf(taken));
    }
    // Each worker has a split of its own, and changes its codec once.
    for (const stages of seen) {
      expect(new Set(stages.map((stage) => stage.split(' ')[0])).size).toBe(1);
      expect(stages.filter((stage, k) => k > 0 && stage !== stages[k - 1])).toHaveLength(1);
    }
    expect(queue.take(workers[0])).toBeNull();
  });

  it('helps out in another split once its own is done, and gives every job once', () => {
    const jobs = [...grid().filter(({ settings }) => settings.split === 1), job({ split: 2 }, 'full')];
    const queue = createSweepQueue(jobs);
    const workers = [{}, {}];
    expect(queue.take(workers[0])?.method).toBe('full');
    const rest = Array.from({ length: 6 }, (_, k) => queue.take(workers[k % 2]));
    expect(new Set(rest).size).toBe(6);
    expect(queue.take(workers[1])).toBeNull();
  });
});

describe('runSweep', () => {
  const { client } = createFakeLab().services;
  const jobs = [job({ beta: 1 }), job({ beta: 2 }), job({ beta: 3 })];

  /** A pool of one worker that tries a turn again after a crash, as the real one does. */
  function poolOf(worker: CodecClient): Parameters<typeof runSweep>[0] {
    return {
      async run(turns, { signal = new AbortController().signal, onDone } = {}) {
        const results = [];
        for (const [index, turn] of turns.entries()) {
          const value = await turn(worker, signal).catch((thrown: unknown) => {
            if (thrown instanceof LabError && thrown.code === 'WORKER_CRASHED') return turn(worker, signal);
            throw thrown;
          });
          onDone?.(index, value);
          results.push(value);
        }
        return results;
      },
    };
  }

  it('goes on past a point that cannot be trained, and tries a crashed one again', async () => {
    let crashes = 1;
    const worker: CodecClient = {
      ...client,
      sweepCell: (request, options) => {
        if (request.settings.beta === 2) return Promise.reject(new LabError('MODEL_DIVERGED', 'Too fast.'));
        if (request.settings.beta === 3 && crashes-- > 0)
          return Promise.reject(new LabError('WORKER_CRASHED', 'Gone.'));
        return client.sweepCell(request, options);
      },
    };
    const done: number[] = [];
    const failed: string[] = [];
    await runSweep(poolOf(worker), jobs, {
      signal: new AbortController().signal,
      onCell: ({ settings }) => done.push(settings.beta),
      onFailed: ({ settings }, error) => failed.push(`${settings.beta} ${error.code}`),
    });
    expect(done).toEqual([1, 3]);
    expect(failed).toEqual(['2 MODEL_DIVERGED']);
  });

  it('ends with any other failure', async () => {
    const worker: CodecClient = {
      ...client,
      sweepCell: () => Promise.reject(new LabError('FILE_UNREADABLE', 'Gone.')),
    };
    const events = { signal: new AbortController().signal, onCell: () => {}, onFailed: () => {} };
    await expect(runSweep(poolOf(worker), jobs, events)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

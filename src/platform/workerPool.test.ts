import { afterEach, expect, it, vi } from 'vitest';
import type { CodecClient } from '../contracts/calls.ts';
import { LabError } from '../core/errors.ts';
import { createWorkshop, type FakeWorkshop } from './testing/fakeWorker.ts';
import type { HostedService } from './codecHost.ts';
import { createWorkerPool, type Job, type WorkerPool } from './workerPool.ts';

let pool: WorkerPool;
afterEach(() => {
  pool.dispose();
});

const soon = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const forever = () => new Promise<never>(() => undefined);

function start(
  size: number,
  makeService: (index: number, workshop: () => FakeWorkshop) => Partial<HostedService>,
  idleMs?: number,
): FakeWorkshop {
  const workshop: FakeWorkshop = createWorkshop((index) => makeService(index, () => workshop));
  pool = createWorkerPool(workshop.makeWorker, size, {
    baseUrl: 'http://here/',
    locks: workshop.locks,
    idleMs,
  });
  return workshop;
}

/** Jobs that inspect record 0, 1, …; the service answers with what `answer` says. */
function jobs(count: number): Job<unknown>[] {
  return Array.from(
    { length: count },
    (_none, record) => (client: CodecClient, signal: AbortSignal) =>
      client.inspect({ archiveId: 'a', record }, { signal }),
  );
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (thrown: unknown) => (thrown instanceof LabError ? thrown.code : String(thrown)),
  );

it('runs the jobs over its workers, one at a time in each, and keeps their order', async () => {
  let running = 0;
  let most = 0;
  const { made } = start(3, () => ({
    async inspect({ record }) {
      most = Math.max(most, ++running);
      await soon(20 - (record ?? 0));
      running -= 1;
      return record as never;
    },
  }));
  const onDone = vi.fn();
  expect(await pool.run(jobs(10), { onDone })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(most).toBe(3);
  expect(made).toHaveLength(3);
  expect(onDone).toHaveBeenCalledTimes(10);
  expect(onDone).toHaveBeenCalledWith(7, 7);
  expect(await pool.run([])).toEqual([]);
});

it('shares its workers between runs', async () => {
  const { made } = start(2, () => ({ inspect: async ({ record }) => record as never }));
  const results = await Promise.all([pool.run(jobs(5)), pool.run(jobs(5)), pool.run(jobs(1))]);
  expect(results.map((result) => result.length)).toEqual([5, 5, 1]);
  expect(made).toHaveLength(2);
});

it('fails with the first failure and cancels the rest', async () => {
  const started: unknown[] = [];
  start(2, () => ({
    async inspect({ record }, pulse) {
      started.push(record);
      if (record === 1) throw new LabError('RECORD_OUT_OF_RANGE', 'no such record');
      for (;;) await pulse.beat({ phase: '', done: 0, total: null, unit: 'rows' });
    },
  }));
  expect(await codeOf(pool.run(jobs(8)))).toBe('RECORD_OUT_OF_RANGE');
  await soon(50);
  expect(started).toEqual([0, 1]);
});

it('is cancelled at once, stuck workers or not, and usable afterwards', async () => {
  let stuck = true;
  start(2, () => ({ inspect: async ({ record }) => (stuck ? forever() : (record as never)) }));
  const stop = new AbortController();
  const run = codeOf(pool.run(jobs(4), { signal: stop.signal }));
  await soon(30);
  const before = performance.now();
  stop.abort();
  expect(await run).toBe('CANCELLED');
  expect(performance.now() - before).toBeLessThan(200);
  expect(await codeOf(pool.run(jobs(1), { signal: stop.signal }))).toBe('CANCELLED');
  stuck = false;
  expect(await pool.run(jobs(3))).toEqual([0, 1, 2]);
});

it('tries a job once more when its worker crashed', async () => {
  const { made } = start(2, (index, workshop) => ({
    async inspect({ record }) {
      if (index === 0) {
        setTimeout(() => {
          workshop().made[0].die();
        });
        return forever();
      }
      await soon(20);
      return record as never;
    },
  }));
  expect(await pool.run(jobs(4))).toEqual([0, 1, 2, 3]);
  expect(made).toHaveLength(3);
});

it('gives up on a job that crashes its worker twice', async () => {
  const { made } = start(1, (index, workshop) => ({
    inspect() {
      setTimeout(() => {
        workshop().made[index].die();
      });
      return forever();
    },
  }));
  expect(await codeOf(pool.run(jobs(3)))).toBe('WORKER_CRASHED');
  expect(made).toHaveLength(2);
});

it('gives back the memory of idle workers, and starts new ones later', async () => {
  const { made } = start(2, () => ({ inspect: async ({ record }) => record as never }), 40);
  await pool.run(jobs(4));
  expect(made.some(({ terminated }) => terminated)).toBe(false);
  await vi.waitFor(() => {
    expect(made.every(({ terminated }) => terminated)).toBe(true);
  });
  expect(await pool.run(jobs(1))).toEqual([0]);
});

it('ends its runs when it is disposed of', async () => {
  start(1, () => ({ inspect: forever }));
  const runs = [codeOf(pool.run(jobs(2))), codeOf(pool.run(jobs(2)))];
  await soon(30);
  pool.dispose();
  expect(await Promise.all(runs)).toEqual(['CANCELLED', 'CANCELLED']);
});

it('has between one and eight workers', () => {
  pool = createWorkerPool(() => {
    throw new Error('not needed');
  });
  expect(pool.size).toBeGreaterThanOrEqual(1);
  expect(pool.size).toBeLessThanOrEqual(8);
});

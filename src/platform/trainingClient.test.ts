import { afterEach, expect, it, vi } from 'vitest';
import type { EpochReport, TrainingRun } from '../contracts/training.ts';
import type { TrainingEvent, TrainRequest } from '../contracts/trainingCalls.ts';
import type { HostedTraining } from '../contracts/trainingHost.ts';
import { LabError } from '../core/errors.ts';
import { createTrainingWorkshop, type FakeWorkshop } from './testing/fakeWorker.ts';
import { createTrainingClient, type DisposableTrainingClient } from './trainingClient.ts';
import type { WorkerClientOptions } from './workerClient.ts';

let client: DisposableTrainingClient;
const ports: MessagePort[] = [];
afterEach(() => {
  client.dispose();
  for (const port of ports.splice(0)) port.close();
});

function start(
  makeService: (index: number) => Partial<HostedTraining>,
  options: WorkerClientOptions = {},
): FakeWorkshop {
  const workshop = createTrainingWorkshop(makeService);
  client = createTrainingClient(workshop.makeWorker, {
    baseUrl: 'http://here/',
    locks: workshop.locks,
    ...options,
  });
  return workshop;
}

const runAt = (steps: number, status: TrainingRun['status'] = 'running'): TrainingRun =>
  ({ id: 'r', steps, status }) as TrainingRun;

/** A request with ports of its own, and the page's ends of them. */
function requestOf(second = true): { request: TrainRequest; ours: MessagePort[] } {
  const channels = Array.from({ length: second ? 2 : 1 }, () => new MessageChannel());
  const ours = channels.map(({ port1 }) => port1);
  ports.push(...ours);
  return {
    ours,
    request: {
      ...{ run: runAt(0), wish: 'auto', fresh: false, budget: Infinity },
      pixels: channels[0].port2,
      testPixels: channels[1]?.port2 ?? null,
    },
  };
}

const forever = () => new Promise<never>(() => undefined);
const soon = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const progress = { phase: 'Training', done: 1, total: 2, unit: 'steps' };
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (thrown: unknown) => (thrown instanceof LabError ? thrown.code : String(thrown)),
  );

it('takes ports along, tells epochs and runs, and gives the run', async () => {
  start(() => ({
    async train({ pixels, testPixels, budget }, pulse, tell) {
      pixels.postMessage('training pictures');
      testPixels?.postMessage('test pictures');
      tell({ kind: 'epoch', id: 'r', epoch: { epoch: 1 } as EpochReport });
      tell({ kind: 'run', run: runAt(1) });
      await pulse.beat(progress);
      await soon(20);
      return runAt(budget === Infinity ? 2 : 0, 'done');
    },
  }));
  const { request, ours } = requestOf();
  const spoken: unknown[] = [];
  for (const port of ours) port.onmessage = ({ data }) => spoken.push(data);
  const told: TrainingEvent[] = [];
  const onProgress = vi.fn();
  expect(await client.train(request, (event) => told.push(event), { onProgress })).toEqual(runAt(2, 'done'));
  expect(spoken.sort()).toEqual(['test pictures', 'training pictures']);
  expect(told.map(({ kind }) => kind)).toEqual(['epoch', 'run']);
  expect(onProgress).toHaveBeenCalledExactlyOnceWith(progress);
});

it('pauses: a cancelled training resolves with the run as far as it came, however long its step takes', async () => {
  const { made } = start(() => ({
    async train(_request, pulse) {
      for (let step = 0; ; step++) {
        try {
          await pulse.beat(progress);
        } catch {
          await soon(1_500); // longer than other work gets
          return runAt(step, 'paused');
        }
      }
    },
  }));
  const stop = new AbortController();
  const training = client.train(requestOf(false).request, () => {}, { signal: stop.signal });
  await soon(100);
  stop.abort();
  const run = await training;
  expect(run.status).toBe('paused');
  expect(run.steps).toBeGreaterThan(0);
  expect(made[0].terminated).toBe(false);
});

it('ends with its worker, and is not sent again: its ports went with it', async () => {
  const { made } = start((index) => (index === 0 ? { train: forever } : { release: async () => null }));
  const training = codeOf(client.train(requestOf().request, () => {}));
  await soon(50);
  made[0].die();
  expect(await training).toBe('WORKER_CRASHED');
  expect(await client.release({ runId: 'r' })).toBeNull();
  expect(made).toHaveLength(2);
});

it('is not sent again to a worker that takes the place of a stuck one', async () => {
  const trained = vi.fn(forever);
  const { made } = start(() => ({ train: trained, exportModel: forever }), { graceMs: 20 });
  const training = codeOf(client.train(requestOf().request, () => {}));
  const stop = new AbortController();
  const stuck = codeOf(client.exportModel({ runId: 'r' }, { signal: stop.signal }));
  await vi.waitFor(() => expect(trained).toHaveBeenCalled());
  stop.abort();
  expect([await stuck, await training]).toEqual(['CANCELLED', 'WORKER_CRASHED']);
  expect(trained).toHaveBeenCalledOnce();
  expect(made).toHaveLength(2);
});

it('has the other calls, too', async () => {
  start(() => ({
    chooseBackend: async ({ wish }) => ({ name: wish }) as never,
    exportModel: async ({ runId }) => ({ name: `${runId}.zip`, file: new Blob(['PK']) }),
    async evaluateModel({ testPixels, files }) {
      testPixels.postMessage('pictures, please');
      return { name: files[0].name } as never;
    },
    loseDevice: async () => true,
    release: () => Promise.reject(new LabError('TRAINING_NO_CHECKPOINT', 'There is none.')),
  }));
  expect(await client.chooseBackend({ wish: 'cpu' })).toEqual({ name: 'cpu' });
  const made = await client.exportModel({ runId: 'r' });
  expect([made.name, await made.file.text()]).toEqual(['r.zip', 'PK']);
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  const spoken = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  const files = [{ name: 'model.json' } as File];
  expect(await client.evaluateModel({ files, wish: 'auto', testPixels: port2 })).toEqual({
    name: 'model.json',
  });
  expect(await spoken).toBe('pictures, please');
  expect(await client.loseDevice()).toBe(true);
  expect(await codeOf(client.release({ runId: 'r' }))).toBe('TRAINING_NO_CHECKPOINT');
});

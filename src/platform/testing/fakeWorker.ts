/** A worker for tests in Node: the real host behind a message channel, that can crash, fail to start or die. */
import type { Endpoint } from 'comlink';
import { CODEC_CALLS } from '../../contracts/calls.ts';
import type { DescentState } from '../../contracts/codec.ts';
import { TRAINING_CALLS } from '../../contracts/trainingCalls.ts';
import type { HostedTraining } from '../../contracts/trainingHost.ts';
import type { WorkerLike } from '../workerConnection.ts';
import { exposeCodecHost, type HostedService } from '../codecHost.ts';
import { exposeTrainingHost } from '../trainingHost.ts';
import { createFakeLocks } from './fakeLocks.ts';
import { unexpectedCalls } from './unexpectedCalls.ts';

interface FakeWorker extends WorkerLike {
  terminated: boolean;
  /** The worker is gone without a word: the browser releases its locks and tells the page nothing. */
  die(): void;
  /** An event on the worker object, as the browser sends it. */
  fire(type: 'error' | 'messageerror', message?: string): void;
}

/** Makes workers, each over a service of its own, and keeps them in `made`. */
export interface FakeWorkshop {
  makeWorker: () => FakeWorker;
  made: FakeWorker[];
  locks: LockManager;
}

/**
 * Workers that encode.
 * @param makeService the service of the worker with the given number (0, 1, …), or null for a script that never runs
 */
export function createWorkshop(makeService: (index: number) => Partial<HostedService> | null): FakeWorkshop {
  return createWorkers((index, endpoint, locks) => {
    const service = makeService(index);
    if (service) exposeCodecHost(() => ({ ...unexpectedCalls(CODEC_CALLS), ...service }), endpoint, locks);
  });
}

/** Workers that train. */
export function createTrainingWorkshop(
  makeService: (index: number) => Partial<HostedTraining>,
): FakeWorkshop {
  return createWorkers((index, endpoint, locks) => {
    const service = { ...unexpectedCalls(TRAINING_CALLS), ...makeService(index) };
    exposeTrainingHost(() => service, endpoint, locks);
  });
}

/** @param run what the script of the worker with the given number does */
function createWorkers(run: (index: number, endpoint: Endpoint, locks: LockManager) => void): FakeWorkshop {
  const locks = createFakeLocks();
  const made: FakeWorker[] = [];

  function makeWorker(): FakeWorker {
    const index = made.length;
    const holder = `worker ${index}`;
    const events = new EventTarget();
    const { port1, port2 } = new MessageChannel();
    run(index, port2, locks.as(holder));
    const gone = () => {
      port1.close();
      port2.close();
      locks.die(holder);
    };
    const targetOf = (type: string): EventTarget => (type === 'message' ? port1 : events);
    const worker: FakeWorker = {
      terminated: false,
      postMessage(message: unknown, transfer?: unknown) {
        port1.postMessage(message, transfer as Transferable[]);
      },
      addEventListener(type: string, listener: EventListenerOrEventListenerObject) {
        targetOf(type).addEventListener(type, listener);
        if (type === 'message') port1.start();
      },
      removeEventListener(type: string, listener: EventListenerOrEventListenerObject) {
        targetOf(type).removeEventListener(type, listener);
      },
      terminate() {
        worker.terminated = true;
        gone();
      },
      die: gone,
      fire(type, message) {
        events.dispatchEvent(Object.assign(new Event(type), message === undefined ? {} : { message }));
      },
    };
    made.push(worker);
    return worker;
  }

  return { makeWorker, made, locks: locks.as('page') };
}

/** A descent's state at the given iteration; the other numbers mean nothing. */
export function stateAt(iteration: number): DescentState {
  return {
    method: 'full',
    samples: 1,
    width: 1,
    learningRate: 0.001,
    iteration,
    theta: new Float64Array([iteration]),
    lossAt: [],
    losses: [],
    windowLoss: 0,
    windowIteration: 0,
    seconds: 0,
    touched: 0,
    stop: 'running',
    score: {
      task: 'regression',
      test: { mse: 0, r2: 0 },
      train: { mse: 0, r2: 0 },
      floor: { mse: 0, r2: 0 },
      classes: null,
    },
  };
}

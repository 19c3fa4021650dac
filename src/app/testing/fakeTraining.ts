/** A trainer for tests: it counts epochs, waits where it is told to, and fails as it is told to. */
import type { CodecClient } from '../../contracts/calls.ts';
import { LabError } from '../../contracts/errors.ts';
import type { ServedPictures } from '../../contracts/subsetPort.ts';
import {
  type BackendChoice,
  type EpochReport,
  type Evaluation,
  fractionOf,
  type TrainingFacts,
  type TrainingRun,
} from '../../contracts/training.ts';
import type { TrainingClient, TrainRequest } from '../../contracts/trainingCalls.ts';
import type { CallOptions } from '../../contracts/workerCalls.ts';
import type { RunStore } from '../../platform/runStore.ts';
import { readsArchive } from '../../stations/training/plan.ts';
import type { Answer } from './fakeAnswers.ts';
import { noPictures } from './fakePictures.ts';

export interface FakeTraining {
  /** What was asked of the trainer, in its order. */
  requests: TrainRequest[];
  /** The runs that the browser keeps, and the epochs of their checkpoints. */
  kept: Map<string, TrainingRun>;
  checkpoints: Map<string, number>;
  /** Epochs after which a training waits until it is stopped; Infinity never. */
  waitAt: number;
  /** What the trainings end with after one epoch: the call itself fails, or it gives a run that failed. */
  failure: { by: 'call' | 'run'; error: LabError } | null;
  /** How often a fresh worker was asked for. */
  renewals: number;
  /** Pictures that are served now, and how to make that fail. */
  serving: { served: ServedPictures; fail: (error: LabError) => void }[];
}

export function createFakeTraining(): FakeTraining {
  return {
    requests: [],
    kept: new Map(),
    checkpoints: new Map(),
    waitAt: Infinity,
    failure: null,
    renewals: 0,
    serving: [],
  };
}

const WASM: BackendChoice = {
  name: 'wasm',
  device: 'WebAssembly SIMD',
  forced: false,
  reason: 'There is no WebGPU here.',
  trials: [],
};

function factsOf({ settings }: TrainingRun): TrainingFacts {
  const subsetRecords = Math.max(1, Math.round(8 * fractionOf(settings)));
  const isOfArchive = readsArchive(settings.method);
  return {
    ...{ width: 2, height: 2, channels: 1, classes: 2, trainRecords: 8, testRecords: 2 },
    ...{ subsetRecords, stepsPerEpoch: 1, rawBytes: 32, storageRatio: isOfArchive ? 0.5 : null },
    ...{ pixels: isOfArchive ? 'archive' : 'raw', testPixels: 'raw' },
    fidelity: isOfArchive ? { kind: 'exact' } : null,
    ...{ mean: [0.5], deviation: [0.2] },
  };
}

function epochOf(epoch: number): EpochReport {
  return {
    ...{ epoch, steps: 1, pictures: 1, rate: 0.05, loss: 1 / epoch, trainAccuracy: 0.5 },
    distinctRecords: epoch,
    seconds: { fetch: 0.1, wait: 0, train: 0.9, evaluate: 0.1, select: 0 },
    test: { accuracy: 0.9, loss: 0.3 },
  };
}

function evaluationOf(epoch: number, accuracy = 0.9): Evaluation {
  return {
    ...{ epoch, accuracy, loss: 0.3, records: 2, confusion: Uint32Array.of(1, 0, 0, 1), seconds: 0.1 },
    worst: {
      pictures: noPictures(),
      predicted: new Uint16Array(0),
      confidence: new Float32Array(0),
      truth: new Float32Array(0),
    },
  };
}

function stopped(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve());
  });
}

export function fakeTrainer(training: FakeTraining, answer: Answer): TrainingClient {
  async function train(
    request: TrainRequest,
    onEvent: Parameters<TrainingClient['train']>[1],
    { signal, onProgress }: CallOptions = {},
  ): Promise<TrainingRun> {
    training.requests.push(request);
    const start = request.fresh ? [] : request.run.epochs;
    let run: TrainingRun = {
      ...{ ...request.run, status: 'running', epochs: start, backend: WASM, parameters: 100 },
      facts: factsOf(request.run),
    };
    onEvent({ kind: 'run', run });
    const last = Math.min(run.settings.epochs, start.length + request.budget);
    for (let epoch = start.length + 1; epoch <= last; epoch++) {
      if (run.epochs.length >= training.waitAt) await stopped(signal);
      await Promise.resolve();
      if (signal?.aborted) break;
      onProgress?.({ phase: `Epoch ${epoch} of ${run.settings.epochs}`, done: 1, total: 1, unit: 'steps' });
      const report = epochOf(epoch);
      onEvent({ kind: 'epoch', id: run.id, epoch: report });
      run = { ...run, epochs: [...run.epochs, report], steps: epoch, checkpoint: epoch };
      run.evaluation = evaluationOf(epoch);
      training.checkpoints.set(run.id, epoch);
      onEvent({ kind: 'run', run });
      if (training.failure?.by === 'call') throw training.failure.error;
      if (training.failure?.by === 'run') {
        return { ...run, status: 'failed', error: training.failure.error.report() };
      }
    }
    return { ...run, status: run.epochs.length === run.settings.epochs ? 'done' : 'paused' };
  }
  return {
    chooseBackend: ({ wish }, options) =>
      answer(`chooseBackend ${wish}`, () => ({ ...WASM, forced: wish !== 'auto' }), options),
    train(request, onEvent, options) {
      const { method, fraction, seed } = request.run.settings;
      return answer(`train ${method} ${fraction} ${seed}`, () => null).then(() =>
        train(request, onEvent, options),
      );
    },
    exportModel: ({ runId }, options) =>
      answer('exportModel', () => ({ name: `${runId}.tfjs.zip`, file: new Blob(['PK']) }), options),
    evaluateModel: ({ files }, options) =>
      answer(
        'evaluateModel',
        () => ({ name: files[0].name, parameters: 100, layers: 3, evaluation: evaluationOf(0, 0.8) }),
        options,
      ),
    release: (_request, options) => answer('release', () => null, options),
    loseDevice: (options) => answer('loseDevice', () => true, options),
  };
}

/** Serves until it is told to stop, or made to fail. */
export function fakeServing(training: FakeTraining, calls: string[]): CodecClient['serveSubsets'] {
  return ({ served }, options) =>
    new Promise((_resolve, reject) => {
      calls.push(`serve ${served.kind === 'raw' ? 'raw' : served.archiveId}`);
      const entry = { served, fail: end };
      function end(error: LabError): void {
        training.serving = training.serving.filter((one) => one !== entry);
        reject(error);
      }
      training.serving.push(entry);
      options?.signal?.addEventListener('abort', () => end(new LabError('CANCELLED', 'Cancelled.')));
    });
}

export function fakeRunStore(training: FakeTraining): RunStore {
  return {
    async save(run, checkpoint) {
      training.kept.set(run.id, structuredClone(run));
      training.checkpoints.set(run.id, checkpoint.epoch);
    },
    load: async () => null,
    list: async (datasetId) =>
      [...training.kept.values()]
        .filter((run) => run.datasetId === datasetId)
        .map((run) => structuredClone(run)),
    async write(run) {
      training.kept.set(run.id, structuredClone(run));
    },
    async remove(ids) {
      for (const id of ids === 'all' ? [...training.kept.keys()] : ids) {
        training.kept.delete(id);
        training.checkpoints.delete(id);
      }
    },
  };
}

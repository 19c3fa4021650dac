/** A training service in memory for tests: its store, its backend, its pictures, and pulses that cancel. */
import { memory } from '@tensorflow/tfjs-core';
import type { Checkpoint, TrainingRun, TrainingSettings } from '../../contracts/training.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../contracts/training.ts';
import type { TrainingEvent, TrainRequest } from '../../contracts/trainingCalls.ts';
import type { CheckpointStore } from '../../contracts/trainingHost.ts';
import { LabError } from '../../core/errors.ts';
import { SILENT_PULSE, type Pulse } from '../../core/pulse.ts';
import type { OpenBackend } from '../backends/openBackend.ts';
import { begunAnew } from '../training/runs.ts';
import { createTrainingService } from '../training/trainingService.ts';
import { servePictures, type MadePictures, type PictureServer } from './servedPictures.ts';

export function runOf(settings: Partial<TrainingSettings>, id = 'run'): TrainingRun {
  const blank = {
    id,
    datasetId: 'made',
    datasetName: 'Made up',
    createdAt: 0,
    settings: { ...DEFAULT_TRAINING_SETTINGS, ...settings },
    archiveId: null,
    status: 'waiting',
    parameters: 0,
    backend: null,
    notices: [],
    epochs: [],
  };
  return begunAnew(blank as unknown as TrainingRun);
}

/** Cancels once it has been asked so many times whether it is due: about once a batch. */
export function cancelAfter(asked: number): Pulse {
  let left = asked;
  return {
    due: () => --left <= 0,
    async beat() {
      if (left <= 0) throw new LabError('CANCELLED', 'Cancelled by a test.');
    },
  };
}

export interface MemoryStore extends CheckpointStore {
  kept: Map<string, { run: TrainingRun; checkpoint: Checkpoint }>;
  saves: number;
  /** Every save fails with it from now on. */
  failure: LabError | null;
}

export function memoryStore(): MemoryStore {
  const store: MemoryStore = {
    kept: new Map(),
    saves: 0,
    failure: null,
    async save(run, checkpoint) {
      if (store.failure !== null) throw store.failure;
      store.saves++;
      store.kept.set(run.id, structuredClone({ run, checkpoint }));
    },
    async load(runId) {
      return structuredClone(store.kept.get(runId)?.checkpoint ?? null);
    },
  };
  return store;
}

export interface TrainingBench {
  store: MemoryStore;
  service: ReturnType<typeof createTrainingService>;
  /** As when the browser takes the device away. */
  loseDevice(): void;
  /** One call, over fresh ports. */
  play(
    run: TrainingRun,
    options?: Partial<Pick<TrainRequest, 'budget' | 'fresh'>> & {
      pulse?: Pulse;
      test?: MadePictures;
      onEvent?: (event: TrainingEvent) => void;
      onServer?: (server: PictureServer) => void;
    },
  ): Promise<TrainingRun>;
  /** Tensors on the device now. */
  tensors(): number;
}

/**
 * @param isSynchronous what the backend says of itself; the one that is open computes
 */
export function createTrainingBench(
  made: MadePictures,
  { store = memoryStore(), isSynchronous = true }: { store?: MemoryStore; isSynchronous?: boolean } = {},
): TrainingBench {
  let lose = (_: string): void => undefined;
  const backend: OpenBackend = {
    choice: { name: 'wasm', device: 'a test', forced: false, reason: 'It is a test.', trials: [] },
    lost: new Promise<string>((resolve) => (lose = resolve)),
    isSynchronous,
    loseDevice: () => false,
  };
  const service = createTrainingService({
    wasmFiles: { simd: '', plain: '' },
    checkpoints: store,
    openBackend: () => Promise.resolve(backend),
  });
  return {
    store,
    service,
    loseDevice() {
      lose('taken away by a test');
    },
    async play(
      run,
      { budget = Infinity, fresh = false, pulse = SILENT_PULSE, test, onEvent, onServer } = {},
    ) {
      const server = servePictures(made);
      onServer?.(server);
      const request: TrainRequest = {
        run,
        wish: 'auto',
        fresh,
        budget,
        pixels: server.port,
        testPixels: test === undefined ? null : servePictures(test).port,
      };
      return service.train(request, pulse, (event) => {
        // As it crosses to the page.
        onEvent?.(structuredClone(event));
      });
    },
    tensors: () => memory().numTensors,
  };
}

/** The training worker: networks over this browser's devices, their checkpoints in this browser's store. */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { createTrainingService } from '../src/learning/training/trainingService.ts';
import { createRunStore } from '../src/platform/runStore.ts';
import { exposeTrainingHost } from '../src/platform/trainingHost.ts';

exposeTrainingHost(({ database }) =>
  createTrainingService({ wasmFiles: { simd, plain }, checkpoints: createRunStore(database) }),
);

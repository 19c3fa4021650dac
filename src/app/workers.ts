/** The workers of this page and what the store is given of the outside world. */
import { createCodecClient } from '../platform/workerClient.ts';
import { createSweepStore } from '../platform/sweepStore.ts';
import { createWorkerPool, type WorkerPool } from '../platform/workerPool.ts';
import { readStorageState } from '../platform/storageEstimate.ts';
import type { LabState } from '../stations/lab.ts';
import type { LabServices } from './kernel.ts';
import { runSweep } from './sweepQueue.ts';

function codecWorker(name: string): Worker {
  return new Worker(new URL('../../workers/codec.worker.ts', import.meta.url), { type: 'module', name });
}

async function estimateStorage(): Promise<LabState['storage']> {
  const { usage, quota, persisted } = await readStorageState();
  return usage === null || quota === null ? null : { usage, quota, persisted: persisted ?? false };
}

export function createServices(): LabServices {
  const background = createCodecClient(() => codecWorker('training'));
  const carrier = createCodecClient(() => codecWorker('archives'));
  let pool: WorkerPool | null = null;
  return {
    client: createCodecClient(() => codecWorker('codec')),
    background: () => background,
    carrier: () => carrier,
    async sweep(jobs, events) {
      pool ??= createWorkerPool(() => codecWorker('sweep'));
      await runSweep(pool, jobs, events);
    },
    sweepStore: createSweepStore(),
    estimateStorage,
    pageAddress: location.href.split('#')[0],
    appVersion: __APP_VERSION__,
  };
}

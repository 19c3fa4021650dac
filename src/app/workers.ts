/** The workers of this page and what the store is given of the outside world. */
import { DATABASE_NAME, EMBED_DATABASE_NAME, forgetEmbeds } from '../platform/archiveDatabase.ts';
import { createCodecClient, type DisposableCodecClient } from '../platform/codecClient.ts';
import { createImageSweepStore, createTableSweepStore } from '../platform/storedSweep.ts';
import { createWorkerPool, type WorkerPool } from '../platform/workerPool.ts';
import { fetchExtraGallerySamples } from '../platform/extraGallerySamples.ts';
import { kindOfFiles, tablesOfFiles } from '../platform/fileKind.ts';
import { keepIsAnswerAsked, readIsAnswerAsked } from '../platform/answerChoice.ts';
import { takeFirstVisit } from '../platform/firstVisit.ts';
import { createRunStore } from '../platform/runStore.ts';
import { fetchShippedResults } from '../platform/shippedResults.ts';
import { readStorageState } from '../platform/storageEstimate.ts';
import { createTrainingClient, type DisposableTrainingClient } from '../platform/trainingClient.ts';
import { watchVisibility } from '../platform/visibility.ts';
import type { LabState } from '../stations/lab.ts';
import type { LabServices } from './storeContext.ts';
import { runContests } from './tables/contestQueue.ts';
import { runSweep } from './tables/sweepQueue.ts';

function codecWorker(name: string): Worker {
  return new Worker(new URL('../../workers/codec.worker.ts', import.meta.url), { type: 'module', name });
}

function trainingWorker(): Worker {
  const name = 'networks';
  return new Worker(new URL('../../workers/training.worker.ts', import.meta.url), { type: 'module', name });
}

/** Workers beside the one that holds the pictures: a core for each, and no more than pay. */
function helperCount(): number {
  return Math.min(7, Math.max(1, navigator.hardwareConcurrency - 1));
}

async function estimateStorage(): Promise<LabState['storage']> {
  const { usage, quota, persisted } = await readStorageState();
  return usage === null || quota === null ? null : { usage, quota, persisted: persisted ?? false };
}

/** @param isEmbed whether what is computed is kept apart from what the lab itself keeps */
export function createServices(isEmbed: boolean): LabServices {
  const database = isEmbed ? EMBED_DATABASE_NAME : DATABASE_NAME;
  const codecClient = (name: string): DisposableCodecClient =>
    createCodecClient(() => codecWorker(name), { database });
  const background = codecClient('training');
  const carrier = codecClient('archives');
  const feeder = codecClient('feeder');
  let trainer: DisposableTrainingClient | null = null;
  let pool: WorkerPool | null = null;
  let encoders: WorkerPool | null = null;
  const sweepers = (): WorkerPool =>
    (pool ??= createWorkerPool(() => codecWorker('sweep'), undefined, { database }));
  return {
    client: codecClient('codec'),
    background: () => background,
    carrier: () => carrier,
    sweep: (jobs, events) => runSweep(sweepers(), jobs, events),
    contest: (jobs, events) => runContests(sweepers(), jobs, events),
    encodeHelpers(signal) {
      const helpers = (encoders ??= createWorkerPool(() => codecWorker('encoder'), helperCount(), {
        database,
      }));
      const over = new AbortController();
      const both = AbortSignal.any([signal, over.signal]);
      return {
        ports: () =>
          Array.from({ length: helpers.size }, () => {
            const { port1, port2 } = new MessageChannel();
            // A helper that fails leaves its class to the others.
            helpers
              .run([(client, stop) => client.helpEncode({ port: port2 }, { signal: stop })], { signal: both })
              .catch(() => undefined);
            return port1;
          }),
        end: () => over.abort(),
      };
    },
    kindOfFiles,
    tablesOfFiles,
    extraSamples: () => fetchExtraGallerySamples(document.baseURI),
    shippedResults: () => fetchShippedResults(document.baseURI),
    sweepStore: createTableSweepStore(database),
    imageSweepStore: createImageSweepStore(database),
    trainer: () => (trainer ??= createTrainingClient(trainingWorker, { database })),
    renewTrainer() {
      trainer?.dispose();
      trainer = null;
    },
    feeder: () => feeder,
    runStore: createRunStore(database),
    estimateStorage,
    watchVisibility,
    takeFirstVisit,
    isAnswerAsked: readIsAnswerAsked,
    keepIsAnswerAsked,
    forgetEmbeds,
    pageAddress: location.href.split('#')[0],
    appVersion: __APP_VERSION__,
  };
}

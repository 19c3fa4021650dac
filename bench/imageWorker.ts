/** A second core for `bench images`: encodes tables, and decodes the pictures of an archive that it was given. */
import { parentPort } from 'node:worker_threads';
import { memorySource } from '../src/core/archive/container.ts';
import { openImageArchive, type ImageArchive } from '../src/core/images/archive/read.ts';
import { encodeTable, transferablesOf, type TableJob } from '../src/core/images/encodeTable.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';

export type WorkerJob =
  | { kind: 'encode'; job: TableJob }
  | { kind: 'open'; file: Uint8Array }
  | { kind: 'decode'; records: Uint32Array };

export interface WorkerAnswer {
  result?: unknown;
  /** What went wrong. */
  error?: string;
}

let archive: ImageArchive | null = null;

async function answer(asked: WorkerJob): Promise<{ result: unknown; transfer: ArrayBuffer[] }> {
  if (asked.kind === 'encode') {
    const result = await encodeTable(asked.job, SILENT_PULSE);
    return { result, transfer: transferablesOf(result) };
  }
  if (asked.kind === 'open') {
    archive = await openImageArchive(memorySource(asked.file, { isTrusted: true }));
    return { result: null, transfer: [] };
  }
  const { pixels } = await archive!.subset(asked.records);
  return { result: pixels, transfer: [pixels.buffer as ArrayBuffer] };
}

parentPort!.on('message', (asked: WorkerJob) => {
  answer(asked).then(
    ({ result, transfer }) => parentPort!.postMessage({ result } satisfies WorkerAnswer, transfer),
    (thrown: unknown) =>
      parentPort!.postMessage({ error: String((thrown as Error).stack ?? thrown) } satisfies WorkerAnswer),
  );
});

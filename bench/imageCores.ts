/** Worker threads that encode and decode pictures, one job each at a time. */
import { Worker } from 'node:worker_threads';
import type { EncodedTable, TableEncoder } from '../src/core/images/encodeTable.ts';
import type { WorkerAnswer, WorkerJob } from './imageWorker.ts';

class Core {
  private readonly worker = new Worker(new URL('./imageWorker.mjs', import.meta.url));

  /** The answer that the worker still owes: a table that somebody else took over is encoded to its end all the same. */
  private owed: Promise<unknown> = Promise.resolve();

  private ask(job: WorkerJob, transfer: ArrayBuffer[]): Promise<unknown> {
    const answer = this.owed.then(() => this.send(job, transfer));
    this.owed = answer.catch(() => undefined);
    return answer;
  }

  private send(job: WorkerJob, transfer: ArrayBuffer[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.worker.once('error', reject);
      this.worker.once('message', ({ result, error }: WorkerAnswer) => {
        this.worker.off('error', reject);
        if (error === undefined) resolve(result);
        else reject(new Error(error));
      });
      this.worker.postMessage(job, transfer);
    });
  }

  readonly encode: TableEncoder = async (job) => {
    // Views of the whole set: the worker gets the table's pictures alone.
    const own = { ...job, train: job.train.slice(), test: job.test.slice() };
    const transfer = [own.train.buffer, own.test.buffer];
    return (await this.ask({ kind: 'encode', job: own }, transfer)) as EncodedTable;
  };

  async open(file: Uint8Array): Promise<void> {
    await this.ask({ kind: 'open', file }, []);
  }

  async decode(records: Uint32Array): Promise<Uint8Array> {
    return (await this.ask({ kind: 'decode', records }, [])) as Uint8Array;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

export class Cores {
  private readonly cores: Core[];

  constructor(count: number) {
    this.cores = Array.from({ length: count }, () => new Core());
  }

  encoders(): TableEncoder[] {
    return this.cores.map(({ encode }) => encode);
  }

  /** Gives every core an archive to decode from. */
  async open(file: Uint8Array): Promise<void> {
    await Promise.all(this.cores.map((core) => core.open(file)));
  }

  /** Pictures of each core's share of the records. */
  decode(records: Uint32Array): Promise<Uint8Array[]> {
    const { length } = this.cores;
    return Promise.all(
      this.cores.map((core, k) =>
        core.decode(
          records.slice(
            Math.floor((k * records.length) / length),
            Math.floor(((k + 1) * records.length) / length),
          ),
        ),
      ),
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.cores.map((core) => core.end()));
  }
}

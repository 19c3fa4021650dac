/**
 * Encoding with the help of other workers. Owner and helper talk over a message port: one table's pixels there, its
 * encoded sections back, both handed over and not copied again.
 *
 * A helper is never waited for: whoever hands out the tables gives one to somebody else when its answer does not come,
 * so that a helper that fails, is cancelled or dies loses nothing. It therefore stays silent instead of failing.
 */
import { LabError } from '../../core/errors.ts';
import {
  encodeTable,
  transferablesOf,
  type EncodedTable,
  type TableEncoder,
  type TableJob,
} from '../../core/images/encodeTable.ts';
import type { Pulse } from '../../core/pulse.ts';
import { PortRequests } from './portRequests.ts';
import { watched } from './waiting.ts';

type Encode = { kind: 'encode'; number: number; job: TableJob };

type ToHelper =
  | Encode
  /** The answer to this number is not needed any more. */
  | { kind: 'stop'; number: number }
  | { kind: 'end' };

type FromHelper = { kind: 'encoded'; number: number; encoded: EncodedTable };

const cancelled = (what: string) => new LabError('CANCELLED', what);

/** Bytes that can be handed over: a part of a larger array is copied. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice();
}

export interface Helper {
  /** Takes the job's pixels away, unless they are a part of a larger array. */
  encode: TableEncoder;
  /** Lets the helper go; what it is still asked for ends with CANCELLED. */
  end(): void;
}

/** The owner's side: an encoder behind a port. */
export function helperBehind(port: MessagePort): Helper {
  interface Waiting {
    resolve: (encoded: EncodedTable) => void;
    reject: (reason: LabError) => void;
  }
  const waiting = new Map<number, Waiting>();
  let last = 0;
  port.onmessage = ({ data }: MessageEvent<FromHelper>) => {
    waiting.get(data.number)?.resolve(data.encoded);
    waiting.delete(data.number);
  };
  const tell = (message: ToHelper, transfer: Transferable[] = []) => {
    port.postMessage(message, transfer);
  };

  return {
    async encode(job, pulse) {
      const number = ++last;
      const [train, test] = [ownBytes(job.train), ownBytes(job.test)];
      const answer = new Promise<EncodedTable>((resolve, reject) => {
        waiting.set(number, { resolve, reject });
      });
      tell({ kind: 'encode', number, job: { ...job, train, test } }, [train.buffer, test.buffer]);
      try {
        return await watched(answer, pulse, 'Waiting for another worker', 'classes');
      } finally {
        if (waiting.delete(number)) tell({ kind: 'stop', number });
      }
    },
    end() {
      tell({ kind: 'end' });
      port.close();
      for (const { reject } of waiting.values()) reject(cancelled('The helper is not needed any more.'));
      waiting.clear();
    },
  };
}

/**
 * The helper's side: encodes what comes until the owner says that it was the last, or is gone.
 *
 * @param encode how a table is encoded
 * @throws CANCELLED by the pulse; the owner does without
 */
export async function helpEncode(
  port: MessagePort,
  pulse: Pulse,
  encode: TableEncoder = encodeTable,
): Promise<null> {
  const requests = new PortRequests<Encode>(port, pulse, {
    waiting: 'Waiting for a class to encode',
    working: 'Encoding for another worker',
    unit: 'classes',
    notNeeded: 'The table is not needed any more.',
  });

  async function work(request: Encode): Promise<void> {
    const { number, job } = request;
    try {
      const encoded = await encode(job, requests.pulseFor(request));
      const answer: FromHelper = { kind: 'encoded', number, encoded };
      if (requests.isNeeded(request)) port.postMessage(answer, transferablesOf(encoded));
    } catch {
      // Silence: the owner gives the table to somebody else, and hears from there what is wrong with it.
    }
  }

  try {
    await requests.serve(work);
    return null;
  } finally {
    port.close();
  }
}

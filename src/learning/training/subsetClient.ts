/** The asking side of a port that serves pictures (contracts/subsetPort.ts). */
import type { FromServer, ServedFacts, ServedSubset, ToServer } from '../../contracts/subsetPort.ts';
import { LabError } from '../../core/errors.ts';

export interface SubsetClient {
  /** What is served; rejects with what the serving side says, or TRAINING_SAMPLES_LOST. */
  readonly facts: Promise<ServedFacts>;
  /**
   * Asks for pictures; requests are answered in their order.
   * @throws what the serving side says, TRAINING_SAMPLES_LOST, or CANCELLED after `end`
   */
  fetch(records: Uint32Array): Promise<ServedSubset>;
  /** Lets the serving side go; what was asked for and has not come is cancelled. */
  end(): void;
}

interface Waiting<T> {
  resolve: (value: T) => void;
  reject: (reason: LabError) => void;
}

const lost = (what: string) => new LabError('TRAINING_SAMPLES_LOST', what);

/** Whether a subset is what was asked for: it decides how memory is read, in another module's heap too. */
function fits(subset: ServedSubset, records: number, { width, height, channels, classNames }: ServedFacts) {
  if (subset.labels.length !== records) return false;
  if (subset.pixels.length !== records * width * height * channels) return false;
  return subset.labels.every((label) => label < classNames.length);
}

/** @param port to whoever serves; it is closed by `end` */
export function subsetsBehind(port: MessagePort): SubsetClient {
  const waiting = new Map<number, Waiting<ServedSubset> & { records: number }>();
  let toldFacts: Waiting<ServedFacts> | null = null;
  let known: ServedFacts | null = null;
  let failure: LabError | null = null;
  let last = 0;

  const facts = new Promise<ServedFacts>((resolve, reject) => {
    toldFacts = { resolve, reject };
  });
  // Whoever does not look at them still hears of the failure from `fetch`.
  facts.catch(() => undefined);

  function fail(error: LabError): void {
    failure ??= error;
    toldFacts?.reject(failure);
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  }

  port.onmessage = ({ data }: MessageEvent<FromServer>) => {
    if (data.kind === 'facts') {
      known = data.facts;
      toldFacts?.resolve(data.facts);
    } else if (data.kind === 'subset') {
      const asked = waiting.get(data.number);
      if (asked === undefined) return;
      waiting.delete(data.number);
      if (known !== null && fits(data.subset, asked.records, known)) asked.resolve(data.subset);
      else asked.reject(lost(`${asked.records} pictures were asked for, and something else came.`));
    } else if (data.number === null) {
      fail(LabError.fromReport(data.error));
    } else {
      waiting.get(data.number)?.reject(LabError.fromReport(data.error));
      waiting.delete(data.number);
    }
  };
  port.addEventListener('messageerror', () => {
    fail(lost('Pictures were sent that could not be received.'));
  });
  // Where the browser tells that the other side is gone; elsewhere the page ends the call.
  port.addEventListener('close', () => {
    fail(lost('The worker that reads the pictures is gone.'));
  });

  return {
    facts,
    fetch(records) {
      if (failure !== null) return Promise.reject(failure);
      const number = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject, records: records.length });
        const message: ToServer = { kind: 'fetch', number, records };
        port.postMessage(message);
      });
    },
    end() {
      if (failure === null) {
        const message: ToServer = { kind: 'end' };
        port.postMessage(message);
      }
      fail(new LabError('CANCELLED', 'The pictures are not needed any more.'));
      port.close();
    },
  };
}

/**
 * Pictures for a worker that trains: it asks for them over a port (contracts/subsetPort.ts), and is answered in the
 * order of its requests, one at a time. What fails is told, so that whoever waits for it does not wait for ever.
 */
import type { FromServer, ToServer } from '../../contracts/subsetPort.ts';
import { LabError } from '../../core/errors.ts';
import { MAX_PIXEL_BYTES, pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { SubsetSource } from './subsetSource.ts';
import { watched } from './waiting.ts';

type Fetch = ToServer & { kind: 'fetch' };

const notNeeded = () => new LabError('CANCELLED', 'The pictures are not needed any more.');

/** The call's own pulse, by which work also ends once nobody needs it any more. */
function whileNeeded(pulse: Pulse, isNeeded: () => boolean): Pulse {
  return {
    due: () => !isNeeded() || pulse.due(),
    beat: (progress) => (isNeeded() ? pulse.beat(progress) : Promise.reject(notNeeded())),
  };
}

/** @throws SETTING_OUT_OF_RANGE for more pictures than may be held */
function checkCount({ records }: Fetch, { facts }: SubsetSource): void {
  const bytes = records.length * pictureBytes(facts);
  if (bytes > MAX_PIXEL_BYTES)
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `${records.length} pictures were asked for at once, which are ${bytes} bytes; ${MAX_PIXEL_BYTES} are the most.`,
    );
}

/**
 * Tells its facts, then answers until the other side ends it or is gone.
 *
 * @param open opens the pictures; what it throws is told to the other side, too
 * @throws CANCELLED by the pulse, or what `open` throws; the port is closed in any case
 */
export async function serveSubsets(
  open: (pulse: Pulse) => Promise<SubsetSource>,
  port: MessagePort,
  pulse: Pulse,
): Promise<null> {
  const asked: Fetch[] = [];
  const stopped = new Set<number>();
  let isOver = false;
  let wake = (): void => undefined;
  port.onmessage = ({ data }: MessageEvent<ToServer>) => {
    if (data.kind === 'fetch') asked.push(data);
    else if (data.kind === 'stop') stopped.add(data.number);
    else isOver = true;
    wake();
  };
  // Where the browser tells that the other side is gone; elsewhere the page cancels the call.
  port.addEventListener('close', () => {
    isOver = true;
    wake();
  });
  const tell = (message: FromServer, transfer: Transferable[] = []) => {
    port.postMessage(message, transfer);
  };

  async function answer(source: SubsetSource, fetch: Fetch): Promise<void> {
    const { number, records } = fetch;
    const isNeeded = () => !isOver && !stopped.has(number);
    try {
      checkCount(fetch, source);
      const subset = isNeeded() ? await source.subset(records, whileNeeded(pulse, isNeeded)) : null;
      if (subset !== null && isNeeded())
        tell({ kind: 'subset', number, subset }, [subset.pixels.buffer, subset.labels.buffer]);
    } catch (thrown) {
      if (isNeeded()) tell({ kind: 'failed', number, error: LabError.from(thrown).report() });
    }
    stopped.delete(number);
  }

  try {
    const source = await open(whileNeeded(pulse, () => !isOver));
    tell({ kind: 'facts', facts: source.facts });
    for (;;) {
      if (isOver) return null;
      const next = asked.shift();
      if (next !== undefined) await answer(source, next);
      else
        await watched(
          new Promise<void>((resolve) => (wake = resolve)),
          pulse,
          'Waiting to be asked for pictures',
          'pictures',
        );
      // A request fails by itself when the call was cancelled; the call says so, too.
      if (pulse.due())
        await pulse.beat({ phase: 'Reading pictures for training', done: 0, total: null, unit: 'pictures' });
    }
  } catch (thrown) {
    // It ended before it had begun: nobody is left to be told.
    if (isOver) return null;
    tell({ kind: 'failed', number: null, error: LabError.from(thrown).report() });
    throw thrown;
  } finally {
    port.close();
  }
}

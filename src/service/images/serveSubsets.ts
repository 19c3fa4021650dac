/**
 * Pictures for a worker that trains: it asks for them over a port (contracts/subsetPort.ts), and is answered in the
 * order of its requests, one at a time. What fails is told, so that whoever waits for it does not wait for ever.
 */
import type { FromServer, ToServer } from '../../contracts/subsetPort.ts';
import { LabError } from '../../core/errors.ts';
import { MAX_PIXEL_BYTES, pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { PortRequests } from './portRequests.ts';
import type { SubsetSource } from './subsetSource.ts';

type Fetch = ToServer & { kind: 'fetch' };

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
  const requests = new PortRequests<Fetch>(port, pulse, {
    waiting: 'Waiting to be asked for pictures',
    working: 'Reading pictures for training',
    unit: 'pictures',
    notNeeded: 'The pictures are not needed any more.',
  });
  const tell = (message: FromServer, transfer: Transferable[] = []) => {
    port.postMessage(message, transfer);
  };

  async function answer(source: SubsetSource, fetch: Fetch): Promise<void> {
    const { number, records } = fetch;
    const isNeeded = () => requests.isNeeded(fetch);
    try {
      checkCount(fetch, source);
      const subset = isNeeded() ? await source.subset(records, requests.pulseFor(fetch)) : null;
      if (subset !== null && isNeeded())
        tell({ kind: 'subset', number, subset }, [subset.pixels.buffer, subset.labels.buffer]);
    } catch (thrown) {
      if (isNeeded()) tell({ kind: 'failed', number, error: LabError.from(thrown).report() });
    }
  }

  try {
    const source = await open(requests.pulseFor());
    tell({ kind: 'facts', facts: source.facts });
    await requests.serve((fetch) => answer(source, fetch));
    return null;
  } catch (thrown) {
    // It ended before it had begun: nobody is left to be told.
    if (requests.isOver) return null;
    tell({ kind: 'failed', number: null, error: LabError.from(thrown).report() });
    throw thrown;
  } finally {
    port.close();
  }
}

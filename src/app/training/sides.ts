/** Who serves the pictures of a training: the worker that holds them, or one that reads the archive. */
import type { CodecClient } from '../../contracts/calls.ts';
import { LabError } from '../../contracts/errors.ts';
import type { ImageSettings, ImageSource } from '../../contracts/images.ts';
import type { ServedPictures } from '../../contracts/subsetPort.ts';
import type { TrainingRun } from '../../contracts/training.ts';
import { readsArchive } from '../../stations/training/plan.ts';
import type { LabServices } from '../storeContext.ts';

/** The pictures that are open. */
export interface OpenPictures {
  source: ImageSource;
  settings: ImageSettings;
}

export interface ServedSides {
  /** To be transferred. `testPixels` is null where the first port serves both. */
  pixels: MessagePort;
  testPixels: MessagePort | null;
  /** Aborted when a side has failed; why is in `error`. */
  lost: AbortSignal;
  error: () => LabError | null;
  /** No more pictures are needed. */
  end: () => void;
}

type Services = Pick<LabServices, 'client' | 'feeder'>;

/** Raw pixels come from the worker that holds them; of an archive they are decoded, by the one that reads archives. */
function servedTest({ source, settings }: OpenPictures): ServedPictures {
  return source.kind === 'archive'
    ? { kind: 'archive', archiveId: source.id }
    : { kind: 'raw', source, settings };
}

/** Opens what a run learns from. Test pictures are raw ones wherever there are any: they are what a camera gives. */
export function openSides(services: Services, run: TrainingRun, open: OpenPictures): ServedSides {
  const pictures = { ...open, settings: { ...open.settings, ...run.division } };
  const test = servedTest(pictures);
  const train: ServedPictures =
    readsArchive(run.settings.method) && run.archiveId !== null
      ? { kind: 'archive', archiveId: run.archiveId }
      : test;
  const sides = createSides(services);
  const pixels = sides.serve(train);
  const testPixels = train.kind === 'archive' && test.kind === 'raw' ? sides.serve(test) : null;
  return { pixels, testPixels, ...sides.state };
}

/** Opens the test pictures alone. */
export function openTestSide(services: Services, open: OpenPictures): ServedSides {
  const sides = createSides(services);
  return { pixels: sides.serve(servedTest(open)), testPixels: null, ...sides.state };
}

function createSides({ client, feeder }: Services): {
  serve: (served: ServedPictures) => MessagePort;
  state: Pick<ServedSides, 'lost' | 'error' | 'end'>;
} {
  const over = new AbortController();
  const lost = new AbortController();
  let error: LabError | null = null;
  return {
    serve(served) {
      const server: CodecClient = served.kind === 'archive' ? feeder() : client;
      const { port1, port2 } = new MessageChannel();
      server.serveSubsets({ served, port: port2 }, { signal: over.signal }).catch((thrown: unknown) => {
        if (over.signal.aborted) return;
        error ??= LabError.from(thrown);
        lost.abort();
      });
      return port1;
    },
    state: { lost: lost.signal, error: () => error, end: () => over.abort() },
  };
}

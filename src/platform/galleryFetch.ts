/** Files of the gallery, which the site itself serves under `samples/`. */
import { LabError } from '../core/errors.ts';

export interface GalleryFile {
  /** The file's bytes from the start; each call gives a new stream. Its failures are LabError SAMPLE_UNAVAILABLE. */
  stream(): Promise<ReadableStream<Uint8Array>>;
  /** Size in bytes, or null where the server does not say. */
  bytes: number | null;
}

/** Milliseconds without a byte after which a download counts as failed; shorter than a worker may be silent. */
const STALL_MS = 20_000;

function unavailable(fileName: string, reason: string, cause?: unknown): LabError {
  return new LabError('SAMPLE_UNAVAILABLE', `The gallery file ${fileName} could not be loaded: ${reason}.`, {
    cause,
  });
}

/** Rejects when the promise takes too long. */
async function inTime<T>(promise: Promise<T>, stallMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`nothing arrived for ${stallMs / 1000} s`));
    }, stallMs);
  });
  try {
    return await Promise.race([promise, stalled]);
  } finally {
    clearTimeout(timer);
  }
}

/** Bytes of the body as it is read here: a compressed transfer states another number. */
function statedBytes(response: Response): number | null {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? null : Number(length);
}

/** @param baseUrl the page's base address, known to the page only: a worker's own address lies under `assets/` */
export function createGalleryFetcher(
  baseUrl: string,
  fetchFile: typeof fetch = (...request) => fetch(...request),
  stallMs = STALL_MS,
): (fileName: string) => Promise<GalleryFile> {
  async function load(fileName: string): Promise<Response> {
    if (!/^[\w-][\w.-]*$/.test(fileName)) throw unavailable(fileName, 'there is no such file');
    let response: Response;
    try {
      response = await inTime(fetchFile(new URL(`samples/${fileName}`, baseUrl)), stallMs);
    } catch (thrown) {
      throw unavailable(fileName, thrown instanceof Error ? thrown.message : String(thrown), thrown);
    }
    if (!response.ok) throw unavailable(fileName, `the server answers ${response.status}`);
    // Servers of single-page applications answer with the page itself for a file that they do not have.
    if (response.headers.get('content-type')?.startsWith('text/html')) {
      throw unavailable(fileName, 'the server answers with a page');
    }
    return response;
  }

  function guard(fileName: string, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { done, value } = await inTime(reader.read(), stallMs);
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (thrown) {
          reader.cancel().catch(() => undefined);
          throw unavailable(fileName, thrown instanceof Error ? thrown.message : String(thrown), thrown);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }

  return async (fileName) => {
    let first: Response | null = await load(fileName);
    return {
      bytes: statedBytes(first),
      async stream() {
        const response = first ?? (await load(fileName));
        first = null;
        if (!response.body) throw unavailable(fileName, 'the answer is empty');
        return guard(fileName, response.body);
      },
    };
  };
}

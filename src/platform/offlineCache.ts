/**
 * What the service worker keeps so that the lab works without its server: the page with all its parts, in one cache
 * per version, and beside them the samples that were used. A page of the version before may still be open when a new
 * one is taken up and may not have loaded all its parts, so that its cache stays until the version after.
 */
import { crc32c } from '../core/bits/crc32c.ts';

/** A file of the build. */
export interface BuiltFile {
  /** Address relative to the page. */
  url: string;
  /** Changes with the content; null where the address itself does. */
  revision: string | null;
}

export interface OfflineCache {
  /** Keeps the whole version, or rejects and leaves nothing of it. Takes from older versions what has not changed. */
  install(): Promise<void>;
  /** Deletes all versions but this one and the one before. */
  activate(): Promise<void>;
  /**
   * The answer to a request, from the cache where it has one; null for requests that are none of its business.
   * `extend` is given what still has to be done when the answer is on its way.
   */
  respond(request: Request, extend: (work: Promise<unknown>) => void): Promise<Response> | null;
}

export interface OfflineCacheOptions {
  /** Address of the page, with the slash at its end: versions of labs elsewhere on the origin are not touched. */
  scope: string;
  files: readonly BuiltFile[];
  /** Files that are kept once they have been asked for, not before. */
  isKeptOnUse: (url: string) => boolean;
  caches?: CacheStorage;
  fetchFile?: typeof fetch;
}

/** The page posts it to a waiting version that shall take over. */
export const TAKE_OVER = 'take over';

const PAGE = 'index.html';
/** Files that are fetched at the same time. */
const CONCURRENT = 6;

export function createOfflineCache({
  scope,
  files,
  isKeptOnUse,
  caches = globalThis.caches,
  fetchFile = (...request) => fetch(...request),
}: OfflineCacheOptions): OfflineCache {
  const byPath = new Map(files.map((file) => [file.url, file]));
  const list = [...byPath.values()];
  const prefix = `lab ${scope} `;
  const listing = list.map(({ url, revision }) => `${url} ${revision}`).sort();
  const name = prefix + crc32c(new TextEncoder().encode(listing.join('\n'))).toString(16);

  /** Servers give the page at the scope itself, and some redirect its file's name there. */
  const addressOf = ({ url }: BuiltFile): string => new URL(url === PAGE ? '' : url, scope).href;

  function keyOf(file: BuiltFile): string {
    const key = new URL(addressOf(file));
    if (file.revision !== null) key.searchParams.set('revision', file.revision);
    return key.href;
  }

  /** From the server, past what its headers would let the browser reuse; hashed addresses never change. */
  async function fetchBuilt(file: BuiltFile): Promise<Response> {
    const response = await fetchFile(addressOf(file), {
      cache: file.revision === null ? 'default' : 'no-cache',
      credentials: 'same-origin',
    });
    // A browser does not take a redirected answer for a page.
    if (!response.redirected) return response;
    const { body, status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  }

  function isTheFile(response: Response, { url }: BuiltFile): boolean {
    // Servers of single-page applications answer with the page itself for a file that they do not have.
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    return response.status === 200 && isPage === (url === PAGE);
  }

  /** Names of the scope's caches in the order in which they were made. */
  async function versions(): Promise<string[]> {
    return (await caches.keys()).filter((key) => key.startsWith(prefix));
  }

  async function findInAny(key: string): Promise<Response | undefined> {
    for (const version of (await versions()).reverse()) {
      const found = await (await caches.open(version)).match(key, { ignoreVary: true });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async function keep(cache: Cache, file: BuiltFile): Promise<void> {
    const key = keyOf(file);
    if ((await cache.match(key, { ignoreVary: true })) !== undefined) return;
    const known = await findInAny(key);
    if (known !== undefined) {
      await cache.put(key, known);
    } else if (!isKeptOnUse(file.url)) {
      const response = await fetchBuilt(file);
      if (!isTheFile(response, file)) throw new Error(`The server does not have ${file.url}.`);
      await cache.put(key, response);
    }
  }

  async function findOrFetch(file: BuiltFile, extend: (work: Promise<unknown>) => void): Promise<Response> {
    const key = keyOf(file);
    let cache: Cache | null = null;
    try {
      cache = await caches.open(name);
      const found = await cache.match(key, { ignoreVary: true });
      if (found !== undefined) return found;
    } catch {
      // A browser that has lost its store still has the network.
    }
    const response = await fetchBuilt(file);
    if (cache !== null && isTheFile(response, file)) {
      // Without room for it the answer is still good.
      extend(cache.put(key, response.clone()).catch(() => undefined));
    }
    return response;
  }

  return {
    async install() {
      const isNew = !(await caches.has(name));
      try {
        const cache = await caches.open(name);
        const left = [...list];
        const keepSome = async () => {
          for (let file = left.shift(); file !== undefined; file = left.shift()) await keep(cache, file);
        };
        await Promise.all(Array.from({ length: CONCURRENT }, keepSome));
      } catch (thrown) {
        // Half a version is of no use, and takes room from the archives.
        if (isNew) await caches.delete(name);
        throw thrown;
      }
    },

    async activate() {
      const others = (await versions()).filter((version) => version !== name);
      await Promise.all(others.slice(0, -1).map((version) => caches.delete(version)));
    },

    respond(request, extend) {
      const { origin, pathname, href } = new URL(request.url);
      const address = `${origin}${pathname}`;
      if (request.method !== 'GET' || !address.startsWith(scope) || request.headers.has('range')) return null;
      const path = address.slice(scope.length);
      const file = byPath.get(path === '' ? PAGE : path);
      if (file !== undefined) return findOrFetch(file, extend);
      if (request.mode === 'navigate') return null;
      // A part of the version before, for a page of it that is still open.
      return findInAny(href).then(
        (found) => found ?? fetchFile(request),
        () => fetchFile(request),
      );
    },
  };
}

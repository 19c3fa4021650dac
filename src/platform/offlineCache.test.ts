import { describe, expect, it, vi } from 'vitest';
import { createOfflineCache, type BuiltFile } from './offlineCache.ts';
import { createFakeCaches } from './testing/fakeCaches.ts';

const SCOPE = 'http://here/lab/';
const FIRST: BuiltFile[] = [
  { url: 'index.html', revision: 'i1' },
  { url: 'theme.js', revision: 't1' },
  { url: 'assets/app-1.js', revision: null },
  { url: 'assets/later-1.js', revision: null },
  { url: 'samples/first.csv', revision: 'f1' },
  { url: 'samples/other.csv', revision: 'o1' },
];
const SECOND: BuiltFile[] = [
  { url: 'index.html', revision: 'i2' },
  { url: 'theme.js', revision: 't1' },
  { url: 'assets/app-2.js', revision: null },
  { url: 'samples/first.csv', revision: 'f1' },
  { url: 'samples/other.csv', revision: 'o1' },
];
const THIRD: BuiltFile[] = [
  { url: 'index.html', revision: 'i3' },
  { url: 'samples/other.csv', revision: 'o2' },
];

type Server = (path: string) => Response | Promise<Response>;

/** A server that says of every file when it was asked for it. */
function createServer(answer?: Server) {
  const asked = vi.fn<(path: string, cache: RequestCache | undefined) => void>();
  let isDown = false;
  const fetchFile = (async (input: string | Request, init?: RequestInit) => {
    const path = (typeof input === 'string' ? input : input.url).slice(SCOPE.length);
    asked(path, init?.cache);
    if (isDown) throw new TypeError('Failed to fetch');
    const type = path === '' ? 'text/html' : 'text/plain';
    return answer?.(path) ?? new Response(`served ${path}`, { headers: { 'content-type': type } });
  }) as typeof fetch;
  return {
    fetchFile,
    goDown: () => (isDown = true),
    paths: () => asked.mock.calls.splice(0).map(([path]) => path),
    asked,
  };
}

function labOf(files: BuiltFile[], caches: CacheStorage, fetchFile: typeof fetch, scope = SCOPE) {
  return createOfflineCache({
    scope,
    files,
    caches,
    fetchFile,
    isKeptOnUse: (url) => url === 'samples/other.csv',
  });
}

async function textOf(
  lab: ReturnType<typeof labOf>,
  path: string,
  init?: RequestInit,
): Promise<string | null> {
  const work: Promise<unknown>[] = [];
  const answer = lab.respond(new Request(SCOPE + path, init), (promise) => work.push(promise));
  const text = answer === null ? null : await (await answer).text();
  await Promise.all(work);
  return text;
}

describe('a version', () => {
  it('is kept whole and answers without the server, whatever the address says besides', async () => {
    const server = createServer();
    const lab = labOf(FIRST, createFakeCaches(), server.fetchFile);
    await lab.install();
    expect(server.paths().sort()).toEqual([
      '',
      'assets/app-1.js',
      'assets/later-1.js',
      'samples/first.csv',
      'theme.js',
    ]);
    server.goDown();
    for (const path of ['', 'index.html', '?from=home', 'index.html?a=1']) {
      expect(await textOf(lab, path)).toBe('served ');
    }
    expect(await textOf(lab, 'assets/later-1.js')).toBe('served assets/later-1.js');
    expect(await textOf(lab, 'samples/first.csv')).toBe('served samples/first.csv');
    expect(server.paths()).toEqual([]);
  });

  it('asks past the browser for what may have changed under its address', async () => {
    const server = createServer();
    await labOf(FIRST, createFakeCaches(), server.fetchFile).install();
    expect(Object.fromEntries(server.asked.mock.calls)).toMatchObject({
      '': 'no-cache',
      'theme.js': 'no-cache',
      'assets/app-1.js': 'default',
    });
  });

  it('keeps another sample from its first use on', async () => {
    const server = createServer();
    const lab = labOf(FIRST, createFakeCaches(), server.fetchFile);
    await lab.install();
    server.paths();
    expect(await textOf(lab, 'samples/other.csv')).toBe('served samples/other.csv');
    expect(await textOf(lab, 'samples/other.csv')).toBe('served samples/other.csv');
    expect(server.paths()).toEqual(['samples/other.csv']);
  });

  it('is a page for a browser though the server redirects', async () => {
    const redirected = () => {
      const response = new Response('page', { headers: { 'content-type': 'text/html' } });
      return Object.defineProperty(response, 'redirected', { value: true });
    };
    const server = createServer((path) => (path === '' ? redirected() : new Response('part')));
    const caches = createFakeCaches();
    const lab = labOf(FIRST, caches, server.fetchFile);
    await lab.install();
    const answer = await lab.respond(new Request(SCOPE), () => undefined);
    expect([answer?.redirected, await answer?.text()]).toEqual([false, 'page']);
  });

  it.each<[string, (path: string) => Response | null]>([
    ['has one file less', (path) => (path === 'theme.js' ? new Response('', { status: 404 }) : null)],
    [
      'answers with the page for a file',
      (path) =>
        path === 'theme.js' ? new Response('<html>', { headers: { 'content-type': 'text/html' } }) : null,
    ],
    ['fails', (path) => (path === 'theme.js' ? Response.error() : null)],
  ])('is not kept at all when the server %s', async (_what, broken) => {
    const intact = createServer();
    const server = createServer(async (path) => broken(path) ?? (await intact.fetchFile(SCOPE + path)));
    const caches = createFakeCaches();
    await expect(labOf(FIRST, caches, server.fetchFile).install()).rejects.toThrow('theme.js');
    expect(await caches.keys()).toEqual([]);
  });

  it('leaves nothing behind on a full disk', async () => {
    const caches = createFakeCaches((key) => key.includes('first.csv'));
    await expect(labOf(FIRST, caches, createServer().fetchFile).install()).rejects.toThrow('No room');
    expect(await caches.keys()).toEqual([]);
  });

  it('answers from the server when the browser has lost a file or has no room to keep it', async () => {
    const server = createServer();
    const lab = labOf(
      FIRST,
      createFakeCaches(() => true),
      server.fetchFile,
    );
    expect(await textOf(lab, 'theme.js')).toBe('served theme.js');
    const broken = { open: () => Promise.reject(new DOMException('gone', 'UnknownError')) };
    const lost = labOf(FIRST, broken as unknown as CacheStorage, server.fetchFile);
    expect(await textOf(lost, 'theme.js')).toBe('served theme.js');
  });

  it('passes on what the server says of a sample that it does not have, and does not keep it', async () => {
    let isThere = false;
    const server = createServer(() => new Response('rows', { status: isThere ? 200 : 404 }));
    const lab = labOf(FIRST, createFakeCaches(), server.fetchFile);
    const answer = await lab.respond(new Request(`${SCOPE}samples/other.csv`), () => undefined);
    expect(answer?.status).toBe(404);
    isThere = true;
    expect(await textOf(lab, 'samples/other.csv')).toBe('rows');
  });

  it('lets be what is none of its business', () => {
    const lab = labOf(FIRST, createFakeCaches(), createServer().fetchFile);
    const isLeft = (address: string, init?: RequestInit) =>
      lab.respond(new Request(address, init), () => undefined) === null;
    expect(isLeft(SCOPE, { method: 'POST', body: '' })).toBe(true);
    expect(isLeft(`${SCOPE}theme.js`, { headers: { range: 'bytes=0-1' } })).toBe(true);
    expect(isLeft('http://here/elsewhere/theme.js')).toBe(true);
    expect(isLeft('http://there/lab/theme.js')).toBe(true);
  });
});

describe('a newer version', () => {
  async function updated() {
    const caches = createFakeCaches();
    const server = createServer();
    const first = labOf(FIRST, caches, server.fetchFile);
    await first.install();
    await first.activate();
    await textOf(first, 'samples/other.csv');
    server.paths();
    const second = labOf(SECOND, caches, server.fetchFile);
    await second.install();
    return { caches, server, first, second };
  }

  it('fetches only what has changed, and brings along the samples that were used', async () => {
    const { server, second } = await updated();
    expect(server.paths().sort()).toEqual(['', 'assets/app-2.js']);
    server.goDown();
    expect(await textOf(second, 'samples/other.csv')).toBe('served samples/other.csv');
  });

  it('leaves the version before to pages that are still open, and no older one', async () => {
    const { caches, server, first, second } = await updated();
    await second.activate();
    server.goDown();
    expect(await textOf(first, 'assets/app-1.js')).toBe('served assets/app-1.js');
    // A page of the first version, answered by the second.
    expect(await textOf(second, 'assets/later-1.js')).toBe('served assets/later-1.js');
    await expect(textOf(second, 'assets/nowhere.js')).rejects.toThrow('Failed to fetch');
    expect(await caches.keys()).toHaveLength(2);
  });

  it('fetches a sample anew that has changed', async () => {
    const { caches, server, second } = await updated();
    await second.activate();
    const third = labOf(THIRD, caches, server.fetchFile);
    await third.install();
    await third.activate();
    server.paths();
    expect(await caches.keys()).toHaveLength(2);
    await textOf(third, 'samples/other.csv');
    expect(server.paths()).toEqual(['samples/other.csv']);
  });

  it('does no harm when it cannot be kept', async () => {
    const { caches, server, second } = await updated();
    await second.activate();
    server.goDown();
    await expect(labOf(THIRD, caches, server.fetchFile).install()).rejects.toThrow();
    expect(await textOf(second, '')).toBe('served ');
    expect(await caches.keys()).toHaveLength(2);
  });

  it('does not touch a lab elsewhere on the same origin', async () => {
    const { caches, second } = await updated();
    const other = createServer();
    const elsewhere = labOf([], caches, other.fetchFile, 'http://here/');
    await elsewhere.install();
    await elsewhere.activate();
    await second.activate();
    expect(await caches.keys()).toHaveLength(3);
  });
});

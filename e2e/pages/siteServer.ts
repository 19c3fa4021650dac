/** Serves the build under a path of its own, as any static host would, and can go down or bring out a new version. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { SECURITY_HEADERS } from '../../scripts/content-security.ts';

const DIST = new URL('../../dist/', import.meta.url);

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export interface SiteServer {
  /** The page's address. */
  address: string;
  /** Paths asked for since the last look, from the page's address on. */
  asked(): string[];
  goDown(): Promise<void>;
  /** The same build with another page, as after a change of its source. */
  bringOut(title: string): Promise<void>;
}

/** @param others texts of files that are others than in the build, by their paths */
export async function startSite(others: Readonly<Record<string, string>> = {}): Promise<SiteServer> {
  let asked: string[] = [];
  const changed = new Map(Object.entries(others));

  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.slice('/lab/'.length);
    const file = path === '' ? 'index.html' : path;
    asked.push(path);
    // A host lets browsers reuse what it serves for a while.
    const headers = { ...SECURITY_HEADERS, 'Cache-Control': 'max-age=600' };
    const send = (body: string | Buffer) => {
      response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(file)] ?? 'text/plain' }).end(body);
    };
    const text = changed.get(file);
    if (!pathname.startsWith('/lab/') || file.includes('..')) response.writeHead(404, headers).end();
    else if (text !== undefined) send(text);
    else readFile(new URL(file, DIST)).then(send, () => response.writeHead(404, headers).end());
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));

  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/lab/`,
    asked() {
      const paths = asked;
      asked = [];
      return paths;
    },
    async goDown() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    async bringOut(title) {
      const page = await readFile(new URL('index.html', DIST), 'utf8');
      const worker = await readFile(new URL('offline.worker.js', DIST), 'utf8');
      const entry = /\{[^{}]*"url":\s*"index\.html"[^{}]*\}/;
      if (!entry.test(worker)) throw new Error('The service worker does not list the page.');
      changed.set('index.html', page.replace('<html lang="en">', `<html lang="en" data-version="${title}">`));
      changed.set('offline.worker.js', worker.replace(entry, `{"url":"index.html","revision":"${title}"}`));
    },
  };
}

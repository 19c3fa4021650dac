/** The service worker: the lab without its server. The build puts in the list of its files. */
import { FIRST_SAMPLE, sampleById } from '../src/contracts/gallery.ts';
import { createOfflineCache, TAKE_OVER, type BuiltFile } from '../src/platform/offlineCache.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: BuiltFile[] };

const first = sampleById(FIRST_SAMPLE);
const firstSample = first?.kind === 'table' ? first.path : undefined;

/** Modules that few visits ask for, and large ones: those of JPEG XL are 2.2 MB. */
const isRarelyUsed = (url: string): boolean => /^assets\/jxl_/.test(url);

const cache = createOfflineCache({
  scope: self.registration.scope,
  files: self.__WB_MANIFEST,
  isKeptOnUse: (url) => (url.startsWith('samples/') && url !== firstSample) || isRarelyUsed(url),
});

self.addEventListener('install', (event) => event.waitUntil(cache.install()));
self.addEventListener('activate', (event) => {
  event.waitUntil(cache.activate().then(() => self.clients.claim()));
});
self.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const answer = cache.respond(event.request, (work) => event.waitUntil(work));
  if (answer !== null) event.respondWith(answer);
});

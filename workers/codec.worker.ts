/** The codec worker: the service over this browser's store, its decoder of pictures, and this site's gallery files. */
import { openArchiveStore } from '../src/platform/archiveStore.ts';
import { decodeInBrowser } from '../src/platform/pictureDecoder.ts';
import { createGalleryFetcher } from '../src/platform/galleryFetch.ts';
import { exposeCodecHost } from '../src/platform/codecHost.ts';
import { createCodecService } from '../src/service/codecService.ts';

exposeCodecHost(({ baseUrl, database }) =>
  createCodecService({
    async openStore() {
      const store = await openArchiveStore({ databaseName: database });
      // What a crash has left behind. Nothing depends on it, so that its failing is no reason to go without a store.
      await store.sweepOrphans().catch(() => 0);
      return store;
    },
    fetchSample: createGalleryFetcher(baseUrl),
    decodePicture: decodeInBrowser,
  }),
);

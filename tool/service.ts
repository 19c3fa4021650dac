/** The service of the page, over a store that lasts as long as the command: what it makes is what the page makes. */
import { LabError } from '../src/core/errors.ts';
import type { ArchiveStore } from '../src/platform/archiveStore.ts';
import type { HostedService } from '../src/platform/codecHost.ts';
import { createCodecService } from '../src/service/codecService.ts';
import { createMemoryStore } from './memoryStore.ts';
import { decodePicture } from './pictureDecoder.ts';

/** The store is there for whoever writes what was made to the disk, without a second copy in memory. */
export function openService(): { service: HostedService; store: ArchiveStore } {
  const store = createMemoryStore();
  const service = createCodecService({
    openStore: () => Promise.resolve(store),
    fetchSample: (name) =>
      Promise.reject(new LabError('SAMPLE_UNAVAILABLE', `${name} is a sample of the page.`)),
    decodePicture,
  });
  return { service, store };
}

/** For calls that tell nothing on their way. */
export const untold = (): void => undefined;

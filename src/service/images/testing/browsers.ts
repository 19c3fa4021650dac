/** Browsers for tests: each a service over a store of its own, and its calls in short. */
import { openDB } from 'idb';
import type { DatasetSource } from '../../../contracts/codec.ts';
import {
  DEFAULT_IMAGE_SETTINGS,
  type ImageArchiveReport,
  type ImageSettings,
  type ImageSource,
} from '../../../contracts/images.ts';
import { LabError } from '../../../core/errors.ts';
import { pictureBytes, type ImageSet } from '../../../core/images/imageSet.ts';
import { randomImages } from '../../../core/images/testing/randomImages.ts';
import { SILENT_PULSE, type Pulse } from '../../../core/pulse.ts';
import { openArchiveStore, type ArchiveStore } from '../../../platform/archiveStore.ts';
import type { HostedService } from '../../../platform/codecHost.ts';
import { createCodecService } from '../../codecService.ts';

export interface Browser {
  store: ArchiveStore;
  service: HostedService;
  database: string;
}

let count = 0;
const browsers: Browser[] = [];
const ports: MessagePort[] = [];

export function serviceOver(store: ArchiveStore): HostedService {
  return createCodecService({
    openStore: () => Promise.resolve(store),
    fetchSample: (name) => Promise.reject(new LabError('SAMPLE_UNAVAILABLE', `There is no ${name}.`)),
    decodePicture: () => Promise.reject(new LabError('PICTURE_UNSUPPORTED', 'There are no pictures here.')),
  });
}

/** A browser profile of its own: a store with nothing in it. */
export async function newBrowser(): Promise<Browser> {
  const database = `pictures-${++count}`;
  const store = await openArchiveStore({ databaseName: database, locks: null });
  const browser = { store, service: serviceOver(store), database };
  browsers.push(browser);
  return browser;
}

/** Closes every browser and port of a test. */
export function closeBrowsers(): void {
  for (const { store } of browsers.splice(0)) store.close();
  for (const port of ports.splice(0)) port.close();
}

/** A channel that is closed after the test. */
export function openChannel(): MessageChannel {
  const channel = new MessageChannel();
  ports.push(channel.port2);
  return channel;
}

export const ignore = (): void => undefined;
export const GREY = { width: 9, height: 7, channels: 1 } as const;
const COLOUR = { width: 8, height: 6, channels: 3 } as const;

export const greySet = (records = 90): ImageSet =>
  randomImages({ seed: 3, shape: GREY, records, classes: 3, given: 'tail' });
export const colourSet = (): ImageSet =>
  randomImages({ seed: 5, shape: COLOUR, records: 60, classes: 2, given: 'none' });

export const settingsWith = (change: Partial<ImageSettings> = {}): ImageSettings => ({
  ...DEFAULT_IMAGE_SETTINGS,
  blockBytes: 1_024,
  ...change,
});
export const NEAR = settingsWith({ transform: 'dct' });

export const open = ({ service }: Browser, source: ImageSource) =>
  service.openImages({ source }, SILENT_PULSE, ignore);
export const compress = (
  { service }: Browser,
  source: ImageSource,
  settings = settingsWith(),
  pulse: Pulse = SILENT_PULSE,
  helpers: MessagePort[] = [],
): Promise<ImageArchiveReport> =>
  service.compressImages({ source, settings, store: true, kept: false, helpers }, pulse, ignore);
export const list = ({ service }: Browser) => service.listArchives(undefined, SILENT_PULSE, ignore);
export const sample = ({ service }: Browser, archiveId: string, fraction: number, seed = 1) =>
  service.sampleImages({ archiveId, fraction, seed }, SILENT_PULSE, ignore);
export const inspect = (
  { service }: Browser,
  archiveId: string,
  record: number | null,
  source: ImageSource | null = null,
) => service.inspectImage({ archiveId, record, source }, SILENT_PULSE, ignore);
export const send = ({ service }: Browser, id: string) => service.exportArchive({ id }, SILENT_PULSE, ignore);
export const take = ({ service }: Browser, file: Blob) =>
  service.importArchive({ file: new File([file], 'x.dmla') }, SILENT_PULSE, ignore);
export const verify = ({ service }: Browser, id: string) =>
  service.verifyArchive({ id }, SILENT_PULSE, ignore);
export const openTable = ({ service }: Browser, source: DatasetSource) =>
  service.openDataset({ source }, SILENT_PULSE, ignore);

export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof LabError ? thrown.code : `uncoded: ${String(thrown)}`),
  );

/** A pulse that is always due, and cancels at a beat. */
export function cancelAt(beat: number): Pulse {
  let beats = 0;
  return {
    due: () => true,
    beat: async () => {
      await new Promise((resolve) => setTimeout(resolve));
      if (++beats >= beat) throw new LabError('CANCELLED', 'The work was cancelled.');
    },
  };
}

/** Lets others in at every tenth question. */
export function seldom(): Pulse {
  let asked = 0;
  return {
    due: () => ++asked % 10 === 0,
    beat: () => new Promise((resolve) => setTimeout(resolve)),
  };
}

export const pictureOf = ({ shape, pixels }: ImageSet, record: number): number[] => [
  ...pixels.subarray(record * pictureBytes(shape), (record + 1) * pictureBytes(shape)),
];

export async function stored({ database }: Browser): Promise<{ chunks: number; manifests: number }> {
  const db = await openDB(database);
  const counts = { chunks: await db.count('chunks'), manifests: await db.count('manifests') };
  db.close();
  return counts;
}

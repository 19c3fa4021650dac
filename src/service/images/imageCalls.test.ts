import 'fake-indexeddb/auto';
import { decode as decodePng } from 'fast-png';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type DatasetSource } from '../../contracts/codec.ts';
import {
  DEFAULT_IMAGE_SETTINGS,
  type ImageArchiveReport,
  type ImageSettings,
  type ImageSource,
} from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { pictureBytes, type ImageSet } from '../../core/images/imageSet.ts';
import { randomImages } from '../../core/images/testing/randomImages.ts';
import { imageFile } from '../../core/images/testing/imageFiles.ts';
import { openZip } from '../../core/images/zip/zip.ts';
import { SILENT_PULSE, type Pulse } from '../../core/pulse.ts';
import { openArchiveStore, type ArchiveStore } from '../../platform/archiveStore.ts';
import type { HostedService } from '../../platform/workerHost.ts';
import { createCodecService } from '../codecService.ts';
import { sourceOf } from './testing/pictureSources.ts';

interface Browser {
  store: ArchiveStore;
  service: HostedService;
  database: string;
}

let count = 0;
const browsers: Browser[] = [];
const ports: MessagePort[] = [];

function serviceOver(store: ArchiveStore): HostedService {
  return createCodecService({
    openStore: () => Promise.resolve(store),
    fetchSample: (name) => Promise.reject(new LabError('SAMPLE_UNAVAILABLE', `There is no ${name}.`)),
    decodePicture: () => Promise.reject(new LabError('PICTURE_UNSUPPORTED', 'There are no pictures here.')),
  });
}

/** A browser profile of its own: a store with nothing in it. */
async function newBrowser(): Promise<Browser> {
  const database = `pictures-${++count}`;
  const store = await openArchiveStore({ databaseName: database, locks: null });
  const browser = { store, service: serviceOver(store), database };
  browsers.push(browser);
  return browser;
}

let here: Browser;
beforeEach(async () => {
  here = await newBrowser();
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const { store } of browsers.splice(0)) store.close();
  for (const port of ports.splice(0)) port.close();
});

const ignore = (): void => undefined;
const GREY = { width: 9, height: 7, channels: 1 } as const;
const COLOUR = { width: 8, height: 6, channels: 3 } as const;

const greySet = (records = 90): ImageSet =>
  randomImages({ seed: 3, shape: GREY, records, classes: 3, given: 'tail' });
const colourSet = (): ImageSet =>
  randomImages({ seed: 5, shape: COLOUR, records: 60, classes: 2, given: 'none' });

const settingsWith = (change: Partial<ImageSettings> = {}): ImageSettings => ({
  ...DEFAULT_IMAGE_SETTINGS,
  blockBytes: 1_024,
  ...change,
});
const NEAR = settingsWith({ transform: 'dct' });

const open = ({ service }: Browser, source: ImageSource) =>
  service.openImages({ source }, SILENT_PULSE, ignore);
const compress = (
  { service }: Browser,
  source: ImageSource,
  settings = settingsWith(),
  pulse: Pulse = SILENT_PULSE,
  helpers: MessagePort[] = [],
): Promise<ImageArchiveReport> =>
  service.compressImages({ source, settings, store: true, kept: false, helpers }, pulse, ignore);
const list = ({ service }: Browser) => service.listArchives(undefined, SILENT_PULSE, ignore);
const sample = ({ service }: Browser, archiveId: string, fraction: number, seed = 1) =>
  service.sampleImages({ archiveId, fraction, seed }, SILENT_PULSE, ignore);
const inspect = (
  { service }: Browser,
  archiveId: string,
  record: number,
  source: ImageSource | null = null,
) => service.inspectImage({ archiveId, record, source }, SILENT_PULSE, ignore);
const send = ({ service }: Browser, id: string) => service.exportArchive({ id }, SILENT_PULSE, ignore);
const take = ({ service }: Browser, file: Blob) =>
  service.importArchive({ file: new File([file], 'x.dmla') }, SILENT_PULSE, ignore);
const verify = ({ service }: Browser, id: string) => service.verifyArchive({ id }, SILENT_PULSE, ignore);
const openTable = ({ service }: Browser, source: DatasetSource) =>
  service.openDataset({ source }, SILENT_PULSE, ignore);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof LabError ? thrown.code : `uncoded: ${String(thrown)}`),
  );

/** A pulse that is always due, and cancels at a beat. */
function cancelAt(beat: number): Pulse {
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
function seldom(): Pulse {
  let asked = 0;
  return {
    due: () => ++asked % 10 === 0,
    beat: () => new Promise((resolve) => setTimeout(resolve)),
  };
}

const pictureOf = ({ shape, pixels }: ImageSet, record: number): number[] => [
  ...pixels.subarray(record * pictureBytes(shape), (record + 1) * pictureBytes(shape)),
];

async function stored({ database }: Browser): Promise<{ chunks: number; manifests: number }> {
  const db = await openDB(database);
  const counts = { chunks: await db.count('chunks'), manifests: await db.count('manifests') };
  db.close();
  return counts;
}

describe('pictures', () => {
  it('open with what the page shows of them', async () => {
    const set = greySet();
    const summary = await open(here, sourceOf(set));
    expect(summary).toMatchObject({
      name: 'data',
      format: 'npy',
      records: 90,
      ...GREY,
      rawBytes: 90 * 63,
      split: 'given',
      isNear: false,
      sampleId: null,
    });
    expect(summary.id).toMatch(/^[0-9a-f]{64}$/);
    expect(summary.classes.map(({ name }) => name)).toEqual(['0', '1', '2']);
    const total = summary.classes.reduce((sum, { train, test }) => sum + train + test, 0);
    expect([total, summary.classes.reduce((sum, { test }) => sum + test, 0)]).toEqual([90, 22]);
    expect(summary.histogram.length).toBe(256);
    expect(summary.histogram.reduce((sum, value) => sum + value, 0)).toBe(90 * 63);
    const { records, labels, pixels } = summary.preview;
    expect([...labels]).toEqual([...labels].sort((a, b) => a - b));
    expect(records.length).toBe(36);
    records.forEach((record, k) => {
      expect(record).toBeLessThan(68);
      expect(labels[k]).toBe(set.labels[record]);
      expect([...pixels.subarray(k * 63, (k + 1) * 63)]).toEqual(pictureOf(set, record));
    });
  });

  it('come one class and one page at a time', async () => {
    const set = greySet();
    const source = sourceOf(set);
    const page = (label: number, from: number, many: number) =>
      here.service.pictures({ source, label, from, count: many }, SILENT_PULSE, ignore);
    const ofClass = [...set.labels.keys()].filter((i) => set.labels[i] === 1);
    const { records, pixels } = await page(1, 4, 5);
    expect([...records]).toEqual(ofClass.slice(4, 9));
    expect([...pixels.subarray(0, 63)]).toEqual(pictureOf(set, ofClass[4]));
    expect((await page(1, 9_999, 5)).records).toHaveLength(0);
    expect(await codeOf(page(3, 0, 5))).toBe('SETTING_OUT_OF_RANGE');
    expect(await codeOf(page(0, 0, 2_001))).toBe('SETTING_OUT_OF_RANGE');
  });

  it('and tables take each other’s place', async () => {
    const source = sourceOf(greySet());
    const first = await open(here, source);
    const table: DatasetSource = { kind: 'file', file: new File(['a,b\n1,2\n3,4\n'], 't.csv') };
    const opened = await openTable(here, table);
    expect(await openTable(here, table)).toBe(opened);
    const again = await open(here, source);
    expect(again).not.toBe(first);
    expect(again.id).toBe(first.id);
    expect(await openTable(here, table)).not.toBe(opened);
  });

  it('of a sample that is not one of pictures are refused, and so is the other way round', async () => {
    expect(await codeOf(open(here, { kind: 'sample', id: 'diamonds' }))).toBe('SAMPLE_UNAVAILABLE');
    expect(await codeOf(openTable(here, { kind: 'sample', id: 'mnist' }))).toBe('SAMPLE_UNAVAILABLE');
    expect(await codeOf(open(here, { kind: 'sample', id: 'mnist' }))).toBe('SAMPLE_UNAVAILABLE');
  });
});

describe('an archive of pictures', () => {
  it('is made, listed, verified, and opens as the pictures it was made from', async () => {
    const set = greySet();
    const summary = await open(here, sourceOf(set));
    const report = await compress(here, sourceOf(set));
    expect(report).toMatchObject({
      stored: true,
      storeError: null,
      trainRecords: 68,
      testRecords: 22,
      rawBytes: { train: 68 * 63, test: 22 * 63 },
      fidelity: { kind: 'exact' },
      workers: 1,
    });
    expect(report.tables.map(({ className }) => className)).toEqual(['0', '1', '2']);
    expect(report.tables.reduce((sum, { trainRecords }) => sum + trainRecords, 0)).toBe(68);
    const [listing] = await list(here);
    expect(listing).toMatchObject({
      id: report.id,
      datasetId: summary.id,
      rows: 90,
      columns: 63,
      rawFloat64Bytes: 90 * 63,
      bytes: report.bytes.train + report.bytes.test,
      images: {
        ...GREY,
        classes: 3,
        trainRecords: 68,
        fidelity: { kind: 'exact' },
        settings: settingsWith(),
      },
    });
    expect(await verify(here, report.id)).toMatchObject({ records: 90 });

    expect(await open(here, { kind: 'archive', id: report.id })).toBe(summary);
    here.service = serviceOver(here.store);
    const again = await open(here, { kind: 'archive', id: report.id });
    const story = {
      format: 'archive',
      notices: [],
      sizeCount: 0,
      sizes: [],
      rule: null,
      seconds: 0,
    } as const;
    expect({ ...again, ...story }).toEqual({ ...summary, ...story });
    expect((await compress(here, { kind: 'archive', id: report.id })).id).toBe(report.id);
    expect(await list(here)).toHaveLength(1);
  });

  it('is the same with the help of others, of which some do not answer', async () => {
    const source = sourceOf(greySet(300));
    const alone = await compress(here, source);
    const file = await send(here, alone.id);
    const other = await newBrowser();
    const helper = new MessageChannel();
    const dead = new MessageChannel();
    ports.push(helper.port2, dead.port2);
    const helping = other.service.helpEncode({ port: helper.port2 }, SILENT_PULSE, ignore);
    const together = await newBrowser();
    const report = await compress(together, source, settingsWith(), seldom(), [helper.port1, dead.port1]);
    expect(report).toMatchObject({ id: alone.id, workers: 3, bytes: alone.bytes });
    expect(await (await send(together, report.id)).file.arrayBuffer()).toEqual(await file.file.arrayBuffer());
    expect(await helping).toBeNull();
  });

  it('gives samples that are the pictures, fresh with every seed, from its own blocks alone', async () => {
    const set = greySet(400);
    const { id, blocks } = await compress(here, sourceOf(set));
    const first = await sample(here, id, 0.1, 1);
    expect(first).toMatchObject({
      records: 30,
      trainRecords: 300,
      rawBytes: 300 * 63,
      fraction: 0.1,
      seed: 1,
    });
    expect(new Set(first.pictures.records).size).toBe(30);
    first.pictures.records.forEach((record, k) => {
      expect(record).toBeLessThan(300);
      expect([...first.pictures.pixels.subarray(k * 63, (k + 1) * 63)]).toEqual(pictureOf(set, record));
      expect(first.pictures.labels[k]).toBe(set.labels[record]);
    });
    expect((await sample(here, id, 0.1, 1)).pictures).toEqual(first.pictures);
    expect((await sample(here, id, 0.1, 2)).pictures.records).not.toEqual(first.pictures.records);
    expect(first.resident.subset).toBe(30 * 63);
    const { subset, bases, index, blocks: held, total } = first.resident;
    expect(total).toBe(subset + bases + index + held);
    const one = await sample(here, id, 1e-6);
    expect(one).toMatchObject({ records: 1, blocksRead: 1 });
    expect(blocks).toBeGreaterThan(6);
    const all = await sample(here, id, 1);
    expect(new Set(all.pictures.records).size).toBe(60);
    expect(all.records).toBe(300);
    for (const fraction of [0, -1, 1.01, NaN])
      expect(await codeOf(sample(here, id, fraction))).toBe('SETTING_OUT_OF_RANGE');
    expect(await codeOf(sample(here, 'nothing', 1))).toBe('ARCHIVE_NOT_FOUND');
  });

  it('shows a picture before and after, its base, and who shares it', async () => {
    const set = greySet();
    const source = sourceOf(set);
    const { id } = await compress(here, source);
    for (const record of [0, 17, 67, 68, 89]) {
      const shown = await inspect(here, id, record, source);
      expect(shown).toMatchObject({
        record,
        group: record < 68 ? 'train' : 'test',
        className: String(set.labels[record]),
        table: set.labels[record],
      });
      expect([...shown.before!]).toEqual(pictureOf(set, record));
      expect([...shown.after.pixels]).toEqual(pictureOf(set, record));
      expect(shown.sharing.records[0]).toBe(record);
      expect(shown.sharing.records.length).toBe(Math.min(24, shown.sharedBy));
      shown.sharing.records.forEach((other, k) => {
        expect(set.labels[other]).toBe(set.labels[record]);
        expect([...shown.sharing.pixels.subarray(k * 63, (k + 1) * 63)]).toEqual(pictureOf(set, other));
      });
      expect(shown.base).toHaveLength(63);
      expect(shown.blocksRead).toBeLessThanOrEqual(1);
    }
    expect((await inspect(here, id, 3)).before).toBeNull();
    expect((await inspect(here, id, 3, sourceOf(greySet(91)))).before).toBeNull();
    for (const record of [-1, 90, 0.5])
      expect(await codeOf(inspect(here, id, record))).toBe('RECORD_OUT_OF_RANGE');
  });

  it('that is near-lossless says how near, and is not made of itself again', async () => {
    const set = colourSet();
    const source = sourceOf(set);
    const summary = await open(here, source);
    const report = await compress(here, source, NEAR);
    const { fidelity } = report;
    expect(fidelity.kind).toBe('near');
    if (fidelity.kind === 'near') {
      expect(fidelity.psnr).toBeGreaterThan(40);
      expect(fidelity.exactShare).toBeLessThan(1);
    }
    const drawn = await sample(here, report.id, 1);
    let largest = 0;
    drawn.pictures.records.forEach((record, k) => {
      pictureOf(set, record).forEach((value, at) => {
        largest = Math.max(largest, Math.abs(value - drawn.pictures.pixels[k * 144 + at]));
      });
    });
    expect(largest).toBeGreaterThan(0);
    if (fidelity.kind === 'near') expect(largest).toBeLessThanOrEqual(fidelity.maxError);

    // In this session the pictures are those of the file; of the archive alone they are other ones.
    const archive: ImageSource = { kind: 'archive', id: report.id };
    const decoded = await open(here, archive);
    expect(decoded.isNear).toBe(true);
    expect(decoded.id).not.toBe(summary.id);
    const before = await send(here, report.id);
    const again = await compress(here, archive, NEAR);
    const { curve: _, ...table } = report.tables[0];
    expect(again).toMatchObject({
      id: report.id,
      bytes: report.bytes,
      breakdown: report.breakdown,
      workers: 0,
    });
    expect(again.tables[0]).toMatchObject(table);
    expect([again.equation1Bits, again.blocks, again.fidelity]).toEqual([
      report.equation1Bits,
      report.blocks,
      report.fidelity,
    ]);
    expect(await (await send(here, report.id)).file.arrayBuffer()).toEqual(await before.file.arrayBuffer());
    // With other settings it is an archive of the decoded pictures, and the first one stays.
    const other = await compress(here, archive, settingsWith());
    expect(other.fidelity).toEqual({ kind: 'exact' });
    expect((await list(here)).map(({ id }) => id).sort()).toEqual([report.id, other.id].sort());
  });

  it('that is near-lossless does not take the place of an exact one', async () => {
    const source = sourceOf(colourSet());
    const exact = await compress(here, source);
    const near = await compress(here, source, NEAR);
    const nearer = await compress(here, source, settingsWith({ transform: 'dct8' }));
    expect((await list(here)).map(({ id }) => id).sort()).toEqual([exact.id, nearer.id].sort());
    expect(near.id).not.toBe(nearer.id);
    await compress(here, source, settingsWith({ tau: 3 }));
    expect(await list(here)).toHaveLength(1);
  });

  it('travels as a file and is the same elsewhere', async () => {
    const there = await newBrowser();
    for (const [set, settings] of [
      [greySet(), settingsWith()],
      [colourSet(), NEAR],
    ] as const) {
      const { id } = await compress(here, sourceOf(set), settings);
      const { name, file } = await send(here, id);
      expect(name).toBe('data-entrogede.dmla');
      const listing = await take(there, file);
      const original = (await list(here)).find((one) => one.id === id)!;
      expect(listing).toEqual({ ...original, kept: true, createdAt: listing.createdAt });
      expect(await verify(there, id)).toMatchObject({ records: set.records });
      expect((await sample(there, id, 0.2)).pictures).toEqual((await sample(here, id, 0.2)).pictures);
      await there.service.deleteArchives({ ids: [id] }, SILENT_PULSE, ignore);
      expect(await codeOf(sample(there, id, 0.2))).toBe('ARCHIVE_NOT_FOUND');
    }
    expect(await stored(there)).toEqual({ chunks: 0, manifests: 0 });
  });

  it('that is damaged on its way is refused, and nothing is stored', async () => {
    const { id } = await compress(here, sourceOf(greySet()));
    const bytes = new Uint8Array(await (await send(here, id)).file.arrayBuffer());
    const there = await newBrowser();
    for (const at of [3, 40, Math.floor(bytes.length / 2), bytes.length - 4]) {
      const damaged = bytes.slice();
      damaged[at] ^= 16;
      expect(await codeOf(take(there, new Blob([damaged])))).toMatch(/^ARCHIVE_(CORRUPT|NEWER)$/);
    }
    expect(await codeOf(take(there, new Blob([bytes.slice(0, -100)])))).toBe('ARCHIVE_CORRUPT');
    expect(await stored(there)).toEqual({ chunks: 0, manifests: 0 });
  });

  it('is not taken for a table, nor a table for pictures', async () => {
    const pictures = await compress(here, sourceOf(greySet()));
    const rows = Array.from({ length: 30 }, (_, i) => `${i % 4},${i}`).join('\n');
    const table: DatasetSource = { kind: 'file', file: new File([`a,b\n${rows}\n`], 't.csv') };
    const settings = { ...DEFAULT_SETTINGS, target: null };
    const request = { source: table, settings, store: true, kept: false };
    const { id } = await here.service.compress(request, SILENT_PULSE, ignore);
    const asTable: DatasetSource = { kind: 'archive', id: pictures.id };
    expect(await codeOf(openTable(here, asTable))).toBe('ARCHIVE_HOLDS_IMAGES');
    expect(
      await codeOf(
        here.service.inspect({ archiveId: pictures.id, record: 0 }, SILENT_PULSE, ignore as never),
      ),
    ).toBe('ARCHIVE_HOLDS_IMAGES');
    expect(
      await codeOf(
        here.service.exportTable({ id: pictures.id, format: 'csv' }, SILENT_PULSE, ignore as never),
      ),
    ).toBe('ARCHIVE_HOLDS_IMAGES');
    const asPictures = [
      open(here, { kind: 'archive', id }),
      sample(here, id, 1),
      inspect(here, id, 0),
      here.service.exportImages({ id }, SILENT_PULSE, ignore),
    ];
    const codes = await Promise.all(asPictures.map(codeOf));
    expect(codes).toEqual(asPictures.map(() => 'ARCHIVE_HOLDS_TABLE'));
  });

  it('leaves as a zip of PNGs in folders of its classes', async () => {
    const set = greySet();
    const { id } = await compress(here, sourceOf(set));
    const { name, file } = await here.service.exportImages({ id }, SILENT_PULSE, ignore);
    expect(name).toBe('data-pictures.zip');
    const zip = await openZip(imageFile(name, new Uint8Array(await file.arrayBuffer())));
    expect(zip.entries).toHaveLength(90);
    for (const entry of zip.entries) {
      const [part, className, png] = entry.path.split('/');
      const record = Number.parseInt(png, 10);
      expect([part, className]).toEqual([record < 68 ? 'train' : 'test', String(set.labels[record])]);
      const picture = decodePng(await zip.readEntry(entry));
      expect([picture.width, picture.height, picture.channels]).toEqual([9, 7, 1]);
      expect([...picture.data]).toEqual(pictureOf(set, record));
    }
  });
});

describe('what fails half-way', () => {
  it('leaves nothing when it is cancelled, and can be made afterwards', async () => {
    const source = sourceOf(greySet(300));
    await open(here, source);
    for (const beat of [1, 2, 5, 9]) {
      const settings = settingsWith({ tau: 60 + beat });
      expect(await codeOf(compress(here, source, settings, cancelAt(beat)))).toBe('CANCELLED');
      expect(await stored(here)).toEqual({ chunks: 0, manifests: 0 });
    }
    expect((await compress(here, source)).stored).toBe(true);
  });

  it('lets its helpers go when it is cancelled', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port2);
    const helping = here.service.helpEncode({ port: port2 }, SILENT_PULSE, ignore);
    const work = compress(here, sourceOf(greySet()), settingsWith(), cancelAt(1), [port1]);
    expect(await codeOf(work)).toBe('CANCELLED');
    expect(await helping).toBeNull();
  });

  it('leaves the archive before it when the disk is full, and says so', async () => {
    const source = sourceOf(greySet());
    const first = await compress(here, source);
    const before = await stored(here);
    const put = IDBObjectStore.prototype.put;
    let left = 1;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...request) {
      const result = put.apply(this, request);
      if (--left < 0) {
        const tx = this.transaction as unknown as { _abort(name: string): void };
        result.addEventListener('success', () => tx._abort('QuotaExceededError'));
      }
      return result;
    });
    const report = await compress(here, source, settingsWith({ tau: 2 }));
    expect(report).toMatchObject({ stored: false, storeError: { code: 'STORAGE_FULL' } });
    vi.restoreAllMocks();
    expect(await stored(here)).toEqual(before);
    expect(await verify(here, first.id)).toMatchObject({ records: 90 });
  });

  it('is refused by a code before anything is done', async () => {
    const source = sourceOf(greySet());
    for (const [change, code] of [
      [{ tau: 0 }, 'SETTING_OUT_OF_RANGE'],
      [{ blockBytes: 1 }, 'SETTING_OUT_OF_RANGE'],
      [{ transform: 'magic' as never }, 'TRANSFORM_UNKNOWN'],
      [{ representation: '__proto__' as never }, 'REPRESENTATION_UNKNOWN'],
      [{ codec: 'zip' }, 'CODEC_UNKNOWN'],
    ] as const) {
      const settings = settingsWith(change);
      const request = { source, settings };
      const works: Promise<unknown>[] = [
        compress(here, source, settings),
        here.service.analyseImages({ ...request, table: 0 }, SILENT_PULSE, ignore),
        here.service.condenseImages(request, SILENT_PULSE, ignore),
        here.service.imageSweepCell({ ...request, limit: 5 }, SILENT_PULSE, ignore),
        here.service.imagePeers(request, SILENT_PULSE, ignore),
      ];
      expect(await Promise.all(works.map(codeOf))).toEqual(works.map(() => code));
    }
  });
});

describe('the bits of pictures', () => {
  const analyse = (source: ImageSource, settings: ImageSettings, table: number) =>
    here.service.analyseImages({ source, settings, table }, SILENT_PULSE, ignore);

  it.each([
    ['pixels', greySet(), settingsWith(), ['grey']],
    ['pixels in colour', colourSet(), settingsWith({ classWise: false }), ['red', 'green', 'blue']],
    ['coefficients', colourSet(), NEAR, ['Y', 'Cb', 'Cr']],
  ])('agree with the archive: %s', async (_what, set, settings, names) => {
    const source = sourceOf(set);
    const report = await analyse(source, settings, 0);
    const archive = await compress(here, source, settings);
    const table = archive.tables[0];
    expect(report).toMatchObject({
      table: 0,
      tables: archive.tables.length,
      className: table.className,
      trainRecords: table.trainRecords,
      columns: pictureBytes(set.shape),
      channelNames: names,
      baseCount: table.baseCount,
    });
    expect(report.counts.constant).toBe(table.constantBits);
    expect(report.counts.constant + report.counts.base).toBe(table.baseBits);
    expect(report.counts.deviation).toBe(table.deviationBits);
    expect([report.ones.length, report.role.length]).toEqual([table.recordBits, table.recordBits]);
    expect(report.mean).toHaveLength(pictureBytes(set.shape));
    let next = 0;
    report.starts.forEach((start, column) => {
      expect(start).toBe(next);
      next += report.widths[column];
    });
    expect(new Set(report.place.channel).size).toBe(names.length);
    // What the archive's encoding has found is what a search alone finds.
    here.service = serviceOver(here.store);
    const last = archive.tables.length - 1;
    const searched = await analyse(source, settings, last);
    await compress(here, source, settings);
    expect({ ...(await analyse(source, settings, last)), seconds: 0 }).toEqual({ ...searched, seconds: 0 });
    expect(await codeOf(analyse(source, settings, archive.tables.length))).toBe('SETTING_OUT_OF_RANGE');
  });
});

describe('condensed pictures', () => {
  it('weigh as much as the pictures that they stand for', async () => {
    const source = sourceOf(greySet());
    const settings = settingsWith({ beta: 3 });
    const report = await here.service.condenseImages({ source, settings }, SILENT_PULSE, ignore);
    expect(report).toMatchObject({ beta: 3, trainRecords: 68 });
    expect(report.perClass).toHaveLength(3);
    expect(report.samples).toBe(report.perClass.reduce((sum, one) => sum + one, 0));
    expect(report.pictures.labels.length).toBe(report.weights.length);
    expect(report.pictures.pixels.length).toBe(report.weights.length * 63);
    expect(report.weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(68);
    expect(report.maxBeta).toBeGreaterThan(3);
  });
});

describe('a cell of a sweep', () => {
  it('measures the first pictures of every class and stores nothing', async () => {
    const source = sourceOf(colourSet());
    const cell = (settings: ImageSettings, limit: number) =>
      here.service.imageSweepCell({ source, settings, limit }, SILENT_PULSE, ignore);
    const part = await cell(NEAR, 20);
    expect(part).toMatchObject({
      records: 20,
      rawBytes: 20 * 144,
      settings: NEAR,
      fidelity: { kind: 'near' },
    });
    const all = await cell(settingsWith(), 9_999);
    const archive = await compress(here, source);
    expect(all.records).toBe(archive.trainRecords);
    expect([all.equation1Bits, all.baseCount]).toEqual([
      archive.equation1Bits,
      archive.tables.reduce((sum, { baseCount }) => sum + baseCount, 0),
    ]);
    expect(await codeOf(cell(NEAR, 0))).toBe('SETTING_OUT_OF_RANGE');
    expect(await list(here)).toHaveLength(1);
  });
});

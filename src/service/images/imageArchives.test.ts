import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decode as decodePng, encode as encodePng } from 'fast-png';
import { DEFAULT_SETTINGS, type DatasetSource } from '../../contracts/codec.ts';
import type { ImageSource } from '../../contracts/images.ts';
import { imageFile } from '../../readers/testing/imageFiles.ts';
import { openZip } from '../../readers/zip/zip.ts';
import { SILENT_PULSE } from '../../core/pulse.ts';
import {
  GREY,
  NEAR,
  closeBrowsers,
  codeOf,
  colourSet,
  compress,
  greySet,
  ignore,
  inspect,
  list,
  newBrowser,
  open,
  openChannel,
  openTable,
  pictureOf,
  sample,
  seldom,
  send,
  serviceOver,
  settingsWith,
  stored,
  take,
  verify,
  type Browser,
} from './testing/browsers.ts';
import { sourceOf } from './testing/pictureSources.ts';

let here: Browser;
beforeEach(async () => {
  here = await newBrowser();
});
afterEach(() => {
  vi.restoreAllMocks();
  closeBrowsers();
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
    const helper = openChannel();
    const dead = openChannel();
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
      const { pixels: ofBase, sharing, sharedBy } = shown.base!;
      expect(sharing.records[0]).toBe(record);
      expect(sharing.records.length).toBe(Math.min(24, sharedBy));
      sharing.records.forEach((other, k) => {
        expect(set.labels[other]).toBe(set.labels[record]);
        expect([...sharing.pixels.subarray(k * 63, (k + 1) * 63)]).toEqual(pictureOf(set, other));
      });
      expect(ofBase).toHaveLength(63);
      expect(shown.blocksRead).toBeLessThanOrEqual(1);
    }
    const first = await inspect(here, id, null, source);
    let most = 0;
    for (let record = 0; record < 68; record++) {
      const { table, base } = await inspect(here, id, record);
      if (table === first.table) most = Math.max(most, base!.sharedBy);
    }
    expect(first).toMatchObject({ group: 'train', base: { sharedBy: most } });
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
    // Of the search only its end is left.
    const { bases, ...table } = report.tables[0];
    const { curve: _, ...counts } = bases!;
    expect(again).toMatchObject({
      id: report.id,
      bytes: report.bytes,
      breakdown: report.breakdown,
      workers: 0,
    });
    expect(again.tables[0]).toMatchObject({ ...table, bases: counts });
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
      // Of pictures that it holds only nearly nothing proves which they were: see claimed.test.ts.
      const { datasetId, images } = listing;
      const claimed = settings === NEAR ? { id: listing.id, datasetId, images } : {};
      expect(listing).toEqual({ ...original, kept: true, createdAt: listing.createdAt, ...claimed });
      expect(await verify(there, listing.id)).toMatchObject({ records: set.records });
      expect((await sample(there, listing.id, 0.2)).pictures).toEqual((await sample(here, id, 0.2)).pictures);
      await there.service.deleteArchives({ ids: [listing.id] }, SILENT_PULSE, ignore);
      expect(await codeOf(sample(there, listing.id, 0.2))).toBe('ARCHIVE_NOT_FOUND');
    }
    expect(await stored(there)).toEqual({ chunks: 0, manifests: 0 });
  });

  it('keeps how its pictures were read, here and elsewhere', async () => {
    const deep = Array.from({ length: 16 }, (_, k) => 100 + 30 * k).map((value, k) => {
      const bytes = encodePng({
        width: 2,
        height: 1,
        depth: 16,
        channels: 1,
        data: Uint16Array.of(value, 355),
      });
      const file = new File([bytes as Uint8Array<ArrayBuffer>], `${k}.png`, { lastModified: 7 });
      return { path: `set/${k % 2 === 0 ? 'a' : 'b'}/${k}.png`, file };
    });
    const source: ImageSource = { kind: 'files', files: deep, reading: { depth: 'stretch', colour: 'grey' } };
    const depth = { rule: 'stretch', pictures: 16, low: 100, high: 550 };
    expect((await open(here, source)).depth).toEqual(depth);
    const { id } = await compress(here, source);
    const there = await newBrowser();
    await take(there, (await send(here, id)).file);
    for (const browser of [here, there]) {
      const [listing] = await list(browser);
      expect(listing.images?.reading).toEqual({ depth: 'stretch', colour: 'grey' });
      const again = await open(browser, { kind: 'archive', id });
      expect(again.depth).toEqual(depth);
    }
    // Made once more of what it holds, with other settings, it still says so.
    const other = await compress(there, { kind: 'archive', id }, settingsWith({ tau: 4 }));
    expect((await open(there, { kind: 'archive', id: other.id })).depth).toEqual(depth);
    // Of pictures that nobody said anything about, nothing is kept.
    const { id: plain } = await compress(here, sourceOf(greySet()));
    const listed = (await list(here)).find((one) => one.id === plain);
    expect(Object.keys(listed?.images ?? {})).not.toContain('reading');
    expect((await open(here, { kind: 'archive', id: plain })).depth).toBeNull();
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
      here.service.exportImages({ id, format: 'png' }, SILENT_PULSE, ignore),
    ];
    const codes = await Promise.all(asPictures.map(codeOf));
    expect(codes).toEqual(asPictures.map(() => 'ARCHIVE_HOLDS_TABLE'));
  });

  it('leaves as a zip of PNGs in folders of its classes', async () => {
    const set = greySet();
    const { id } = await compress(here, sourceOf(set));
    const { name, file } = await here.service.exportImages({ id, format: 'png' }, SILENT_PULSE, ignore);
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

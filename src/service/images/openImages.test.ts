import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatasetSource } from '../../contracts/codec.ts';
import type { ImageSettings, ImageSource } from '../../contracts/images.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
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
  list,
  newBrowser,
  open,
  openTable,
  pictureOf,
  serviceOver,
  settingsWith,
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
    const bases = table.bases!;
    expect(report).toMatchObject({
      table: 0,
      tables: archive.tables.length,
      className: table.className,
      trainRecords: table.trainRecords,
      columns: pictureBytes(set.shape),
      channelNames: names,
      baseCount: bases.baseCount,
    });
    expect(report.counts.constant).toBe(bases.constantBits);
    expect(report.counts.constant + report.counts.base).toBe(bases.baseBits);
    expect(report.counts.deviation).toBe(bases.deviationBits);
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
      archive.tables.reduce((sum, { bases }) => sum + bases!.baseCount, 0),
    ]);
    expect(await codeOf(cell(NEAR, 0))).toBe('SETTING_OUT_OF_RANGE');
    expect(await list(here)).toHaveLength(1);
  });
});

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageSettings, ImageSource } from '../../contracts/images.ts';
import type { PictureWalk, WalkedSet } from '../../contracts/pictureWalk.ts';
import { SILENT_PULSE } from '../../core/pulse.ts';
import {
  closeBrowsers,
  codeOf,
  colourSet,
  compress,
  greySet,
  ignore,
  newBrowser,
  open,
  serviceOver,
  settingsWith,
  type Browser,
} from './testing/browsers.ts';
import { sourceOf } from './testing/pictureSources.ts';

let here: Browser;
beforeEach(async () => {
  here = await newBrowser();
});
afterEach(closeBrowsers);

interface Asked {
  settings?: ImageSettings;
  label?: number;
  picture?: number | null;
}

const walk = (
  set: WalkedSet,
  { settings = settingsWith(), label = 0, picture = null }: Asked = {},
): Promise<PictureWalk> => here.service.pictureWalk({ set, settings, label, picture }, SILENT_PULSE, ignore);

const opened = (source: ImageSource): WalkedSet => ({ kind: 'open', source });
const DIGITS: WalkedSet = { kind: 'tiny', name: 'digits' };

describe('the walk through a class', () => {
  it('says of its bits what Bits says of them', async () => {
    const source = sourceOf(greySet());
    const summary = await open(here, source);
    for (const tau of [3, 64]) {
      const settings = settingsWith({ tau });
      const { bits, ...walked } = await walk(opened(source), { settings, label: 1 });
      const request = { source, settings, table: 1 };
      const report = await here.service.analyseImages(request, SILENT_PULSE, ignore);
      expect({ ...bits, seconds: 0 }).toEqual({ ...report, seconds: 0 });
      expect(walked).toMatchObject({ tiny: null, datasetId: summary.id, label: 1 });
      expect(walked.ofClass).toBe(bits.trainRecords);
      expect(walked.rawBytes).toBe(bits.trainRecords * 63);
    }
  });

  it('is there without any file, in grey and in colour', async () => {
    const grey = await walk(DIGITS, { label: 1 });
    expect(grey).toMatchObject({ tiny: 'digits', datasetId: null, classNames: ['7', '1'], ofClass: 40 });
    expect(grey.pictures.records.length).toBe(40);
    expect(grey.frequencies.channelNames).toEqual(['grey']);
    const colour = await walk(
      { kind: 'tiny', name: 'suns' },
      { settings: settingsWith({ transform: 'dct' }) },
    );
    expect(colour.bits.channelNames).toEqual(['Y', 'Cb', 'Cr']);
    expect(colour.frequencies.planes.length).toBe(3 * 144);
  });

  it('keeps its class while pictures of it are taken apart, though the answer is handed over', async () => {
    const first = await walk(DIGITS);
    const copy = structuredClone(first);
    const { search, bits, frequencies } = first;
    const views = [...Object.values(search), ...Object.values(bits), ...Object.values(frequencies)];
    const transfer = views.flatMap((one) => (ArrayBuffer.isView(one) ? [one.buffer as ArrayBuffer] : []));
    structuredClone(first, { transfer });
    expect(search.addedAt.length).toBe(0);
    expect(await walk(DIGITS)).toEqual(copy);
    const other = await walk(DIGITS, { picture: 5 });
    expect(other.picture.index).toBe(5);
    expect([...other.picture.pixels]).toEqual([...other.pictures.pixels.subarray(5 * 144, 6 * 144)]);
    expect(other.search).toEqual(copy.search);
  });

  it('shows those that share a base, which agree on every bit of it', async () => {
    const { picture, bits } = await walk(DIGITS);
    const { shared, base } = picture;
    expect(shared.records[0]).toBe(picture.index);
    expect(base.sharedBy).toBeGreaterThan(1);
    shared.records.forEach((_, k) => {
      for (let column = 0; column < bits.columns; column++) {
        let mask = 0;
        for (let b = 0; b < 8; b++) mask = 2 * mask + (bits.role[8 * column + b] === 2 ? 0 : 1);
        expect(shared.pixels[144 * k + column] & mask).toBe(picture.codes[column] & mask);
      }
    });
  });

  it('is of what an archive holds, where that alone is left', async () => {
    const set = colourSet();
    const { id } = await compress(here, sourceOf(set));
    const { classes } = await open(here, sourceOf(set));
    here.service = serviceOver(here.store);
    const { bits, picture } = await walk(opened({ kind: 'archive', id }), { label: 1 });
    expect(bits.trainRecords).toBe(classes[1].train);
    expect(picture.decoded).toEqual(picture.pixels);
  });

  it('refuses a class or a picture that is not there', async () => {
    expect(await codeOf(walk(DIGITS, { label: 2 }))).toBe('SETTING_OUT_OF_RANGE');
    expect(await codeOf(walk(DIGITS, { label: 0.5 }))).toBe('SETTING_OUT_OF_RANGE');
    expect(await codeOf(walk(DIGITS, { picture: 40 }))).toBe('RECORD_OUT_OF_RANGE');
    expect(await codeOf(walk(DIGITS, { settings: settingsWith({ tau: 0 }) }))).toBe('SETTING_OUT_OF_RANGE');
    expect(await codeOf(walk(opened({ kind: 'sample', id: 'none such' })))).toBe('SAMPLE_UNAVAILABLE');
  });
});

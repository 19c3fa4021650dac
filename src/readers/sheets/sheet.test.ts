import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import type { ImageReading } from '../imageReading.ts';
import { imageFile, labelNames, noise, textImageFile } from '../testing/imageFiles.ts';
import { claimedPng, decodeNothing, pngBytes } from '../testing/pictureFiles.ts';
import { readSheets } from './sheet.ts';

type Files = Record<string, Uint8Array>;

function read(
  sheets: Files,
  labels: Record<string, string>,
  reading: ImageReading = {},
  names: string[] | null = null,
) {
  return readSheets(
    Object.entries(sheets).map(([path, bytes]) => imageFile(path, bytes)),
    Object.entries(labels).map(([path, text]) => textImageFile(path, text)),
    names,
    reading,
    decodeNothing,
    SILENT_PULSE,
  );
}

/** Labels 0, 1, 0, 1 … */
const alternating = (count: number) => Array.from({ length: count }, (_, i) => i % 2).join('\n');

/** Pictures side by side in a sheet. */
function tiled(
  pictures: Uint8Array,
  columns: number,
  rows: number,
  width: number,
  height: number,
  channels: 1 | 3,
) {
  const sheet = new Uint8Array(columns * rows * width * height * channels);
  const size = width * height * channels;
  for (let at = 0; at < pictures.length; at++) {
    const tile = Math.floor(at / size);
    const y = Math.floor((at % size) / (width * channels)) + height * Math.floor(tile / columns);
    const x = (at % (width * channels)) + width * channels * (tile % columns);
    sheet[y * columns * width * channels + x] = pictures[at];
  }
  return pngBytes(columns * width, rows * height, channels, sheet);
}

describe('readSheets', () => {
  it('takes rows of a sheet as pictures, grey and in colours', async () => {
    const greys = noise(5 * 784);
    const grey = await read({ 'sheet.png': pngBytes(784, 5, 1, greys) }, { 'labels.txt': alternating(5) });
    expect(grey.set).toMatchObject({
      shape: { width: 28, height: 28, channels: 1 },
      records: 5,
      pixels: greys,
    });
    expect(grey.format).toBe('sheet');
    const colours = noise(3 * 3072);
    const shape = { width: 32, height: 32, channels: 3 };
    for (const sheet of [pngBytes(1024, 3, 3, colours), pngBytes(3072, 3, 1, colours)]) {
      const { set } = await read({ 'sheet.png': sheet }, { 'labels.json': '["b","a","b"]' });
      expect(set).toMatchObject({ shape, records: 3, pixels: colours });
      expect(labelNames(set)).toEqual(['b', 'a', 'b']);
    }
  });

  it('cuts tiles out, their size as given or from the number of labels', async () => {
    const pictures = noise(12 * 5 * 5 * 3);
    const sheet = tiled(pictures, 4, 3, 5, 5, 3);
    const labels = { 'labels.txt': alternating(12) };
    const told = await read({ 'sheet.png': sheet }, labels, { tile: { width: 5, height: 5 } });
    const found = await read({ 'sheet.png': sheet }, labels);
    expect(told.set).toMatchObject({
      shape: { width: 5, height: 5, channels: 3 },
      records: 12,
      pixels: pictures,
    });
    expect(found.set).toEqual(told.set);
    const oblong = noise(6 * 4 * 7);
    const { set } = await read(
      { 'sheet.png': tiled(oblong, 2, 3, 4, 7, 1) },
      { 'labels.txt': alternating(6) },
      { tile: { width: 4, height: 7 } },
    );
    expect(set.pixels).toEqual(oblong);
  });

  it('leaves empty places at the end of the last row', async () => {
    const pictures = noise(7 * 16);
    const sheet = tiled(pictures, 3, 3, 4, 4, 1);
    const reading = { tile: { width: 4, height: 4 } };
    expect((await read({ 's.png': sheet }, { 'labels.txt': alternating(7) }, reading)).set.pixels).toEqual(
      pictures,
    );
    for (const count of [6, 10])
      expect(await codeOf(read({ 's.png': sheet }, { 'labels.txt': alternating(count) }, reading))).toBe(
        'SHEET_DAMAGED',
      );
  });

  it('goes through several sheets with one file of labels, and takes those of the test as the test', async () => {
    const rows = noise(9 * 784);
    const part = (from: number, to: number) => pngBytes(784, to - from, 1, rows.slice(from * 784, to * 784));
    const sheets = { 'batch_10.png': part(3, 6), 'batch_2.png': part(0, 3), 'test_batch.png': part(6, 9) };
    const { set } = await read(
      sheets,
      { 'train_labels.json': '[0,1,2,0,1,2]', 'test_labels.json': '[2,1,0]' },
      {},
      ['x', 'y', 'z'],
    );
    expect(set.pixels).toEqual(rows);
    expect(labelNames(set)).toEqual(['x', 'y', 'z', 'x', 'y', 'z', 'z', 'y', 'x']);
    expect(set.givenTest).toEqual(Uint32Array.of(6, 7, 8));
    const all = await read(sheets, { 'labels.json': '[0,1,2,0,1,2,2,1,0]' });
    expect(all.set.records).toBe(9);
  });

  it('refuses what does not go together', async () => {
    const sheet = { 's.png': pngBytes(784, 5, 1, noise(5 * 784)) };
    const labels = { 'labels.txt': alternating(5) };
    expect(await codeOf(read(sheet, { 'labels.txt': alternating(4) }))).toBe('SHEET_DAMAGED');
    expect(await codeOf(read(sheet, {}))).toBe('IMAGES_LABELS_MISSING');
    expect(await codeOf(read({}, labels))).toBe('IMAGES_NONE');
    expect(await codeOf(read(sheet, { ...labels, 'labels2.txt': alternating(5) }))).toBe(
      'IMAGES_LABELS_MISSING',
    );
    for (const tile of [
      { width: 5, height: 5 },
      { width: 0, height: 5 },
      { width: 1.5, height: 1 },
    ])
      expect(await codeOf(read(sheet, labels, { tile }))).toBe('SHEET_DAMAGED');
    expect(await codeOf(read({ 's.png': claimedPng(784, 5) }, labels))).toBe('PICTURE_DAMAGED');
    expect(await codeOf(read({ 's.png': claimedPng(16_000, 16_000) }, labels))).toBe('PICTURE_TOO_LARGE');
    expect(await codeOf(read({ 's.png': noise(100) }, labels))).toBe('PICTURE_UNSUPPORTED');
  });
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import type { ImageReading, ReadImages } from '../imageReading.ts';
import { looksLikeImages, readImages } from '../readImages.ts';
import { imageFile, labelNames } from '../testing/imageFiles.ts';
import { decodeNothing, plainPng } from '../testing/pictureFiles.ts';
import { tarBytes } from '../testing/tarFiles.ts';

type Shard = Record<string, Uint8Array | string>;

const png = (grey: number): Uint8Array => plainPng(2, 2, [grey]);
const filesOf = (shards: Record<string, Shard>) =>
  Object.entries(shards).map(([path, files]) =>
    imageFile(path, path.endsWith('z') ? new Uint8Array(gzipSync(tarBytes(files))) : tarBytes(files)),
  );
const read = (shards: Record<string, Shard>, reading: ImageReading = {}): Promise<ReadImages> =>
  readImages(filesOf(shards), reading, decodeNothing, SILENT_PULSE);
/** The grey and the class of every picture. */
const pairs = ({ set }: ReadImages): string[] =>
  labelNames(set).map((name, record) => `${set.pixels[record * 4]} ${name}`);
const codes = ({ notices }: ReadImages): string[] => notices.map(({ code }) => code);

/** A shard with a .cls file for every picture. */
const shard = (labels: readonly (number | string)[], from = 0, start = 0): Shard => {
  const files: Shard = {};
  for (const [k, label] of labels.entries()) {
    const name = String(start + k).padStart(6, '0');
    files[`${name}.png`] = png(from + k);
    files[`${name}.cls`] = String(label);
  }
  return files;
};

describe('labels in files beside the pictures', () => {
  it('are the classes, in shards that are parts by their names, plain or in gzip', async () => {
    for (const ending of ['tar', 'tar.gz', 'tgz']) {
      const given = {
        [`x-train-0000.${ending}`]: shard([0, 1, 10]),
        [`x-train-0001.${ending}`]: shard([1, 10, 0], 3, 3),
        [`x-test-0000.${ending}`]: shard([1, 0], 8),
      };
      expect(await looksLikeImages(filesOf(given))).toBe('images');
      const found = await read(given);
      expect(found.set.classNames).toEqual(['0', '1', '10']);
      expect(pairs(found)).toEqual(['0 0', '5 0', '1 1', '3 1', '2 10', '4 10', '9 0', '8 1']);
      expect(found.set.givenTest).toHaveLength(2);
      expect(codes(found)).toEqual(['labels-beside']);
    }
  });

  it('belong to the pictures of their shard where each counts them anew, and may be words', async () => {
    const found = await read({
      '00000.tar': shard(['cat', 'dog\n']),
      '00001.tar': shard(['dog', 'cat', 'cat'], 2),
    });
    expect(pairs(found)).toEqual(['0 cat', '3 cat', '4 cat', '1 dog', '2 dog']);
    expect(found.set.givenTest).toBeNull();
  });

  it('may be fields of JSON, of which another one can be chosen', async () => {
    const json = (label: number, kind: string): string => JSON.stringify({ caption: 'x', label, kind });
    const files = {
      'a.png': png(1),
      'a.json': json(0, 'x'),
      'b.png': png(2),
      'b.json': json(1, 'x'),
      'c.png': png(3),
      'c.json': json(0, 'y'),
      'names.txt': 'cat\ndog\n',
    };
    expect(pairs(await read({ 'a.tar': files }))).toEqual(['1 cat', '3 cat', '2 dog']);
    expect(pairs(await read({ 'a.tar': files }, { labelColumn: 'kind' }))).toEqual(['1 x', '2 x', '3 y']);
  });

  it('leave out pictures that have none, and say where one is for several pictures', async () => {
    const files = { ...shard([1, 2, 1, ' ']), 'lost.png': png(9), '000000.mask.png': png(7) };
    const found = await read({ 'a.tar': files });
    expect(pairs(found)).toEqual(['7 1', '0 1', '2 1', '1 2']);
    expect(codes(found)).toEqual([
      'labels-beside',
      'pictures-of-one-name',
      'labels-empty',
      'pictures-without-class',
    ]);
  });

  it('are none where folders say the classes and the files do not', async () => {
    const files: Shard = {};
    for (const [k, name] of ['cat/1', 'cat/2', 'dog/1', 'dog/2'].entries()) {
      files[`${name}.png`] = png(k);
      files[`${name}.json`] = '{"caption": "a picture"}';
    }
    expect(pairs(await read({ 'a.tar': files }))).toEqual(['0 cat', '1 cat', '2 dog', '3 dog']);
    expect(await codeOf(read({ 'a.tar': { 'a.png': png(1), 'a.json': '{"label": [1' } }))).toMatch(
      /^IMAGES_/,
    );
  });
});

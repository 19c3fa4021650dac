import fc from 'fast-check';
import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import type { ImageReading, ReadImages } from '../imageReading.ts';
import { looksLikeImages, readImages } from '../readImages.ts';
import { imageFile, labelNames, textImageFile } from '../testing/imageFiles.ts';
import { decodeNothing, plainPng } from '../testing/pictureFiles.ts';
import { classLabel, shardBytes, type HubRow } from '../testing/shardFiles.ts';
import { tarBytes } from '../testing/tarFiles.ts';

type Given = Record<string, Uint8Array | string>;

const filesOf = (given: Given) =>
  Object.entries(given).map(([path, content]) =>
    typeof content === 'string' ? textImageFile(path, content) : imageFile(path, content),
  );
const read = (given: Given, reading: ImageReading = {}): Promise<ReadImages> =>
  readImages(filesOf(given), reading, decodeNothing, SILENT_PULSE);

const ANIMALS = ['cat', 'dog', 'eel'];

/** A row whose picture's grey says its number. */
const row = (grey: number, columns: Record<string, unknown>, path: string | null = null): HubRow => ({
  image: { bytes: plainPng(2, 2, [grey]), path },
  ...columns,
});
/** Rows with labels one after the other. */
const rows = (labels: readonly (number | string | null)[], from = 0): HubRow[] =>
  labels.map((label, k) => row(from + k, { label }));
const hub = (labels: readonly (number | null)[], from = 0, names: readonly string[] = ANIMALS): Uint8Array =>
  shardBytes(rows(labels, from), { features: { label: classLabel(names) } });

const greys = ({ set }: ReadImages): number[] =>
  Array.from({ length: set.records }, (_, record) => set.pixels[record * 4]);
const codes = ({ notices }: ReadImages): string[] => notices.map(({ code }) => code);

describe('Parquet files of pictures', () => {
  it('are a set with the names of its classes, parts by the names of the shards', async () => {
    const given = {
      'mnist/test-00000-of-00001.parquet': hub([2, 0], 10),
      'mnist/train-00001-of-00002.parquet': hub([1, 2, 0], 5),
      'mnist/train-00000-of-00002.parquet': hub([0, 1, 0, 2, 1], 0),
      'mnist/README.md': '# MNIST',
    };
    expect(await looksLikeImages(filesOf(given))).toBe('images');
    const found = await read(given);
    expect(found.format).toBe('parquet');
    expect(greys(found)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 10, 11]);
    expect(found.set.classNames).toEqual(ANIMALS);
    expect(labelNames(found.set)).toEqual([
      'cat',
      'dog',
      'cat',
      'eel',
      'dog',
      'dog',
      'eel',
      'cat',
      'eel',
      'cat',
    ]);
    expect([...found.set.givenTest!]).toEqual([8, 9]);
    expect(codes(found)).toEqual([]);
  });

  it('are read whatever row groups, missing values and names of classes there are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ label: fc.integer({ min: -1, max: 11 }), isThere: fc.boolean() }), {
          minLength: 4,
          maxLength: 30,
        }),
        fc.integer({ min: 1, max: 9 }),
        async (items, rowGroupSize) => {
          // Names that are numbers, and not those of their classes.
          const names = Array.from({ length: 12 }, (_, c) => String(c + 1));
          const given: HubRow[] = items.map(({ label, isThere }, k) =>
            isThere ? row(k, { label }) : { image: k % 2 === 0 ? null : { bytes: null, path: 'x' }, label },
          );
          // Enough that is sound.
          for (let k = 0; k < 40; k++) given.push(row(200 + k, { label: k % 2 }));
          const file = shardBytes(given, { rowGroupSize, features: { label: classLabel(names) } });
          const found = await read({ 'a.parquet': file });
          const expected = given
            .map(({ image, label }, k) => [
              k < items.length ? k : 200 + k - items.length,
              label,
              image?.bytes != null,
            ])
            .filter(([, label, isThere]) => isThere && label !== -1);
          expect(greys(found)).toEqual(expected.map(([grey]) => grey));
          expect(labelNames(found.set)).toEqual(expected.map(([, label]) => names[label as number]));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('may have other columns: the finest of several labels is taken and the other is offered', async () => {
    const fine = ['apple', 'bee', 'cloud', 'dove'];
    const cifar = [0, 1, 2, 3, 3, 1].map((label, k) =>
      row(k, { fine_label: label, coarse_label: label >> 1 }),
    );
    const features = { fine_label: classLabel(fine), coarse_label: classLabel(['food', 'sky']) };
    const given = { 'train.parquet': shardBytes(cifar, { image: 'img', features }) };
    const found = await read(given);
    expect(labelNames(found.set)).toEqual(['apple', 'bee', 'cloud', 'dove', 'dove', 'bee']);
    expect(found.notices).toMatchObject([{ code: 'label-column-finest', column: 'coarse_label' }]);
    const coarse = await read(given, { labelColumn: 'coarse_label' });
    expect(labelNames(coarse.set)).toEqual(['food', 'food', 'sky', 'sky', 'sky', 'food']);
    expect(await codeOf(read(given, { labelColumn: 'colour' }))).toBe('COLUMN_UNKNOWN');
  });

  it('may be bytes without metadata, classes as words or numbers, and the part in a column', async () => {
    const png = (grey: number): Uint8Array => plainPng(2, 2, [grey]);
    const flat = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'img', data: [1, 2, 3, 4].map(png), type: 'BYTE_ARRAY' },
          { name: 'kind', data: ['b', 'a', 'b', 'a'], type: 'STRING' },
          { name: 'split', data: ['test', 'train', 'train', 'test'], type: 'STRING' },
        ],
      }),
    );
    const found = await read({ 'all.parquet': flat });
    expect(greys(found)).toEqual([2, 3, 1, 4]);
    expect(labelNames(found.set)).toEqual(['a', 'b', 'b', 'a']);
    expect([...found.set.givenTest!]).toEqual([2, 3]);
    expect(codes(found)).toEqual(['label-column-guessed']);
    const numbers = shardBytes(rows([10, 9, 10]), { features: null });
    expect((await read({ 'n.parquet': numbers })).set.classNames).toEqual(['9', '10']);
    const named = await read({
      'n.parquet': shardBytes(rows([1, 0, 1]), { features: null }),
      'names.txt': 'x\ny\n',
    });
    expect(labelNames(named.set)).toEqual(['y', 'x', 'y']);
  });

  it('have their classes from folders in the names of the pictures, or from files beside, where no column says them', async () => {
    const places = ['cat/1.png', 'dog/1.png', 'cat/2.png', 'dog/2.png'];
    const inFolders = shardBytes(places.map((path, k) => row(k, {}, path)));
    const found = await read({ 'train.parquet': inFolders });
    expect(labelNames(found.set)).toEqual(['cat', 'dog', 'cat', 'dog']);
    const named = shardBytes(['a.png', 'b.png', 'c.png'].map((path, k) => row(k, {}, path)));
    expect(await codeOf(read({ 'train.parquet': named }))).toBe('IMAGES_LABELS_MISSING');
    const beside = await read({
      'train.parquet': named,
      'labels.csv': 'file,label\nc.png,x\na.png,y\nb.png,x\n',
    });
    expect(labelNames(beside.set)).toEqual(['y', 'x', 'x']);
  });

  it('may lie in a tar or a zip, with pictures beside them that are left out', async () => {
    const shards = { 'data/train-0.parquet': hub([0, 1, 1]), 'data/test-0.parquet': hub([1, 0], 8) };
    for (const given of [{ 'all.tar': tarBytes(shards) }, { 'all.zip': zipSync(shards) }] as Given[]) {
      expect(await looksLikeImages(filesOf(given))).toBe('images');
      expect(greys(await read(given))).toEqual([0, 1, 2, 8, 9]);
    }
    const found = await read({ ...shards, 'logo.png': plainPng(9, 9, [1]) });
    expect(codes(found)).toEqual(['classes-empty', 'file-left-out']);
  });

  it('of tables only stay tables', async () => {
    const table = new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: 'image', data: ['a', 'b'], type: 'STRING' }] }),
    );
    expect(await looksLikeImages(filesOf({ 'a.parquet': table }))).toBe('table');
    expect(await looksLikeImages(filesOf({ 'a.parquet': table.subarray(0, 20) }))).toBe('table');
    const sound = shardBytes([row(1, { label: 1 })], {
      image: 'audio',
      features: { audio: { _type: 'Audio' } },
    });
    expect(await looksLikeImages(filesOf({ 'a.parquet': sound }))).toBe('table');
  });

  it('say what is missing', async () => {
    const found = await read({
      'train-00000-of-00003.parquet': hub([0, null, 1, 0]),
      'validation-00000-of-00001.parquet': hub([1, -1], 9),
      'extra.parquet': hub([1], 20),
    });
    expect(greys(found)).toEqual([20, 0, 2, 3, 9]);
    expect([...found.set.givenTest!]).toEqual([4]);
    expect(codes(found)).toEqual([
      'shards-missing',
      'part-unknown',
      'validation-as-test',
      'labels-empty',
      'classes-empty',
    ]);
    expect(found.notices[0].text).toContain('2 of the 3 shards of train');
  });
});

describe('Parquet files that are not as they should be', () => {
  it.each([
    [
      'other names',
      { 'a.parquet': hub([0, 1]), 'b.parquet': hub([0, 1], 0, ['cat', 'dog', 'cow']) },
      'SHARDS_DIFFER',
    ],
    [
      'fewer names',
      { 'a.parquet': hub([0, 1]), 'b.parquet': hub([0, 1], 0, ['cat', 'dog']) },
      'SHARDS_DIFFER',
    ],
    [
      'another column',
      { 'a.parquet': hub([0, 1]), 'b.parquet': shardBytes([row(1, { kind: 1 })]) },
      'SHARDS_DIFFER',
    ],
    [
      'words for numbers',
      { 'a.parquet': shardBytes(rows([0, 1])), 'b.parquet': shardBytes(rows(['0', '1'])) },
      'SHARDS_DIFFER',
    ],
    ['a label beyond the names', { 'a.parquet': hub([0, 1, 3]) }, 'IMAGES_LABELS_MISMATCH'],
    ['no label at all', { 'a.parquet': hub([-1, -1, null]) }, 'IMAGES_LABELS_MISSING'],
    [
      'several columns',
      { 'a.parquet': shardBytes([0, 1, 0, 1, 0].map((k) => row(k, { x: k, y_: k }))) },
      'IMAGES_LABELS_MISSING',
    ],
    [
      'bytes that are no pictures',
      {
        'a.parquet': shardBytes(
          [0, 1].map((label) => ({ image: { bytes: Uint8Array.of(1, 2, 3), path: null }, label })),
        ),
      },
      'PICTURE_UNSUPPORTED',
    ],
    [
      'rows without pictures',
      { 'a.parquet': shardBytes([0, 1, 1].map((label) => ({ image: null, label }))) },
      'PICTURE_DAMAGED',
    ],
    ['one class', { 'a.parquet': hub([1, 1, 1]) }, 'IMAGES_ONE_CLASS'],
  ] as const)('are refused: %s', async (_, given, code) => {
    expect(await codeOf(read(given))).toBe(code);
  });

  it('have names that become nothing but text', async () => {
    const names = ['__proto__', '<b>x</b>', '\u202ecat\u0000', ''];
    const features = { label: classLabel(names), __proto__: classLabel(['x']) };
    const found = await read({ 'a.parquet': shardBytes(rows([0, 1, 2, 3, 3]), { features }) });
    expect(found.set.classNames).toEqual(['__proto__', '<b>x</b>', 'cat', '(3)']);
    const broken = shardBytes(rows([0, 1, 1]), {
      features: { label: { names: { 0: 'x' }, _type: 'ClassLabel' } },
    });
    expect((await read({ 'a.parquet': broken })).set.classNames).toEqual(['0', '1']);
  });
});

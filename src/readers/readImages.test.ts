import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { encode } from 'fast-png';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LabError } from '../core/errors.ts';
import { SILENT_PULSE, type Progress } from '../core/pulse.ts';
import { codeOf } from '../core/testing/codeOf.ts';
import type { ImageFile, ImageReading, PictureDecoder, ReadImages } from './imageReading.ts';
import { looksLikeImages, readImages } from './readImages.ts';
import { tarBytes } from './testing/tarFiles.ts';
import {
  cifarBytes,
  idxBytes,
  imageFile,
  labelNames,
  noise,
  npyBytes,
  textImageFile,
} from './testing/imageFiles.ts';

const noDecoder: PictureDecoder = () => Promise.reject(new LabError('PICTURE_UNSUPPORTED', 'Only PNG here.'));

const read = (files: ImageFile[], reading: ImageReading = {}): Promise<ReadImages> =>
  readImages(files, reading, noDecoder, SILENT_PULSE);

async function refusal(files: ImageFile[], reading: ImageReading = {}): Promise<string> {
  try {
    await read(files, reading);
    return 'taken';
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    return `${code}: ${message}`;
  }
}

const IDX_IMAGES = idxBytes([4, 4, 4], noise(64));
const IDX_LABELS = idxBytes([4], [0, 1, 1, 0]);
const idxFiles = (): ImageFile[] => [
  imageFile('train-images-idx3-ubyte', IDX_IMAGES),
  imageFile('train-labels-idx1-ubyte', IDX_LABELS),
];
const png = (width: number, height: number, data: Uint8Array): Uint8Array =>
  encode({ width, height, data, channels: 1, depth: 8 });
const pixelRow = (label: number, seed: number): string =>
  `${label},${Array.from(noise(64, seed), String).join(',')}`;
const table = [pixelRow(3, 1), pixelRow(4, 2), pixelRow(3, 3)].join('\n');

describe('pictures', () => {
  it('come from a zip of IDX files as from the files', async () => {
    const plain = await read(idxFiles());
    const zip = zipSync({
      'mnist/train-images-idx3-ubyte.gz': new Uint8Array(gzipSync(IDX_IMAGES)),
      'mnist/train-labels-idx1-ubyte': IDX_LABELS,
      'mnist/read.me': new Uint8Array(10),
    });
    expect((await read([imageFile('mnist.zip', zip)])).set).toEqual(plain.set);
  });

  it('come from .npz, stored or deflated', async () => {
    for (const level of [0, 6] as const) {
      const entries = {
        'x_train.npy': npyBytes('|u1', [4, 4, 4], noise(64)),
        'y_train.npy': npyBytes('|u1', [4, 1], [0, 1, 1, 0]),
        'x_test.npy': npyBytes('|u1', [2, 4, 4], noise(32)),
        'y_test.npy': npyBytes('|u1', [2], [0, 1]),
      };
      const { set, format } = await read([imageFile('x.npz', zipSync(entries, { level }))]);
      expect(format).toBe('npy');
      expect([...set.pixels]).toEqual([...noise(64), ...noise(32)]);
      expect(set.givenTest).toEqual(Uint32Array.of(4, 5));
    }
  });

  it('come from .npz with validation arrays, of which is said what they became', async () => {
    const arrays = (parts: Record<string, number>) => {
      const entries: Record<string, Uint8Array> = {};
      for (const [part, records] of Object.entries(parts)) {
        entries[`${part}_images.npy`] = npyBytes('|u1', [records, 5, 4], noise(records * 20));
        entries[`${part}_labels.npy`] = npyBytes(
          '|u1',
          [records, 1],
          Array.from({ length: records }, (_, i) => i % 2),
        );
      }
      return [imageFile('medmnist.npz', zipSync(entries))];
    };
    const all = await read(arrays({ train: 4, val: 3, test: 2 }));
    expect(all.notices).toEqual([
      { code: 'validation-as-training', text: 'The validation pictures were put to the training pictures.' },
    ]);
    expect([...(all.set.givenTest ?? [])]).toEqual([7, 8]);
    expect(labelNames(all.set)).toEqual(['0', '1', '0', '1', '0', '1', '0', '0', '1']);
    const instead = await read(arrays({ train: 4, val: 3 }));
    expect(instead.notices.map(({ code }) => code)).toEqual(['validation-as-test']);
    expect([...(instead.set.givenTest ?? [])]).toEqual([4, 5, 6]);
    expect((await read(arrays({ train: 4, test: 3 }))).notices).toEqual([]);
    const tables = ['train', 'val', 'test'].map((part) => textImageFile(`${part}.csv`, table));
    expect((await read(tables)).notices.map(({ code }) => code)).toEqual(['validation-as-training']);
  });

  it('come from a zip with bytes in front of it, and from the last of entries with one path', async () => {
    const value = (at: number) => png(4, 4, new Uint8Array(16).fill(at));
    const files = {
      'cat/1.png': value(1),
      'cat/2.png': value(2),
      'dog/1.png': value(3),
      'dog/2.png': value(4),
    };
    const found = async (file: ImageFile) => {
      const { set, notices } = await read([file]);
      return {
        pictures: labelNames(set).map((name, i) => [name, set.pixels[16 * i]]),
        codes: notices.map(({ code }) => code),
      };
    };
    const pictures = [
      ['cat', 1],
      ['cat', 2],
      ['dog', 3],
      ['dog', 4],
    ];
    const script = new TextEncoder().encode('#!/bin/sh\nexit\n');
    for (const name of ['set.zip', 'set.exe', 'set'])
      expect(await found(imageFile(name, Uint8Array.from([...script, ...zipSync(files)])))).toEqual({
        pictures,
        codes: [],
      });
    // The same length, so that one name can be written over the other.
    const twice = zipSync({ ...files, 'cat/9.png': value(99) });
    for (let at = 0; at < twice.length; at++)
      if (String.fromCharCode(...twice.subarray(at, at + 9)) === 'cat/9.png') twice[at + 4] = 0x31;
    expect(await found(imageFile('set.zip', twice))).toEqual({
      pictures: [['cat', 99], ...pictures.slice(1)],
      codes: ['zip-replaced'],
    });
    expect(
      await looksLikeImages([imageFile('set.exe', Uint8Array.from([...script, ...zipSync(files)]))]),
    ).toBe('images');
  });

  it('come from a zip for training and one for the test', async () => {
    const zip = (n: number): Uint8Array =>
      zipSync({
        'x.npy': npyBytes('|u1', [n, 4, 4], noise(n * 16)),
        'y.npy': npyBytes(
          '|u1',
          [n],
          noise(n).map((value) => value % 2),
        ),
      });
    const { set } = await read([imageFile('test.npz', zip(3)), imageFile('train.npz', zip(5))]);
    expect([set.records, set.givenTest]).toEqual([8, Uint32Array.of(5, 6, 7)]);
  });

  it('come from CIFAR batches in a zip, with their names', async () => {
    const zip = zipSync({
      'cifar/data_batch_1.bin': cifarBytes(noise(3 * 3072), [0, 1, 0]),
      'cifar/batches.meta.txt': new TextEncoder().encode('one\ntwo\n'),
    });
    const { set, format } = await read([imageFile('cifar.zip', zip)]);
    expect([format, labelNames(set)]).toEqual(['cifar', ['one', 'two', 'one']]);
  });

  it('come from tables of pixels, alone, in two parts, in a zip', async () => {
    const bytes = new TextEncoder().encode(table);
    expect(labelNames((await read([imageFile('a.csv', bytes)])).set)).toEqual(['3', '4', '3']);
    const two = await read([textImageFile('m_test.csv', table), textImageFile('m_train.csv', table)]);
    expect([two.set.records, two.set.givenTest]).toEqual([6, Uint32Array.of(3, 4, 5)]);
    const zip = zipSync({
      'm_test.csv': bytes,
      'm_train.csv': bytes,
      'readme.txt': new TextEncoder().encode('Hello.'),
    });
    const zipped = await read([imageFile('m.zip', zip)]);
    expect(zipped.set).toEqual(two.set);
    expect(zipped.notices.map(({ code }) => code)).toEqual(['file-left-out']);
  });

  it('come from a folder and from a zip of pictures alike', async () => {
    const files = ['cat/1.png', 'cat/2.png', 'dog/1.png'].map((path, i) => ({
      path,
      bytes: png(4, 4, noise(16, i)),
    }));
    const folder = await read(files.map(({ path, bytes }) => imageFile(path, bytes)));
    const zip = zipSync(Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])));
    const zipped = await read([imageFile('pets.zip', zip)]);
    expect(zipped.set).toEqual(folder.set);
    expect([folder.format, zipped.format, labelNames(folder.set)]).toEqual([
      'folder',
      'zip',
      ['cat', 'cat', 'dog'],
    ]);
  });

  it('come from tars as from zips: alone, in two parts, with labels beside them', async () => {
    const pictures = (seed: number): Record<string, Uint8Array> =>
      Object.fromEntries(
        ['cat/0.png', 'cat/1.png', 'dog/0.png', 'dog/1.png'].map((path, k) => [
          path,
          png(4, 4, noise(16, seed + k)),
        ]),
      );
    const flat = (seed: number): Record<string, Uint8Array> =>
      Object.fromEntries(
        ['0.png', '1.png', '2.png'].map((path, k) => [path, png(4, 4, noise(16, seed + k))]),
      );
    const labels = textImageFile('labels.csv', 'file,label\n0.png,cat\n1.png,dog\n2.png,cat\n');
    const packed = (name: string, files: Record<string, Uint8Array>): [ImageFile, ImageFile, ImageFile] => [
      imageFile(`${name}.zip`, zipSync(files)),
      imageFile(`${name}.tar`, tarBytes(files)),
      imageFile(`${name}.tar.gz`, new Uint8Array(gzipSync(tarBytes(files)))),
    ];
    const [alone, train, test, bare] = [
      packed('pets', pictures(1)),
      packed('train', pictures(1)),
      packed('test', pictures(9)),
      packed('bare', flat(1)),
    ];
    for (const kind of [1, 2]) {
      expect(labelNames((await read([alone[kind]])).set)).toEqual(['cat', 'cat', 'dog', 'dog']);
      for (const [files, asZips] of [
        [[alone[kind]], [alone[0]]],
        [
          [train[kind], test[kind]],
          [train[0], test[0]],
        ],
        [
          [train[0], test[kind]],
          [train[0], test[0]],
        ],
        [
          [bare[kind], labels],
          [bare[0], labels],
        ],
      ])
        expect((await read(files)).set).toEqual((await read(asZips)).set);
    }
    expect((await read([train[2], test[1]])).set.givenTest).not.toBeNull();
  });

  it('come from a zip of pictures and a file of labels beside it', async () => {
    const zip = zipSync({
      '1.png': png(4, 4, noise(16)),
      '2.png': png(4, 4, noise(16, 2)),
      '3.png': png(4, 4, noise(16, 3)),
    });
    const { set } = await read([
      imageFile('p.zip', zip),
      textImageFile('labels.csv', 'file,label\n1.png,b\n2.png,a\n3.png,b\n'),
    ]);
    expect(labelNames(set).sort()).toEqual(['a', 'b', 'b']);
  });

  it('come from a sheet with labels', async () => {
    const sheet = imageFile('sheet.png', png(8, 8, noise(64)));
    const { set, format } = await read([sheet, textImageFile('labels.json', '[0, 1, 1, 0]')]);
    expect([format, set.shape, set.records]).toEqual(['sheet', { width: 4, height: 4, channels: 1 }, 4]);
    expect([...set.pixels.subarray(0, 8)]).toEqual([
      ...noise(64).subarray(0, 4),
      ...noise(64).subarray(8, 12),
    ]);
  });

  it('are read without the files of the system, and report how far they are', async () => {
    const told: Progress[] = [];
    const pulse = {
      due: () => true,
      beat: (progress: Progress) => Promise.resolve(void told.push(progress)),
    };
    const files = [
      ...idxFiles(),
      imageFile('__MACOSX/._train-images-idx3-ubyte', noise(10)),
      imageFile('.DS_Store', noise(5)),
    ];
    const { set } = await readImages(files, {}, noDecoder, pulse);
    expect(set.records).toBe(4);
    expect(told).toContainEqual({ phase: 'Reading pictures', done: 0, total: 4, unit: 'pictures' });
  });

  it('stop being read when the call is cancelled', async () => {
    const pulse = { due: () => true, beat: () => Promise.reject(new LabError('CANCELLED', 'Stopped.')) };
    for (const files of [idxFiles(), [textImageFile('a.csv', table)]])
      expect(await codeOf(readImages(files, {}, noDecoder, pulse))).toBe('CANCELLED');
  });
});

describe('what holds no set of pictures', () => {
  it('is refused with what was found', async () => {
    expect(await refusal([])).toBe('IMAGES_NONE: No file was given, or only files of the system.');
    expect(await refusal([textImageFile('a.tar.bz2', 'BZh91AY&SY')])).toBe(
      'IMAGES_NONE: No pictures were found in "a.tar.bz2". a.tar.bz2 is packed by bzip2. The lab opens zip, tar and gzip by itself.',
    );
    expect(await refusal([imageFile('x', noise(9)), textImageFile('y', '%PDF-1.7')])).toBe(
      'IMAGES_NONE: No pictures were found in "x", "y". y is a PDF. The lab reads tables as CSV, JSON Lines, XLSX, LIBSVM or Parquet.',
    );
    expect(await refusal([imageFile('data_batch_1', noise(999)), imageFile('b\u202e', noise(9))])).toBe(
      'IMAGES_NONE: No pictures were found in "data_batch_1", "b". Files pickled by Python are not read.',
    );
    expect(await refusal([textImageFile('a.csv', 'a,b\n1,2\n')])).toContain(
      'IMAGES_NONE: a.csv holds no pictures',
    );
    expect(await refusal([imageFile('e.zip', zipSync({}))])).toContain('IMAGES_NONE');
    expect(
      await refusal([imageFile('inner.zip', zipSync({ 'a.zip': zipSync({ 'b.png': noise(9) }) }))]),
    ).toContain('IMAGES_NONE');
  });

  it('is refused where there is one class, or one picture of each', async () => {
    const with_ = (labels: number[]): ImageFile[] => [
      imageFile('images.idx', idxBytes([labels.length, 4, 4], noise(labels.length * 16))),
      imageFile('labels.idx', idxBytes([labels.length], labels)),
    ];
    expect(await refusal(with_([5, 5, 5]))).toBe('IMAGES_ONE_CLASS: All 3 pictures are of the class "5".');
    expect(await refusal(with_([5, 6]))).toContain('IMAGES_TOO_FEW');
    expect(await refusal(with_([5, 6, 5]))).toBe('taken');
  });

  it('is refused where a zip is damaged or its arrays are', async () => {
    const zip = zipSync({
      'x.npy': npyBytes('|u1', [4, 4, 4], noise(64)),
      'y.npy': npyBytes('|u1', [4], [0, 1, 0, 1]),
    });
    expect(await refusal([imageFile('a.npz', zip)])).toBe('taken');
    for (let at = 60; at < 200; at += 7) {
      const changed = zip.slice();
      changed[at] ^= 0x5a;
      expect((await refusal([imageFile('a.npz', changed)])).slice(0, 3)).not.toBe('INT');
    }
    expect(await refusal([imageFile('a.npz', zip.subarray(0, 300))])).toContain('ZIP_DAMAGED');
    const broken = zip.slice();
    broken[120] ^= 1;
    expect(await refusal([imageFile('a.npz', broken)])).toContain('ZIP_DAMAGED');
  });
});

describe('changed bytes', () => {
  const npz = zipSync({
    'x.npy': npyBytes('|u1', [4, 4, 4], noise(64)),
    'y.npy': npyBytes('<i4', [4], new Uint8Array(16)),
  });
  const gz = new Uint8Array(gzipSync(IDX_IMAGES));
  const originals: [string, Uint8Array][] = [
    ['train-images-idx3-ubyte', IDX_IMAGES],
    ['train-images-idx3-ubyte.gz', gz],
    ['x.npy', npyBytes('|u1', [4, 4, 4], noise(64))],
    ['x.npz', npz],
    ['x.csv', new TextEncoder().encode(table)],
    ['data_batch_1.bin', cifarBytes(noise(3 * 3072), [0, 1, 0])],
  ];

  it('give a set of pictures, or an error with a code', async () => {
    const change = fc.record({
      file: fc.constantFrom(...originals),
      places: fc.array(fc.tuple(fc.integer({ min: 0, max: 199 }), fc.integer({ min: 0, max: 255 })), {
        maxLength: 4,
      }),
      length: fc.option(fc.integer({ min: 0, max: 400 })),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ file: [path, bytes], places, length }) => {
        const changed = bytes.slice(0, length ?? bytes.length);
        for (const [at, value] of places) if (at < changed.length) changed[at] = value;
        const files = [imageFile(path, changed), imageFile('train-labels-idx1-ubyte', IDX_LABELS)];
        const code = await codeOf(read(files));
        expect(code).toMatch(/^(?:taken|(?:IMAGES|IDX|NPY|CIFAR|GZIP|ZIP|CSV)_[A-Z_]+)$/);
        expect(await looksLikeImages(files)).not.toBe('');
      }),
      { numRuns: 600 },
    );
  });
});

describe('what was dropped', () => {
  it('is told by its bytes, by its names where these say nothing', async () => {
    const csv = textImageFile('a.csv', 'a,b\n1,2\n');
    const pixels = textImageFile('b.csv', table);
    const gz = (path: string, bytes: Uint8Array | string): ImageFile =>
      imageFile(path, new Uint8Array(gzipSync(bytes)));
    const cases: [ImageFile[], string][] = [
      [[], 'unknown'],
      [[imageFile('.DS_Store', noise(4))], 'unknown'],
      [[csv], 'table'],
      [[pixels], 'table'],
      [[pixels, textImageFile('c.csv', table)], 'images'],
      [[csv, textImageFile('c.csv', 'a,b\n1,2\n')], 'table'],
      [[textImageFile('noname', 'a,b\n1,2\n')], 'table'],
      [[textImageFile('x.parquet', 'PAR1\0')], 'table'],
      [[textImageFile('x', 'PAR1\0')], 'table'],
      [[gz('a.csv.gz', 'a,b\n1,2\n')], 'table'],
      [[gz('a.libsvm.gz', '1 2:3\n')], 'table'],
      [[imageFile('a.gz', gzipSync('hello').subarray(0, 15))], 'table'],
      [[gz('x.gz', IDX_IMAGES)], 'images'],
      [[imageFile('t10k-images-idx3-ubyte.gz', gzipSync(IDX_IMAGES).subarray(0, 12))], 'images'],
      [[imageFile('x', IDX_IMAGES)], 'images'],
      [[imageFile('a.npy', npyBytes('<f4', [1], [0, 0, 0, 0]))], 'images'],
      [[imageFile('a.bin', cifarBytes(noise(3072), [1]))], 'images'],
      [[imageFile('b.bin', noise(1000))], 'unknown'],
      [[imageFile('a.zip', zipSync({ a: noise(3) }))], 'images'],
      [[imageFile('a.xlsx', zipSync({ 'xl/workbook.xml': noise(3), 'xl/media/a.png': noise(3) }))], 'table'],
      [[imageFile('a.zip', zipSync({ 'a.csv': strToU8('a,b\n1,2\n') }))], 'table'],
      [[imageFile('a.zip', zipSync({ 'a.csv': strToU8('a\n'), 'b/a.jpg': noise(3) }))], 'images'],
      [[imageFile('p', png(2, 2, noise(4)))], 'images'],
      [[csv, imageFile('p.png', noise(4))], 'images'],
      [[textImageFile('x.dmla', 'DMLA\u0001')], 'archive'],
      [[imageFile('x.pdf', noise(5000))], 'unknown'],
      [[textImageFile('x.bin', '%PDF-1.7\nabc\n')], 'unknown'],
      [[imageFile('a.tar', tarBytes({ 'a.csv': 'a,b\n1,2\n' }))], 'table'],
      [[imageFile('a.tgz', gzipSync(tarBytes({ 'a.csv': 'a,b\n1,2\n' })))], 'table'],
      [[imageFile('a.tgz', gzipSync(tarBytes({ 'a.csv': 'a\n', 'b.png': noise(9) })))], 'images'],
      [[imageFile('a.tar', tarBytes({ 'a.csv': table }))], 'images'],
    ];
    for (const [files, kind] of cases)
      expect([files.map(({ path }) => path), await looksLikeImages(files)]).toEqual([
        files.map(({ path }) => path),
        kind,
      ]);
  });

  it('is not opened picture by picture', async () => {
    const files = Array.from({ length: 500 }, (_, i) => imageFile(`a/${i}.png`, noise(100)));
    expect(await looksLikeImages(files)).toBe('images');
    expect(files.filter(({ bytesRead }) => bytesRead > 0).length).toBeLessThanOrEqual(1);
  });
});

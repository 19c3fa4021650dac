import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import type { ImageFile, ImageReading, ReadImages } from '../imageReading.ts';
import {
  cifarBytes,
  idxBytes,
  imageFile,
  joined,
  labelNames,
  noise,
  npyBytes,
  textImageFile,
} from '../testing/imageFiles.ts';
import { readArrays } from './arrays.ts';
import { lookAt } from '../look.ts';

async function read(files: ImageFile[], reading: ImageReading = {}): Promise<ReadImages> {
  return readArrays(await lookAt(files), reading, SILENT_PULSE);
}

/** What reading throws, as code and sentence. */
async function refusal(
  files: ImageFile[],
  reading: ImageReading = {},
): Promise<{ code: string; what: string }> {
  try {
    await read(files, reading);
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    return { code, what: message };
  }
  return { code: 'taken', what: '' };
}

const gz = (file: ImageFile & { content?: Uint8Array }, bytes: Uint8Array): ImageFile =>
  imageFile(`${file.path}.gz`, new Uint8Array(gzipSync(bytes)));

const PIXELS = noise(6 * 20);
const LABELS = [3, 1, 3, 7, 1, 7];
const images = (path: string, n = 6): ImageFile => imageFile(path, idxBytes([n, 4, 5], noise(n * 20)));
const labels = (path: string, values: number[] = LABELS): ImageFile =>
  imageFile(path, idxBytes([values.length], values));

describe('IDX', () => {
  it('reads back what was written, plain or in gzip, grey or in colours', async () => {
    const shapes = fc.record({
      n: fc.integer({ min: 2, max: 12 }),
      height: fc.integer({ min: 1, max: 9 }),
      width: fc.integer({ min: 1, max: 9 }),
      channels: fc.constantFrom(1, 3),
      packed: fc.boolean(),
      seed: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ n, height, width, channels, packed, seed }) => {
        const pixels = noise(n * height * width * channels, seed);
        const values = noise(n, seed + 1).map((value) => value % 5);
        const rank = channels === 1 ? [n, height, width] : [n, height, width, 3];
        const files = [idxBytes(rank, pixels), idxBytes([n], values)].map((bytes, k) => {
          const file = imageFile(`data-${['images', 'labels'][k]}-idx-ubyte`, bytes);
          return packed ? gz(file, bytes) : file;
        });
        const { set, format } = await read(files);
        expect(format).toBe('idx');
        expect(set.shape).toEqual({ width, height, channels });
        expect([...set.pixels]).toEqual([...pixels]);
        expect(labelNames(set)).toEqual(Array.from(values, String));
        expect(set.givenTest).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  it('of two pairs is a set with its split, the test pictures last', async () => {
    const files = [
      images('t10k-images-idx3-ubyte', 2),
      images('train-images-idx3-ubyte'),
      labels('train-labels-idx1-ubyte'),
      labels('t10k-labels-idx1-ubyte', [9, 3]),
    ];
    const { set } = await read(files);
    expect([...set.pixels]).toEqual([...noise(120), ...noise(40)]);
    expect(labelNames(set)).toEqual(['3', '1', '3', '7', '1', '7', '9', '3']);
    expect(set.givenTest).toEqual(Uint32Array.of(6, 7));
    expect((await read(files, { split: 'made' })).set.givenTest).toBeNull();
  });

  it('is told by its bytes where its name says nothing', async () => {
    const { set } = await read([images('a'), labels('b')]);
    expect(set.records).toBe(6);
  });

  it('takes labels from text, and names of classes', async () => {
    const names = textImageFile('names.txt', 'a\nb\nc\nd\ne\nf\ng\nh\n');
    const { set, notices } = await read([
      images('a.idx'),
      textImageFile('labels.txt', LABELS.join('\n')),
      names,
    ]);
    expect(labelNames(set)).toEqual(['d', 'b', 'd', 'h', 'b', 'h']);
    expect(notices.map(({ code }) => code)).toEqual(['classes-empty']);
  });

  it('with a wrong magic number, the wrong length or dimensions out of reason is refused', async () => {
    const good = idxBytes([6, 4, 5], PIXELS);
    const wrong = good.slice();
    wrong[2] = 0x42;
    const huge = idxBytes([0xffff_ffff, 0xffff_ffff, 0xffff_ffff], PIXELS);
    for (const [bytes, part] of [
      [wrong, 'begins with 00 00 42 03'],
      [good.subarray(0, 100), 'has 100 bytes, but its header says 136'],
      [joined(good, [0]), 'has 137 bytes, but its header says 136'],
      [huge, 'has 136 bytes'],
      [good.subarray(0, 7), 'begins with 00 00 08 03'],
      [new Uint8Array(0), 'begins with nothing'],
      [idxBytes([0, 4, 5], []), 'no pictures'],
      [idxBytes([6, 2, 5, 2], PIXELS), 'its last dimension'],
      [idxBytes([6, 20], PIXELS), 'neither pictures nor labels'],
      [idxBytes([6, 4, 5], new Uint8Array(480), 0x0d), 'holds floats'],
    ] as const) {
      const { code, what } = await refusal([
        imageFile('x-images-idx3-ubyte', bytes),
        labels('x-labels-idx1-ubyte'),
      ]);
      expect([part, code, what.includes(part)]).toEqual([part, 'IDX_DAMAGED', true]);
    }
  });

  it('in a gzip file that was cut off or changed is refused', async () => {
    const packed = new Uint8Array(gzipSync(idxBytes([6, 4, 5], PIXELS)));
    const changed = packed.slice();
    changed[60] ^= 0x55;
    for (const bytes of [packed.subarray(0, 80), packed.subarray(0, packed.length - 5), changed])
      expect(
        await codeOf(read([imageFile('images-idx3-ubyte.gz', bytes), labels('labels-idx1-ubyte')])),
      ).toBe('GZIP_DAMAGED');
  });

  it('in a gzip file that claims more than can be in it is refused before anything is allocated', async () => {
    const bytes = idxBytes([1000, 1000, 1000], [1, 2, 3]);
    const file = gz(images('images-idx3-ubyte'), bytes);
    const { code, what } = await refusal([file, labels('labels-idx1-ubyte')]);
    expect([code, what.includes('cannot be packed in it')]).toEqual(['IDX_DAMAGED', true]);
  });

  it('in a gzip file of another length than its header says is refused', async () => {
    for (const bytes of [
      joined(idxBytes([6, 4, 5], PIXELS), [1]),
      idxBytes([6, 4, 5], PIXELS.subarray(0, 110)),
    ])
      expect(await codeOf(read([gz(images('images-idx3-ubyte'), bytes), labels('labels-idx1-ubyte')]))).toBe(
        'IDX_DAMAGED',
      );
  });

  it('of labels takes every type of integer', async () => {
    const values = [256, -2, 256];
    const wide = new DataView(new ArrayBuffer(12));
    values.forEach((value, i) => wide.setInt32(4 * i, value));
    const short = new DataView(new ArrayBuffer(6));
    values.forEach((value, i) => short.setInt16(2 * i, value));
    for (const [view, type] of [
      [wide, 0x0c],
      [short, 0x0b],
    ] as const) {
      const file = imageFile('labels.idx', idxBytes([3], new Uint8Array(view.buffer), type));
      expect(labelNames((await read([images('images.idx', 3), file])).set)).toEqual(['256', '-2', '256']);
    }
    const signed = imageFile('labels.idx', idxBytes([3], [255, 0, 255], 9));
    expect(labelNames((await read([images('images.idx', 3), signed])).set)).toEqual(['-1', '0', '-1']);
  });

  it('is not what other programs call .idx', async () => {
    const seen = await lookAt([
      imageFile('pack.idx', noise(100)),
      imageFile('a.idx', idxBytes([9, 9, 9], PIXELS)),
    ]);
    expect(seen.map(({ kind }) => kind)).toEqual(['other', 'idx']);
  });

  it('of more bytes than are held is refused', async () => {
    const header = idxBytes([2 ** 21, 32, 32], []);
    const large: ImageFile = {
      path: 'images-idx3-ubyte',
      bytes: 16 + 2 ** 31,
      slice: (_, to) => Promise.resolve(joined(header, new Uint8Array(to - 16))),
    };
    expect(await codeOf(read([large, labels('labels-idx1-ubyte')]))).toBe('IMAGES_TOO_LARGE');
  });
});

describe('labels in files of their own', () => {
  it('that are missing, or of another number, are asked for by name and number', async () => {
    expect(await refusal([images('a-images.idx')])).toEqual({
      code: 'IMAGES_LABELS_MISSING',
      what: 'No labels could be told to belong to a-images.idx (6 pictures): there is no file of labels.',
    });
    expect(await refusal([images('a-images.idx'), labels('a-labels.idx', [1, 2])])).toEqual({
      code: 'IMAGES_LABELS_MISMATCH',
      what: 'a-labels.idx has 2 labels, but a-images.idx has 6 pictures.',
    });
    expect((await refusal([labels('a.idx'), labels('b.idx')])).code).toBe('IMAGES_NONE');
  });

  it('that could be either are named, and the one chosen is taken', async () => {
    const files = [images('a.idx'), labels('b.idx', [0, 1, 0, 1, 0, 1]), labels('c.idx')];
    const { code, what } = await refusal(files);
    expect([code, what.includes('b.idx (6), c.idx (6)')]).toEqual(['IMAGES_LABELS_MISSING', true]);
    expect(labelNames((await read(files, { labels: 'c.idx' })).set)).toEqual(LABELS.map(String));
    expect((await refusal(files, { labels: 'd.idx' })).code).toBe('IMAGES_LABELS_MISSING');
  });

  it('are found by their number where names do not tell', async () => {
    const { set } = await read([
      images('a.idx'),
      images('b.idx', 2),
      labels('d.idx', [5, 6]),
      labels('c.idx'),
    ]);
    expect(labelNames(set)).toEqual([...LABELS, 5, 6].map(String));
  });
});

describe('pictures of several sizes and colours', () => {
  const pair = (name: string, n: number, side: number, channels: number, value: number): ImageFile[] => [
    imageFile(
      `${name}-images.idx`,
      idxBytes([n, side, side, channels], new Uint8Array(n * side * side * channels).fill(value)),
    ),
    labels(
      `${name}-labels.idx`,
      Array.from({ length: n }, (_, i) => i % 2),
    ),
  ];

  it('get the most common size and colours where any has them', async () => {
    const { set, sizes, rule, notices } = await read([...pair('a', 4, 4, 1, 10), ...pair('b', 3, 2, 3, 90)]);
    expect(sizes).toEqual([
      { width: 4, height: 4, count: 4 },
      { width: 2, height: 2, count: 3 },
    ]);
    expect([rule, notices.map(({ code }) => code)]).toEqual(['resize', ['sizes-mixed']]);
    expect(set.shape).toEqual({ width: 4, height: 4, channels: 3 });
    expect([...set.pixels]).toEqual([...new Uint8Array(4 * 48).fill(10), ...new Uint8Array(3 * 48).fill(90)]);
  });

  it('are left out, cut or resized as asked', async () => {
    const files = [...pair('a', 4, 4, 1, 10), ...pair('b', 3, 2, 1, 90)];
    const only = await read(files, { size: { width: 2, height: 2 }, rule: 'only' });
    expect([only.set.records, only.skippedCount, only.skipped[0].path]).toEqual([3, 4, 'a-images.idx']);
    const cut = await read(files, { size: { width: 2, height: 2 }, rule: 'crop' });
    expect([cut.set.records, cut.rule, cut.set.pixels.length]).toEqual([7, 'crop', 28]);
    expect(await codeOf(read(files, { size: { width: 3, height: 3 }, rule: 'only' }))).toBe('IMAGES_NONE');
  });

  it('become grey by their luma', async () => {
    const files = pair('a', 2, 2, 3, 0);
    const { set } = await read(
      [
        imageFile('a-images.idx', idxBytes([1, 1, 2, 3], [255, 0, 0, 0, 255, 0])),
        labels('a-labels.idx', [1]),
      ],
      { colour: 'grey' },
    );
    expect([...set.pixels]).toEqual([76, 150]);
    expect((await read(files, { colour: 'grey' })).set.shape.channels).toBe(1);
  });
});

describe('CIFAR', () => {
  const pixels = noise(4 * 3072);
  const batch = (path: string, values: number[], coarse?: number[]): ImageFile =>
    imageFile(path, cifarBytes(pixels, values, coarse));

  it('reads back what was written, from planes to pixels', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.boolean(),
        fc.nat(99),
        async (n, isFine, seed) => {
          const some = noise(n * 3072, seed);
          const values = noise(n, seed + 1).map((value) => value % 10);
          const bytes = cifarBytes(some, values, isFine ? noise(n, 5) : undefined);
          const { set } = await read([imageFile('data_batch_1.bin', bytes)]);
          expect(set.shape).toEqual({ width: 32, height: 32, channels: 3 });
          expect(Buffer.from(some).equals(set.pixels)).toBe(true);
          expect(labelNames(set).length).toBe(n);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('of several batches has its split and the names that everyone knows', async () => {
    const { set, format } = await read([
      batch('test_batch.bin', [0, 9, 1, 2]),
      batch('data_batch_10.bin', [3, 3, 3, 3]),
      batch('data_batch_2.bin', [6, 5, 4, 3]),
    ]);
    expect(format).toBe('cifar');
    expect(labelNames(set).slice(0, 5)).toEqual(['frog', 'dog', 'deer', 'cat', 'cat']);
    expect(labelNames(set).slice(8)).toEqual(['airplane', 'truck', 'automobile', 'bird']);
    expect(set.givenTest).toEqual(Uint32Array.of(8, 9, 10, 11));
  });

  it('of a hundred classes has the fine labels and their names', async () => {
    const fine = textImageFile(
      'fine_label_names.txt',
      Array.from({ length: 100 }, (_, c) => `name${c}`).join('\n'),
    );
    const coarse = textImageFile('coarse_label_names.txt', 'wrong\n');
    const { set } = await read([batch('train.bin', [99, 40, 3, 40], [1, 2, 3, 4]), coarse, fine]);
    expect(labelNames(set)).toEqual(['name99', 'name40', 'name3', 'name40']);
    const unnamed = await read([batch('train.bin', [99, 40, 3, 40], [1, 2, 3, 4])]);
    expect(labelNames(unnamed.set)).toEqual(['99', '40', '3', '40']);
  });

  it('takes the names of batches.meta.txt', async () => {
    const meta = textImageFile('batches.meta.txt', 'a\nb\nc\n\n');
    expect(labelNames((await read([batch('x.bin', [0, 2, 1, 0]), meta])).set)).toEqual(['a', 'c', 'b', 'a']);
  });

  it('of a length that is no whole number of records is refused', async () => {
    const bytes = cifarBytes(pixels, [1, 2, 3, 4]);
    for (const length of [0, 1, 3072, 3 * 3073 + 1])
      expect(await refusal([imageFile('data_batch_1.bin', bytes.subarray(0, length))])).toEqual({
        code: 'CIFAR_DAMAGED',
        what: `data_batch_1.bin has ${length} bytes, which are no whole records of 3073 bytes (CIFAR-10) or 3074 (CIFAR-100).`,
      });
    expect((await read([gz(batch('test.bin', []), bytes)])).set.records).toBe(4);
    expect(await codeOf(read([gz(batch('test.bin', []), bytes.subarray(0, 5000))]))).toBe('CIFAR_DAMAGED');
  });
});

describe('NumPy', () => {
  const x = (path: string, n: number, seed = 1): ImageFile =>
    imageFile(path, npyBytes('|u1', [n, 4, 5], noise(n * 20, seed)));
  const y = (path: string, values: number[]): ImageFile =>
    imageFile(
      path,
      npyBytes('<i8', [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer)),
    );

  it('reads back what was written, whatever the version and shape', async () => {
    const shapes = fc.record({
      n: fc.integer({ min: 2, max: 9 }),
      height: fc.integer({ min: 1, max: 9 }),
      width: fc.integer({ min: 1, max: 9 }),
      tail: fc.constantFrom([], [1], [3]),
      version: fc.constantFrom(1, 2, 3),
      seed: fc.nat(99),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ n, height, width, tail, version, seed }) => {
        const pixels = noise(n * height * width * (tail[0] ?? 1), seed);
        const values = Array.from(noise(n, seed + 1), (value) => value % 4);
        const { set, format } = await read([
          imageFile('x.npy', npyBytes('|u1', [n, height, width, ...tail], pixels, { version })),
          y('y.npy', values),
        ]);
        expect(format).toBe('npy');
        expect(set.shape).toEqual({ width, height, channels: tail[0] ?? 1 });
        expect([...set.pixels]).toEqual([...pixels]);
        expect(labelNames(set)).toEqual(values.map(String));
      }),
      { numRuns: 60 },
    );
  });

  it('has labels of every type of integer, and of text', async () => {
    const values = [1, 5, 1];
    const files = (descr: string, bytes: Uint8Array, shape = [3]): ImageFile[] => [
      x('x.npy', 3),
      imageFile('y.npy', npyBytes(descr, shape, bytes)),
    ];
    const wide = (bytes: number, isBig: boolean): Uint8Array => {
      const out = new Uint8Array(3 * bytes);
      values.forEach((value, i) => (out[isBig ? (i + 1) * bytes - 1 : i * bytes] = value));
      return out;
    };
    for (const kind of ['i', 'u'])
      for (const bytes of [1, 2, 4, 8])
        for (const order of ['<', '>'])
          for (const shape of [[3], [3, 1]]) {
            const { set } = await read(files(`${order}${kind}${bytes}`, wide(bytes, order === '>'), shape));
            expect(labelNames(set)).toEqual(['1', '5', '1']);
          }
    const minus = await read(files('|i1', Uint8Array.of(255, 5, 255)));
    expect(minus.set.classNames).toEqual(['-1', '5']);
    const utf32 = new Uint8Array(Uint32Array.from([0x1f600, 0, 98, 97, 0x1f600, 0]).buffer);
    expect(labelNames((await read(files('<U2', utf32))).set)).toEqual(['😀', 'ba', '😀']);
    expect(labelNames((await read(files('|S2', Uint8Array.from([97, 0, 98, 97, 97, 0])))).set)).toEqual([
      'a',
      'ba',
      'a',
    ]);
    const beyond = new Uint8Array(Uint32Array.from([0x110000, 0, 98, 97, 97, 0]).buffer);
    expect(await codeOf(read(files('<U2', beyond)))).toBe('NPY_DAMAGED');
  });

  it('of training and test arrays is a set with its split', async () => {
    const names = ['x_test.npy', 'x_train.npy', 'y_test.npy', 'y_train.npy'];
    const { set } = await read([
      x(names[0], 2, 2),
      x(names[1], 3),
      y(names[2], [8, 1]),
      y(names[3], [1, 2, 1]),
    ]);
    expect([...set.pixels]).toEqual([...noise(60), ...noise(40, 2)]);
    expect(labelNames(set)).toEqual(['1', '2', '1', '8', '1']);
    expect(set.givenTest).toEqual(Uint32Array.of(3, 4));
    const three = ['val', 'test', 'train'].flatMap((part) => [
      x(`${part}_images.npy`, 2),
      y(`${part}_labels.npy`, [1, 2]),
    ]);
    expect((await read(three)).set.givenTest).toEqual(Uint32Array.of(4, 5));
  });

  it('of flat rows is of square pictures', async () => {
    const { set } = await read([imageFile('X.npy', npyBytes('|u1', [2, 48], noise(96))), y('y.npy', [0, 1])]);
    expect(set.shape).toEqual({ width: 4, height: 4, channels: 3 });
  });

  it('of floats, objects, records, Fortran order or other shapes is refused in words', async () => {
    const values = noise(960);
    for (const [bytes, what] of [
      [npyBytes('<f4', [2, 4, 5], values.subarray(0, 160)), 'is an array of float32 of shape (2, 4, 5)'],
      [npyBytes('|O', [2, 4, 5], values), 'is an array of object of shape (2, 4, 5)'],
      [npyBytes("[('a', '<i4'), ('b', '|u1', (2,))]", [2, 4, 5], values), 'is an array of record of shape'],
      [npyBytes('<u2', [2, 4, 5], values.subarray(0, 80)), 'is an array of uint16'],
      [npyBytes('|u1', [2, 4, 5], values.subarray(0, 40), { fortran: true }), 'Fortran order'],
      [
        npyBytes('|u1', [2, 3, 4, 5], values.subarray(0, 120)),
        'the last dimension would have to be the colours',
      ],
      [npyBytes('|u1', [2, 4, 4, 5, 6], values), 'of shape (2, 4, 4, 5, 6)'],
      [npyBytes('|u1', [], values.subarray(0, 1)), 'one value'],
      [npyBytes('|u1', [0, 4, 5], []), 'no pictures'],
    ] as const) {
      const found = await refusal([imageFile('x.npy', bytes), y('y.npy', [0, 1])]);
      expect([what, found.code, found.what.includes(what)]).toEqual([what, 'NPY_UNSUPPORTED', true]);
    }
    const oneHot = [x('x.npy', 2), imageFile('labels.npy', npyBytes('|u1', [2, 16], values.subarray(0, 32)))];
    expect(await codeOf(read(oneHot))).toBe('NPY_UNSUPPORTED');
    expect(
      await codeOf(read([x('x.npy', 2), imageFile('y.npy', npyBytes('<f8', [2], values.subarray(0, 16)))])),
    ).toBe('NPY_UNSUPPORTED');
  });

  it('leaves out an array that is neither pictures nor labels, and says so', async () => {
    const mean = imageFile('mean.npy', npyBytes('<f4', [4], noise(16)));
    const { notices } = await read([x('x.npy', 2), y('y.npy', [0, 1]), mean]);
    expect(notices.map(({ code }) => code)).toEqual(['array-left-out']);
  });

  it('with a header that is no plain dictionary, or a wrong length, is refused', async () => {
    const good = npyBytes('|u1', [2, 4, 5], noise(40));
    const withHeader = (text: string): Uint8Array =>
      joined(
        [0x93, 78, 85, 77, 80, 89, 1, 0, text.length & 255, text.length >> 8],
        new TextEncoder().encode(text),
        noise(40),
      );
    for (const bytes of [
      good.subarray(0, good.length - 1),
      joined(good, [1]),
      good.subarray(0, 40),
      good.subarray(0, 9),
      joined([0x93, 78, 85, 77, 80, 89, 9, 0], good.subarray(8)),
      joined([0x93, 78, 85, 77, 80, 89, 2, 0, 255, 255, 255, 255], good.subarray(10)),
      withHeader("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4, 5), } + exit()"),
      withHeader("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4, -5)}"),
      withHeader("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4, 1e9)}"),
      withHeader("{'descr': '|u1', 'fortran_order': 0, 'shape': (2, 4, 5)}"),
      withHeader("{'descr': '|u1', 'shape': (2, 4, 5)}"),
      withHeader("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2, 4, 5)}"),
      withHeader(
        `{'descr': '|u1', 'fortran_order': False, 'shape': (${'9'.repeat(15)}, ${'9'.repeat(15)}, 5)}`,
      ),
      withHeader(`{'descr': ${'['.repeat(1000)}`),
      withHeader(''),
    ])
      expect(await codeOf(read([imageFile('x.npy', bytes), y('y.npy', [0, 1])]))).toBe('NPY_DAMAGED');
  });
});

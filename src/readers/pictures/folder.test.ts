import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../core/errors.ts';
import { SILENT_PULSE, type Progress } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import type { ImageReading, PictureDecoder, ReadImages } from '../imageReading.ts';
import { imageFile, labelNames, noise, textImageFile } from '../testing/imageFiles.ts';
import {
  claimedPng,
  decodeGrey,
  decodeNothing,
  gifStart,
  jpegStart,
  plainPng,
  pngBytes,
} from '../testing/pictureFiles.ts';
import { openZip } from '../zip/zip.ts';
import { filesOfFolder, filesOfZip, joinFiles } from './files.ts';
import { readPictureFolder } from './folder.ts';
import { placesOf } from './places.ts';

type Files = Record<string, Uint8Array | string>;

function folderOf(files: Files) {
  return filesOfFolder(
    Object.entries(files).map(([path, content]) =>
      typeof content === 'string' ? textImageFile(path, content) : imageFile(path, content),
    ),
  );
}

function read(
  files: Files,
  reading: ImageReading = {},
  decode: PictureDecoder = decodeNothing,
): Promise<ReadImages> {
  return readPictureFolder(folderOf(files), reading, decode, SILENT_PULSE);
}

async function readZip(
  files: Files,
  reading: ImageReading = {},
  decode = decodeNothing,
): Promise<ReadImages> {
  const packed: Zippable = {};
  for (const [path, content] of Object.entries(files))
    packed[path] = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const zip = await openZip(imageFile('a.zip', zipSync(packed)));
  return readPictureFolder(filesOfZip(zip), reading, decode, SILENT_PULSE);
}

/** First channel of the first pixel of every picture. */
function firsts({ set }: ReadImages): number[] {
  const size = set.pixels.length / set.records;
  return Array.from({ length: set.records }, (_, i) => set.pixels[i * size]);
}

const grey = (value: number, side = 4) => plainPng(side, side, [value]);
const codes = ({ notices }: ReadImages) => notices.map(({ code }) => code);

const SMALL: Files = {
  'cat/2.png': grey(12),
  'cat/10.png': grey(13),
  'dog/1.png': grey(21),
  'cat/1.png': grey(11),
  'dog/2.png': grey(22),
};

describe('placesOf', () => {
  const places = (...paths: string[]) => {
    const found = placesOf(paths);
    return paths.map((path) => {
      const { part, top, last } = found.get(path.slice(0, Math.max(0, path.lastIndexOf('/'))))!;
      return `${part ?? '-'}:${top ?? '-'}${top === last ? '' : `|${last ?? '-'}`}`;
    });
  };

  it('finds the class under a part and a wrapper or not', () => {
    expect(places('cat/1.png', 'dog/1.png')).toEqual(['-:cat', '-:dog']);
    expect(places('pets/cat/1.png', 'pets/dog/1.png')).toEqual(['-:cat', '-:dog']);
    expect(places('train/cat/1.png', 'test/cat/2.png', 'Val/cat/3.png')).toEqual([
      'train:cat',
      'test:cat',
      'validation:cat',
    ]);
    expect(places('pets/training/cat/1.png', 'pets/testing/dog/2.png')).toEqual(['train:cat', 'test:dog']);
  });

  it('leaves a class called train a class', () => {
    expect(places('bus/1.png', 'train/1.png', 'test/1.png')).toEqual(['-:bus', '-:train', '-:test']);
    expect(places('train/train/1.png', 'train/bus/1.png')).toEqual(['train:train', 'train:bus']);
  });

  it('says where there is no class', () => {
    expect(places('1.png', 'train/cat/1.png', 'test/2.png')).toEqual(['-:-', 'train:cat', 'test:-']);
    expect(places('train/1.png', 'test/2.png')).toEqual(['train:-', 'test:-']);
    expect(places('images/1.png', 'images/2.png')).toEqual(['-:-', '-:-']);
    expect(places('train/cat/images/1.png', 'train/dog/images/2.png')).toEqual(['train:cat', 'train:dog']);
  });

  it('tells the folder at the top from the one right above the picture', () => {
    expect(places('x/train/cat/1.png', 'x/train/dog/large/2.png', 'x/test/dog/small/old/3.png')).toEqual([
      'train:cat',
      'train:dog|large',
      'test:dog|old',
    ]);
    expect(places('pets/1.png', 'pets/cat/2.png', 'pets/dog/3.png')).toEqual(['-:-|pets', '-:cat', '-:dog']);
  });

  it('finds parts below the classes, and by words in the names of folders', () => {
    expect(places('cat/train/1.png', 'cat/test/2.png', 'dog/train/3.png', 'x/1.png')).toEqual([
      'train:cat',
      'test:cat',
      'train:dog',
      '-:x',
    ]);
    expect(places('train_images/cat/1.png', 'Test Set/cat/2.png')).toEqual(['train:cat', 'test:cat']);
    expect(
      places('seg_train/seg_train/sea/1.png', 'seg_test/seg_test/sea/2.png', 'seg_pred/seg_pred/3.png'),
    ).toEqual(['train:sea', 'test:sea', '-:-']);
    expect(
      places('train/cat/1.png', 'test/cat/2.png', 'again/train/cat/3.png', 'again/test/dog/4.png'),
    ).toEqual(['train:cat', 'test:cat', 'train:cat', 'test:dog']);
    expect(places('train/cat/1.png', 'extra/cat/2.png')).toEqual(['train:cat', '-:cat']);
    expect(places('train/steam/1.png', 'bus/red/2.png')).toEqual(['-:train|steam', '-:bus|red']);
    expect(places('valid/1.png', 'invalid/2.png', 'test tube/3.png')).toEqual([
      '-:valid',
      '-:invalid',
      '-:test tube',
    ]);
  });
});

describe('readPictureFolder', () => {
  it('orders pictures by class and path, numbers by their value', async () => {
    const result = await read(SMALL);
    expect(result.set).toMatchObject({
      shape: { width: 4, height: 4, channels: 1 },
      records: 5,
      classNames: ['cat', 'dog'],
      givenTest: null,
    });
    expect(firsts(result)).toEqual([11, 12, 13, 21, 22]);
    expect(labelNames(result.set)).toEqual(['cat', 'cat', 'cat', 'dog', 'dog']);
    expect(result).toMatchObject({
      format: 'folder',
      rule: 'only',
      sizeCount: 1,
      skippedCount: 0,
      notices: [],
    });
  });

  it('gives the same set from a zip, from a folder in any order, and within a wrapper', async () => {
    const { set } = await read(SMALL);
    const wrapped = Object.fromEntries(
      Object.entries(SMALL)
        .reverse()
        .map(([path, content]) => [`pets/${path}`, content]),
    );
    const zipped = await readZip(SMALL);
    expect(zipped.set).toEqual(set);
    expect(zipped.format).toBe('zip');
    expect((await read(wrapped)).set).toEqual(set);
  });

  it('takes train/ and test/ as the split, test pictures last', async () => {
    const files = {
      'x/test/dog/1.png': grey(41),
      'x/train/dog/1.png': grey(21),
      'x/train/cat/1.png': grey(11),
      'x/test/cat/1.png': grey(31),
      'x/val/cat/2.png': grey(12),
    };
    const result = await readZip(files);
    expect(firsts(result)).toEqual([11, 12, 21, 31, 41]);
    expect(result.set.givenTest).toEqual(Uint32Array.of(3, 4));
    expect(codes(result)).toEqual(['validation-as-training']);
    expect((await read(files, { split: 'made' })).set.givenTest).toBeNull();
    const noTest = Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes('test/')));
    const instead = await read(noTest);
    expect(codes(instead)).toEqual(['validation-as-test']);
    expect(instead.set.givenTest).toEqual(Uint32Array.of(2));
  });

  it('joins several sources, each in a folder of its own', async () => {
    const joint = joinFiles([
      { folder: 'train', files: folderOf({ 'cat/1.png': grey(1), 'dog/1.png': grey(2) }) },
      { folder: 'test', files: folderOf({ 'cat/1.png': grey(3), 'dog/1.png': grey(4) }) },
    ]);
    const { set } = await readPictureFolder(joint, {}, decodeNothing, SILENT_PULSE);
    expect(Array.from(set.pixels.filter((_, i) => i % 16 === 0))).toEqual([1, 2, 3, 4]);
    expect(set.givenTest).toEqual(Uint32Array.of(2, 3));
  });

  it('is grey only where every picture is, unless asked', async () => {
    const colour = { ...SMALL, 'dog/3.png': plainPng(4, 4, [200, 100, 50]) };
    const { set } = await read(colour);
    expect(set.shape.channels).toBe(3);
    expect(set.pixels.subarray(0, 3)).toEqual(Uint8Array.of(11, 11, 11));
    expect(set.pixels.subarray(-3)).toEqual(Uint8Array.of(200, 100, 50));
    const asked = await read(colour, { colour: 'grey' });
    expect(asked.set.shape.channels).toBe(1);
    expect(asked.set.pixels.at(-1)).toBe(124);
    expect((await read(SMALL, { colour: 'rgb' })).set.shape.channels).toBe(3);
    const equal = { 'a/1.png': plainPng(2, 2, [5, 5, 5]), 'b/1.png': plainPng(2, 2, [6, 6, 6]) };
    expect((await read(equal)).set.shape.channels).toBe(3);
  });

  it('lays transparent pictures on white and counts them', async () => {
    const result = await read({
      ...SMALL,
      'dog/3.png': plainPng(4, 4, [0, 0]),
      'dog/4.png': plainPng(4, 4, [9, 255]),
    });
    expect(firsts(result)).toEqual([11, 12, 13, 21, 22, 255, 9]);
    expect(result.notices).toEqual([expect.objectContaining({ code: 'alpha-flattened' })]);
    expect(result.notices[0].text).toContain('1 ');
  });

  it('names a class "__proto__", or in any script, as any other', async () => {
    const { set } = await readZip({
      '__proto__/1.png': grey(1),
      'constructor/1.png': grey(2),
      '<b>&/1.png': grey(3),
      'ねこ/1.png': grey(4),
    });
    expect(set.classNames).toEqual(['<b>&', '__proto__', 'constructor', 'ねこ']);
  });

  it('gives other kinds to the decoder, in their upright size', async () => {
    const sizes: string[] = [];
    const decode: PictureDecoder = async (bytes, header) => {
      sizes.push(`${header.kind} ${header.width} × ${header.height}`);
      const turned =
        header.kind === 'jpeg' ? { ...header, width: header.height, height: header.width } : header;
      return decodeGrey(bytes, turned);
    };
    const files: Files = {};
    for (let i = 0; i < 20; i++) files[`cat/${i}.jpg`] = jpegStart(3, 2, { orientation: 6 });
    for (let i = 0; i < 20; i++) files[`dog/${i}.gif`] = gifStart(2, 3, [1, 2, 3, 4, 5, 6]);
    const result = await readZip(files, {}, decode);
    expect(result.set.shape).toEqual({ width: 2, height: 3, channels: 3 });
    expect(result.set.pixels.every((value) => value === 100)).toBe(true);
    expect(new Set(sizes)).toEqual(new Set(['jpeg 3 × 2', 'gif 2 × 3']));
  });

  it('reads a JPEG with long notes in front of its size', async () => {
    const jpeg = jpegStart(4, 4, { notes: 600_000, components: 1 });
    const result = await readZip({ ...SMALL, 'dog/3.jpg': jpeg }, {}, decodeGrey);
    expect(firsts(result)).toEqual([11, 12, 13, 21, 22, 100]);
  });

  it('reports progress, and ends when the work is cancelled', async () => {
    const beats: Progress[] = [];
    const pulse = {
      due: () => true,
      beat: async (progress: Progress) => {
        beats.push(progress);
        if (progress.phase === 'Decoding pictures' && progress.done === 3)
          throw new LabError('CANCELLED', 'Enough.');
      },
    };
    const work = readPictureFolder(folderOf(SMALL), {}, decodeNothing, pulse);
    expect(await codeOf(work)).toBe('CANCELLED');
    expect(new Set(beats.map(({ phase, unit }) => `${phase}, ${unit}`))).toEqual(
      new Set(['Looking at pictures, pictures', 'Decoding pictures, pictures']),
    );
    expect(beats.at(-1)).toMatchObject({ done: 3, total: 5 });
  });
});

describe('sizes', () => {
  const mixed: Files = {
    ...SMALL,
    'dog/3.png': grey(23, 8),
    'dog/4.png': pngBytes(2, 1, 1, Uint8Array.of(0, 100)),
  };

  it('resizes to the most common one where nobody has chosen, and says so', async () => {
    const result = await read(mixed);
    expect(result).toMatchObject({ rule: 'resize', sizeCount: 3, skippedCount: 0 });
    expect(result.sizes[0]).toEqual({ width: 4, height: 4, count: 5 });
    expect(codes(result)).toEqual(['sizes-mixed']);
    expect(firsts(result)).toEqual([11, 12, 13, 21, 22, 23, 0]);
    expect(result.set.pixels.subarray(-4)).toEqual(Uint8Array.of(0, 0, 100, 100));
  });

  it('leaves others out, or cuts, where that is asked', async () => {
    const only = await read(mixed, { rule: 'only' });
    expect(firsts(only)).toEqual([11, 12, 13, 21, 22]);
    expect(only.skippedCount).toBe(2);
    expect(only.skipped.map(({ path }) => path)).toEqual(['dog/3.png', 'dog/4.png']);
    const cut = await read(mixed, { rule: 'crop', size: { width: 2, height: 2 } });
    expect(cut.set.shape).toEqual({ width: 2, height: 2, channels: 1 });
    expect(cut.set.records).toBe(7);
    expect((await read(SMALL, { size: { width: 3, height: 2 } })).rule).toBe('resize');
  });

  it('makes photographs smaller where nobody has chosen', async () => {
    const result = await read({ 'a/1.png': grey(1, 600), 'b/1.png': grey(2, 600) });
    expect(result.set.shape.width).toBe(150);
    expect(codes(result)).toEqual(['sizes-reduced']);
    const chosen = await read({ 'a/1.png': grey(1, 600), 'b/1.png': grey(2, 600) }, { rule: 'only' });
    expect(chosen.set.shape.width).toBe(600);
  });

  it('refuses sizes beyond reason, and sets beyond memory', async () => {
    for (const width of [0, 1.5, -1, NaN, 1e6])
      expect(await codeOf(read(SMALL, { size: { width, height: 4 } }))).toBe('SETTING_OUT_OF_RANGE');
    const large: Files = {};
    for (let i = 0; i < 20; i++) large[`${i % 2}/${i}.png`] = claimedPng(8000, 8000);
    expect(await codeOf(read(large, { size: { width: 8000, height: 8000 } }))).toBe('IMAGES_TOO_LARGE');
    expect(await codeOf(read(large, { rule: 'only' }))).toBe('IMAGES_TOO_LARGE');
  });
});

describe('bad pictures', () => {
  const bad = (() => {
    const png = pngBytes(4, 4, 1, noise(16)).slice();
    png[50] ^= 1;
    return png;
  })();

  it('are skipped by name among good ones', async () => {
    for (const reader of [read, readZip]) {
      const result = await reader({
        ...SMALL,
        'cat/5.png': bad,
        'cat/6.png': claimedPng(16_000, 16_000),
        'dog/7.png': new Uint8Array(0),
        'dog/8.tif': noise(10),
      });
      expect(firsts(result)).toEqual([11, 12, 13, 21, 22]);
      expect(result.set.pixels.length).toBe(5 * 16);
      expect(result.skippedCount).toBe(4);
      expect(Object.fromEntries(result.skipped.map(({ path, code }) => [path, code]))).toEqual({
        'cat/5.png': 'PICTURE_DAMAGED',
        'cat/6.png': 'PICTURE_TOO_LARGE',
        'dog/7.png': 'PICTURE_UNSUPPORTED',
        'dog/8.tif': 'PICTURE_UNSUPPORTED',
      });
      for (const { path, what } of result.skipped) expect(`${path} ${what}`).toMatch(/png|tif/);
    }
  });

  it('end the reading where they are more than half', async () => {
    const files: Files = { 'a/1.png': grey(1), 'b/1.png': grey(2) };
    for (let i = 2; i < 6; i++) files[`a/${i}.png`] = bad;
    expect(await codeOf(read(files))).toBe('PICTURE_DAMAGED');
    const failing: PictureDecoder = async () => {
      throw new TypeError('no');
    };
    const jpegs: Files = { ...SMALL };
    for (let i = 0; i < 40; i++) jpegs[`cow/${i}.jpg`] = jpegStart(4, 4);
    expect(await codeOf(read(jpegs, {}, failing))).toBe('PICTURE_DAMAGED');
    const huge = { 'a/1.png': claimedPng(16_000, 16_000), 'b/1.png': claimedPng(16_000, 16_000) };
    expect(await codeOf(read(huge))).toBe('PICTURE_TOO_LARGE');
  });

  it('are told by name a hundred times at most, and all counted', async () => {
    const files: Files = { ...SMALL };
    for (let i = 0; i < 130; i++) files[`cat/a${i}.png`] = grey(i);
    for (let i = 0; i < 120; i++) files[`dog/a${i}.png`] = bad;
    const result = await read(files);
    expect(result.skippedCount).toBe(120);
    expect(result.skipped.length).toBe(100);
  });

  it('that decode to another size than they say are skipped', async () => {
    const decode: PictureDecoder = (bytes, header) => decodeGrey(bytes, { ...header, width: 5 });
    const result = await read({ ...SMALL, 'cat/9.jpg': jpegStart(4, 4, { components: 1 }) }, {}, decode);
    expect(result.skipped).toMatchObject([{ path: 'cat/9.jpg', code: 'PICTURE_DAMAGED' }]);
  });

  it('that cannot be read from the disk are skipped', async () => {
    const files = filesOfFolder([
      ...Object.entries(SMALL).map(([path, content]) => imageFile(path, content as Uint8Array)),
      { path: 'cat/gone.png', bytes: 10, slice: () => Promise.reject(new Error('gone')) },
    ]);
    const result = await readPictureFolder(files, {}, decodeNothing, SILENT_PULSE);
    expect(result.skipped).toMatchObject([{ path: 'cat/gone.png', code: 'FILE_UNREADABLE' }]);
  });
});

describe('classes', () => {
  it('that are empty, or of which no picture is sound, are left out', async () => {
    const result = await readZip({
      ...SMALL,
      'cow/': new Uint8Array(0),
      'emu/1.png': new Uint8Array(40),
    });
    expect(result.set.classNames).toEqual(['cat', 'dog']);
    const text = result.notices.map((notice) => notice.text).join(' ');
    expect(codes(result)).toContain('classes-empty');
    expect(text).toContain('"cow", "emu"');
  });

  it('of which there is one, or none, end the reading', async () => {
    expect(await codeOf(read({ 'cat/1.png': grey(1), 'cat/2.png': grey(2) }))).toBe('IMAGES_ONE_CLASS');
    expect(await codeOf(read({ 'train/cat/1.png': grey(1), 'test/cat/2.png': grey(2) }))).toBe(
      'IMAGES_ONE_CLASS',
    );
    expect(await codeOf(read({ '1.png': grey(1), '2.png': grey(2) }))).toBe('IMAGES_LABELS_MISSING');
    expect(await codeOf(read({ 'a.txt': 'x' }))).toBe('IMAGES_NONE');
    expect(await codeOf(readZip({}))).toBe('IMAGES_NONE');
    const oneLeft = { 'a/1.png': grey(1), 'a/2.png': grey(2), 'b/1.png': claimedPng(3, 3) };
    expect(await codeOf(read(oneLeft))).toBe('IMAGES_ONE_CLASS');
  });

  it('come from a file of labels that names the pictures', async () => {
    const result = await readZip({
      'images/b.png': grey(2),
      'images/a.png': grey(1),
      'images/c.png': grey(3),
      'images/d.png': grey(4),
      'labels.csv': 'file,label\na.png,dog\nb.png,cat\nc.png,dog\n',
    });
    expect(firsts(result)).toEqual([2, 1, 3]);
    expect(labelNames(result.set)).toEqual(['cat', 'dog', 'dog']);
    expect(codes(result)).toEqual(['pictures-without-class']);
  });

  it('come from a file with a label for each picture, and names from another', async () => {
    const files: Files = {
      'p10.png': grey(3),
      'p9.png': grey(2),
      'p1.png': grey(1),
      'labels.txt': '1\n0\n1\n',
    };
    const result = await read({ ...files, 'names.txt': 'no\nyes\n' });
    expect(firsts(result)).toEqual([2, 1, 3]);
    expect(result.set.classNames).toEqual(['no', 'yes']);
    expect(await codeOf(read({ ...files, 'labels.txt': '1\n0\n' }))).toBe('IMAGES_LABELS_MISMATCH');
    expect(await codeOf(read({ ...files, 'labels.txt': 'file,label\nq.png,1\n' }))).toBe(
      'IMAGES_LABELS_MISMATCH',
    );
    expect(await codeOf(read(files, { labels: 'other.csv' }))).toBe('IMAGES_LABELS_MISSING');
  });

  it('come from the file that was chosen, whatever folders say', async () => {
    const result = await read(
      { ...SMALL, 'mood.csv': 'file,label\ncat/1.png,sad\ndog/1.png,glad\n' },
      { labels: 'mood.csv' },
    );
    expect(result.set.classNames).toEqual(['glad', 'sad']);
    expect(firsts(result)).toEqual([21, 11]);
  });

  it('called by numbers take the names of a file', async () => {
    const files = { '0/1.png': grey(1), '1/1.png': grey(2), 'class_names.txt': 'zebra\nant\n' };
    expect((await read(files)).set.classNames).toEqual(['zebra', 'ant']);
  });
});

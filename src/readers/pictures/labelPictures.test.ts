import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import type { ImageFile, ImageReading } from '../imageReading.ts';
import { readImages } from '../readImages.ts';
import { imageFile, textImageFile } from '../testing/imageFiles.ts';
import { decodeNothing, plainPng } from '../testing/pictureFiles.ts';

/** What pictures are, by their paths: "train cat". Their grey tells which is which. */
interface Story {
  pictures: Record<string, string>;
  codes: string[];
  texts: string[];
}

type Texts = Record<string, string | Uint8Array>;

const greyOf = (picture: number): number => 10 + 4 * picture;

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

async function tell(files: ImageFile[], paths: readonly string[], reading: ImageReading): Promise<Story> {
  const { set, notices } = await readImages(files, reading, decodeNothing, SILENT_PULSE);
  const tests = new Set(set.givenTest);
  const size = set.pixels.length / set.records;
  const pictures: Record<string, string> = {};
  for (let record = 0; record < set.records; record++) {
    const picture = (set.pixels[record * size] - 10) / 4;
    const part = set.givenTest === null ? '' : tests.has(record) ? 'test ' : 'train ';
    pictures[paths[picture]] = part + set.classNames[set.labels[record]];
  }
  return { pictures, codes: notices.map(({ code }) => code), texts: notices.map(({ text }) => text) };
}

/** A dropped folder of pictures and texts. */
function read(paths: readonly string[], texts: Texts = {}, reading: ImageReading = {}): Promise<Story> {
  const files = paths.map((path, picture) => imageFile(path, plainPng(2, 2, [greyOf(picture)])));
  for (const [path, content] of Object.entries(texts)) files.push(imageFile(path, bytesOf(content)));
  return tell(files, paths, reading);
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'taken';
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    return `${code}: ${message}`;
  }
}

const IMAGES = ['images/0.png', 'images/1.png', 'images/2.png', 'images/3.png'];
const PARTS = ['train/0.png', 'train/1.png', 'train/2.png', 'test/0.png', 'test/1.png', 'test/2.png'];
const BY_PART = {
  'train/0.png': 'train a',
  'train/1.png': 'train b',
  'train/2.png': 'train a',
  'test/0.png': 'test b',
  'test/1.png': 'test a',
  'test/2.png': 'test b',
};
const TRAIN = 'filename,label\n0.png,a\n1.png,b\n2.png,a\n';
const TEST = 'filename,label\n0.png,b\n1.png,a\n2.png,b\n';

describe('a label belongs to the picture that its row means', () => {
  it('by its path where names are the same in several folders', async () => {
    const paths = ['frames/clip0/0.png', 'frames/clip0/1.png', 'frames/clip1/0.png', 'frames/clip1/1.png'];
    const rows = 'path,label\nclip0/0.png,run\nclip0/1.png,sit\nclip1/0.png,sit\nclip1/1.png,run\n';
    for (const [path, text] of [
      ['labels.csv', rows],
      ['frames/labels.csv', rows],
      ['labels.csv', rows.replaceAll('clip', 'D:\\data\\frames\\clip').replaceAll('/', '\\')],
      ['labels.csv', rows.replaceAll('.png', '').replaceAll('clip', '/home/me/frames/clip')],
    ])
      expect((await read(paths, { [path]: text })).pictures).toEqual({
        'frames/clip0/0.png': 'run',
        'frames/clip0/1.png': 'sit',
        'frames/clip1/0.png': 'sit',
        'frames/clip1/1.png': 'run',
      });
  });

  it('by the part that its file is for: by name, by folder, by zip', async () => {
    const layouts: Texts[] = [
      { 'train.csv': TRAIN, 'test.csv': TEST },
      { 'test_labels.csv': TEST, 'train_labels.csv': TRAIN },
      { 'train/metadata.csv': TRAIN, 'test/metadata.csv': TEST },
      { 'train/labels.txt': 'a\nb\na\n', 'test/labels.txt': 'b\na\nb\n' },
      { 'labels/train.csv': TRAIN, 'labels/test.csv': TEST },
    ];
    for (const texts of layouts) {
      const found = await read(PARTS, texts);
      expect([Object.keys(texts), found]).toEqual([
        Object.keys(texts),
        { pictures: BY_PART, codes: [], texts: [] },
      ]);
    }
    const zip = (part: string, labels: string): ImageFile => {
      const entries: Record<string, Uint8Array> = { 'labels.csv': bytesOf(labels) };
      PARTS.forEach((path, picture) => {
        if (path.startsWith(part))
          entries[path.slice(path.indexOf('/') + 1)] = plainPng(2, 2, [greyOf(picture)]);
      });
      return imageFile(`${part}.zip`, zipSync(entries));
    };
    expect((await tell([zip('test', TEST), zip('train', TRAIN)], PARTS, {})).pictures).toEqual(BY_PART);
  });

  it('and its file says the part where folders do not', async () => {
    const texts = { 'train.csv': 'id,label\n0,a\n1,b\n', 'test.csv': 'id,label\n2,a\n3,b\n' };
    expect((await read(IMAGES, texts)).pictures).toEqual({
      'images/0.png': 'train a',
      'images/1.png': 'train b',
      'images/2.png': 'test a',
      'images/3.png': 'test b',
    });
  });

  it('and never to one of the other part', async () => {
    const found = await read(PARTS, { 'train.csv': TRAIN, 'test.csv': 'filename\n0.png\n1.png\n2.png\n' });
    expect(found.pictures).toEqual({ 'train/0.png': 'a', 'train/1.png': 'b', 'train/2.png': 'a' });
    expect(found.codes).toEqual(['pictures-without-class']);
    const answers = await read(PARTS, {
      'train.csv': TRAIN,
      'sample_submission.csv': 'filename,label\n0.png,a\n1.png,a\n2.png,a\n',
    });
    expect(answers).toEqual(found);
  });

  it('or to none, where a bare name is that of several pictures or of several rows', async () => {
    const paths = [...PARTS.slice(0, 4), 'test/4.png', 'test/5.png'];
    const text = 'file,label\n0.png,a\n1.png,b\n2.png,a\n4.png,b\n5.png,a\n5.png,b\n';
    const found = await read(paths, { 'labels.csv': text });
    expect(found.pictures).toEqual({
      'train/1.png': 'train b',
      'train/2.png': 'train a',
      'test/4.png': 'test b',
    });
    expect(found.codes).toEqual(['labels-ambiguous']);
    expect(found.texts[0]).toBe(
      '3 pictures were left out, as it cannot be told which label is theirs: "0.png" may be "train/0.png" or "test/0.png"; "test/5.png" is called both "a" and "b".',
    );
    expect(await refusal(read(PARTS, { 'labels.csv': TRAIN }))).toBe(
      'IMAGES_LABELS_AMBIGUOUS: In "labels.csv" it cannot be told which rows belong to 6 of the 6 pictures: "0.png" may be "train/0.png" or "test/0.png"; "1.png" may be "train/1.png" or "test/1.png"; "2.png" may be "train/2.png" or "test/2.png".',
    );
    expect(
      await codeOf(
        read(IMAGES, {
          'a.csv': 'file,label\n0.png,a\n1.png,b\n',
          'b.csv': 'file,label\n0.png,c\n1.png,d\n',
        }),
      ),
    ).toBe('IMAGES_LABELS_AMBIGUOUS');
  });
});

describe('labels of a table', () => {
  it('reach their pictures through quotes, encodings, columns of classes and composed letters', async () => {
    const rows = (of: (picture: number) => string): string => [0, 1, 2, 3].map(of).join('\r\n');
    const label = (picture: number): string => (picture % 2 === 0 ? 'a' : 'b');
    const expected = { 'images/0.png': 'a', 'images/1.png': 'b', 'images/2.png': 'a', 'images/3.png': 'b' };
    const texts = [
      `image,note,label\n${rows((p) => `${p}.png,"first\nsecond, third",${label(p)}`)}`,
      `image,title,label\n${rows((p) => `${p}.png,"Shirt, ""blue""",${label(p)}`)}`,
      `image,a,b\n${rows((p) => `${p},${p % 2 === 0 ? '1.0,0.0' : '0.0,1.0'}`)}`,
      `Unnamed: 0,who,label\n${rows((p) => `${3 - p},${p}.png,${label(p)}`)}`,
      rows((p) => `{"file_name": "images/${p}.png", "label": "${label(p)}"}`),
    ];
    for (const text of texts)
      expect([text, (await read(IMAGES, { 'truth.csv': text })).pictures]).toEqual([text, expected]);
    // The header has names of pictures in it, too.
    const flags = `image,0,1\n${rows((p) => `${p},${p % 2 === 0 ? 'True,False' : 'False,True'}`)}`;
    expect((await read(IMAGES, { 'truth.csv': flags })).pictures).toMatchObject({
      'images/2.png': '0',
      'images/3.png': '1',
    });
    const german = `file;label\n${rows((p) => `${p}.png;B\u00e4ume ${p % 2}`)}`;
    const latin = await read(IMAGES, {
      'labels.csv': Uint8Array.from(german, (letter) => letter.charCodeAt(0)),
    });
    expect(latin.pictures).toMatchObject({ 'images/0.png': 'B\u00e4ume 0', 'images/1.png': 'B\u00e4ume 1' });
    expect(latin.codes).toEqual(['windows-1252']);
    const paths = ['x/caf\u00e90.png', 'x/cafe\u03011.png', 'x/2.png', 'x/3.png'];
    const composed = await read(paths, {
      'labels.csv': 'file,label\ncafe\u03010.png,a\ncaf\u00e91.png,b\n2.png,a\n3.png,b\n',
    });
    expect(Object.values(composed.pictures).sort()).toEqual(['a', 'a', 'b', 'b']);
    expect(composed.pictures[paths[0]]).toBe('a');
  });

  it('that are empty leave pictures out, with a count', async () => {
    const found = await read(IMAGES, { 'labels.csv': 'image,label\n0.png,4\n1.png,10\n2.png,4\n3.png,\n' });
    expect(found.pictures).toEqual({ 'images/0.png': '4', 'images/1.png': '10', 'images/2.png': '4' });
    expect(found.codes).toEqual(['labels-empty']);
    expect(found.texts).toEqual(['1 picture has an empty label and was left out: "images/3.png".']);
    expect(await refusal(read(IMAGES, { 'labels.csv': 'image,label\n0.png,\n1.png,\n' }))).toBe(
      'IMAGES_LABELS_MISSING: None of the 4 pictures has a label: "labels.csv" leaves them all empty.',
    );
  });

  it('never become sheets, nor are they guessed', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `t${i},x${i % 2}`).join('\n');
    expect(await refusal(read(IMAGES, { 'labels.csv': `title,label\n${many}` }))).toBe(
      'IMAGES_LABELS_MISSING: labels.csv holds no labels: no column names the pictures, as "images/0.png" does; its columns are "title", "label".',
    );
    expect(await codeOf(read(IMAGES, { 'labels.csv': 'file,label\n0.png,"a\n1.png,b\n' }))).toBe(
      'IMAGES_LABELS_MISSING',
    );
    expect(await codeOf(read(IMAGES, { 'labels.txt': 'a\nb\na\nb\na\nb\na\nb\n' }))).toBe(
      'IMAGES_LABELS_MISMATCH',
    );
    expect(
      await codeOf(read(IMAGES, { 'x.csv': 'file,kind,sort\n0.png,a,c\n1.png,a,c\n2.png,b,d\n3.png,b,c\n' })),
    ).toBe('IMAGES_LABELS_MISSING');
    const chosen = { labelColumn: 'sort' };
    const found = await read(
      IMAGES,
      { 'x.csv': 'file,kind,sort\n0.png,a,c\n1.png,a,c\n2.png,b,d\n3.png,b,c\n' },
      chosen,
    );
    expect(Object.values(found.pictures)).toEqual(['c', 'c', 'c', 'd']);
  });
});

describe('classes', () => {
  const DEEP = [
    'x/train/cat/0.png',
    'x/train/cat/1.png',
    'x/train/dog/large/2.png',
    'x/train/dog/small/3.png',
  ];

  it('are the folders at the top, and the page says so and offers the others', async () => {
    const top = await read(DEEP);
    expect(Object.values(top.pictures)).toEqual(['cat', 'cat', 'dog', 'dog']);
    expect(top.codes).toEqual(['classes-top-folders']);
    const last = await read(DEEP, {}, { classesFrom: 'last-folders' });
    expect(Object.values(last.pictures)).toEqual(['cat', 'cat', 'large', 'small']);
    expect(last.codes).toEqual(['classes-last-folders']);
    expect((await read(DEEP, {}, { classesFrom: 'top-folders' })).pictures).toEqual(top.pictures);
  });

  it('have parts in them where these are below', async () => {
    const paths = [
      'cat/train/0.png',
      'cat/test/0.png',
      'dog/train/0.png',
      'dog/test/0.png',
      'dog/train/1.png',
    ];
    expect(await read(paths)).toEqual({
      pictures: {
        'cat/train/0.png': 'train cat',
        'cat/test/0.png': 'test cat',
        'dog/train/0.png': 'train dog',
        'dog/test/0.png': 'test dog',
        'dog/train/1.png': 'train dog',
      },
      codes: [],
      texts: [],
    });
  });

  it('are the folders right above where there is one at the top', async () => {
    const found = await read(['cat/0.png', 'cat/1.png', 'cat/kitten/2.png', 'cat/kitten/3.png']);
    expect(Object.values(found.pictures)).toEqual(['cat', 'cat', 'kitten', 'kitten']);
    expect(found.codes).toEqual([]);
  });

  it('are the labels of a file that names the pictures, before folders', async () => {
    const paths = ['cat/0.png', 'cat/1.png', 'dog/0.png', 'dog/1.png'];
    const texts = { 'mood.csv': 'file,mood\ncat/0.png,sad\ncat/1.png,glad\ndog/0.png,sad\ndog/1.png,glad\n' };
    const found = await read(paths, texts);
    expect(found.pictures).toEqual({
      'cat/0.png': 'sad',
      'cat/1.png': 'glad',
      'dog/0.png': 'sad',
      'dog/1.png': 'glad',
    });
    expect(found.codes).toEqual(['classes-from-labels']);
    expect(found.texts).toEqual([
      'The classes are the labels in "mood.csv". By folders there would be 2: "cat", "dog".',
    ]);
    const folders = await read(paths, texts, { classesFrom: 'top-folders' });
    expect(Object.values(folders.pictures)).toEqual(['cat', 'cat', 'dog', 'dog']);
    expect(await codeOf(read(paths, {}, { classesFrom: 'labels' }))).toBe('IMAGES_LABELS_MISSING');
  });

  it('stay the folders where a file says of some pictures what folders say of all', async () => {
    const paths = [
      'train/cat/0.png',
      'train/cat/1.png',
      'train/dog/2.png',
      'test/cat/3.png',
      'test/dog/4.png',
    ];
    const rows = 'path,label\ntrain/cat/0.png,cat\ntrain/cat/1.png,cat\ntrain/dog/2.png,dog\n';
    const found = await read(paths, { 'train.csv': rows });
    expect(Object.values(found.pictures)).toEqual([
      'train cat',
      'train cat',
      'train dog',
      'test cat',
      'test dog',
    ]);
    expect(found.codes).toEqual([]);
  });

  it('stay the folders where a text says no class, or each picture another', async () => {
    const paths = ['cat/0.png', 'cat/1.png', 'dog/2.png', 'dog/3.png'];
    for (const text of [
      'Some words on cats.\nAnd on dogs.\n',
      '1 cat/0.png\n2 cat/1.png\n3 dog/2.png\n4 dog/3.png\n',
      'cat/0\ncat/1\ndog/2\n',
      'file,label\ncat/0.png,1\n',
      'a,b\n1,"2\n',
    ]) {
      const { pictures, codes } = await read(paths, { 'notes.txt': text });
      expect([text, Object.values(pictures), codes]).toEqual([text, ['cat', 'cat', 'dog', 'dog'], []]);
    }
    const list = await read(paths, { 'labels.txt': 'cat\ndog\n' });
    expect([Object.values(list.pictures), list.codes]).toEqual([
      ['cat', 'cat', 'dog', 'dog'],
      ['labels-unused'],
    ]);
  });

  it('may be named by labels beside a zip', async () => {
    const zip = zipSync({
      'a/0.png': plainPng(2, 2, [10]),
      'a/1.png': plainPng(2, 2, [14]),
      'a/2.png': plainPng(2, 2, [18]),
    });
    const files = [
      imageFile('pets.zip', zip),
      textImageFile('labels.csv', 'file,label\n0.png,x\n1.png,y\n2.png,x\n'),
    ];
    expect(Object.values((await tell(files, ['0', '1', '2'], {})).pictures)).toEqual(['x', 'y', 'x']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../core/testing/codeOf.ts';
import { textImageFile } from '../testing/imageFiles.ts';
import {
  classesOf,
  cleanName,
  labelsByPicture,
  namesClasses,
  readClassNames,
  readLabelFile,
} from './labels.ts';

const read = async (path: string, text: string) => {
  const { labels, pictures } = await readLabelFile(textImageFile(path, text));
  return { labels, pictures };
};

describe('a file of labels', () => {
  it('has one a line, with whatever line ends and a header or none', async () => {
    expect(await read('labels.txt', '3\n1\r\n\n2')).toEqual({ labels: [3, 1, 2], pictures: null });
    expect(await read('labels.csv', 'label\ncat\n"dog"\n')).toEqual({
      labels: ['cat', 'dog'],
      pictures: null,
    });
    expect(await read('labels.txt', '\ufeffsea horse\ncat\n')).toEqual({
      labels: ['sea horse', 'cat'],
      pictures: null,
    });
  });

  it('keeps numbers as texts where one has leading zeros', async () => {
    expect((await read('labels.txt', '007\n7\n')).labels).toEqual(['007', '7']);
  });

  it('is a list in JSON, of labels or of lists of one', async () => {
    expect((await read('labels.json', '[[2], 0, 1]')).labels).toEqual([2, 0, 1]);
    expect((await read('labels.json', '["a", 1, true]')).labels).toEqual(['a', '1', '1']);
  });

  it('names the pictures by two columns, found by header or by look, or by a JSON object', async () => {
    const expected = { labels: ['cat', 'dog'], pictures: ['a.png', 'b.png'] };
    expect(await read('x.csv', 'file,label\na.png,cat\nb.png,dog\n')).toEqual(expected);
    expect(await read('x.csv', 'class;size;image\ncat;1;a.png\ndog;2;b.png')).toEqual(expected);
    expect(await read('x.txt', 'a.png cat\nb.png dog\n')).toEqual(expected);
    expect(await read('x.tsv', 'cat\ta.png\ndog\tb.png\n')).toEqual(expected);
    expect(await read('x.json', '{"a.png": "cat", "b.png": "dog"}')).toEqual(expected);
    expect(await read('x.csv', 'picture of,kind of\na.png,cat\nb.png,dog\n')).toEqual(expected);
    expect(await read('x.csv', 'id,breed\na,cat\nb,dog\n')).toEqual({ ...expected, pictures: ['a', 'b'] });
    expect(await read('trainLabels.csv', 'id,label\n1,3\n2,4\n')).toEqual({
      labels: [3, 4],
      pictures: ['1', '2'],
    });
  });

  it('that holds none is refused with the reason', async () => {
    for (const [path, text] of [
      ['a.txt', ' \n\n'],
      ['a.json', '{"a": '],
      ['a.json', '7'],
      ['a.json', '[1, 2.5]'],
      ['a.json', '[[1, 2]]'],
      ['a.json', '{"a": {"b": 1}}'],
      ['a.csv', 'file,label\na.png\n'],
    ])
      expect([text, await codeOf(read(path, text))]).toEqual([text, 'IMAGES_LABELS_MISSING']);
  });

  it('finds a picture by path, by name, or by name without ending', async () => {
    const labelOf = labelsByPicture(
      await readLabelFile(textImageFile('x.csv', 'file,label\na/1.png,5\n2.png,6\n3,7\n__proto__,8\n')),
    );
    expect(['a/1.png', 'b/1.png', 'c/2.png', 'd/3.jpg', 'constructor', '4.png'].map(labelOf)).toEqual([
      5,
      5,
      6,
      7,
      undefined,
      undefined,
    ]);
  });
});

describe('names of classes', () => {
  it('are told by the name of their file', () => {
    for (const name of [
      'names.txt',
      'a/batches.meta.txt',
      'fine_label_names.txt',
      'classes.json',
      'class-names.csv',
    ])
      expect([name, namesClasses(name)]).toEqual([name, true]);
    for (const name of ['labels.txt', 'coarse_label_names.txt', 'train.csv', 'names.png', 'filenames.txt'])
      expect([name, namesClasses(name)]).toEqual([name, name === 'filenames.txt']);
  });

  it('stand in lines, in a JSON list, or in a JSON object either way round', async () => {
    const names = (text: string, path = 'names.json'): Promise<string[]> =>
      readClassNames(textImageFile(path, text));
    expect(await names('cat\ndog\n\n', 'names.txt')).toEqual(['cat', 'dog']);
    expect(await names('["cat", "dog"]')).toEqual(['cat', 'dog']);
    expect(await names('{"1": "dog", "0": "cat"}')).toEqual(['cat', 'dog']);
    expect(await names('{"dog": 1, "cat": 0}')).toEqual(['cat', 'dog']);
    expect(await codeOf(names('{"dog": 1, "cat": 5}'))).toBe('IMAGES_LABELS_MISSING');
  });
});

describe('classes', () => {
  it('of numbers keep the order of numbers, of words the natural one', () => {
    expect(classesOf([10, 9, 10, -1])).toMatchObject({
      classNames: ['-1', '9', '10'],
      labels: Uint16Array.of(2, 1, 2, 0),
    });
    expect(classesOf(['b10', 'b9', 'a'])).toMatchObject({ classNames: ['a', 'b9', 'b10'] });
  });

  it('take the names of their numbers, counted from 0 or 1, and leave out those without a picture', () => {
    const names = ['cat', 'dog', 'emu'];
    expect(classesOf([2, 0], names)).toMatchObject({
      classNames: ['cat', 'emu'],
      labels: Uint16Array.of(1, 0),
    });
    expect(classesOf([2, 0], names).notices.map(({ code, text }) => [code, text])).toEqual([
      ['classes-empty', 'No picture is of "dog": left out of the classes.'],
    ]);
    expect(classesOf([3, 1], names).classNames).toEqual(['cat', 'emu']);
    expect(() => classesOf([4, 0], names)).toThrow('from 0 to 4, but 3 classes are named');
    expect(classesOf([0, 1], ['same', 'same']).classNames).toEqual(['same', 'same (1)']);
  });

  it('of words follow the names where these name them all', () => {
    expect(classesOf(['b', 'a'], ['b', 'c', 'a']).classNames).toEqual(['b', 'a']);
    expect(classesOf(['b', 'a'], ['b', 'c']).classNames).toEqual(['a', 'b']);
  });

  it('are the labels in another form', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), (labels) => {
        const classes = classesOf(labels);
        expect(Array.from(classes.labels, (c) => Number(classes.classNames[c]))).toEqual(labels);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 6 }), { minLength: 1 }), (labels) => {
        const classes = classesOf(labels);
        expect(Array.from(classes.labels, (c) => classes.classNames[c])).toEqual(labels.map(cleanName));
        expect(new Set(classes.classNames).size).toBe(classes.classNames.length);
      }),
    );
  });

  it('are 4,096 at most', () => {
    const labels = Int32Array.from({ length: 4097 }, (_, i) => i);
    expect(classesOf(labels.subarray(0, 4096)).classNames).toHaveLength(4096);
    expect(() => classesOf(labels)).toThrow(expect.objectContaining({ code: 'IMAGES_TOO_MANY_CLASSES' }));
  });

  it('have names that can be shown', () => {
    expect(cleanName(' a\u0000b\u202ec\n ')).toBe('abc');
    expect(cleanName('x'.repeat(100_000))).toHaveLength(120);
    expect(cleanName('\ud83d\ude00'.repeat(100)).isWellFormed()).toBe(true);
    expect(classesOf(['__proto__', 'constructor']).classNames).toEqual(['__proto__', 'constructor']);
  });
});

import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../core/testing/codeOf.ts';
import { imageFile, textImageFile } from '../testing/imageFiles.ts';
import { readClassNames, readLabelFile } from './labelFile.ts';
import { PictureNames } from './pictureNames.ts';

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
});

describe('a table of labels', () => {
  const names = new PictureNames(['images/a.png', 'images/b.png', 'images/c.png', 'images/d.png']);
  const table = async (text: string | Uint8Array, column?: string) => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const { labels, pictures, notices } = await readLabelFile(imageFile('x.csv', bytes), names, column);
    return { labels, pictures, codes: notices.map(({ code }) => code) };
  };
  const ab = { pictures: ['a.png', 'b.png'], labels: ['cat', 'dog'], codes: [] as string[] };

  it('may have quotes, with delimiters, line breaks and quotes inside', async () => {
    expect(await table('image,note,label\na.png,"one\ntwo",cat\nb.png,"x, ""y""\r\n\n",dog\n')).toEqual(ab);
    expect(await table('image|label\r"a.png"|"big | ""small"""\rb.png|dog')).toEqual({
      ...ab,
      labels: ['big | "small"', 'dog'],
    });
    expect(await table('sep=;\nimage;label\na.png;cat\nb.png;dog\n')).toEqual(ab);
  });

  it('may be in any encoding of tables, and in gzip', async () => {
    const text = 'image,label\na.png,Bäume\nb.png,Büsche\n';
    const labels = ['Bäume', 'Büsche'];
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(await table(latin)).toEqual({ ...ab, labels, codes: ['windows-1252'] });
    const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0)).buffer);
    expect(await table(utf16)).toEqual({ ...ab, labels });
    expect(await table(utf16.map((_, i) => utf16[i ^ 1]))).toEqual({ ...ab, labels });
    expect(await table(new Uint8Array(gzipSync(text)))).toEqual({ ...ab, labels });
    expect(await table(`\ufeff${text}`)).toEqual({ ...ab, labels });
  });

  it('names the pictures in the column whose cells are their names, whatever it is called', async () => {
    expect(await table('id,what,label\n1,a.png,cat\n2,b.png,dog\n')).toEqual(ab);
    expect(await table('image,shown,label\nx1,a.png,cat\nx2,b.png,dog\n')).toEqual(ab);
    expect(await table('a,cat\nb,dog\n')).toEqual({ ...ab, pictures: ['a', 'b'] });
    expect(await table('image,label\nimages\\a.png,cat\nC:\\x\\images\\b.png,dog\n')).toEqual({
      ...ab,
      pictures: ['images\\a.png', 'C:\\x\\images\\b.png'],
    });
    // Labels that are stems of pictures, too, name fewer of them.
    expect(await table('label,key\na,a\na,b\nb,c\nb,d\n')).toEqual({
      pictures: ['a', 'b', 'c', 'd'],
      labels: ['a', 'a', 'b', 'b'],
      codes: [],
    });
  });

  it('has columns of classes of which one is 1, or empty labels', async () => {
    expect(await table('image,MEL,NV,BCC\na,1.0,0.0,0.0\nb,0,0,1\nc,0,1,\nd,0,0,0\n')).toEqual({
      pictures: ['a', 'b', 'c', 'd'],
      labels: ['MEL', 'BCC', 'NV', ''],
      codes: ['labels-one-hot'],
    });
    expect((await table('image,label\na.png,7\nb.png,nan\nc.png,NA\n')).labels).toEqual([7, '', '']);
    expect((await table('image,label\na.png,x\nb.png,nan\n')).labels).toEqual(['x', 'nan']);
    expect(await table('image,label\na.png,7\nb.png,\nc.png,"  "\n')).toEqual({
      pictures: ['a.png', 'b.png', 'c.png'],
      labels: [7, '', ''],
      codes: [],
    });
  });

  it('has its classes in the one column that may be of classes, or in the one that was chosen', async () => {
    const text = 'file,score,kind\na.png,0.5,x\nb.png,0.25,y\nc.png,0.75,x\nd.png,0.1,y\n';
    expect(await table(text)).toMatchObject({
      labels: ['x', 'y', 'x', 'y'],
      codes: ['label-column-guessed'],
    });
    expect(await table(text, 'score')).toMatchObject({ labels: ['0.5', '0.25', '0.75', '0.1'], codes: [] });
    expect(await codeOf(table(text, 'none'))).toBe('COLUMN_UNKNOWN');
  });

  it('is refused with what was looked for where columns do not tell', async () => {
    const why = async (text: string): Promise<string> => {
      try {
        await table(text);
        return 'taken';
      } catch (thrown) {
        return (thrown as Error).message;
      }
    };
    expect(await why('when,label\n1,cat\n2,dog\n')).toBe(
      'x.csv holds no labels: no column names the pictures, as "images/a.png" does; its columns are "when", "label".',
    );
    expect(await why('file,young,male\na.png,1,1\nb.png,1,0\nc.png,0,1\nd.png,0,0\n')).toBe(
      'x.csv holds no labels: its columns of 0 and 1 give row 2 2 classes; its columns are "file", "young", "male".',
    );
    expect(await why('file,kind,sort\na.png,x,y\nb.png,x,y\nc.png,z,w\nd.png,z,w\n')).toBe(
      'x.csv holds no labels: no column is called "label" or "class", and more than one of the others may be one of classes; its columns are "file", "kind", "sort".',
    );
    expect(await why('file,label\na.png,cat\nb.png,"dog\n')).toContain('quoted cell that starts on line 3');
    expect(await why('image,label\na.png,\u0001\n')).toContain('binary');
  });

  it('behind spaces may have labels of several words', async () => {
    expect(await table('a.png great dane\nb.png cat\n')).toEqual({ ...ab, labels: ['great dane', 'cat'] });
    expect(await table('a.png  0\nb.png 1\n')).toEqual({ ...ab, labels: [0, 1] });
  });

  it('may be records of JSON, in a list or one a line', async () => {
    const records = [
      { file_name: 'a.png', label: 'cat' },
      { label: 'dog', file_name: 'b.png' },
    ];
    for (const text of [JSON.stringify(records), records.map((one) => JSON.stringify(one)).join('\n')])
      expect(await table(text)).toEqual(ab);
  });

  it('gives back whatever was written with quotes', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', ';', "'"), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 6 }), async (cells) => {
        const quoted = cells.map((text) => `images/a.png,"${text.replaceAll('"', '""')}"`);
        const { labels } = await table(['file,label', ...quoted].join('\n'));
        expect(labels).toEqual(cells.map((text) => text.trim()));
      }),
    );
  });

  it('that is damaged is refused with a code, or read', async () => {
    const original = new TextEncoder().encode(
      'image;"note;1";label\r\na.png;"x ""y""";cat\r\nb.png;;dog\r\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { maxLength: 5 }),
        fc.nat(original.length),
        async (changes, length) => {
          const changed = original.slice(0, length);
          for (const [at, value] of changes) if (at < length) changed[at] = value;
          expect(await codeOf(table(changed))).toMatch(/^(?:taken|IMAGES_LABELS_MISSING|GZIP_[A-Z_]+)$/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('names of classes', () => {
  it('stand in lines, in two columns, in a JSON list, or in a JSON object either way round', async () => {
    const names = (text: string, path = 'names.json'): Promise<string[]> =>
      readClassNames(textImageFile(path, text));
    expect(await names('cat\ndog\n\n', 'names.txt')).toEqual(['cat', 'dog']);
    expect(await names('["cat", "dog"]')).toEqual(['cat', 'dog']);
    expect(await names('tench, Tinca tinca\ngoldfish, Carassius auratus\n', 'names.txt')).toEqual([
      'tench, Tinca tinca',
      'goldfish, Carassius auratus',
    ]);
    expect(await names('id,name\n1,dog\n0,cat\n', 'class-names.csv')).toEqual(['cat', 'dog']);
    expect(await names('{"1": "dog", "0": "cat"}')).toEqual(['cat', 'dog']);
    expect(await names('{"dog": 1, "cat": 0}')).toEqual(['cat', 'dog']);
    expect(await codeOf(names('{"dog": 1, "cat": 5}'))).toBe('IMAGES_LABELS_MISSING');
  });
});

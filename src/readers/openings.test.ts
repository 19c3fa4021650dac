import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../core/pulse.ts';
import { codeOf } from '../core/testing/codeOf.ts';
import { numberColumn, tableOf } from '../core/testing/randomTables.ts';
import { cells } from './csv/testing/textFiles.ts';
import type { ImageFile } from './imageReading.ts';
import { findOpenings } from './openings.ts';
import { writeParquet } from './parquet/write.ts';
import { readTable } from './readTable.ts';
import { readDivided, type TablePlace } from './readTogether.ts';
import type { ReadingOptions, TableFile } from './tableReading.ts';
import { fileOf, textFile } from './testing/files.ts';
import { imageFile, joined, textImageFile } from './testing/imageFiles.ts';
import { tarBytes } from './testing/tarFiles.ts';

const TRAIN = 'a,b,c\n1,x,2020-01-01\n2,y,2020-01-02\n3,x,2020-01-03\n';
const TEST = 'c,a,b\n2020-01-04,4,z\n2020-01-05,5,x\n';
const OTHER = 'a,b\n1,2\n3,4\n5,6\n7,8\n';

const zip = (name: string, files: Record<string, string>): ImageFile =>
  imageFile(
    name,
    zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
  );

async function found(
  files: ImageFile[],
): Promise<{ paths: string[]; inside: (string | null)[]; pair: unknown }> {
  const { tables, pair } = await findOpenings(files);
  const names = (number: number): string => tables[number].path;
  return {
    paths: tables.map(({ path }) => path),
    inside: tables.map(({ inside }) => inside),
    pair: pair === null ? null : [names(pair.train), names(pair.test), pair.isNamed],
  };
}

describe('tables that were given together', () => {
  it('with the same columns are training and test records, by their names or their sizes', async () => {
    const text = textImageFile;
    const cases: [ImageFile[], unknown][] = [
      [
        [text('test.csv', TEST), text('train.csv', TRAIN)],
        ['train.csv', 'test.csv', true],
      ],
      [
        [text('adult.data', TRAIN), text('adult.test', TEST)],
        ['adult.data', 'adult.test', true],
      ],
      [
        [text('x/val.csv', TEST), text('x/train.csv', TRAIN)],
        ['x/train.csv', 'x/val.csv', true],
      ],
      [
        [text('small.csv', TEST), text('large.csv', TRAIN)],
        ['large.csv', 'small.csv', false],
      ],
      [[text('train.csv', TRAIN), text('test.csv', OTHER)], null],
      [[text('a.csv', TRAIN), text('b.csv', OTHER)], null],
      [[text('a.csv', TRAIN), text('b.csv', TEST), text('c.csv', TEST)], null],
      [
        [text('sub.csv', OTHER), text('test.csv', TEST), text('train.csv', TRAIN)],
        ['train.csv', 'test.csv', true],
      ],
      [
        [text('a9a', '1 1:2\n-1 3:4\n'), text('a9a.t', '1 1:2\n-1 2:4\n')],
        ['a9a', 'a9a.t', false],
      ],
      [
        [text('1.csv', '1,2\n3,4\n'), text('2.csv', '5,6\n7,8\n9,9\n')],
        ['2.csv', '1.csv', false],
      ],
    ];
    for (const [files, pair] of cases) {
      const opening = await found(files);
      expect([files.map(({ path }) => path), opening.pair]).toEqual([files.map(({ path }) => path), pair]);
      expect(opening.inside.every((inside) => inside === null)).toBe(true);
    }
    const parquet = (values: number[]): Uint8Array =>
      writeParquet(tableOf(numberColumn('n', values)), { codec: 'SNAPPY' });
    expect(
      (await found([imageFile('train.parquet', parquet([1, 2])), imageFile('test.parquet', parquet([3, 4]))]))
        .pair,
    ).toEqual(['train.parquet', 'test.parquet', true]);
  });

  it('that are called so without the same columns are told apart, wherever they are among others', async () => {
    const files = Array.from({ length: 20 }, (_, k) => textImageFile(`a${k}.csv`, OTHER));
    const both = [textImageFile('z/test.csv', OTHER), textImageFile('z/train.csv', TRAIN)];
    const { pair, contradiction } = await findOpenings([...files, ...both]);
    expect([pair, contradiction]).toEqual([
      null,
      'z/train.csv and z/test.csv are called training and test records, but do not have the same columns: only z/train.csv has “c”.',
    ]);
    const rest = await findOpenings([textImageFile('a.jsonl', '{"a":1}\n'), textImageFile('b.csv', OTHER)]);
    expect([rest.tables.length, rest.contradiction]).toEqual([2, null]);
  });

  it('are found in zips and tars, and texts about them are not taken for tables', async () => {
    expect(
      await found([zip('k.zip', { 'in/train.csv': TRAIN, 'in/test.csv': TEST, 'README.txt': 'a\nb\n' })]),
    ).toEqual({
      paths: ['k.zip/in/train.csv', 'k.zip/in/test.csv'],
      inside: ['in/train.csv', 'in/test.csv'],
      pair: ['k.zip/in/train.csv', 'k.zip/in/test.csv', true],
    });
    const tar = new Uint8Array(
      gzipSync(tarBytes({ 'd/adult.data': TRAIN, 'd/adult.test': TEST, 'd/adult.names': 'x' })),
    );
    expect((await found([imageFile('adult.tar.gz', tar)])).pair).toEqual([
      'adult.tar.gz/d/adult.data',
      'adult.tar.gz/d/adult.test',
      true,
    ]);
    expect(
      await found([zip('train.csv.zip', { 'train.csv': TRAIN }), zip('test.csv.zip', { 'test.csv': TEST })]),
    ).toEqual({
      paths: ['train.csv.zip/train.csv', 'test.csv.zip/test.csv'],
      inside: [null, null],
      pair: ['train.csv.zip/train.csv', 'test.csv.zip/test.csv', true],
    });
    const folder = ['README.md', 'notes.txt', 'code.py', '.DS_Store'].map((path) =>
      textImageFile(path, 'a\nb\n'),
    );
    expect((await found([...folder, textImageFile('data.csv', OTHER)])).paths).toEqual(['data.csv']);
    expect((await found(folder)).paths).toEqual(['notes.txt']);
    expect((await found([textImageFile('noname', OTHER), textImageFile('LICENSE', 'a\n')])).paths).toEqual([
      'noname',
    ]);
    expect(
      (await found([imageFile('a.pdf', strToU8('%PDF-1.7\n')), textImageFile('b.md', 'a\n')])).paths,
    ).toEqual([]);
  });
});

describe('a zip or tar', () => {
  const ranged = (bytes: Uint8Array, name: string): TableFile => fileOf(bytes, name, 1000, true);
  const one = {
    'd/t.csv': strToU8(TRAIN),
    'd/README.txt': strToU8('about\n'),
    '__MACOSX/d/._t.csv': strToU8('x'),
  };
  const several = { 'a.csv': strToU8(TRAIN), 'b.csv': strToU8(OTHER) };

  it('that holds one table is that table', async () => {
    const expected = cells((await readTable(textFile(TRAIN))).table);
    for (const [bytes, name] of [
      [zipSync(one), 't.zip'],
      [zipSync(one, { level: 0 }), 't.csv'],
      [tarBytes(one), 't.tar'],
      [gzipSync(tarBytes(one)), 't.tgz'],
      [zipSync({ 't.csv.gz': gzipSync(TRAIN) }), 't.zip'],
      [zipSync({ noname: strToU8(TRAIN) }), 't.zip'],
      [joined(strToU8('MZ\x01\x02\x03\x04'.repeat(9)), zipSync(one)), 't.zip'],
    ] as const)
      for (const file of [ranged(new Uint8Array(bytes), name), fileOf(new Uint8Array(bytes), name, 1000)]) {
        // Bytes in front of a zip are gone over by its end.
        if (bytes[0] === 77 && file.slice === undefined) continue;
        const { table, notices } = await readTable(file);
        expect(cells(table)).toEqual(expected);
        expect(notices.map(({ code }) => code)).toEqual(['table-inside']);
        expect(notices[0].text).toMatch(
          /^(?:d\/t\.csv|t\.csv\.gz|noname) is the table in t\.(?:zip|csv|tar|tgz)\.$/,
        );
      }
    const numbers = tableOf(numberColumn('n', [1, 2.5, 3]));
    const parquet = zipSync({ 'a.parquet': writeParquet(numbers, { codec: 'SNAPPY' }) });
    expect(cells((await readTable(ranged(parquet, 'p.zip'))).table)).toEqual({ n: [1, 2.5, 3] });
  });

  it('that holds several is refused unless one is named, and so is one that holds none', async () => {
    for (const bytes of [zipSync(several), tarBytes(several)]) {
      await expect(readTable(ranged(bytes, 'ab'))).rejects.toMatchObject({
        code: 'FILES_SEVERAL',
        message: 'ab holds 2 tables: a.csv, b.csv.',
      });
      const { table, notices } = await readTable(ranged(bytes, 'ab'), {}, SILENT_PULSE, 'b.csv');
      expect([cells(table), notices]).toEqual([{ a: [1, 3, 5, 7], b: [2, 4, 6, 8] }, []]);
      expect(await codeOf(readTable(ranged(bytes, 'ab'), {}, SILENT_PULSE, 'c.csv'))).toBe('FILE_UNREADABLE');
    }
    await expect(readTable(ranged(zipSync({ 'a.png': strToU8('x') }), 'p.zip'))).rejects.toMatchObject({
      code: 'CSV_BINARY',
      message: 'No table was found in p.zip: it holds a.png.',
    });
    const inner = zipSync({ 'a.csv': zipSync(several) });
    expect(await codeOf(readTable(ranged(inner, 'p.zip')))).toBe('FILE_PACKED');
  });
});

describe('damaged and hostile bytes', () => {
  it('give tables, or an error with a code', async () => {
    const several = { 'train.csv': strToU8(TRAIN), 'd/test.csv': strToU8(TEST), 'a.csv.gz': gzipSync(OTHER) };
    const utf16 = Uint8Array.from(TRAIN, (sign) => sign.charCodeAt(0)).reduce<number[]>(
      (bytes, byte) => [...bytes, byte, 0],
      [],
    );
    const seeds = [
      zipSync(several),
      zipSync({ 'train.csv': strToU8(TRAIN) }),
      tarBytes(several),
      new Uint8Array(gzipSync(tarBytes(several))),
      Uint8Array.from(utf16),
      strToU8(TRAIN + '\x1b[0m,\x1a'),
    ];
    const edit = fc.tuple(fc.nat(4000), fc.constantFrom(0, 1, 10, 13, 26, 27, 34, 44, 255), fc.boolean());
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(edit, { maxLength: 4 }),
        fc.option(fc.nat(4000)),
        async (seed, edits, length) => {
          const bytes = seed.slice(0, length ?? seed.length);
          for (const [at, value, isFlip] of edits)
            if (bytes.length > 0) bytes[at % bytes.length] = isFlip ? bytes[at % bytes.length] ^ 1 : value;
          const read = readTable(fileOf(bytes, 'x', 1000, true));
          expect(await codeOf(read)).toMatch(
            /^(?:taken|(?:CSV|LIBSVM|ZIP|TAR|GZIP|FILES?|PARQUET|IMAGES)_[A-Z_]+)$/,
          );
          const opened = findOpenings([imageFile('x', bytes), textImageFile('train.csv', TRAIN)]);
          expect(await codeOf(opened)).toMatch(/^(?:taken|(?:CSV|ZIP|TAR|GZIP|IMAGES)_[A-Z_]+)$/);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('test records in a table of their own', () => {
  const place = (text: string, name: string): TablePlace => ({ file: textFile(text, name), inside: null });
  const divided = (train: string, test: string, options: ReadingOptions = {}) =>
    readDivided(place(train, 'train.csv'), place(test, 'test.csv'), options, SILENT_PULSE);

  it('stand behind the others, column by column', async () => {
    const { table, testRows, notices, bytes } = await divided(TRAIN, TEST);
    expect(cells(table)).toEqual({
      a: [1, 2, 3, 4, 5],
      b: ['x', 'y', 'x', 'z', 'x'],
      c: ['2020-01-01', '2020-01-02', '2020-01-03', '2020-01-04', '2020-01-05'],
    });
    expect([testRows, bytes]).toEqual([2, TRAIN.length + TEST.length]);
    expect(notices).toEqual([
      { code: 'given-test', column: null, text: 'The 2 records of test.csv are the test records.' },
    ]);
  });

  it('are drawn where that is asked, and can be the end of one table', async () => {
    const drawn = await divided(TRAIN, TEST, { testRows: 0 });
    expect([drawn.testRows, drawn.table.rows, drawn.notices]).toEqual([null, 5, []]);
    const single = await readDivided(place(OTHER, 'o.csv'), null, { testRows: 3 }, SILENT_PULSE);
    expect([single.testRows, single.table.rows]).toEqual([3, 4]);
    expect((await readDivided(place(OTHER, 'o.csv'), null, {}, SILENT_PULSE)).testRows).toBeNull();
    const all = readDivided(place(OTHER, 'o.csv'), null, { testRows: 4 }, SILENT_PULSE);
    expect(await codeOf(all)).toBe('SETTING_OUT_OF_RANGE');
  });

  it('are text with the others where the two do not agree', async () => {
    const train = 'n,d,e,f\n1.50,2020-01-01,,007\n2,2020-01-02,,1\n';
    const test = 'n,d,e,f\nmany,02.01.2020,2020-01-01,3\n3,03.01.2020,2020-01-02,4\n';
    const { table, notices } = await divided(train, test);
    expect(cells(table)).toEqual({
      n: ['1.50', '2', 'many', '3'],
      d: ['2020-01-01', '2020-01-02', '02.01.2020', '03.01.2020'],
      e: [null, null, '2020-01-01', '2020-01-02'],
      f: ['007', '1', '3', '4'],
    });
    expect(notices.filter(({ code }) => code === 'test-differs').map(({ column }) => column)).toEqual([
      'n',
      'd',
      'f',
    ]);
  });

  it('of LIBSVM have the features of both', async () => {
    const { table, testRows } = await divided('1 1:2 2:3\n-1 2:4\n', '1 1:5 4:6\n-1 2:7\n');
    expect(testRows).toBe(2);
    expect(cells(table)).toEqual({
      f1: [2, 0, 5, 0],
      f2: [3, 4, 0, 7],
      f3: [0, 0, 0, 0],
      f4: [0, 0, 6, 0],
      label: [1, -1, 1, -1],
    });
  });

  it('without a column of the others are refused', async () => {
    expect(await codeOf(divided(TRAIN, OTHER))).toBe('COLUMN_UNKNOWN');
  });
});

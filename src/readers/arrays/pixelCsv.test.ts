import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import type { ImageReading } from '../imageReading.ts';
import { imageFile, noise } from '../testing/imageFiles.ts';
import { readPixelCsv } from './pixelCsv.ts';
import { looksLikePixelCsv } from './pixelTable.ts';
import { openSource, type Source } from '../source.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A table whose stream comes in pieces of some bytes. */
async function inPieces(text: string, piece: number): Promise<Source> {
  const bytes = encode(text);
  const source = await openSource(imageFile('table.csv', bytes));
  const open = async (): Promise<AsyncIterable<Uint8Array>> =>
    (async function* () {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    })();
  return { ...source, head: new Uint8Array(0), stream: { ...source.stream, open } };
}

async function read(text: string, reading: ImageReading = {}, piece = 65_536) {
  const { pixels, shape, records, labels } = await readPixelCsv(
    await inPieces(text, piece),
    reading,
    SILENT_PULSE,
  );
  return { pixels: [...pixels!], shape, records, labels: Array.from(labels) };
}

async function refusal(text: string, reading: ImageReading = {}): Promise<string> {
  try {
    await read(text, reading);
    return 'taken';
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    return `${code}: ${message}`;
  }
}

const pixel = Array.from({ length: 16 }, (_, p) => `pixel${p}`).join(',');
const row = (value: number): string => Array.from({ length: 16 }, (_, p) => value + p).join(',');
const grey = { width: 4, height: 4, channels: 1 };

describe('a table of pixels', () => {
  it('reads back what was written, in pieces of any length', async () => {
    const tables = fc.record({
      n: fc.integer({ min: 1, max: 6 }),
      side: fc.integer({ min: 4, max: 7 }),
      channels: fc.constantFrom(1, 3),
      header: fc.boolean(),
      last: fc.boolean(),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      end: fc.constantFrom('\n', '\r\n'),
      piece: fc.integer({ min: 1, max: 200 }),
      seed: fc.nat(999),
    });
    await fc.assert(
      fc.asyncProperty(tables, async ({ n, side, channels, header, last, delimiter, end, piece, seed }) => {
        const size = side * side * channels;
        const pixels = noise(n * size, seed);
        const words = ['cat', 'dog', 'sea horse'];
        const lines: string[] = [];
        const around = (label: string, values: string[]): string =>
          (last ? [...values, label] : [label, ...values]).join(delimiter);
        if (header)
          lines.push(
            around(
              'label',
              Array.from({ length: size }, (_, p) => `p${p}`),
            ),
          );
        for (let i = 0; i < n; i++)
          lines.push(around(words[i % 3], Array.from(pixels.subarray(i * size, (i + 1) * size), String)));
        const text = lines.join(end) + (seed % 2 === 0 ? end : '');
        const table = await read(text, {}, piece);
        expect(table.shape).toEqual({ width: side, height: side, channels });
        expect(table.pixels).toEqual([...pixels]);
        expect(table.labels).toEqual(Array.from({ length: n }, (_, i) => words[i % 3]));
      }),
      { numRuns: 80 },
    );
  });

  it('has its label in the column that is called so, or that was chosen', async () => {
    const text = `a,y,${pixel}\n`;
    const rows = `7,3,${row(0)}\n8,4,${row(1)}\n`;
    expect(await refusal(text + rows)).toContain('17 values beside the label');
    expect((await read(`id,y,${pixel}\n${rows}`)).labels).toEqual([3, 4]);
    const both = `y,${pixel.replace('pixel15', 'mood')}\n5,${row(0)}\n6,${row(1)}\n`;
    expect((await read(both)).labels).toEqual([5, 6]);
    const chosen = await read(both, { labelColumn: 'mood' });
    expect([chosen.labels, chosen.pixels.slice(0, 3)]).toEqual([
      [15, 16],
      [5, 0, 1],
    ]);
    expect(await refusal(both, { labelColumn: 'none' })).toContain('COLUMN_UNKNOWN');
  });

  it('has a header where columns are called by their numbers', async () => {
    const numbers = Array.from({ length: 16 }, (_, p) => p).join(',');
    expect((await read(`label,${numbers}\n5,${row(0)}\n`)).labels).toEqual([5]);
    const last = await read(`${numbers},kind\n${row(0)},5\n`, { labelColumn: 'kind' });
    expect(last.labels).toEqual([5]);
  });

  it('without a header has its label first, or last where only that can be it', async () => {
    expect((await read(`5,${row(0)}\n6,${row(1)}\n`)).labels).toEqual([5, 6]);
    expect((await read(`0,${row(0)}\n0,${row(1)}\n`)).labels).toEqual([15, 16]);
    expect((await read(`${row(0)},cat\n${row(1)},dog\n`)).labels).toEqual(['cat', 'dog']);
    expect((await read(`${row(0)},900\n${row(1)},901\n`)).labels).toEqual([900, 901]);
  });

  it('has quotes, spaces, points, blank lines and a byte order mark where tables have them', async () => {
    const text = `\ufeff"label",${pixel}\r\n\r\n"a,b", 1.0 ,"2",${row(0).split(',').slice(2).join(',')}\r\n \r\nc,${row(0)}\r\n`;
    for (const piece of [1, 7, 1000]) {
      const table = await read(text, {}, piece);
      expect(table.labels).toEqual(['a,b', 'c']);
      expect(table.pixels.slice(0, 4)).toEqual([1, 2, 2, 3]);
    }
  });

  it('has the size that its names or its reader say, else a square one', async () => {
    const names = [
      '1x1',
      '1x2',
      '1x3',
      '1x4',
      '1x5',
      '1x6',
      '1x7',
      '1x8',
      '2x1',
      '2x2',
      '2x3',
      '2x4',
      '2x5',
      '2x6',
      '2x7',
      '2x8',
    ];
    expect((await read(`label,${names.join(',')}\n1,${row(0)}\n`)).shape).toEqual({
      width: 8,
      height: 2,
      channels: 1,
    });
    expect((await read(`1,${row(0)}\n`)).shape).toEqual(grey);
    expect((await read(`1,${row(0)}\n`, { size: { width: 2, height: 8 } })).shape).toEqual({
      width: 2,
      height: 8,
      channels: 1,
    });
  });

  it('has its planes of colours put together where its names say so', async () => {
    const names = ['r', 'g', 'b'].flatMap((colour) => Array.from({ length: 16 }, (_, p) => `${colour}${p}`));
    const values = Array.from({ length: 48 }, (_, p) => p);
    const { pixels, shape } = await read(`label,${names.join(',')}\n1,${values.join(',')}\n`);
    expect(shape.channels).toBe(3);
    expect(pixels.slice(0, 6)).toEqual([0, 16, 32, 1, 17, 33]);
  });

  it('is refused with its place where it is none, or breaks off', async () => {
    const good = `label,${pixel}\n1,${row(0)}\n`;
    const late = good + `2,${row(1)}\n`.repeat(60);
    for (const [text, refused] of [
      ['a,b\n1,2\n', 'IMAGES_NONE: table.csv holds no pictures: its rows have 2 values'],
      [`label,${pixel},more\n1,${row(0)},9\n`, '17 values beside the label, which make no square picture'],
      [`${late}3,${row(300)}\n`, 'IMAGES_NONE: Line 63 of table.csv has a value in column 2'],
      [
        `${late}3,${row(1).replace('4,', '-4,')}\n`,
        'IMAGES_NONE: Line 63 of table.csv has a value in column 5',
      ],
      [
        `${late}3,${row(1).replace('4,', '4.5,')}\n`,
        'IMAGES_NONE: Line 63 of table.csv has a value in column 5',
      ],
      [
        `${late}3,${row(1).replace('4,', ',')}\n`,
        'IMAGES_NONE: Line 63 of table.csv has no value in column 5',
      ],
      [`${late}3,1,2\n`, 'CSV_RAGGED: Line 63 of table.csv has 3 cells instead of 17'],
      [`${late}3,${row(1)},1`, 'CSV_RAGGED: Line 63 of table.csv has 18 cells instead of 17'],
      [`label,${pixel}\n`, 'IMAGES_NONE'],
      ['', 'IMAGES_NONE'],
      [`1,${row(0)}\u0000\n`, 'it is no text'],
    ])
      expect([refused, await refusal(text)]).toEqual([refused, expect.stringContaining(refused)]);
  });

  it('may be in a gzip file', async () => {
    const file = imageFile('a.csv.gz', new Uint8Array(gzipSync(`1,${row(0)}\n2,${row(3)}\n`)));
    const { labels, records, path } = await readPixelCsv(await openSource(file), {}, SILENT_PULSE);
    expect([records, Array.from(labels), path]).toEqual([2, [1, 2], 'a.csv']);
  });

  it('grows with what comes', async () => {
    const text = Array.from(
      { length: 500 },
      (_, i) => `${i % 3},${new Array(16).fill(i % 10).join(',')}`,
    ).join('\n');
    const file = imageFile('a.csv.gz', new Uint8Array(gzipSync(text)));
    const { records, pixels } = await readPixelCsv(await openSource(file), {}, SILENT_PULSE);
    expect([records, pixels!.length, pixels![499 * 16]]).toEqual([500, 8000, 9]);
  });
});

describe('the offer to read a table as pictures', () => {
  const wide = (side: number): string =>
    `label,${Array.from({ length: side * side }, (_, p) => `p${p}`).join(',')}\n`;
  const values = (side: number): string => `1,${Array.from(noise(side * side), String).join(',')}\n`;

  it('is made for rows of pixels, and for nothing else', () => {
    expect(looksLikePixelCsv(encode(wide(28) + values(28) + values(28).slice(0, 50)))).toBe(true);
    expect(looksLikePixelCsv(encode(wide(28) + values(28)), true)).toBe(true);
    expect(looksLikePixelCsv(encode(wide(4) + values(4)))).toBe(false);
    expect(looksLikePixelCsv(encode(wide(28)))).toBe(false);
    expect(looksLikePixelCsv(encode('a,b,c\n1,2,3\n'))).toBe(false);
    expect(looksLikePixelCsv(new Uint8Array(0))).toBe(false);
    expect(looksLikePixelCsv(noise(100_000))).toBe(false);
  });
});

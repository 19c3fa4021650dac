import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../core/errors.ts';
import { SILENT_PULSE } from '../../core/pulse.ts';
import type { ImageReading } from '../imageReading.ts';
import { readImages } from '../readImages.ts';
import { openSource } from '../source.ts';
import { imageFile } from '../testing/imageFiles.ts';
import { looksLikePixelCsv, readPixelTable } from './pixelTable.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(text: string, reading: ImageReading = {}, piece = 65_536) {
  const bytes = encode(text);
  const source = await openSource(imageFile('fer.csv', bytes));
  const open = async (): Promise<AsyncIterable<Uint8Array>> =>
    (async function* () {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    })();
  const stream = { ...source.stream, open };
  const { piles, notices } = await readPixelTable({ ...source, stream }, null, reading, SILENT_PULSE);
  return {
    piles: piles.map(({ shape, records, labels, part, pixels }) => ({
      shape,
      records,
      labels: Array.from(labels),
      part,
      firsts: Array.from(
        { length: records },
        (_, k) => pixels![k * shape.width * shape.height * shape.channels],
      ),
      pixels: [...pixels!],
    })),
    notices,
  };
}

async function refusal(text: string, reading: ImageReading = {}): Promise<string> {
  try {
    await read(text, reading);
    return 'taken';
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    return `${thrown.code}: ${thrown.message}`;
  }
}

const pixels = (from: number, count = 16): string =>
  Array.from({ length: count }, (_, k) => from + k).join(' ');
const grey = { width: 4, height: 4, channels: 1 };

describe('a table with the pixels of a picture in one cell', () => {
  const fer = [
    'emotion,pixels,Usage',
    `0,${pixels(1)},Training`,
    `3,${pixels(2)},PublicTest`,
    `6,"${pixels(3)}",Training`,
    `3,${pixels(4)},PrivateTest`,
    `0,${pixels(5)},Training`,
    '',
  ].join('\n');

  it('has its labels, its pixels and its parts, in pieces of any length', async () => {
    for (const piece of [1, 7, 64, 1000]) {
      const { piles, notices } = await read(fer, {}, piece);
      expect(piles.map(({ shape, part, labels, firsts }) => ({ shape, part, labels, firsts }))).toEqual([
        { shape: grey, part: 'train', labels: [0, 6, 0], firsts: [1, 3, 5] },
        { shape: grey, part: 'test', labels: [3, 3], firsts: [2, 4] },
      ]);
      expect(piles[0].pixels.slice(16, 32)).toEqual(Array.from({ length: 16 }, (_, k) => 3 + k));
      expect(notices).toEqual([
        {
          code: 'part-column',
          text: 'Column Usage divides the pictures. For training: Training (3). For the test: PublicTest (1), PrivateTest (1).',
        },
      ]);
    }
  });

  it('becomes a set with a given split', async () => {
    const decode = (): Promise<never> => Promise.reject(new Error('There is no picture file.'));
    const { set, format, notices } = await readImages(
      [imageFile('fer.csv', encode(fer))],
      {},
      decode,
      SILENT_PULSE,
    );
    expect([format, set.records, set.classNames, [...set.labels], [...set.givenTest!]]).toEqual([
      'csv',
      5,
      ['0', '3', '6'],
      [0, 2, 0, 1, 1],
      [3, 4],
    ]);
    expect(notices.map(({ code }) => code)).toEqual(['part-column']);
  });

  it('may lack the part, name its label, have brackets, colours, a size or no header', async () => {
    const words = `image;kind\n[${pixels(0).replaceAll(' ', ', ')}];cat\n[${pixels(9).replaceAll(' ', ',  ')}];dog\n`;
    expect((await read(words)).piles).toMatchObject([
      { shape: grey, labels: ['cat', 'dog'], part: null, firsts: [0, 9] },
    ]);
    const bare = `1,${pixels(0)},train\n2,${pixels(1)},val\n`;
    expect((await read(bare)).piles).toMatchObject([
      { labels: [1], part: 'train', firsts: [0] },
      { labels: [2], part: 'test', firsts: [1] },
    ]);
    expect((await read(`pixels\tlabel\n${pixels(0, 48)}\t1\n${pixels(1, 48)}\t2\n`)).piles[0].shape).toEqual({
      width: 4,
      height: 4,
      channels: 3,
    });
    const wide = await read(`label,pixels\n1,${pixels(0)}\n2,${pixels(1)}\n`, {
      size: { width: 8, height: 2 },
    });
    expect(wide.piles[0].shape).toEqual({ width: 8, height: 2, channels: 1 });
    const chosen = `age,sex,pixels\n31,0,${pixels(0)}\n45,1,${pixels(1)}\n`;
    expect((await read(chosen)).piles[0].labels).toEqual([31, 45]);
    expect((await read(chosen, { labelColumn: 'sex' })).piles[0].labels).toEqual([0, 1]);
    expect(await refusal(chosen, { labelColumn: 'no' })).toBe('COLUMN_UNKNOWN: fer.csv has no column "no".');
  });

  it('is refused by its line where a picture is none', async () => {
    const rows = Array.from({ length: 60 }, () => `1,${pixels(0)}\n`).join('');
    const header = 'label,pixels\n';
    expect(await refusal(`${header}${rows}1,${pixels(0, 15)}\n`)).toBe(
      'IMAGES_NONE: Line 62 of fer.csv has 15 pixels instead of 16.',
    );
    for (const wrong of [pixels(250), pixels(0).replace('3', 'x'), pixels(0).replace('3', '-3')])
      expect(await refusal(`${header}${rows}1,${wrong}\n`)).toBe(
        'IMAGES_NONE: Line 62 of fer.csv has a value among its pixels that is no whole number from 0 to 255.',
      );
    expect(await refusal(`${header}${rows}1\n`)).toContain('CSV_RAGGED: Line 62');
    const parts = Array.from({ length: 70 }, (_, k) => `1,${pixels(0)},part${k}\n`).join('');
    expect(await refusal(`label,pixels,split\n${parts}`)).toContain(
      'names more than 20 parts in column split',
    );
  });

  it('is offered to be read as pictures, and no other table is', () => {
    const big = `emotion,pixels,Usage\n0,${pixels(0, 64)},Training\n1,${pixels(5, 64)},Training\n`;
    expect(looksLikePixelCsv(encode(big))).toBe(true);
    expect(looksLikePixelCsv(encode(`\ufeff${big}`), true)).toBe(true);
    for (const text of [
      fer,
      `a,b\n1,${pixels(0, 63)}\n2,${pixels(0, 63)}\n`,
      `a,b\n1,${pixels(0, 64)}\n2,${pixels(0, 36)}\n`,
      `a,b\n1,${pixels(900, 64)}\n2,${pixels(900, 64)}\n`,
      `a\n${pixels(0, 64)}\n`,
    ])
      expect([text.slice(0, 20), looksLikePixelCsv(encode(text), true)]).toEqual([text.slice(0, 20), false]);
    const start = performance.now();
    expect(looksLikePixelCsv(encode(`a,b\n1,${pixels(0, 64)}${' '.repeat(500_000)}x\n`), true)).toBe(false);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is read or refused with a code, whatever is changed in it', async () => {
    const valid = encode(fer);
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const bytes = valid.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        await refusal(new TextDecoder('latin1').decode(bytes));
      }),
      { numRuns: 200 },
    );
  });
});

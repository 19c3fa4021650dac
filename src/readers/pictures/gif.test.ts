import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../core/testing/codeOf.ts';
import { GIF_END, gifFrame, gifScreen, graphicControl, greyGif, packLzw } from '../testing/gifFiles.ts';
import { joined, noise } from '../testing/imageFiles.ts';
import { decodeGif } from './gif.ts';
import { unpackLzw } from './lzw.ts';

const codeOfGif = (...parts: ArrayLike<number>[]): Promise<string> =>
  codeOf(Promise.resolve().then(() => decodeGif(joined(...parts))));

/** The red of every pixel, −1 where nothing is. */
const redsOf = (bytes: Uint8Array): number[] =>
  Array.from(decodeGif(bytes).data).flatMap((value, i, all) =>
    i % 4 === 0 ? [all[i + 3] === 0 ? -1 : value] : [],
  );

/** Four colours: reds of 10, 20, 30 and 40. */
const TABLE = [10, 0, 0, 20, 0, 0, 30, 0, 0, 40, 0, 0];

describe('decodeGif', () => {
  it('gives back every pixel, also when its codes are full and stay so', () => {
    const greys = noise(130 * 90).map((value, i) => (i % 700 < 300 ? value & 1 : value));
    const { width, height, channels, data } = decodeGif(greyGif(130, 90, greys));
    expect([width, height, channels]).toEqual([130, 90, 4]);
    // Thousands of values one by one would take seconds.
    const wanted = Uint8Array.from({ length: 4 * greys.length }, (_, i) =>
      i % 4 === 3 ? 255 : greys[i >> 2],
    );
    expect(Buffer.compare(data, wanted)).toBe(0);
  });

  it('unpacks what was packed, whatever the values and their bits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.boolean(),
        (bits, some, clears) => {
          const values = some.map((value) => value & ((1 << bits) - 1));
          const [root, ...rest] = packLzw(values, bits, { startsClear: clears, isEnded: clears });
          const blocks: Uint8Array[] = [];
          for (let at = 0; rest[at] > 0; at += rest[at] + 1)
            blocks.push(Uint8Array.from(rest.slice(at + 1, at + 1 + rest[at])));
          const unpacked = new Uint8Array(values.length);
          expect(unpackLzw(blocks, root, unpacked)).toBe(values.length);
          expect(unpacked).toEqual(values);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lays the first frame where it belongs: its own colours, its rows in order, nothing where it is transparent', () => {
    const own = [1, 0, 0, 2, 0, 0];
    const first = joined(
      graphicControl(1),
      gifFrame(2, 2, { left: 1, top: 1, table: own }),
      packLzw([0, 1, 1, 0], 2),
    );
    const second = joined(gifFrame(4, 3), packLzw(new Array(12).fill(3), 2));
    expect(redsOf(joined(gifScreen(4, 3, TABLE), first, second, GIF_END))).toEqual([
      ...[-1, -1, -1, -1],
      ...[-1, 1, -1, -1],
      ...[-1, -1, 1, -1],
    ]);
    const interlaced = joined(
      gifFrame(1, 10, { isInterlaced: true }),
      packLzw([0, 1, 2, 3, 0, 1, 2, 3, 0, 1], 2),
    );
    const [a, b, c, d] = [10, 20, 30, 40];
    expect(redsOf(joined(gifScreen(1, 10, TABLE), interlaced))).toEqual([a, b, d, c, c, d, a, a, b, b]);
  });

  it('reads colours that no table has as black, and passes over what is packed beyond the frame', () => {
    const frame = joined(gifFrame(2, 2), packLzw([1, 7, 2, 5, 1, 1, 1], 3));
    expect(redsOf(joined(gifScreen(2, 2, TABLE), frame, GIF_END))).toEqual([20, 0, 30, 0]);
    expect(
      decodeGif(joined(gifScreen(2, 2), frame)).data.every((value, i) => value === (i % 4 === 3 ? 255 : 0)),
    ).toBe(true);
  });

  it('refuses what is cut short before its first frame is whole', async () => {
    const gif = joined(
      gifScreen(4, 3, TABLE),
      graphicControl(0),
      gifFrame(4, 3),
      packLzw(
        noise(12).map((value) => value & 3),
        2,
      ),
    );
    for (let length = 0; length < gif.length; length++)
      expect(await codeOfGif(gif.subarray(0, length))).toBe('PICTURE_DAMAGED');
    expect(decodeGif(gif).width).toBe(4);
  });

  it('refuses sizes that lie, codes that stand for nothing and blocks that are none', async () => {
    const screen = gifScreen(4, 3, TABLE);
    const pixels = packLzw(new Array(12).fill(1), 2);
    expect(await codeOfGif(screen, gifFrame(4, 3, { left: 1 }), pixels)).toBe('PICTURE_DAMAGED');
    expect(await codeOfGif(screen, gifFrame(5, 3), packLzw(new Array(15).fill(1), 2))).toBe(
      'PICTURE_DAMAGED',
    );
    expect(await codeOfGif(screen, gifFrame(4, 3), packLzw(new Array(11).fill(1), 2))).toBe(
      'PICTURE_DAMAGED',
    );
    for (const [side, code] of [
      [65_535, 'PICTURE_TOO_LARGE'],
      [8_000, 'PICTURE_DAMAGED'],
    ] as const)
      expect(await codeOfGif(gifScreen(side, side, TABLE), gifFrame(side, side), pixels)).toBe(code);
    // Codes of three bits: clear, then 6 before anything was made.
    expect(await codeOfGif(screen, gifFrame(4, 3), [2, 1, 4 | (6 << 3), 0])).toBe('PICTURE_DAMAGED');
    expect(await codeOfGif(screen, gifFrame(4, 3), [9, 1, 0, 0])).toBe('PICTURE_DAMAGED');
    expect(await codeOfGif(screen, [0x77])).toBe('PICTURE_DAMAGED');
    expect(await codeOfGif(screen, GIF_END)).toBe('PICTURE_DAMAGED');
  });
});

import { decode, encode } from 'fast-png';
import fc from 'fast-check';
import { zlibSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { joined, noise } from '../testing/imageFiles.ts';
import { claimedPng, PNG_SIGNATURE, pngBytes, pngChunk, rawPng } from '../testing/pictureFiles.ts';
import { coloursOf } from './colour.ts';
import { decodePng } from './png.ts';

/** What decoding throws: its code, or "taken". */
function codeOfPng(bytes: Uint8Array): string {
  try {
    decodePng(bytes);
    return 'taken';
  } catch (thrown) {
    return (thrown as { code?: string }).code ?? `uncoded: ${String(thrown)}`;
  }
}

const side = fc.integer({ min: 1, max: 12 });

describe('decodePng', () => {
  it('gives back every value of eight bits, in every number of channels', () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 2, 3, 4), fc.nat(1000), (width, height, channels, seed) => {
        const data = noise(width * height * channels, seed);
        const picture = decodePng(pngBytes(width, height, channels, data));
        expect(picture).toEqual({ width, height, channels, data });
      }),
      { numRuns: 60 },
    );
  });

  it('gives what fast-png gives, whatever filter a row has', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.constantFrom([0, 1], [4, 2], [2, 3], [6, 4]),
        fc.nat(1000),
        (width, height, type, seed) => {
          const [colourType, samples] = type;
          const rows = noise(height * (1 + width * samples), seed);
          for (let y = 0; y < height; y++) rows[y * (1 + width * samples)] %= 5;
          const png = rawPng({ width, height, depth: 8, colourType }, rows);
          expect(decodePng(png).data).toEqual(decode(png).data);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes sixteen bits by their high byte', () => {
    const data = Uint16Array.from({ length: 5 * 4 * 3 }, (_, i) => (i * 4099) & 0xffff);
    const picture = decodePng(encode({ width: 5, height: 4, channels: 3, depth: 16, data }));
    expect(picture.data).toEqual(Uint8Array.from(data, (value) => value >>> 8));
  });

  it('spreads greys of one, two and four bits over 0 … 255', () => {
    for (const [depth, row, greys] of [
      [1, [0b10110000], [255, 0, 255]],
      [2, [0b00011000], [0, 85, 170]],
      [4, [0x0f, 0x70], [0, 255, 119]],
    ] as const) {
      const png = rawPng({ width: 3, height: 2, depth, colourType: 0 }, joined([0], row, [0], row));
      expect(decodePng(png)).toMatchObject({ channels: 1, data: Uint8Array.from([...greys, ...greys]) });
    }
  });

  it('looks colours up, greys and transparent ones among them', () => {
    const header = { width: 4, height: 1, depth: 2, colourType: 3 };
    const rows = Uint8Array.from([0, 0b00011011]);
    const colours = pngChunk('PLTE', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(decodePng(rawPng(header, rows, colours))).toMatchObject({
      channels: 3,
      data: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    });
    const greys = pngChunk('PLTE', [9, 9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 6]);
    expect(decodePng(rawPng(header, rows, greys, pngChunk('tRNS', [0, 128])))).toMatchObject({
      channels: 2,
      data: Uint8Array.from([9, 0, 8, 128, 7, 255, 6, 255]),
    });
    expect(codeOfPng(rawPng(header, rows))).toBe('PICTURE_DAMAGED');
  });

  it('makes the one transparent colour transparent', () => {
    const grey = rawPng(
      { width: 3, height: 1, depth: 8, colourType: 0 },
      Uint8Array.from([0, 5, 6, 5]),
      pngChunk('tRNS', [0, 5]),
    );
    expect(decodePng(grey)).toMatchObject({ channels: 2, data: Uint8Array.from([5, 0, 6, 255, 5, 0]) });
    const rows = Uint8Array.from([0, 1, 2, 3, 1, 2, 4]);
    const colour = rawPng(
      { width: 2, height: 1, depth: 8, colourType: 2 },
      rows,
      pngChunk('tRNS', [0, 1, 0, 2, 0, 4]),
    );
    expect(decodePng(colour)).toMatchObject({
      channels: 4,
      data: Uint8Array.from([1, 2, 3, 255, 1, 2, 4, 0]),
    });
    const two = rawPng(
      { width: 2, height: 1, depth: 2, colourType: 0 },
      Uint8Array.from([0, 0b01100000]),
      pngChunk('tRNS', [0, 1]),
    );
    expect(decodePng(two)).toMatchObject({ channels: 2, data: Uint8Array.from([85, 0, 170, 255]) });
  });

  it('agrees with another decoder on palettes, filters and interlacing', async () => {
    const width = 31;
    const height = 17;
    const raw = { width, height, channels: 3 as const };
    const data = noise(width * height * 3).map((value, i) => (value & 15) + (i % (width * 3)));
    for (const options of [
      { palette: true, colours: 16 },
      { palette: true, colours: 200 },
      { adaptiveFiltering: true, compressionLevel: 9 },
      { progressive: true, adaptiveFiltering: true },
    ]) {
      const png = await sharp(data, { raw }).png(options).toBuffer();
      const picture = decodePng(new Uint8Array(png));
      expect(picture.channels).toBe(3);
      expect(picture.data).toEqual(new Uint8Array(await sharp(png).raw().toBuffer()));
    }
    const grey = await sharp(data.subarray(0, width * height), { raw: { ...raw, channels: 1 } })
      .toColourspace('b-w')
      .png({ progressive: true })
      .toBuffer();
    expect(decodePng(new Uint8Array(grey))).toMatchObject({
      channels: 1,
      data: data.slice(0, width * height),
    });
  });

  it('reads a picture in many pieces, within a larger array', () => {
    const rows = Uint8Array.from({ length: 9 * 31 }, (_, i) => (i % 31 === 0 ? 0 : i & 255));
    const packed = zlibSync(rows);
    const whole = rawPng({ width: 10, height: 9, depth: 8, colourType: 2 }, rows);
    const pieces = Array.from(packed, (byte) => pngChunk('IDAT', [byte]));
    const png = joined(whole.subarray(0, 33), ...pieces, pngChunk('tEXt', noise(20)), pngChunk('IEND', []));
    const larger = joined(noise(13), png, noise(7));
    expect(decodePng(larger.subarray(13, 13 + png.length))).toEqual(decodePng(whole));
  });
});

describe('a damaged PNG', () => {
  const sound = pngBytes(9, 7, 3, noise(9 * 7 * 3));
  const header = { width: 2, height: 2, depth: 8, colourType: 0 };

  it('is refused wherever a pixel is cut off and whichever byte of what matters is changed', () => {
    // Behind the rows stand the checksums of their stream and of their chunk, and the chunk that ends the file.
    const lastPixel = sound.length - 12 - 4 - 4;
    for (let length = 0; length < lastPixel - 1; length++)
      expect(codeOfPng(sound.subarray(0, length))).toBe('PICTURE_DAMAGED');
    for (let length = lastPixel; length < sound.length; length++)
      expect(decodePng(sound.subarray(0, length))).toEqual(decodePng(sound));
    fc.assert(
      fc.property(fc.nat(sound.length - 13), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = sound.slice();
        changed[at] ^= by;
        const code = codeOfPng(changed);
        if (code === 'taken') expect(decodePng(changed)).toEqual(decodePng(sound));
        else expect(code).toMatch(/^PICTURE_/);
      }),
    );
  });

  it('is refused when it has fewer rows than its header says, or rows of no filter', () => {
    expect(codeOfPng(rawPng(header, Uint8Array.from([0, 1, 2, 0, 3, 4])))).toBe('taken');
    expect(codeOfPng(rawPng(header, Uint8Array.from([0, 1, 2, 0, 3])))).toBe('PICTURE_DAMAGED');
    expect(codeOfPng(rawPng(header, Uint8Array.from([0, 1, 2, 9, 3, 4])))).toBe('PICTURE_DAMAGED');
  });

  it('is refused when its header cannot be', () => {
    const rows = new Uint8Array(6);
    for (const wrong of [
      { depth: 3 },
      { colourType: 1 },
      { colourType: 2, depth: 4 },
      { width: 0 },
      { interlace: 2 },
    ])
      expect(codeOfPng(rawPng({ ...header, ...wrong }, rows))).toBe('PICTURE_DAMAGED');
    const twice = rawPng(header, rows, rawPng(header, rows).subarray(8, 33));
    expect(codeOfPng(twice)).toBe('PICTURE_DAMAGED');
  });
});

describe('a PNG that breaks the rules without losing a pixel', () => {
  const header = { width: 2, height: 2, depth: 8, colourType: 0 };
  const rows = Uint8Array.from([0, 10, 20, 0, 30, 40]);
  const pixels = [10, 20, 30, 40];
  const sound = rawPng(header, rows);
  const endBytes = 12;

  /** Its values, and what is told of it. */
  function mended(png: Uint8Array): { data: number[]; channels: number; told: string[] } {
    const told: string[] = [];
    const { data, channels } = decodePng(png, { tellMended: (what) => told.push(what) });
    return { data: [...data], channels, told };
  }

  it('has more rows than its header says, in one chunk or in chunks of their own', () => {
    const more = 'its data do not end with its last row';
    const surplus = joined(rows, [0, 99, 99, 7, 1]);
    expect(mended(rawPng(header, surplus))).toEqual({ data: pixels, channels: 1, told: [more] });
    const stream = zlibSync(surplus, { level: 0 });
    const chunks = [stream.subarray(0, 5), stream.subarray(5, 14), stream.subarray(14)].map((part) =>
      pngChunk('IDAT', part),
    );
    const several = joined(sound.subarray(0, 33), ...chunks, pngChunk('IEND', []));
    expect(mended(several)).toEqual({ data: pixels, channels: 1, told: [more] });
    // Noise that is no stream, behind the end of the rows' own: as the checksum is, it is passed over.
    const noisy = joined(
      sound.subarray(0, 33),
      pngChunk('IDAT', zlibSync(rows)),
      pngChunk('IDAT', noise(500)),
    );
    expect(mended(joined(noisy, pngChunk('IEND', [])))).toMatchObject({ data: pixels });
  });

  it('has a stream that is damaged behind its last row', () => {
    const size = { width: 40, height: 20, depth: 8, colourType: 0 };
    const own = noise(20 * 41).map((value, i) => (i % 41 === 0 ? 0 : value & 15));
    const stream = zlibSync(
      joined(
        own,
        noise(3000).map((value) => value & 15),
      ),
    );
    stream.fill(0xff, stream.length - 500);
    const start = rawPng(size, own).subarray(0, 33);
    const png = joined(start, pngChunk('IDAT', stream), pngChunk('IEND', []));
    expect(mended(png).data).toEqual([...decodePng(rawPng(size, own)).data]);
  });

  it('has no end, or is cut off or damaged behind its rows', () => {
    const told = ['its end is missing or damaged'];
    const bare = sound.subarray(0, sound.length - endBytes);
    for (const png of [
      bare,
      joined(bare, [0, 0, 0]),
      joined(bare, noise(40)),
      joined(bare, sound),
      bare.subarray(0, bare.length - 4),
      bare.subarray(0, bare.length - 8),
    ])
      expect(mended(png)).toEqual({ data: pixels, channels: 1, told });
    const wrong = pngChunk('IDAT', [1, 2, 3]);
    wrong[9] ^= 1;
    expect(mended(joined(bare, wrong, pngChunk('IEND', [])))).toEqual({ data: pixels, channels: 1, told });
    expect(mended(joined(sound, noise(30)))).toEqual({ data: pixels, channels: 1, told: [] });
  });

  it('has more transparencies than colours, none of which is taken', () => {
    const indexed = { width: 2, height: 1, depth: 8, colourType: 3 };
    const palette = pngChunk('PLTE', [1, 2, 3, 4, 5, 6]);
    const png = rawPng(indexed, Uint8Array.from([0, 1, 0]), palette, pngChunk('tRNS', new Uint8Array(174)));
    expect(mended(png)).toEqual({
      data: [4, 5, 6, 1, 2, 3],
      channels: 3,
      told: ['it has more transparencies than colours, and none of them was taken'],
    });
    for (const key of [[], [5], [0, 10, 0]])
      expect(mended(rawPng(header, rows, pngChunk('tRNS', key)))).toMatchObject({
        data: pixels,
        channels: 1,
      });
  });

  it('uses colours beyond its palette, which are opaque black', () => {
    const indexed = { width: 4, height: 1, depth: 2, colourType: 3 };
    const row = Uint8Array.from([0, 0b00011011]);
    const told = ['it uses colours beyond the 2 of its palette, which became black'];
    const palette = pngChunk('PLTE', [1, 2, 3, 4, 5, 6]);
    expect(mended(rawPng(indexed, row, palette))).toEqual({
      data: [1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0],
      channels: 3,
      told,
    });
    expect(mended(rawPng(indexed, row, palette, pngChunk('tRNS', [7])))).toEqual({
      data: [1, 2, 3, 7, 4, 5, 6, 255, 0, 0, 0, 255, 0, 0, 0, 255],
      channels: 4,
      told,
    });
  });

  it('suggests colours to a screen in a palette that is none', () => {
    expect(mended(rawPng(header, rows, pngChunk('PLTE', [1, 2])))).toEqual({
      data: pixels,
      channels: 1,
      told: [],
    });
  });
});

describe('an interlaced PNG', () => {
  /** Rows of the seven passes, unfiltered, from samples of so many bits. */
  function interlacedRows(width: number, height: number, bits: number, sampleOf: (at: number) => number) {
    const out: number[] = [];
    for (const [x0, y0, stepX, stepY] of [
      [0, 0, 8, 8],
      [4, 0, 8, 8],
      [0, 4, 4, 8],
      [2, 0, 4, 4],
      [0, 2, 2, 4],
      [1, 0, 2, 2],
      [0, 1, 1, 2],
    ])
      for (let y = y0; y < height && x0 < width; y += stepY) {
        let row = '';
        for (let x = x0; x < width; x += stepX)
          row += sampleOf(y * width + x)
            .toString(2)
            .padStart(bits, '0');
        out.push(0);
        for (let at = 0; at < row.length; at += 8)
          out.push(Number.parseInt(row.slice(at, at + 8).padEnd(8, '0'), 2));
      }
    return Uint8Array.from(out);
  }

  it('of one, two, four, eight and sixteen bits has every value where it belongs', () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 2, 4, 8, 16), fc.nat(1000), (width, height, depth, seed) => {
        const samples = noise(width * height, seed).map((value) => value & ((1 << Math.min(8, depth)) - 1));
        const rows = interlacedRows(width, height, depth, (at) => samples[at] * (depth === 16 ? 257 : 1));
        const { data } = decodePng(rawPng({ width, height, depth, colourType: 0, interlace: 1 }, rows));
        const factor = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
        expect(data).toEqual(samples.map((value) => value * factor));
      }),
    );
  });

  it('of few bits looks its colours up', () => {
    const header = { width: 4, height: 4, depth: 4, colourType: 3, interlace: 1 };
    const indices = [0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0];
    const png = rawPng(
      header,
      interlacedRows(4, 4, 4, (at) => indices[at]),
      pngChunk('PLTE', [1, 2, 3, 4, 5, 6]),
    );
    expect([...decodePng(png).data]).toEqual(
      indices.flatMap((index) => (index === 0 ? [1, 2, 3] : [4, 5, 6])),
    );
  });

  it('agrees with another decoder in every kind', async () => {
    const rows = (bits: number) => interlacedRows(13, 11, bits, (at) => (at * 7) % (1 << bits));
    for (const [depth, colourType] of [
      [1, 0],
      [2, 0],
      [4, 0],
      [1, 3],
      [2, 3],
      [4, 3],
    ]) {
      const palette = pngChunk('PLTE', noise(3 * (1 << depth)));
      const png = rawPng({ width: 13, height: 11, depth, colourType, interlace: 1 }, rows(depth), palette);
      const other = await sharp(png).toColourspace('srgb').raw().toBuffer();
      const { channels, data } = decodePng(png);
      expect(channels === 3 ? data : coloursOf(data)).toEqual(new Uint8Array(other));
    }
  });
});

describe('a PNG that is a trap', () => {
  it('of 16,000 × 16,000 pixels is refused by its header', () => {
    expect(codeOfPng(claimedPng(16_000, 16_000))).toBe('PICTURE_TOO_LARGE');
    expect(codeOfPng(claimedPng(0xffffffff, 0xffffffff))).toBe('PICTURE_TOO_LARGE');
    const wide = rawPng({ width: 8192, height: 8192, depth: 16, colourType: 6 }, new Uint8Array(9));
    expect(codeOfPng(wide)).toBe('PICTURE_TOO_LARGE');
  });

  it('whose rows inflate beyond its size, or whose profile would, costs nothing', () => {
    const header = { width: 2, height: 2, depth: 8, colourType: 0 };
    expect([...decodePng(rawPng(header, new Uint8Array(1_000_000))).data]).toEqual([0, 0, 0, 0]);
    const profile = pngChunk('iCCP', joined([65, 0, 0], zlibSync(new Uint8Array(1_000_000))));
    const broken = pngChunk('iCCP', [1, 2, 3]);
    for (const chunk of [profile, broken])
      expect(codeOfPng(rawPng(header, Uint8Array.from([0, 1, 2, 0, 3, 4]), chunk))).toBe('taken');
  });

  it('that claims a large size with few bytes is refused before that size is allocated', () => {
    expect(codeOfPng(claimedPng(8000, 8000))).toBe('PICTURE_DAMAGED');
    expect(codeOfPng(joined(PNG_SIGNATURE, [0xff, 0xff, 0xff, 0xff], noise(100)))).toBe('PICTURE_DAMAGED');
  });
});

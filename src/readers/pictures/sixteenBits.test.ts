import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { readImages } from '../readImages.ts';
import type { ImageReading, ReadImages } from '../imageReading.ts';
import { imageFile, textImageFile } from '../testing/imageFiles.ts';
import { decodeNothing, pngBytes } from '../testing/pictureFiles.ts';
import { SixteenBits } from './sixteenBits.ts';

const deepPng = (
  width: number,
  height: number,
  channels: 1 | 2 | 3 | 4,
  values: readonly number[],
): Uint8Array => encode({ width, height, channels, depth: 16, data: Uint16Array.from(values) });

const codes = ({ notices }: ReadImages): string[] => notices.map(({ code }) => code);

describe('SixteenBits', () => {
  it('takes the high byte, and tells the range and whether it lost anything', () => {
    const bits = new SixteenBits();
    expect([...bits.bytesOf(Uint16Array.from([0, 255, 256, 4095]), 1)]).toEqual([0, 0, 1, 15]);
    expect(bits.facts()).toEqual({ rule: 'high', pictures: 1, low: 0, high: 4095 });
    expect(bits.notices(0)).toEqual([
      {
        code: 'depth-cut',
        text: 'A picture has 16 bits a value, of which the high 8 were kept. The values go from 0 to 4095, so that 16 levels are left of them; they can be stretched over 0 … 255 instead.',
      },
    ]);
    const alike = new SixteenBits();
    alike.bytesOf(Uint16Array.from([0, 0x0101, 0xfefe]), 1);
    expect(alike.notices(0)[0].text).toBe(
      'A picture has 16 bits a value, twice the same 8 each; nothing was lost by keeping 8.',
    );
    expect(new SixteenBits().facts()).toBeNull();
    expect(new SixteenBits().notices(3)).toEqual([]);
  });

  it('stretches the range of all pictures over all bytes, rounded, and leaves alpha alone', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 40 }), (values) => {
        const bits = new SixteenBits('stretch');
        const samples = Uint16Array.from(values);
        bits.look(samples, 1);
        const low = Math.min(...values);
        const range = Math.max(...values) - low;
        const wanted = values.map((value) =>
          range === 0 ? value >>> 8 : Math.floor((255 * (value - low)) / range + 0.5),
        );
        expect([...bits.bytesOf(samples, 1)]).toEqual(wanted);
      }),
    );
    const bits = new SixteenBits('stretch');
    const samples = Uint16Array.from([100, 0xffff, 300, 0]);
    bits.look(samples, 2);
    expect([...bits.bytesOf(samples, 2)]).toEqual([0, 255, 255, 0]);
    expect(bits.facts()).toEqual({ rule: 'stretch', pictures: 1, low: 100, high: 300 });
  });
});

describe('pictures of 16 bits', () => {
  const files = [
    imageFile('set/a/0.png', deepPng(2, 1, 1, [1000, 1100])),
    imageFile('set/a/1.png', deepPng(2, 1, 1, [1200, 1510])),
    imageFile('set/b/0.png', deepPng(2, 1, 1, [1255, 1300])),
    imageFile('set/b/1.png', pngBytes(2, 1, 1, Uint8Array.from([7, 9]))),
  ];
  const read = (reading: ImageReading): Promise<ReadImages> =>
    readImages(files, reading, decodeNothing, SILENT_PULSE);

  it('are read by their high byte, which is said', async () => {
    const found = await read({});
    expect([...found.set.pixels]).toEqual([3, 4, 4, 5, 4, 5, 7, 9]);
    expect(codes(found)).toEqual(['depth-cut']);
    expect(found.depth).toEqual({ rule: 'high', pictures: 3, low: 1000, high: 1510 });
  });

  it('are stretched by the range of the whole set where that is asked for, those of 8 bits left as they are', async () => {
    const found = await read({ depth: 'stretch' });
    expect([...found.set.pixels]).toEqual([0, 50, 100, 255, 128, 150, 7, 9]);
    expect(found.notices).toEqual([
      {
        code: 'depth-stretched',
        text: '3 pictures have 16 bits a value; the range from 1000 to 1510 was stretched over 0 … 255. The other, of 8 bits, was left as it is.',
      },
    ]);
    expect(found.depth).toEqual({ rule: 'stretch', pictures: 3, low: 1000, high: 1510 });
  });

  it('are stretched on sheets too', async () => {
    const sheet = [
      imageFile('sheet.png', deepPng(6, 1, 1, [0, 10, 20, 30, 40, 255])),
      textImageFile('labels.csv', 'x\ny\nx\n'),
    ];
    const reading = { tile: { width: 2, height: 1 } };
    const cut = await readImages(sheet, reading, decodeNothing, SILENT_PULSE);
    expect([...cut.set.pixels]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(codes(cut)).toEqual(['depth-cut']);
    const stretched = await readImages(sheet, { ...reading, depth: 'stretch' }, decodeNothing, SILENT_PULSE);
    expect([...stretched.set.pixels]).toEqual([0, 10, 20, 30, 40, 255]);
    expect(codes(stretched)).toEqual(['depth-stretched']);
  });

  it('are not looked for among pictures of 8', async () => {
    const plain = [0, 1].map((n) => imageFile(`${n}/0.png`, pngBytes(2, 1, 1, Uint8Array.from([n, 9]))));
    const found = await readImages(
      [...plain, imageFile('0/1.png', pngBytes(2, 1, 1, Uint8Array.from([1, 9])))],
      { depth: 'stretch' },
      decodeNothing,
      SILENT_PULSE,
    );
    expect(found.notices).toEqual([]);
    expect(found.depth).toBeNull();
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeInBrowser } from './pictureDecoder.ts';

/** A browser in which the first byte of a file is the value of all channels; sizes follow. */
class Canvas {
  width: number;
  height: number;
  value = 0;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }
  getContext() {
    return {
      canvas: this,
      clearRect: () => (this.value = 0),
      drawImage: (bitmap: { value: number }) => (this.value = bitmap.value),
      getImageData: (_x: number, _y: number, width: number, height: number) => ({
        data: new Uint8ClampedArray(width * height * 4).fill(this.value),
      }),
    };
  }
}

const asked: { type: string; options: ImageBitmapOptions }[] = [];
let open = 0;

function stubBrowser(): void {
  vi.stubGlobal('OffscreenCanvas', Canvas);
  vi.stubGlobal('createImageBitmap', async (blob: Blob, options: ImageBitmapOptions) => {
    asked.push({ type: blob.type, options });
    const [value, width, height] = new Uint8Array(await blob.arrayBuffer());
    if (value === 0) throw new DOMException('The source image could not be decoded.', 'InvalidStateError');
    open++;
    return { value, width: width * 100, height, close: () => open-- };
  });
}

const header = { kind: 'jpeg' as const, width: 0, height: 0 };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('decodeInBrowser', () => {
  it('asks for the orientation and for no colour management, and gives back what was drawn', async () => {
    stubBrowser();
    const whole = Uint8Array.of(9, 9, 7, 2, 3, 9);
    const picture = await decodeInBrowser(whole.subarray(2, 5), header);
    expect(picture).toEqual({ width: 200, height: 3, channels: 4, data: new Uint8Array(2400).fill(7) });
    expect(asked.at(-1)).toEqual({
      type: 'image/jpeg',
      options: { imageOrientation: 'from-image', premultiplyAlpha: 'none', colorSpaceConversion: 'none' },
    });
  });

  it('keeps pictures apart that are decoded at the same time, and frees them', async () => {
    stubBrowser();
    const pictures = await Promise.all(
      [1, 2, 3, 4].map((value) => decodeInBrowser(Uint8Array.of(value, 1, value), header)),
    );
    pictures.forEach(({ height, data }, i) => {
      expect(height).toBe(i + 1);
      expect(data.every((value) => value === i + 1)).toBe(true);
    });
    expect(open).toBe(0);
  });

  it('says what cannot be decoded, or not read back', async () => {
    stubBrowser();
    const damaged = decodeInBrowser(Uint8Array.of(0, 1, 1), header);
    await expect(damaged).rejects.toMatchObject({ code: 'PICTURE_DAMAGED' });
    const wide = decodeInBrowser(Uint8Array.of(1, 255, 1), header);
    await expect(wide).rejects.toMatchObject({ code: 'PICTURE_TOO_LARGE' });
    expect(open).toBe(0);
  });
});

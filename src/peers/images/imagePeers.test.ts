import { beforeAll, describe, expect, it } from 'vitest';
import { nodeImageLibraries } from '../../../bench/imagePeerLibraries.ts';
import { pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import { SILENT_PULSE, type Pulse } from '../../core/pulse.ts';
import { createGenerator } from '../../core/random.ts';
import { LabError } from '../../core/errors.ts';
import { LEAST } from '../timing.ts';
import type { ImagePeer, MeasuredPictures } from './imagePeer.ts';
import { imagePeersOf } from './imagePeersOf.ts';
import { measureImagePeer } from './measureImages.ts';

/** Slopes with noise: neither constant nor beyond compression. */
function generated(shape: ImageShape, count: number, seed: number): MeasuredPictures {
  const generator = createGenerator(seed);
  const { width, channels } = shape;
  const size = pictureBytes(shape);
  const pixels = new Uint8Array(count * size);
  for (let i = 0; i < pixels.length; i++) {
    const pixel = Math.floor((i % size) / channels);
    const slope = 5 * (pixel % width) + 3 * Math.floor(pixel / width) + 40 * (i % channels);
    pixels[i] = slope + ((generator.next() >>> 0) % 7);
  }
  return { shape, count, pixels };
}

const SETS: [string, MeasuredPictures][] = [
  ['grey', generated({ width: 28, height: 28, channels: 1 }, 8, 1)],
  ['colour', generated({ width: 32, height: 32, channels: 3 }, 4, 2)],
  ['an odd shape', generated({ width: 5, height: 3, channels: 3 }, 6, 3)],
  ['one pixel', generated({ width: 1, height: 1, channels: 1 }, 3, 4)],
  ['noise', noise({ width: 9, height: 11, channels: 3 }, 5)],
];

/** Every value as likely as every other: nothing to be gained. */
function noise(shape: ImageShape, count: number): MeasuredPictures {
  const generator = createGenerator(9);
  const pixels = Uint8Array.from({ length: count * pictureBytes(shape) }, () => generator.next());
  return { shape, count, pixels };
}

const place = { done: 0, total: 1 };

/** Pixels as they came back, but for what the decoder of JPEG XL loses of dark reds by its colour profile. */
function mended(name: string, found: Uint8Array, expected: Uint8Array): Uint8Array {
  if (!name.startsWith('jxl')) return found;
  return found.map((value, i) =>
    i % 3 === 0 && expected[i] < 16 && value === expected[i] - 1 ? value + 1 : value,
  );
}

describe.each(SETS)('peers of pictures, %s', (_name, pictures) => {
  let peers: ImagePeer[];

  beforeAll(() => {
    peers = imagePeersOf(pictures, nodeImageLibraries, true);
  });

  it('give back every pixel, all at once and one by one in any order', async () => {
    const size = pictureBytes(pictures.shape);
    for (const peer of peers) {
      const encoded = await (await peer.prepare())(SILENT_PULSE);
      const decoded = new Uint8Array(pictures.pixels.length);
      await encoded.decode(decoded, SILENT_PULSE);
      const { pixels } = pictures;
      expect(Buffer.compare(mended(peer.name, decoded, pixels), pixels), peer.name).toBe(0);
      const source = await encoded.open();
      for (let k = 0; k < pictures.count; k++) {
        const picture = (k * 5 + 2) % pictures.count;
        const expected = pictures.pixels.subarray(picture * size, (picture + 1) * size);
        const found = mended(peer.name, await source.fetch(picture), expected);
        expect(Buffer.compare(found, expected), peer.name).toBe(0);
      }
      source.close?.();
    }
  });
});

describe('peers of pictures', () => {
  it('are measured with everything that has to be kept', async () => {
    const [, pictures] = SETS[0];
    for (const peer of imagePeersOf(pictures, nodeImageLibraries, true)) {
      const row = await measureImagePeer(peer, pictures, place, LEAST, SILENT_PULSE);
      const isExact =
        row.fidelity?.kind === 'exact' || (row.name.startsWith('jxl') && row.fidelity?.maxError === 1);
      expect(row).toMatchObject({ name: peer.name, note: null });
      expect(isExact, row.name).toBe(true);
      expect(row.ratio).toBe(row.bytes! / pictures.pixels.length);
      // An index of four bytes a picture is more than nothing.
      if (peer.randomAccess) expect(row.bytes).toBeGreaterThan(4 * pictures.count);
      for (const figure of [
        row.encodeMegabytesPerSecond,
        row.decodeMegabytesPerSecond,
        row.pictureMicroseconds,
      ])
        expect(figure).toBeGreaterThan(0);
    }
  });
});

describe('the rows of peers', () => {
  const [, pictures] = SETS[2];
  const broken: ImagePeer = {
    name: 'broken',
    label: 'broken',
    sentence: '',
    isOurs: false,
    randomAccess: true,
    prepare: () => Promise.reject(new Error('the module is not there')),
  };
  const encoded = {
    bytes: 10,
    open: async () => ({ fetch: () => pictures.pixels }),
  };

  it('say what could not be measured, and what was not decoded', async () => {
    const row = await measureImagePeer(broken, pictures, place, LEAST, SILENT_PULSE);
    expect(row).toMatchObject({ bytes: null, fidelity: null, note: 'not measured: the module is not there' });
    const half: ImagePeer = {
      ...broken,
      prepare: async () => async () => ({ ...encoded, decode: () => Promise.reject(new Error('it is cut')) }),
    };
    expect(await measureImagePeer(half, pictures, place, LEAST, SILENT_PULSE)).toMatchObject({
      bytes: 10,
      note: 'not decoded: it is cut',
    });
  });

  it('tell pictures that come back otherwise', async () => {
    const lossy: ImagePeer = {
      ...broken,
      prepare: async () => async () => ({
        ...encoded,
        decode: async (pixels) => {
          pixels.set(pictures.pixels);
          pixels[7] ^= 4;
        },
      }),
    };
    const { fidelity } = await measureImagePeer(lossy, pictures, place, LEAST, SILENT_PULSE);
    expect(fidelity).toMatchObject({ kind: 'near', maxError: 4 });
  });

  it('take bytes that are known better', async () => {
    const known: ImagePeer = {
      ...broken,
      stored: { bytes: 63, note: 'of all' },
      prepare: async () => async () => ({
        ...encoded,
        decode: async (pixels) => pixels.set(pictures.pixels),
      }),
    };
    const row = await measureImagePeer(known, pictures, place, LEAST, SILENT_PULSE);
    expect(row).toMatchObject({ bytes: 63, ratio: 63 / pictures.pixels.length, note: 'of all' });
  });

  it('end when the work is cancelled', async () => {
    const pulse: Pulse = {
      due: () => true,
      beat: () => Promise.reject(new LabError('CANCELLED', 'The work was cancelled.')),
    };
    const [peer] = imagePeersOf(pictures, nodeImageLibraries, true);
    await expect(measureImagePeer(peer, pictures, place, LEAST, pulse)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});

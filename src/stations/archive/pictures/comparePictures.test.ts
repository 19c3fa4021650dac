import { describe, expect, it } from 'vitest';
import { imagePeer, NEAR } from '../testing/pictures.ts';
import { PICTURE_RANKING, pictureVerdict } from './comparePictures.ts';

const plain = (sentence: string): string => sentence.replaceAll('\u202f', ' ');

const ROWS = [
  imagePeer('Ours', 0.583, {
    pictureMicroseconds: 10,
    encodeMegabytesPerSecond: 40,
    decodeMegabytesPerSecond: 400,
  }),
  imagePeer('PNG', 0.311),
  imagePeer('WebP', 0.257, { encodeMegabytesPerSecond: 2 }),
  imagePeer('Raw', 1, { pictureMicroseconds: 40, decodeMegabytesPerSecond: 800 }),
  imagePeer('gzip of all', 0.204, { randomAccess: false, pictureMicroseconds: 90_000 }),
];

describe('pictureVerdict', () => {
  it('says as plainly where the archive loses as where it wins', () => {
    const [size, smallest, picture, encode, decode, access] = pictureVerdict(ROWS).map(plain);
    expect(size).toBe(
      'Ours takes 58.3 % of the raw pixels: less than Raw, more than gzip of all, WebP and PNG.',
    );
    expect(smallest).toBe(
      'gzip of all is the smallest, 20.4 %: 65 % less than Ours, but cannot give a single picture by itself.',
    );
    expect(picture).toContain('Ours fetches a picture in 10 µs, 3 times as fast as the next, PNG');
    expect(encode).toBe('Ours encodes fastest, 4 times as fast as PNG.');
    expect(decode).toBe('Raw decodes twice as fast as Ours.');
    expect(access).toContain('gzip of all has to be decoded from the start');
  });

  it('says that it is the largest, the smallest, or of the same size', () => {
    const ours = (ratio: number) => imagePeer('Ours', ratio);
    expect(plain(pictureVerdict([ours(0.9), imagePeer('PNG', 0.3)])[0])).toBe(
      'Ours is the largest of all, 90.0 % of the raw pixels.',
    );
    expect(plain(pictureVerdict([ours(0.2), imagePeer('PNG', 0.3)])[0])).toBe(
      'Ours is the smallest, 20.0 % of the raw pixels; the next, PNG, is larger by 50 %.',
    );
    expect(plain(pictureVerdict([ours(0.3), imagePeer('PNG', 0.3)])[0])).toContain('the same size');
  });

  it('does not set a near-lossless size against lossless ones without saying so', () => {
    const near = imagePeer('Ours', 0.74, { fidelity: NEAR });
    const [first] = pictureVerdict([near, imagePeer('PNG', 0.93)]).map(plain);
    expect(first).toContain('Ours is near-lossless: PSNR 51.4 dB');
    expect(first).toContain('do not compare directly');
    // Nor does it win a column against them.
    expect(PICTURE_RANKING.best([near, imagePeer('PNG', 0.93)], 'ratio')?.label).toBe('PNG');
  });

  it('is silent without a measured peer, and leaves out what was not measured', () => {
    expect(pictureVerdict([imagePeer('Ours', 0.5)])).toEqual([]);
    expect(pictureVerdict([imagePeer('PNG', 0.5)])).toEqual([]);
    expect(pictureVerdict([imagePeer('Ours', 0.5), imagePeer('WebP', null)])).toEqual([]);
  });
});

it('sorts what was not measured last', () => {
  const rows = [imagePeer('WebP', null), ...ROWS];
  expect(PICTURE_RANKING.sort(rows, 'ratio').map(({ label }) => label)).toEqual([
    'gzip of all',
    'WebP',
    'PNG',
    'Ours',
    'Raw',
    'WebP',
  ]);
  expect(PICTURE_RANKING.sort(rows, 'decodeMegabytesPerSecond')[0].label).toBe('Raw');
});

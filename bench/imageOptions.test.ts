import { describe, expect, it } from 'vitest';
import { DEFAULT_IMAGE_SETTINGS } from '../src/core/images/settings.ts';
import { readImagesOptions } from './imageOptions.ts';

const read = (...args: string[]) => readImagesOptions(['pictures', ...args]);

describe('bench images', () => {
  it('takes what the lab takes where nothing is asked', () => {
    const asked = read();
    expect(asked.paths).toEqual(['pictures']);
    expect(asked.settings(1)).toEqual({ ...DEFAULT_IMAGE_SETTINGS, transform: 'none' });
    expect(asked.settings(3)).toEqual({ ...DEFAULT_IMAGE_SETTINGS, transform: 'dct' });
    expect(asked).toMatchObject({ labels: null, limit: null, sample: 0.1, peers: false, quick: false });
  });

  it('takes several paths and every setting', () => {
    const asked = readImagesOptions(
      'a.bin b.bin --transform dct8 --representation twos --tau 9 --objective eq1 --one-table --block 4096 --limit 50 --peers --json'.split(
        ' ',
      ),
    );
    expect(asked.paths).toEqual(['a.bin', 'b.bin']);
    expect(asked.settings(1)).toMatchObject({
      transform: 'dct8',
      representation: 'twos',
      tau: 9,
      objective: 'equation1',
      classWise: false,
      blockBytes: 4096,
    });
    expect(asked).toMatchObject({ limit: 50, peers: true, json: true });
  });

  it('refuses what it does not know', () => {
    expect(() => readImagesOptions([])).toThrow('Which pictures?');
    expect(() => read('--transform', 'wavelet')).toThrow('none, dct, dct8');
    expect(() => read('--representation', 'float')).toThrow('zigzag');
    expect(() => read('--limit', '0')).toThrow('--limit is 0');
    expect(() => read('--sample', '2')).toThrow('--sample is 2');
    expect(() => read('--onetable', '1')).toThrow('no option --onetable');
  });
});

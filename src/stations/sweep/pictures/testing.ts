/** Points of a sweep over pictures for tests: 100 pictures of 1,000 raw bytes in all. */
import {
  DEFAULT_IMAGE_SETTINGS,
  type ImageSettings,
  type ImageSweepCell,
} from '../../../contracts/images.ts';

/** @param bytes of the archive; frequencies are near-lossless */
export function cellOf(
  settings: Partial<ImageSettings>,
  bytes: number,
  change: Partial<ImageSweepCell> = {},
): ImageSweepCell {
  const all = { ...DEFAULT_IMAGE_SETTINGS, ...settings };
  return {
    settings: all,
    ...{ records: 100, rawBytes: 1_000, bytes, equation1Bits: 8 * (bytes + 50), baseCount: 12 },
    fidelity:
      all.transform === 'none'
        ? { kind: 'exact' }
        : { kind: 'near', psnr: 51.42, maxError: 4, exactShare: 0.61 },
    ...{ encodeSeconds: 0.2, decodeSeconds: 0.05 },
    ...change,
  };
}

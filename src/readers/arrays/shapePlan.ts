/** Which size and channels the pictures of a set get, where their files have several or others are asked for. */
import type { ImageShape } from '../../core/images/imageSet.ts';
import { planSizes, SizeHistogram, type SizePlan } from '../pictures/sizes.ts';
import type { ImageReading, SizeCount } from '../imageReading.ts';

export interface ShapePlan extends SizePlan {
  sizeCount: number;
  sizes: SizeCount[];
}

/**
 * Size, channels and rule for files of pictures: the size asked for or the most common one; colour where any file has
 * it and nothing else is asked for.
 *
 * @throws LabError SETTING_OUT_OF_RANGE, IMAGES_TOO_LARGE
 */
export function planShapes(
  files: readonly { shape: ImageShape; records: number }[],
  reading: ImageReading,
): ShapePlan {
  const histogram = new SizeHistogram();
  let total = 0;
  for (const { shape, records } of files) {
    for (let i = 0; i < records; i++) histogram.add(shape.width, shape.height);
    total += records;
  }
  const isColour =
    reading.colour === undefined ? files.some(({ shape }) => shape.channels === 3) : reading.colour === 'rgb';
  const plan = planSizes(histogram, total, isColour ? 3 : 1, reading);
  return { ...plan, sizeCount: histogram.sizes, sizes: histogram.mostCommon() };
}

/** A random share of an archive's training pictures, as an epoch of training asks for it. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomSampleReport } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { createGenerator } from '../../core/random.ts';
import { sizeOf } from './pictures.ts';
import type { ShelvedArchive } from './shelf.ts';

/** Pictures of the sample that the page shows. */
const SHOWN = 60;

/** `count` of the records, each at most once and all equally likely, in random order. */
export function drawRecords(records: Uint32Array, count: number, seed: number): Uint32Array {
  const generator = createGenerator(seed);
  const order = records.slice();
  const drawn = new Uint32Array(count);
  for (let k = 0, last = order.length - 1; k < count; k++, last--) {
    const j = uniformInt(generator, 0, last);
    drawn[k] = order[j];
    order[j] = order[last];
  }
  return drawn;
}

/**
 * @param fraction share of the training pictures, above 0 and at most 1; at least one picture is drawn
 * @throws SETTING_OUT_OF_RANGE, and what reading throws
 */
export async function sampleImages(
  { archive, source }: ShelvedArchive,
  { fraction, seed }: { fraction: number; seed: number },
  pulse: Pulse,
): Promise<RandomSampleReport> {
  if (!(fraction > 0 && fraction <= 1)) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `The share of pictures is ${fraction}; it has to be above 0 and at most 1.`,
    );
  }
  const { train } = archive.split;
  const count = Math.min(train.length, Math.max(1, Math.round(train.length * fraction)));
  const drawn = drawRecords(train, count, seed);
  const { pixels, labels, ...facts } = await archive.subset(drawn, pulse);
  const bytes = pictureBytes(archive.shape);
  return {
    ...facts,
    fraction,
    seed,
    records: count,
    trainRecords: train.length,
    rawBytes: train.length * bytes,
    archiveBytes: source.size,
    pictures: {
      ...sizeOf(archive.shape),
      records: drawn.slice(0, SHOWN),
      labels: labels.slice(0, SHOWN),
      pixels: pixels.slice(0, SHOWN * bytes),
    },
  };
}

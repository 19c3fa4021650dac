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
function drawRecords(records: Uint32Array, count: number, seed: number): Uint32Array {
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

/** A random sample: the share of the training pictures, above 0 and at most 1, and the seed that draws it. */
export interface Draw {
  fraction: number;
  seed: number;
}

/** Numbers of the records that are drawn, one at least, in the order drawn. @throws SETTING_OUT_OF_RANGE */
export function drawShare(train: Uint32Array, { fraction, seed }: Draw): Uint32Array {
  if (!(fraction > 0 && fraction <= 1)) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `The share is ${fraction}; it has to be above 0 and at most 1.`,
    );
  }
  const count = Math.min(train.length, Math.max(1, Math.round(train.length * fraction)));
  return drawRecords(train, count, seed);
}

/** @throws SETTING_OUT_OF_RANGE, and what reading throws */
export async function sampleImages(
  { archive, source }: ShelvedArchive,
  { fraction, seed }: Draw,
  pulse: Pulse,
): Promise<RandomSampleReport> {
  const { train } = archive.split;
  const drawn = drawShare(train, { fraction, seed });
  const { pixels, labels, ...facts } = await archive.subset(drawn, pulse);
  const bytes = pictureBytes(archive.shape);
  return {
    ...facts,
    fraction,
    seed,
    records: drawn.length,
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

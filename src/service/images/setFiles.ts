/** Pictures with their classes in one file, as NumPy or as dataset hubs have them: all of an archive, or a drawn share. */
import { encode } from 'fast-png';
import type { PictureTableFormat } from '../../contracts/images.ts';
import { decodeAll, type ImageArchive } from '../../core/images/archive/read.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { picturesAsArrays, type SomePictures } from '../../readers/arrays/pictureArrays.ts';
import { writeNpz } from '../../readers/arrays/writeNpy.ts';
import type { PictureRow } from '../../readers/parquet/writePictures.ts';
import { drawShare, type Draw } from './sampling.ts';

/** Every picture of an archive, and which of them are for the test. */
export async function allPictures(archive: ImageArchive, pulse: Pulse): Promise<SomePictures> {
  const { pixels, labels } = await decodeAll(archive, pulse);
  const { shape, classNames } = archive;
  return { shape, classNames, pixels, labels, isTest: Uint8Array.from(archive.places, (place) => place & 1) };
}

/**
 * A random share of an archive's training pictures, in the order drawn.
 *
 * @throws LabError SETTING_OUT_OF_RANGE, and what reading throws
 */
export async function drawnPictures(
  archive: ImageArchive,
  draw: Draw,
  pulse: Pulse,
): Promise<SomePictures & { records: Uint32Array }> {
  const records = drawShare(archive.split.train, draw);
  const { pixels, labels } = await archive.subset(records, pulse);
  const { shape, classNames } = archive;
  return { shape, classNames, pixels, labels, records };
}

/** Pictures as PNGs, one after the other. */
async function* rowsOf(some: SomePictures, pulse: Pulse): AsyncGenerator<PictureRow> {
  const { shape, pixels, labels, records, isTest } = some;
  const { width, height, channels } = shape;
  const bytes = pictureBytes(shape);
  const count = labels.length;
  const digits = String(Math.max(0, count - 1)).length;
  for (let k = 0; k < count; k++) {
    const data = pixels.subarray(k * bytes, (k + 1) * bytes);
    yield {
      bytes: encode({ width, height, channels, depth: 8, data }),
      path: `${String(k).padStart(digits, '0')}.png`,
      label: labels[k],
      ...(isTest !== undefined && { part: isTest[k] === 1 ? 'test' : 'train' }),
      ...(records !== undefined && { record: records[k] }),
    };
    if (pulse.due()) await pulse.beat({ phase: 'Writing PNGs', done: k, total: count, unit: 'pictures' });
  }
}

/** Pictures as one file, piece by piece. */
export async function* setFile(
  some: SomePictures,
  format: PictureTableFormat,
  pulse: Pulse,
): AsyncGenerator<Uint8Array> {
  if (format === 'npz') {
    yield* writeNpz(picturesAsArrays(some));
    return;
  }
  const { writePictures } = await import('../../readers/parquet/writePictures.ts');
  const { classNames, isTest, records } = some;
  yield* writePictures({
    classNames,
    rows: rowsOf(some, pulse),
    hasPart: isTest !== undefined,
    hasRecord: records !== undefined,
  });
}

/** What each pixel of pictures takes in their archive. */
import type { PixelBits } from '../../contracts/images.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { ImageArchive } from '../../core/images/archive/read.ts';
import type { Pulse } from '../../core/pulse.ts';

/** Training pictures that a mean is taken over. */
const MOST = 256;

/** Means of the archive that is open, table by table. */
const means = new WeakMap<ImageArchive, Map<number, PixelBits['mean']>>();

/**
 * @param table of the picture
 * @param pixels of the picture
 * @returns null of a codec that cannot tell
 */
export async function pixelBits(
  archive: ImageArchive,
  table: number,
  pixels: Uint8Array,
  pulse: Pulse,
): Promise<PixelBits | null> {
  const own = await measured(archive, table, pixels, pulse);
  if (own === null) return null;
  const known = means.get(archive) ?? new Map<number, PixelBits['mean']>();
  means.set(archive, known);
  const mean = known.get(table) ?? (await meanOf(archive, table, pulse));
  known.set(table, mean);
  return { own, mean };
}

async function meanOf(archive: ImageArchive, table: number, pulse: Pulse): Promise<PixelBits['mean']> {
  const { schema, labels } = archive;
  const train = archive.split.train.filter((record) => !schema.classWise || labels[record] === table);
  const some = train.slice(0, MOST);
  const { pixels } = await archive.subset(some, pulse);
  const bits = (await measured(archive, table, pixels, pulse)) ?? new Float64Array(0);
  return { bits: bits.map((sum) => sum / some.length), pictures: some.length, of: train.length };
}

/** Bits of each pixel, channels and pictures together; null of a codec that cannot tell. */
async function measured(
  { tables, shape }: ImageArchive,
  table: number,
  pixels: Uint8Array,
  pulse: Pulse,
): Promise<Float64Array | null> {
  const { laneBits } = tables[table];
  if (laneBits === null) return null;
  const records = pixels.length / pictureBytes(shape);
  const values = await laneBits({ of: 'pictures', records, codes: null, pixels }, pulse);
  const bits = new Float64Array(shape.width * shape.height);
  for (let lane = 0; lane < values.length; lane++) bits[Math.floor(lane / shape.channels)] += values[lane];
  return bits;
}

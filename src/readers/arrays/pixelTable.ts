/** Tables of pictures: with a column for every value of a pixel, or with all pixels of a picture in one cell. */
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ImageReading, ReadNotice } from '../imageReading.ts';
import { withHead, type Source } from '../source.ts';
import { readPackedCsv } from './packedCsv.ts';
import { planPackedCsv } from './packedCsvPlan.ts';
import type { Pile } from './pile.ts';
import { HEAD_BYTES, readPixelCsv } from './pixelCsv.ts';
import { planPixelCsv } from './pixelCsvPlan.ts';

/** A page that only asks whether a table holds pictures looks for 8 × 8 pixels at least. */
const OFFERED_PIXELS = 64;

/**
 * Whether the first bytes of a table look like pictures, so that it can be offered to read it as such.
 *
 * @param isWhole whether the file has no more bytes
 */
export function looksLikePixelCsv(head: Uint8Array, isWhole = false): boolean {
  const plan = planPackedCsv(head, isWhole, {}, '') ?? planPixelCsv(head, isWhole, {}, '');
  return typeof plan !== 'string' && pictureBytes(plan.shape) >= OFFERED_PIXELS;
}

/**
 * Reads a table of pictures whole.
 *
 * @param part of its pictures where no column says it
 * @throws LabError IMAGES_NONE where it is none, and what reading its rows throws
 */
export async function readPixelTable(
  given: Source,
  part: Pile['part'],
  reading: ImageReading,
  pulse: Pulse,
): Promise<{ piles: Pile[]; notices: ReadNotice[] }> {
  const source = await withHead(given, HEAD_BYTES);
  const { head, path } = source;
  const packed = planPackedCsv(head, head.length < HEAD_BYTES, reading, path);
  if (packed === null)
    return { piles: [{ ...(await readPixelCsv(source, reading, pulse)), part }], notices: [] };
  const { piles, notices } = await readPackedCsv(source, packed, pulse);
  return { piles: piles.map((pile) => ({ ...pile, part: pile.part ?? part })), notices };
}

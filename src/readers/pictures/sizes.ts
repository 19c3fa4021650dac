/** Sizes of the pictures found, and the one that all of them get. */
import { LabError } from '../../core/errors.ts';
import { MAX_PIXEL_BYTES, type ImageShape } from '../../core/images/imageSet.ts';
import type { ImageReading, ReadNotice, SizeCount, SizeRule } from '../imageReading.ts';

/** Sizes that are told, the most common ones. */
const TOLD_SIZES = 32;

/** Longest side of pictures for which nobody has chosen a size: photographs are halved until they are so small. */
const LONGEST_SIDE = 256;

/** Longest side that can be chosen. */
const MAX_SIDE = 8192;

/** Counts sizes, in the order of their frequency; of equal ones the smaller first. */
export class SizeHistogram {
  private readonly counts = new Map<number, SizeCount>();

  add(width: number, height: number): void {
    // Sides are below 2²⁷: a picture has at most 2²⁶ pixels.
    const key = width * 2 ** 27 + height;
    const found = this.counts.get(key);
    if (found === undefined) this.counts.set(key, { width, height, count: 1 });
    else found.count++;
  }

  countOf(width: number, height: number): number {
    return this.counts.get(width * 2 ** 27 + height)?.count ?? 0;
  }

  get sizes(): number {
    return this.counts.size;
  }

  /** The most common sizes, at most 32. */
  mostCommon(): SizeCount[] {
    const all = [...this.counts.values()];
    return all
      .sort((a, b) => b.count - a.count || a.width * a.height - b.width * b.height || a.width - b.width)
      .slice(0, TOLD_SIZES);
  }
}

export interface SizePlan {
  shape: ImageShape;
  rule: SizeRule;
  notices: ReadNotice[];
}

function checkSize({ width, height }: { width: number; height: number }): void {
  for (const side of [width, height])
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE)
      throw new LabError(
        'SETTING_OUT_OF_RANGE',
        `A size of ${width} × ${height} pixels is outside of 1 … ${MAX_SIDE} pixels a side.`,
      );
}

/** Halves a size until its longer side is short enough and all pictures fit; as it is where they do. */
function reduced(
  size: { width: number; height: number },
  records: number,
  channels: number,
): {
  width: number;
  height: number;
} {
  let { width, height } = size;
  while (
    Math.max(width, height) > LONGEST_SIDE ||
    (width > 1 && records * width * height * channels > MAX_PIXEL_BYTES)
  ) {
    width = Math.max(1, Math.round(width / 2));
    height = Math.max(1, Math.round(height / 2));
  }
  return { width, height };
}

/**
 * The size and the rule: as asked for, else the most common size, to which the others are resized. Where nobody has
 * chosen, pictures of more than 256 pixels a side are made smaller.
 *
 * @param records pictures that were counted
 * @throws LabError SETTING_OUT_OF_RANGE, IMAGES_TOO_LARGE
 */
export function planSizes(
  histogram: SizeHistogram,
  records: number,
  channels: 1 | 3,
  reading: ImageReading,
): SizePlan {
  const notices: ReadNotice[] = [];
  const [common] = histogram.mostCommon();
  if (reading.size !== undefined) checkSize(reading.size);
  let size = reading.size ?? { width: common.width, height: common.height };
  if (reading.size === undefined && reading.rule !== 'only') {
    const smaller = reduced(size, records, channels);
    if (smaller.width !== size.width || smaller.height !== size.height) {
      const text = `Most pictures have ${size.width} × ${size.height} pixels; they were made smaller, ${smaller.width} × ${smaller.height}. Another size can be chosen.`;
      notices.push({ code: 'sizes-reduced', text });
      size = smaller;
    }
  }
  const isOneSize = histogram.sizes === 1 && common.width === size.width && common.height === size.height;
  const rule = reading.rule ?? (isOneSize ? 'only' : 'resize');
  if (histogram.sizes > 1)
    notices.push({ code: 'sizes-mixed', text: mixedText(histogram, records, size, rule) });
  const kept = rule === 'only' ? histogram.countOf(size.width, size.height) : records;
  const bytes = kept * size.width * size.height * channels;
  if (bytes > MAX_PIXEL_BYTES)
    throw new LabError(
      'IMAGES_TOO_LARGE',
      `${kept} pictures of ${size.width} × ${size.height} pixels take ${bytes} bytes; the limit is ${MAX_PIXEL_BYTES}.`,
    );
  return { shape: { width: size.width, height: size.height, channels }, rule, notices };
}

function mixedText(
  histogram: SizeHistogram,
  records: number,
  { width, height }: { width: number; height: number },
  rule: SizeRule,
): string {
  const [common] = histogram.mostCommon();
  const found = `The ${records} pictures have ${histogram.sizes} sizes; ${common.count} have ${common.width} × ${common.height} pixels, the most common one.`;
  if (rule === 'only') return `${found} Those of another size than ${width} × ${height} were left out.`;
  const done = rule === 'crop' ? 'cut at the centre to' : 'resized to';
  return `${found} All were ${done} ${width} × ${height}.`;
}

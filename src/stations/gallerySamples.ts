/** The gallery as it is offered: samples that are made on demand only where they are. */
import { GALLERY, type GallerySample } from '../contracts/gallery.ts';
import { formatBytes, formatCount, formatPlural } from '../ui/format.ts';

/** @param extra ids of the samples made on demand that are there */
export function offeredSamples(extra: readonly string[]): readonly GallerySample[] {
  return GALLERY.filter((sample) => sample.kind === 'table' || !sample.optional || extra.includes(sample.id));
}

/** "53,940 × 10", or "70,000 pictures of 28 × 28". */
export function sampleShape(sample: GallerySample): string {
  return sample.kind === 'table'
    ? `${formatCount(sample.rows)} × ${formatCount(sample.columns)}`
    : `${formatPlural(sample.records, 'picture')} of ${sample.width} × ${sample.height}`;
}

export function sampleBytes(sample: GallerySample): string {
  return formatBytes(sample.kind === 'table' ? sample.bytes : sample.rawBytes);
}

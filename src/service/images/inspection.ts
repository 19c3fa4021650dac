/** One picture of an archive, fetched alone, with what its base says about it. */
import type { ImageInspection } from '../../contracts/images.ts';
import { pictureBytes, type ImageSet } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { sizeOf } from './pictures.ts';
import { pixelBits } from './pixelBits.ts';
import type { ShelvedArchive } from './shelf.ts';

/** Pictures with the same base that the page shows, the picture itself included. */
const SHOWN = 24;

/**
 * @param asked number of the picture; null for one whose base many share
 * @param original the pictures as they were read, or null when only the archive is left
 * @throws RECORD_OUT_OF_RANGE, ARCHIVE_CORRUPT, and what reading throws
 */
export async function inspectImage(
  { archive }: ShelvedArchive,
  asked: number | null,
  original: ImageSet | null,
  pulse: Pulse,
): Promise<ImageInspection> {
  const record = asked ?? (await archive.mostShared(pulse));
  const { group, label, table, position, pixels, base, ...cost } = await archive.inspect(record);
  const size = sizeOf(archive.shape);
  const bytes = pictureBytes(archive.shape);
  return {
    record,
    group,
    className: archive.classNames[label],
    table,
    position,
    before: original === null ? null : original.pixels.slice(record * bytes, (record + 1) * bytes),
    after: { ...size, records: Uint32Array.of(record), labels: Uint16Array.of(label), pixels },
    base: base === null ? null : { ...base, ...(await sharersOf()) },
    bits: await pixelBits(archive, table, pixels, pulse),
    bytesTouched: cost.bytesTouched,
    blocksRead: cost.blocksRead,
    bytesRead: cost.bytesRead,
    microseconds: cost.microseconds,
  };

  /** Who shares the base is found in the whole group, which is no part of fetching the picture. */
  async function sharersOf() {
    const shared = await archive.sharing(record, SHOWN - 1, pulse);
    const records = Uint32Array.of(record, ...shared.records);
    const { labels, pixels: decoded } = await archive.subset(records, pulse);
    return { sharedBy: shared.count, sharing: { ...size, records, labels, pixels: decoded } };
  }
}

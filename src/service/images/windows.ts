/** All pictures of an archive, some megabytes at a time, in an order that reads every block once. */
import type { ImageArchive, ImageSubset } from '../../core/images/archive/read.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';

/** Bytes of pixels that are decoded at a time. */
const WINDOW_BYTES = 8 << 20;

/** Records in the order in which they lie in the archive. */
function archiveOrder({ places, labels, tables, schema }: ImageArchive): Uint32Array {
  const { records, classWise } = schema;
  /** Groups in the order of the file: of every table the training pictures, then the test pictures. */
  const groupOf = (record: number): number => 2 * (classWise ? labels[record] : 0) + (places[record] % 2);
  const next = new Uint32Array(2 * tables.length + 1);
  for (let record = 0; record < records; record++) next[groupOf(record) + 1]++;
  for (let group = 1; group < next.length; group++) next[group] += next[group - 1];
  const order = new Uint32Array(records);
  for (let record = 0; record < records; record++) order[next[groupOf(record)]++] = record;
  return order;
}

export interface ArchiveWindow {
  /** Numbers of the decoded pictures. */
  records: Uint32Array;
  subset: ImageSubset;
}

export async function* archiveWindows(archive: ImageArchive, pulse: Pulse): AsyncGenerator<ArchiveWindow> {
  const order = archiveOrder(archive);
  const step = Math.max(1, Math.floor(WINDOW_BYTES / pictureBytes(archive.shape)));
  for (let from = 0; from < order.length; from += step) {
    const records = order.slice(from, from + step);
    yield { records, subset: await archive.subset(records, pulse) };
  }
}

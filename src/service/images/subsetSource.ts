/** Pictures by their numbers, for whoever trains on them: from an archive in the store, or as they were read. */
import type { ImageSettings } from '../../contracts/images.ts';
import type { ServedFacts, ServedSubset } from '../../contracts/subsetPort.ts';
import { breakdownBytes } from '../../core/archive/breakdown.ts';
import { LabError } from '../../core/errors.ts';
import { channelStatistics, countLevels, noLevels } from '../../core/images/channelStatistics.ts';
import { gatherPixels, pictureBytes, type ImageSet } from '../../core/images/imageSet.ts';
import { splitImages } from '../../core/images/split.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { OpenImages } from './datasets.ts';
import { sizeOf } from './pictures.ts';
import type { ShelvedArchive } from './shelf.ts';
import { storedBreakdown } from './storedReport.ts';

export interface SubsetSource {
  facts: ServedFacts;
  /**
   * Arrays made for this one answer: they may be handed over.
   * @throws RECORD_OUT_OF_RANGE, and what reading throws
   */
  subset(records: Uint32Array, pulse: Pulse): Promise<ServedSubset>;
}

/** Pictures between two questions whether it is time to beat. */
const PIECE = 256;

/** @param shelved an archive that nobody else reads from, so that its base tables are let go when it suits this one */
export async function archiveSource(shelved: ShelvedArchive): Promise<SubsetSource> {
  const { archive, datasetId, fidelity } = shelved;
  const { train, test } = archive.split;
  return {
    facts: {
      ...sizeOf(archive.shape),
      datasetId,
      classNames: archive.classNames,
      labels: archive.labels,
      train,
      test,
      // Nobody has counted what an archive decodes to.
      statistics: null,
      rawBytes: train.length * pictureBytes(archive.shape),
      storedBytes: breakdownBytes((await storedBreakdown(shelved)).train),
      fidelity,
      heldBytes: 0,
    },
    async subset(records, pulse) {
      const { pixels, labels, resident, bytesRead, seconds } = await archive.subset(records, pulse);
      return { pixels, labels, resident, bytesRead, seconds: seconds.total };
    },
  };
}

/** @throws IMAGES_TOO_FEW */
export async function rawSource(
  { set, summary }: OpenImages,
  settings: ImageSettings,
  pulse: Pulse,
): Promise<SubsetSource> {
  const { train, test } = splitImages(set, settings);
  return {
    facts: {
      ...sizeOf(set.shape),
      datasetId: summary.id,
      classNames: set.classNames,
      labels: set.labels,
      train,
      test,
      statistics: await statisticsOf(set, train, pulse),
      rawBytes: train.length * pictureBytes(set.shape),
      storedBytes: null,
      fidelity: null,
      // The test pictures lie beside them, whatever is trained on.
      heldBytes: train.length * pictureBytes(set.shape),
    },
    subset: (records, pulse) => gather(set, records, pulse),
  };
}

async function statisticsOf({ shape, pixels }: ImageSet, records: Uint32Array, pulse: Pulse) {
  const bytes = pictureBytes(shape);
  const counts = noLevels(shape.channels);
  for (let k = 0; k < records.length; k++) {
    countLevels(pixels.subarray(records[k] * bytes, (records[k] + 1) * bytes), counts);
    if (k % PIECE === 0 && pulse.due())
      await pulse.beat({ phase: 'Counting levels', done: k, total: records.length, unit: 'pictures' });
  }
  return channelStatistics(counts);
}

/** Copies of pictures, in the order asked. */
async function gather(set: ImageSet, records: Uint32Array, pulse: Pulse): Promise<ServedSubset> {
  const started = performance.now();
  const labels = new Uint16Array(records.length);
  for (let k = 0; k < records.length; k++) {
    if (records[k] >= set.records)
      throw new LabError(
        'RECORD_OUT_OF_RANGE',
        `There is no picture ${records[k]}; pictures run from 0 to ${set.records - 1}.`,
      );
    labels[k] = set.labels[records[k]];
  }
  const bytes = pictureBytes(set.shape);
  const pixels = new Uint8Array(records.length * bytes);
  for (let k = 0; k < records.length; k += PIECE) {
    gatherPixels(set, records.subarray(k, k + PIECE), pixels.subarray(k * bytes));
    if (pulse.due())
      await pulse.beat({ phase: 'Gathering pictures', done: k, total: records.length, unit: 'pictures' });
  }
  return {
    pixels,
    labels,
    resident: { subset: pixels.byteLength, bases: 0, index: 0, blocks: 0, total: pixels.byteLength },
    bytesRead: pixels.byteLength,
    seconds: (performance.now() - started) / 1000,
  };
}

/** Pictures to an archive: encoded by several workers, decoded again and compared, stored, and reported. */
import type { BaseFacts } from '../../contracts/codec.ts';
import type { Fidelity, ImageArchiveReport, ImageSettings } from '../../contracts/images.ts';
import type { ContainerImage } from '../../core/archive/container.ts';
import { sectionsAt } from '../../core/archive/codecSections.ts';
import type { Codec } from '../../core/codecs/codec.ts';
import { CODECS } from '../../core/codecs/registry.ts';
import { LabError } from '../../core/errors.ts';
import { openImageArchive } from '../../core/images/archive/read.ts';
import type { TableEncoder } from '../../core/images/encodeTable.ts';
import { fidelityOf, measureError, noErrors } from '../../core/images/fidelity.ts';
import { pictureBytes, rawBytes, type ImageSet } from '../../core/images/imageSet.ts';
import {
  makeImageArchive,
  type ImageLabel,
  type MadeBases,
  type MadeImageArchive,
} from '../../core/images/makeImageArchive.ts';
import { splitImages } from '../../core/images/split.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ArchiveManifest, ArchiveStore } from '../../platform/archiveStore.ts';
import { storedChunks } from '../../platform/chunkPieces.ts';
import { thinCurve } from './curve.ts';
import type { OpenImages } from './datasets.ts';
import { readingToRecord } from './archiveId.ts';
import { describeImages } from './manifest.ts';
import { piecesSource } from './pieces.ts';
import { archiveWindows } from './windows.ts';

export interface CompressOptions {
  store: boolean;
  kept: boolean;
}

/**
 * Encodes, decodes again and compares every picture, then stores; a store that refuses does not undo the result. In
 * memory are the pictures, their archive, and a few megabytes of decoded pictures at a time.
 *
 * @param encoders the first is this worker's own
 */
export async function compressImages(
  { set, summary, reading }: OpenImages,
  settings: ImageSettings,
  encoders: readonly TableEncoder[],
  openStore: () => Promise<ArchiveStore>,
  options: CompressOptions,
  pulse: Pulse,
): Promise<ImageArchiveReport> {
  CODECS.byName(settings.codec);
  const split = splitImages(set, settings);
  const { id: datasetId, name, fileName, depth } = summary;
  const recorded = readingToRecord({ reading, depth });
  const label: ImageLabel = { datasetId, name, fileName, recorded };
  const made = await makeImageArchive(set, split, settings, label, encoders, pulse);
  const decodeSeconds = await compareDecoded(set, made, pulse);

  const described = describeImages({
    datasetId,
    name,
    fileName,
    shape: set.shape,
    records: set.records,
    trainRecords: split.train.length,
    classes: set.classNames.length,
    isGiven: set.givenTest !== null,
    fidelity: made.fidelity,
    settings,
    reading: recorded?.reading ?? {},
  });
  let storeError: LabError | null = null;
  if (options.store) {
    try {
      // Their names tell their content: none is written twice.
      const chunks = storedChunks(made.image, () => true);
      const manifest: ArchiveManifest = {
        ...described,
        bytes: made.image.bytes,
        createdAt: Date.now(),
        kept: options.kept,
        chunks: chunks.map(({ name, offset, length }) => ({ name, offset, length })),
      };
      await (await openStore()).write(manifest, chunks, pulse);
    } catch (thrown) {
      storeError = LabError.from(thrown);
      if (storeError.code === 'CANCELLED') throw storeError;
    }
  }
  const bytes = pictureBytes(set.shape);
  return {
    id: described.id,
    stored: options.store && storeError === null,
    storeError: storeError?.report() ?? null,
    trainRecords: split.train.length,
    testRecords: split.test.length,
    rawBytes: { train: split.train.length * bytes, test: split.test.length * bytes },
    bytes: made.bytes,
    breakdown: made.breakdown,
    equation1Bits: made.equation1Bits,
    tables: made.tables.map(({ label: number, bases, trainRecords, ...facts }) => ({
      ...facts,
      className: number === null ? null : set.classNames[number],
      trainRecords,
      rawBytes: trainRecords * bytes,
      bases: bases === null ? null : reportOf(bases, settings.objective),
    })),
    fidelity: made.fidelity,
    blockBytes: settings.blockBytes,
    blocks: recordBlocks(made.image, CODECS.byName(settings.codec)),
    workers: made.workers,
    encodeSeconds: made.encodeSeconds,
    decodeSeconds,
  };
}

function reportOf({ trace, ...facts }: MadeBases, objective: ImageSettings['objective']): BaseFacts {
  const { baseBits, baseCounts, size, chosen, stop } = trace;
  return { ...facts, curve: thinCurve({ baseBits, baseCounts, size, chosen, stop, objective }) };
}

/** Blocks of records, of training and test pictures. */
export function recordBlocks({ sections }: Pick<ContainerImage, 'sections'>, codec: Codec): number {
  const [records] = sectionsAt(codec, 'records');
  return sections.reduce((sum, { type, blocks }) => sum + (type === records.type ? blocks.length : 0), 0);
}

const isSame = (a: Fidelity, b: Fidelity): boolean =>
  a.kind === 'near' && b.kind === 'near'
    ? a.psnr === b.psnr && a.maxError === b.maxError && a.exactShare === b.exactShare
    : a.kind === b.kind;

/**
 * Decodes everything and compares it with the pictures: the differences have to be just those that were foreseen.
 *
 * @returns seconds of decoding alone
 * @throws INTERNAL when they are not
 */
async function compareDecoded(
  set: ImageSet,
  { image, fidelity }: MadeImageArchive,
  pulse: Pulse,
): Promise<number> {
  const archive = await openImageArchive(piecesSource(image));
  const bytes = pictureBytes(set.shape);
  const sums = noErrors();
  let seconds = 0;
  let done = 0;
  for await (const { records, subset } of archiveWindows(archive, pulse)) {
    seconds += subset.seconds.total;
    for (let k = 0; k < records.length; k++) {
      const from = records[k] * bytes;
      measureError(
        set.pixels.subarray(from, from + bytes),
        subset.pixels.subarray(k * bytes, (k + 1) * bytes),
        sums,
      );
      if (subset.labels[k] !== set.labels[records[k]])
        throw new LabError('INTERNAL', `Picture ${records[k]} comes out of the archive in another class.`);
    }
    done += records.length;
    if (pulse.due())
      await pulse.beat({ phase: 'Comparing pictures', done, total: set.records, unit: 'pictures' });
  }
  if (sums.values !== rawBytes(set) || !isSame(fidelityOf(sums), fidelity)) {
    throw new LabError(
      'INTERNAL',
      `The archive does not decode to the pictures it was made from: ${sums.values - sums.exact} of ${sums.values} ` +
        `values differ, by up to ${sums.largest}, which is not what encoding them told.`,
    );
  }
  return seconds;
}

/** What the store's list says of an archive of pictures. */
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import type { Fidelity, ImageReading, ImageSettings } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import type { ImageArchive } from '../../core/images/archive/read.ts';
import { pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import { splitImages } from '../../core/images/split.ts';
import { hashText } from '../../core/table/datasetId.ts';
import type { ArchiveVerification } from '../../core/verify.ts';
import type { ArchiveManifest } from '../../platform/archiveStore.ts';
import { claimKey, imageArchiveId, imageSettingsOf, recordedReadingOf } from './archiveId.ts';
import { sizeOf } from './pictures.ts';

type ImageManifest = Omit<ArchiveManifest, 'bytes' | 'createdAt' | 'kept' | 'chunks'>;

export interface DescribedPictures {
  datasetId: string;
  name: string;
  fileName: string;
  shape: ImageShape;
  records: number;
  trainRecords: number;
  classes: number;
  /** Whether the dataset brought its own split. */
  isGiven: boolean;
  fidelity: Fidelity;
  settings: ImageSettings;
  reading: ImageReading;
  /** Of an archive that came as a file: see imageArchiveId. */
  unproven?: readonly string[];
}

export function describeImages(about: DescribedPictures): ImageManifest {
  const { datasetId, name, fileName, shape, records, settings, reading } = about;
  return {
    schemaVersion: 1,
    id: imageArchiveId(datasetId, settings, about.isGiven, about.unproven),
    datasetId,
    name,
    fileName,
    rows: records,
    columns: pictureBytes(shape),
    rawFloat64Bytes: records * pictureBytes(shape),
    codec: settings.codec,
    settings: { ...DEFAULT_SETTINGS },
    images: {
      ...sizeOf(shape),
      classes: about.classes,
      trainRecords: about.trainRecords,
      fidelity: about.fidelity,
      settings,
      ...(Object.keys(reading).length > 0 && { reading }),
    },
  };
}

/**
 * The same of an archive that came as a file. One that holds its pictures only nearly goes by those that it gives back:
 * which ones it was made from, and what was lost, is what it says.
 */
export function describeImageArchive(
  archive: ImageArchive,
  { datasetId, claims }: Pick<ArchiveVerification, 'datasetId' | 'claims'>,
): ImageManifest {
  const { name, fileName, records } = archive.schema;
  const { fidelity } = archive;
  const settings = imageSettingsOf(archive);
  return describeImages({
    datasetId,
    name,
    fileName,
    records,
    shape: archive.shape,
    trainRecords: archive.trainRecords,
    classes: archive.classNames.length,
    isGiven: archive.isSplitGiven,
    fidelity: fidelity.kind === 'near' ? { ...fidelity, isClaimed: true } : fidelity,
    settings,
    reading: recordedReadingOf(archive).reading,
    unproven: [...claimKey(claims), ...splitKey(archive, settings)],
  });
}

/** What tells an archive whose test pictures are others than its settings draw: anybody may write such a one. */
function splitKey(
  { schema, labels, classNames, isSplitGiven, split }: ImageArchive,
  settings: ImageSettings,
) {
  if (isSplitGiven) return [];
  const { test } = split;
  const set = { records: schema.records, labels, classNames, givenTest: null };
  const drawn = drawnTest(set, settings);
  if (drawn.length === test.length && drawn.every((record, k) => record === test[k])) return [];
  return ['split', hashText(test.join())];
}

/** Test pictures that settings draw; none where they leave none for training or testing. */
function drawnTest(set: Parameters<typeof splitImages>[0], settings: ImageSettings): Uint32Array {
  try {
    return splitImages(set, settings).test;
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'IMAGES_TOO_FEW') return new Uint32Array(0);
    throw thrown;
  }
}

/** What the store's list says of an archive of pictures. */
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import type { Fidelity, ImageReading, ImageSettings } from '../../contracts/images.ts';
import type { ImageArchive } from '../../core/images/archive/read.ts';
import { pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import type { ArchiveManifest } from '../../platform/archiveStore.ts';
import { imageArchiveId, imageSettingsOf, recordedReadingOf } from './archiveId.ts';
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
}

export function describeImages(about: DescribedPictures): ImageManifest {
  const { datasetId, name, fileName, shape, records, settings, reading } = about;
  return {
    schemaVersion: 1,
    id: imageArchiveId(datasetId, settings, about.isGiven),
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

/** The same of an archive that came as a file. */
export function describeImageArchive(archive: ImageArchive): ImageManifest {
  const { datasetId, name, fileName, records } = archive.schema;
  return describeImages({
    datasetId,
    name,
    fileName,
    records,
    shape: archive.shape,
    trainRecords: archive.trainRecords,
    classes: archive.classNames.length,
    isGiven: archive.isSplitGiven,
    fidelity: archive.fidelity,
    settings: imageSettingsOf(archive),
    reading: recordedReadingOf(archive).reading,
  });
}

/** Reading image archives: any pictures by their numbers, one of them under the lens, or all of them. */
import { readContents, type ByteSource } from '../../archive/container.ts';
import { SECTION } from '../../archive/sections.ts';
import { SILENT_PULSE, type Pulse } from '../../pulse.ts';
import type { Split } from '../../random.ts';
import type { ImageSet } from '../imageSet.ts';
import { listSplit } from '../split.ts';
import {
  inspectPicture,
  mostSharedPicture,
  picturesSharingBase,
  type InspectedPicture,
  type SharingPictures,
} from './inspect.ts';
import { openSections, type OpenedArchive } from './open.ts';
import { readSubset, type ImageSubset } from './subset.ts';

export type { InspectedPicture, SharingPictures } from './inspect.ts';
export type { ImageSubset } from './subset.ts';

export interface ImageArchive extends OpenedArchive {
  /** Training and test pictures by number, listed anew by every access: it is not kept. */
  readonly split: Split;
  /** Fetches and decodes pictures: see readSubset. @throws RECORD_OUT_OF_RANGE, ARCHIVE_CORRUPT */
  subset(records: Uint32Array, pulse?: Pulse): Promise<ImageSubset>;
  /** Reads one picture from its own block alone. @throws RECORD_OUT_OF_RANGE, ARCHIVE_CORRUPT */
  inspect(record: number): Promise<InspectedPicture>;
  /** Finds the pictures that share a picture's base. @throws RECORD_OUT_OF_RANGE, ARCHIVE_CORRUPT */
  sharing(record: number, most: number, pulse?: Pulse): Promise<SharingPictures>;
  /** Finds a training picture whose base many share. @throws ARCHIVE_CORRUPT */
  mostShared(pulse?: Pulse): Promise<number>;
}

/**
 * Opens an image archive: its table of contents and small sections are read and checked, base tables and records when
 * they are wanted.
 *
 * @throws ARCHIVE_CORRUPT, ARCHIVE_NEWER, ARCHIVE_HOLDS_TABLE, ARCHIVE_TOO_LARGE, CODEC_UNKNOWN, TRANSFORM_UNKNOWN,
 *   REPRESENTATION_UNKNOWN
 */
export async function openImageArchive(
  source: ByteSource,
  pulse: Pulse = SILENT_PULSE,
): Promise<ImageArchive> {
  const opened = await openSections(source, pulse);
  return {
    ...opened,
    get split() {
      const isTest = new Uint8Array(opened.places.length);
      for (let i = 0; i < isTest.length; i++) isTest[i] = opened.places[i] & 1;
      return listSplit(isTest);
    },
    subset: (records, pulse) => readSubset(opened, records, pulse),
    inspect: (record) => inspectPicture(opened, record),
    sharing: (record, most, pulse) => picturesSharingBase(opened, record, most, pulse),
    mostShared: (pulse) => mostSharedPicture(opened, pulse),
  };
}

/** Whether an archive holds pictures; else it holds a table. @throws ARCHIVE_CORRUPT, ARCHIVE_NEWER */
export async function isImageArchive(source: ByteSource): Promise<boolean> {
  return (await readContents(source)).some(({ type }) => type === SECTION.imageSchema);
}

/** Decodes every picture, in original order, with its split. */
export async function decodeAll(archive: ImageArchive, pulse: Pulse = SILENT_PULSE): Promise<ImageSet> {
  const { shape, schema, classNames } = archive;
  const every = new Uint32Array(schema.records);
  for (let i = 0; i < every.length; i++) every[i] = i;
  const { pixels, labels } = await archive.subset(every, pulse);
  const givenTest = archive.isSplitGiven ? archive.split.test : null;
  return { shape, records: schema.records, pixels, labels, classNames, givenTest };
}

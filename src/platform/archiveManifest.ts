/** What the browser's store says about one archive, and the check on what is read back. */
import * as v from 'valibot';
import type { ArchiveListing, ReadingOptions } from '../contracts/codec.ts';
import type { ImageArchiveFacts } from '../contracts/images.ts';
import { IMAGE_READING } from '../contracts/imageReading.ts';
import { IMAGE_SETTINGS, settingsSchema, TABLE_SETTINGS } from '../contracts/settings.ts';
import { LabError } from '../core/errors.ts';
import { MAX_CLASSES, MAX_PIXEL_BYTES } from '../core/images/imageSet.ts';
import { count, fidelity, isObject, type Fields } from './stored.ts';

/** A piece of the archive's byte image. */
export interface StoredChunk {
  /** Derived from the content: equal names mean equal bytes. */
  name: string;
  /** Bytes from the start of the image. */
  offset: number;
  /** Bytes, at least 1. */
  length: number;
}

export interface ArchiveManifest extends ArchiveListing {
  schemaVersion: 1;
  /** In order of their offsets, without gaps. */
  chunks: StoredChunk[];
}

const MANIFEST_VERSION = 1;

const images = v.object({
  width: v.pipe(count, v.minValue(1)),
  height: v.pipe(count, v.minValue(1)),
  channels: v.picklist([1, 3]),
  classes: v.pipe(count, v.maxValue(MAX_CLASSES)),
  trainRecords: count,
  fidelity,
  settings: settingsSchema(IMAGE_SETTINGS, 'refuse'),
  reading: v.optional(IMAGE_READING),
} satisfies Fields<ImageArchiveFacts>);

const chunks = v.pipe(
  v.array(v.object({ name: v.string(), offset: count, length: v.pipe(count, v.minValue(1)) })),
  v.check((list) => {
    let end = 0;
    for (const { offset, length } of list) {
      if (offset !== end) return false;
      end += length;
    }
    return true;
  }),
);

const manifest = v.pipe(
  v.object({
    schemaVersion: v.literal(MANIFEST_VERSION),
    ...v.entriesFromList(['id', 'datasetId', 'name', 'fileName', 'codec'], v.string()),
    ...v.entriesFromList(['rows', 'columns', 'bytes', 'rawFloat64Bytes', 'createdAt'], count),
    kept: v.boolean(),
    settings: settingsSchema(TABLE_SETTINGS, 'refuse'),
    reading: v.optional(v.custom<ReadingOptions>(isObject)),
    images: v.optional(images),
    chunks,
  } satisfies Fields<ArchiveManifest>),
  v.check(({ rows, images: facts }) => {
    if (facts === undefined) return true;
    const { width, height, channels, trainRecords } = facts;
    return trainRecords <= rows && width * height * channels * rows <= MAX_PIXEL_BYTES;
  }),
);

/** What is read of any description, to say what is wrong with it. */
const heading = v.fallback(
  v.object({ schemaVersion: v.fallback(v.number(), 0), name: v.fallback(v.string(), '') }),
  { schemaVersion: 0, name: '' },
);

/**
 * @throws LabError ARCHIVE_NEWER for a manifest of a later version, ARCHIVE_CORRUPT for anything else that is not one
 */
export function checkManifest(value: unknown): ArchiveManifest {
  const parsed = v.safeParse(manifest, value);
  if (parsed.success) return parsed.output;
  const { schemaVersion, name } = v.parse(heading, value);
  const named = name === '' ? 'without a name' : `"${name}"`;
  if (schemaVersion > MANIFEST_VERSION) {
    throw new LabError(
      'ARCHIVE_NEWER',
      `The archive ${named} has a description of version ${schemaVersion}; this lab reads version ${MANIFEST_VERSION}.`,
    );
  }
  throw new LabError('ARCHIVE_CORRUPT', `The description of the archive ${named} is damaged.`);
}

/** Bytes of the whole image. */
export function imageSize(chunks: readonly StoredChunk[]): number {
  const last = chunks.at(-1);
  return last ? last.offset + last.length : 0;
}

/** Whether `checkManifest` would accept it. */
export function isReadable(stored: unknown): boolean {
  return v.is(manifest, stored);
}

/** What the browser's store says about one archive, and the check on what is read back. */
import { DEFAULT_SETTINGS, type ArchiveListing, type ExperimentSettings } from '../contracts/codec.ts';
import { DEFAULT_IMAGE_SETTINGS, type Fidelity, type ImageArchiveFacts } from '../contracts/images.ts';
import { LabError } from '../core/errors.ts';
import { MAX_CLASSES, MAX_PIXEL_BYTES } from '../core/images/imageSet.ts';
import { IMAGE_SETTINGS } from '../core/images/settings.ts';

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

type Fields = Record<string, unknown>;

const TEXT_FIELDS = ['id', 'datasetId', 'name', 'fileName', 'codec'] as const;
const NUMBER_FIELDS = ['rows', 'columns', 'bytes', 'rawFloat64Bytes', 'createdAt'] as const;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Settings have no key of another kind than its default has (a null default says nothing about the kind). One that an
 * earlier version did not know yet is missing.
 */
function isSettings(value: unknown): value is Partial<ExperimentSettings> {
  if (!isObject(value)) return false;
  return Object.entries(DEFAULT_SETTINGS).every(
    ([key, standard]) =>
      !Object.hasOwn(value, key) || standard === null || typeof value[key] === typeof standard,
  );
}

function isFidelity(value: unknown): value is Fidelity {
  if (!isObject(value)) return false;
  const { kind, psnr, maxError, exactShare } = value;
  if (kind === 'exact') return true;
  return (
    kind === 'near' &&
    typeof psnr === 'number' &&
    psnr >= 0 &&
    isCount(maxError) &&
    maxError <= 255 &&
    typeof exactShare === 'number' &&
    exactShare >= 0 &&
    exactShare <= 1
  );
}

/** What is said of pictures, with the defaults of settings that an earlier version did not know; null if it cannot be. */
function imageFacts(value: unknown, pictures: number): ImageArchiveFacts | null {
  if (!isObject(value) || !isObject(value.settings) || !isFidelity(value.fidelity)) return null;
  const { width, height, channels, classes, trainRecords, fidelity } = value;
  if (!isCount(width) || !isCount(height) || !isCount(classes) || !isCount(trainRecords)) return null;
  if (width === 0 || height === 0 || (channels !== 1 && channels !== 3)) return null;
  if (width * height * channels * pictures > MAX_PIXEL_BYTES) return null;
  if (classes > MAX_CLASSES || trainRecords > pictures) return null;
  const settings = { ...DEFAULT_IMAGE_SETTINGS, ...value.settings };
  try {
    IMAGE_SETTINGS.check(settings);
  } catch {
    return null;
  }
  return { width, height, channels, classes, trainRecords, fidelity, settings };
}

function isChunkList(value: unknown): value is StoredChunk[] {
  if (!Array.isArray(value)) return false;
  let end = 0;
  for (const chunk of value as unknown[]) {
    if (!isObject(chunk) || typeof chunk.name !== 'string') return false;
    if (!isCount(chunk.length) || chunk.length === 0 || chunk.offset !== end) return false;
    end += chunk.length;
  }
  return true;
}

function isManifest(value: Fields): boolean {
  return (
    value.schemaVersion === MANIFEST_VERSION &&
    TEXT_FIELDS.every((key) => typeof value[key] === 'string') &&
    NUMBER_FIELDS.every((key) => isCount(value[key])) &&
    typeof value.kept === 'boolean' &&
    isSettings(value.settings) &&
    (value.reading === undefined || isObject(value.reading)) &&
    isChunkList(value.chunks)
  );
}

/**
 * @throws LabError ARCHIVE_NEWER for a manifest of a later version, ARCHIVE_CORRUPT for anything else that is not one
 */
export function checkManifest(value: unknown): ArchiveManifest {
  const fields = isObject(value) ? value : {};
  const name = typeof fields.name === 'string' ? `"${fields.name}"` : 'without a name';
  if (typeof fields.schemaVersion === 'number' && fields.schemaVersion > MANIFEST_VERSION) {
    throw new LabError(
      'ARCHIVE_NEWER',
      `The archive ${name} has a description of version ${fields.schemaVersion}; this lab reads version ${MANIFEST_VERSION}.`,
    );
  }
  if (!isManifest(fields))
    throw new LabError('ARCHIVE_CORRUPT', `The description of the archive ${name} is damaged.`);
  const manifest = fields as unknown as ArchiveManifest;
  const checked = { ...manifest, settings: { ...DEFAULT_SETTINGS, ...manifest.settings } };
  if (fields.images === undefined) return checked;
  const images = imageFacts(fields.images, manifest.rows);
  if (images === null)
    throw new LabError('ARCHIVE_CORRUPT', `What is said of the pictures of the archive ${name} is damaged.`);
  return { ...checked, images };
}

/** Bytes of the whole image. */
export function imageSize(chunks: readonly StoredChunk[]): number {
  const last = chunks.at(-1);
  return last ? last.offset + last.length : 0;
}

/** Whether `checkManifest` would accept it. */
export function isReadable(stored: unknown): boolean {
  try {
    checkManifest(stored);
    return true;
  } catch {
    return false;
  }
}

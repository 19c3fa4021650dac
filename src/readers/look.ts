/** What the files are that were dropped together: by their first bytes, and by their names where these say nothing. */
import type { ImageFile } from './imageReading.ts';
import { isPictureName, pictureHeader } from './pictures/header.ts';
import { isHousekeeping } from './zip/names.ts';
import { endsAsZip, entryFile, isZip, openZip, type ZipDirectory, type ZipEntry } from './zip/zip.ts';
import { isIdx } from './arrays/idx.ts';
import { mayBeCifar } from './arrays/cifar.ts';
import { mayBeText } from './csv/encoding.ts';
import { mayHoldLabels } from './labels/labels.ts';
import { isNpy } from './arrays/npy.ts';
import { openSource, type Source } from './source.ts';
import { isTar } from './zip/tar.ts';

/** "shard": a Parquet file with a column of pictures; any other is of the kinds that are left. */
type FileKind = 'zip' | 'tar' | 'idx' | 'npy' | 'cifar' | 'shard' | 'picture' | 'text' | 'archive' | 'other';

/** A file and what it is; pictures among many are told by their names and not opened. */
export interface SeenFile {
  file: ImageFile;
  kind: FileKind;
  source: Source | null;
}

/** Bytes from which a file is told. */
const HEAD_BYTES = 4096;
/** From so many files on, what is called a picture is believed to be one. */
const MANY_FILES = 64;
/** Most files of other names that are opened to see what they are. */
const MOST_OPENED = 1000;
/** Names of zips; bytes in front of one may look like anything. */
const ZIP_NAME = /\.(?:zip|npz)$/i;
/** Names of what is read from its end: in a zip it is unpacked and held as a whole. */
const PARQUET_NAME = /\.(?:parquet|pq)$/i;
/** Names of what may be worth opening inside of a zip. */
export const ARRAY_NAME = /\.(?:npy|bin|gz|idx\d?)$|ubyte$/i;

function startsWith(head: Uint8Array, signature: string): boolean {
  if (head.length < signature.length) return false;
  for (let k = 0; k < signature.length; k++) if (head[k] !== signature.charCodeAt(k)) return false;
  return true;
}

/**
 * Whether a file is Parquet with a column of pictures, as its footer says.
 *
 * @throws what slicing throws
 */
export async function isShard({ file, head, bytes }: Source): Promise<boolean> {
  if (bytes === null || !startsWith(head, 'PAR1')) return false;
  // Fetched when there is such a file.
  const { holdsPictures } = await import('./shards/parquetShard.ts');
  return holdsPictures(file);
}

function kindOf(source: Source): FileKind {
  const { head, path } = source;
  if (isZip(head)) return 'zip';
  if (isTar(head)) return 'tar';
  if (isNpy(head)) return 'npy';
  if (startsWith(head, 'DMLA')) return 'archive';
  // A photograph may have more notes in front of its size than were read.
  if (pictureHeader(head) !== null || startsWith(head, '\xff\xd8\xff')) return 'picture';
  if (isIdx(source)) return 'idx';
  if (mayBeCifar(source)) return 'cifar';
  // Corrupt, or of a kind that is not read: the reader of pictures says so by name.
  if (isPictureName(path)) return 'picture';
  if (mayHoldLabels(path) && mayBeText(head)) return 'text';
  return 'other';
}

/**
 * Looks at files; housekeeping of operating systems is left out.
 *
 * @throws LabError GZIP_DAMAGED, FILE_UNREADABLE, and what slicing throws
 */
export async function lookAt(files: readonly ImageFile[]): Promise<SeenFile[]> {
  const seen: SeenFile[] = [];
  let opened = 0;
  for (const file of files) {
    if (isHousekeeping(file.path)) continue;
    if (files.length >= MANY_FILES && isPictureName(file.path))
      seen.push({ file, kind: 'picture', source: null });
    else if (opened >= MOST_OPENED) seen.push({ file, kind: 'other', source: null });
    else {
      opened++;
      const source = await openSource(file, HEAD_BYTES);
      const kind = (await isShard(source)) ? 'shard' : kindOf(source);
      const isZipBehind =
        source.bytes !== null && (kind === 'other' || ZIP_NAME.test(file.path)) && (await endsAsZip(file));
      seen.push({ file, kind: isZipBehind ? 'zip' : kind, source });
    }
  }
  return seen;
}

/** An entry of a zip as a file. What it unpacks to is held until its last byte was read. */
function fileOfEntry(zip: ZipDirectory, entry: ZipEntry, prefix: string, head: Uint8Array): ImageFile {
  let content: Promise<Uint8Array> | null = null;
  return {
    path: `${prefix}${entry.path}`,
    bytes: entry.bytes,
    slice: async (from, to) => {
      if (to <= head.length) return head.slice(from, to);
      content ??= zip.readEntry(entry);
      const bytes = await content;
      if (to >= entry.bytes) content = null;
      return bytes.slice(from, to);
    },
  };
}

/**
 * The files of a zip that may be arrays, Parquet or tables of pixels, with labels and names beside them. Nothing of a zip of
 * pictures is opened: that is read in another way.
 *
 * @param prefix put in front of the paths
 * @throws LabError those of the zip
 */
export async function lookInZip(
  file: ImageFile,
  prefix: string,
): Promise<{ seen: SeenFile[]; zip: ZipDirectory }> {
  const zip = await openZip(file);
  const arrays = zip.entries.filter(({ path }) => ARRAY_NAME.test(path));
  if (arrays.length === 0 && zip.entries.some(({ path }) => isPictureName(path))) return { seen: [], zip };
  const texts = zip.entries.filter(({ path }) => mayHoldLabels(path));
  const files: ImageFile[] = zip.entries
    .filter(({ path }) => PARQUET_NAME.test(path))
    .slice(0, MOST_OPENED)
    .map((entry) => ({ ...entryFile(zip, entry), path: `${prefix}${entry.path}` }));
  await zip.readEntries(
    [...arrays.slice(0, MOST_OPENED), ...texts.slice(0, MOST_OPENED)],
    (entry, content) => {
      if (content instanceof Uint8Array)
        files.push(fileOfEntry(zip, entry, prefix, content.slice(0, HEAD_BYTES)));
      else if (ARRAY_NAME.test(entry.path)) throw content;
    },
    HEAD_BYTES,
  );
  return { seen: await lookAt(files), zip };
}

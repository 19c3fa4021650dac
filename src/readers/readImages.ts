/** Pictures from whatever was dropped: what the files are is told from their bytes, and each kind has its reader. */
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { holdArrays, namesFrom, readArrays } from './arrays/arrays.ts';
import { cleanName, namesClasses } from './labels/labels.ts';
import { lookAt, lookInZip, type SeenFile } from './look.ts';
import { partsOf } from './labels/pairing.ts';
import { validationNotices } from './labels/validation.ts';
import { assemble, type Pile } from './arrays/pile.ts';
import { looksLikePixelCsv, readPixelTable } from './arrays/pixelTable.ts';
import { findSheets } from './sheets/sheetFiles.ts';
import { openSource, type Source } from './source.ts';
import { openTar } from './zip/tar.ts';
import { filesOfFolder, filesOfZip, joinFiles, noticesOfZip, type PictureFiles } from './pictures/files.ts';
import { readPictureFolder } from './pictures/folder.ts';
import { isPictureName } from './pictures/header.ts';
import { readSheets } from './sheets/sheet.ts';
import type { ImageFile, ImageReading, PictureDecoder, ReadImages, ReadNotice } from './imageReading.ts';
import { isHousekeeping } from './zip/names.ts';
import type { ZipDirectory } from './zip/zip.ts';

export { looksLikePixelCsv };

/** What dropped files are, so that the page knows who reads them. */
type DroppedKind = 'images' | 'table' | 'archive' | 'unknown';

/** Files that are opened when several were dropped, to see what they are. */
const MOST_OPENED = 200;
/** Bytes from which is told whether tables are of pixels. */
const TABLE_HEAD_BYTES = 1 << 18;
const TABLE_NAME = /\.(?:csv|tsv|tab|txt|data|dat|libsvm|svm|svmlight|parquet|pq)$/i;
/** Workbooks and documents are zips too. */
const DOCUMENT_NAME = /\.(?:xlsx|xlsm|xlsb|ods|docx|odt|pptx|jar|apk|epub)$/i;

interface Context {
  reading: ImageReading;
  decode: PictureDecoder;
  pulse: Pulse;
}

/** Name of a file without folders and ending. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

function noneFound(seen: readonly SeenFile[]): LabError {
  if (seen.length === 0)
    return new LabError('IMAGES_NONE', 'No file was given, or only files of the system.');
  const paths = seen.map(({ file }) => file.path);
  const some = paths.slice(0, 5).map((path) => `"${cleanName(path)}"`);
  if (paths.length > some.length) some.push(`${paths.length - some.length} more`);
  const hints: [RegExp, string][] = [
    [/\.(?:7z|rar|bz2|xz|zst)$/i, 'Of packed files zip, tar and gzip are opened: unpack it first.'],
    [
      /\.(?:pkl|pickle)$|(?:^|\/)(?:data_batch_\d|test_batch|batches\.meta)$/i,
      'Files pickled by Python are not read.',
    ],
    [/\.(?:mat|h5|hdf5|pt|pth|parquet|tfrecord|arrow)$/i, 'Pictures in files of this kind are not read.'],
  ];
  const hint = hints.find(([pattern]) => paths.some((path) => pattern.test(path)))?.[1];
  return new LabError(
    'IMAGES_NONE',
    `No pictures were found in ${some.join(', ')}.${hint === undefined ? '' : ` ${hint}`}`,
  );
}

/** Tables of pixels. */
async function readTables(texts: readonly Source[], { reading, pulse }: Context): Promise<ReadImages> {
  const tables = texts.filter(({ path }) => !namesClasses(path));
  const parts = partsOf(tables.map(({ path }) => path));
  const piles: Pile[] = [];
  const notices: ReadNotice[] = [];
  let first: LabError | null = null;
  for (const [t, table] of tables.entries()) {
    try {
      const read = await readPixelTable(table, parts[t], reading, pulse);
      piles.push(...read.piles);
      notices.push(...read.notices);
    } catch (thrown) {
      // A table without pictures may lie beside one that has them; a table cut short may not.
      if (!(thrown instanceof LabError) || thrown.code !== 'IMAGES_NONE') throw thrown;
      first ??= thrown;
      notices.push({ code: 'file-left-out', text: thrown.message });
    }
  }
  if (piles.length === 0 && first !== null) throw first;
  notices.push(...validationNotices(piles.map(({ path }) => path)));
  return assemble(piles, { format: 'csv', names: await namesFrom(texts), notices }, reading, pulse);
}

/** Files of pictures: one for each picture, or sheets of many. */
async function readFiles(files: PictureFiles, { reading, decode, pulse }: Context): Promise<ReadImages> {
  const found = await findSheets(files, reading);
  if (found === null) return readPictureFolder(files, reading, decode, pulse);
  return readSheets(found.sheets, found.labels, found.names, reading, decode, pulse);
}

/** What was dropped beside zips, and the zips, as one source of files; of one zip the paths stay as they are. */
function joinAll(
  plain: readonly SeenFile[],
  zips: readonly { file: ImageFile; zip: ZipDirectory }[],
): PictureFiles {
  const folder = filesOfFolder(plain.map(({ file }) => file));
  if (zips.length === 0) return folder;
  if (zips.length === 1 && plain.length === 0) return filesOfZip(zips[0].zip);
  const parts = zips.map(({ file, zip }) => ({ folder: stemOf(file.path), files: filesOfZip(zip) }));
  if (plain.length > 0) parts.push({ folder: 'files', files: folder });
  return joinFiles(parts);
}

async function readSeen(seen: readonly SeenFile[], context: Context): Promise<ReadImages> {
  const { reading, pulse } = context;
  const plain = seen.filter(({ kind }) => kind !== 'zip' && kind !== 'tar');
  for (const { kind, source } of seen)
    if (kind === 'tar' && source !== null) plain.push(...(await lookAt(await openTar(source, pulse))));
  const zipped = seen.filter(({ kind }) => kind === 'zip');
  const all = [...plain];
  const zips: { file: ImageFile; zip: ZipDirectory }[] = [];
  for (const { file } of zipped) {
    const inside = await lookInZip(file, zipped.length > 1 ? `${stemOf(file.path)}/` : '');
    all.push(...inside.seen);
    zips.push({ file, zip: inside.zip });
  }
  const withZips = (read: ReadImages): ReadImages => ({
    ...read,
    notices: [...zips.flatMap(({ zip }) => noticesOfZip(zip)), ...read.notices],
  });
  if (holdArrays(all)) return withZips(await readArrays(all, reading, pulse));
  const hasPictures =
    plain.some(({ kind }) => kind === 'picture') ||
    zips.some(({ zip }) => zip.entries.some(({ path }) => isPictureName(path)));
  if (hasPictures) return readFiles(joinAll(plain, zips), context);
  const texts = all.flatMap(({ kind, source }) => (kind === 'text' && source !== null ? [source] : []));
  if (texts.some(({ path }) => !namesClasses(path))) return withZips(await readTables(texts, context));
  // Says in its own words what a zip holds instead.
  if (zips.length > 0 && plain.length === 0) return readFiles(joinAll(plain, zips), context);
  throw noneFound(all);
}

/** Refuses what cannot be learned from. */
function checkSet({ set }: ReadImages): void {
  const { classNames, labels, records, givenTest } = set;
  if (classNames.length < 2)
    throw new LabError(
      'IMAGES_ONE_CLASS',
      `All ${records} pictures are of the class "${cleanName(classNames[0] ?? '')}".`,
    );
  const sizes = new Uint32Array(classNames.length);
  for (const label of labels) sizes[label]++;
  if (givenTest === null && sizes.every((size) => size < 2))
    throw new LabError(
      'IMAGES_TOO_FEW',
      `Each of the ${classNames.length} classes has one picture, so that none is left for the test.`,
    );
}

/**
 * Reads pictures from files that were given together: IDX, CIFAR, NumPy, tables of pixels, folders or zips of
 * pictures, sheets with labels; zips and tars may hold any of these.
 *
 * @throws LabError IMAGES_NONE where nothing of it is there, IMAGES_ONE_CLASS, IMAGES_TOO_FEW, and the codes of the
 * readers
 */
export async function readImages(
  files: readonly ImageFile[],
  reading: ImageReading,
  decode: PictureDecoder,
  pulse: Pulse,
): Promise<ReadImages> {
  const read = await readSeen(await lookAt(files), { reading, decode, pulse });
  checkSet(read);
  return read;
}

/** Whether several tables are tables of pixels: there is no other way to open more than one. */
async function arePixelTables(seen: readonly SeenFile[]): Promise<boolean> {
  for (const { kind, file } of seen) {
    if (kind !== 'text') continue;
    const { head } = await openSource(file, TABLE_HEAD_BYTES);
    if (looksLikePixelCsv(head, head.length < TABLE_HEAD_BYTES)) return true;
  }
  return false;
}

function isParquet({ head }: Source): boolean {
  return head.length >= 4 && String.fromCharCode(...head.subarray(0, 4)) === 'PAR1';
}

/**
 * What dropped files are. A single table stays a table, even one of pixels: the page offers to read it otherwise.
 *
 * @throws what slicing throws
 */
export async function looksLikeImages(files: readonly ImageFile[]): Promise<DroppedKind> {
  const own = files.filter(({ path }) => !isHousekeeping(path));
  const [only] = own;
  if (own.length === 0) return 'unknown';
  if (own.length === 1 && DOCUMENT_NAME.test(only.path)) return 'table';
  let seen: SeenFile[];
  try {
    seen = await lookAt(own.slice(0, MOST_OPENED));
  } catch (thrown) {
    // A damaged gzip file: whoever reads it says so.
    if (!(thrown instanceof LabError) || !thrown.code.startsWith('GZIP_')) throw thrown;
    return own.some(({ path }) => /ubyte|idx|\.npy|\.bin/i.test(path)) ? 'images' : 'table';
  }
  if (own.some(({ path }) => isPictureName(path))) return 'images';
  if (holdArrays(seen) || seen.some(({ kind }) => kind === 'zip' || kind === 'tar' || kind === 'picture'))
    return 'images';
  if (own.length === 1 && seen[0].kind === 'archive') return 'archive';
  if (own.length > 1 && (await arePixelTables(seen))) return 'images';
  const isTable = seen.some(({ kind, source, file }) => {
    if (kind === 'text' || TABLE_NAME.test(source?.path ?? file.path)) return true;
    return own.length === 1 && source !== null && (isParquet(source) || !source.head.includes(0));
  });
  return isTable ? 'table' : 'unknown';
}

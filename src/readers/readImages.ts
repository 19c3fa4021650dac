/** Pictures from whatever was dropped: what the files are is told from their bytes, and each kind has its reader. */
import { LabError } from '../core/errors.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { holdArrays, namesFrom, readArrays } from './arrays/arrays.ts';
import { cleanName, namesClasses } from './labels/labels.ts';
import { filesInside, isContainer, isTableName, tablesAmong } from './containers.ts';
import { mayBeText } from './csv/encoding.ts';
import { ARRAY_NAME, isShard, lookAt, lookInZip, type SeenFile } from './look.ts';
import { partsOf } from './labels/pairing.ts';
import { validationNotices } from './labels/validation.ts';
import { assemble, type Pile } from './arrays/pile.ts';
import { looksLikePixelCsv, readPixelTable } from './arrays/pixelTable.ts';
import { foreignFile } from './signatures.ts';
import { findSheets } from './sheets/sheetFiles.ts';
import { FORMAT_BYTES, openSource, type Source } from './source.ts';
import { isTar, openTar, tarHas } from './zip/tar.ts';
import { filesOfFolder, filesOfZip, joinFiles, noticesOfZip, type PictureFiles } from './pictures/files.ts';
import { readPictureFolder } from './pictures/folder.ts';
import { isPictureName } from './pictures/header.ts';
import { joinShards } from './shards/joinShards.ts';
import { readSheets } from './sheets/sheet.ts';
import type { ImageFile, ImageReading, PictureDecoder, ReadImages, ReadNotice } from './imageReading.ts';
import { isWorkbook } from './workbook/isWorkbook.ts';
import { isHousekeeping } from './zip/names.ts';

export { FORMAT_BYTES, isContainer, looksLikePixelCsv, openSource };

/** What dropped files are, so that the page knows who reads them. */
type DroppedKind = 'images' | 'table' | 'archive' | 'unknown';

/** Files that are opened when several were dropped, to see what they are. */
const MOST_OPENED = 200;
/** Bytes from which is told whether tables are of pixels. */
const TABLE_HEAD_BYTES = 1 << 18;
/** Most tables in a zip or tar of which is told whether they are of pixels. */
const MOST_LOOKED_AT = 8;

interface Context {
  reading: ImageReading;
  decode: PictureDecoder;
  pulse: Pulse;
}

/** Name of a file without folders and ending, ".tar.gz" as one. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?:\.tar)?\.[^.]*$/i, '');
}

function noneFound(seen: readonly SeenFile[]): LabError {
  if (seen.length === 0)
    return new LabError('IMAGES_NONE', 'No file was given, or only files of the system.');
  const paths = seen.map(({ file }) => file.path);
  const some = paths.slice(0, 5).map((path) => `"${cleanName(path)}"`);
  if (paths.length > some.length) some.push(`${paths.length - some.length} more`);
  // Those that say by their bytes what they are; of the others the name may.
  const told = seen
    .map(({ file, source }) => source && foreignFile(source.head, cleanName(file.path)))
    .find((error) => error !== null);
  const hints: [RegExp, string][] = [
    [/(?:^|\/)(?:data_batch_\d|test_batch|batches\.meta)$/i, 'Files pickled by Python are not read.'],
    [/\.parquet$/i, 'A Parquet file holds pictures where a column has their bytes.'],
    [/\.tfrecord$/i, 'Pictures in files of this kind are not read.'],
  ];
  const hint = told?.message ?? hints.find(([pattern]) => paths.some((path) => pattern.test(path)))?.[1];
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

/** A zip or tar among what was dropped: all its files, and those that may be arrays or tables. */
interface Inside {
  path: string;
  files: PictureFiles;
  seen: SeenFile[];
  /** What is to be said of a zip whose files are read one by one. */
  notices: ReadNotice[];
}

/** @param isPart whether others were dropped too, so that its files get a folder of their own */
async function openInside({ file, source, kind }: SeenFile, isPart: boolean, pulse: Pulse): Promise<Inside> {
  const prefix = isPart ? `${stemOf(file.path)}/` : '';
  if (kind === 'tar' && source !== null) {
    const files = await openTar(source, pulse);
    const inPart = files.map((inner) => ({ ...inner, path: `${prefix}${inner.path}` }));
    return { path: file.path, files: filesOfFolder(files), seen: await lookAt(inPart), notices: [] };
  }
  const { seen, zip } = await lookInZip(file, prefix);
  return { path: file.path, files: filesOfZip(zip), seen, notices: noticesOfZip(zip) };
}

/** What was dropped beside zips and tars, and these, as one source of files; of one alone the paths stay as they are. */
function joinAll(plain: readonly SeenFile[], insides: readonly Inside[]): PictureFiles {
  const folder = filesOfFolder(plain.map(({ file }) => file));
  if (insides.length === 0) return folder;
  if (insides.length === 1 && plain.length === 0) return insides[0].files;
  const parts = joinShards(insides.map(({ path, files }) => ({ folder: stemOf(path), files })));
  // Labels beside zips are for the pictures in these.
  const areTexts = !plain.some(({ kind }) => kind === 'picture');
  if (plain.length > 0) parts.push({ folder: areTexts ? '' : 'files', files: folder });
  return joinFiles(parts);
}

/** Parquet files with pictures, and what is left out beside them. */
async function readParquet(
  seen: readonly SeenFile[],
  { reading, decode, pulse }: Context,
): Promise<ReadImages> {
  const { readShards } = await import('./shards/readShards.ts');
  const filesOf = (kind: SeenFile['kind']): ImageFile[] =>
    seen.flatMap((one) => (one.kind === kind ? [one.file] : []));
  const read = await readShards(filesOf('shard'), filesOf('text'), reading, decode, pulse);
  const left = filesOf('picture').length;
  if (left > 0)
    read.notices.push({
      code: 'file-left-out',
      text: `${left === 1 ? '1 picture that lies' : `${left} pictures that lie`} beside the Parquet files ${left === 1 ? 'was' : 'were'} left out.`,
    });
  return read;
}

async function readSeen(seen: readonly SeenFile[], context: Context): Promise<ReadImages> {
  const { reading, pulse } = context;
  const isPacked = ({ kind }: SeenFile): boolean => kind === 'zip' || kind === 'tar';
  const plain = seen.filter((one) => !isPacked(one));
  const packed = seen.filter(isPacked);
  const all = [...plain];
  const insides: Inside[] = [];
  for (const one of packed) {
    const inside = await openInside(one, packed.length > 1, pulse);
    all.push(...inside.seen);
    insides.push(inside);
  }
  const withZips = (read: ReadImages): ReadImages => ({
    ...read,
    notices: [...insides.flatMap(({ notices }) => notices), ...read.notices],
  });
  if (all.some(({ kind }) => kind === 'shard')) return withZips(await readParquet(all, context));
  if (holdArrays(all)) return withZips(await readArrays(all, reading, pulse));
  const hasPictures =
    plain.some(({ kind }) => kind === 'picture') ||
    insides.some(
      ({ files, seen: inner }) =>
        files.files.some(({ path }) => isPictureName(path)) || inner.some(({ kind }) => kind === 'picture'),
    );
  if (hasPictures) return readFiles(joinAll(plain, insides), context);
  const texts = all.flatMap(({ kind, source }) => (kind === 'text' && source !== null ? [source] : []));
  if (texts.some(({ path }) => !namesClasses(path))) return withZips(await readTables(texts, context));
  // Says in its own words what a zip holds instead.
  if (packed.some(({ kind }) => kind === 'zip') && plain.length === 0)
    return readFiles(joinAll(plain, insides), context);
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
 * Reads pictures from files that were given together: IDX, CIFAR, NumPy, Parquet, tables of pixels, folders or zips of
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

/** Whether one of several tables is one of pixels: together they are pictures. */
async function arePixelTables(files: readonly ImageFile[]): Promise<boolean> {
  for (const file of files) {
    const { head } = await openSource(file, TABLE_HEAD_BYTES);
    if (looksLikePixelCsv(head, head.length < TABLE_HEAD_BYTES)) return true;
  }
  return false;
}

const mayBePictures = (path: string): boolean => isPictureName(path) || ARRAY_NAME.test(path);

/** Whether one of several tables is Parquet with pictures; shards are alike, so that the first of them says it. */
async function areShards(files: readonly ImageFile[]): Promise<boolean> {
  const first = files.find(({ path }) => /\.(?:parquet|pq)$/i.test(path));
  return first !== undefined && isShard(await openSource(first));
}

/** What a zip or tar holds: pictures before anything else, tables only where it has none. */
async function kindInside(source: Source): Promise<'images' | 'table'> {
  // It may hold pictures, and is a table all the same.
  if (await isWorkbook(source.file, source.head)) return 'table';
  // Of a tar of pictures no more is read than the first of them.
  if (isTar(source.head) && (await tarHas(source, mayBePictures, SILENT_PULSE))) return 'images';
  const files = await filesInside(source, SILENT_PULSE);
  if (files.some(({ path }) => mayBePictures(path))) return 'images';
  const tables = await tablesAmong(files);
  // Who reads pictures says what else it holds.
  if (tables.length === 0 || (await areShards(tables))) return 'images';
  if (await arePixelTables(tables.slice(0, MOST_LOOKED_AT))) return 'images';
  return 'table';
}

/** The same of what cannot be opened: a workbook is refused as the table that it was meant to be. */
async function kindOfContainer(source: Source): Promise<'images' | 'table'> {
  try {
    return await kindInside(source);
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    return thrown.code === 'CSV_BINARY' ? 'table' : 'images';
  }
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
  if (own.length === 0) return 'unknown';
  let seen: SeenFile[];
  try {
    seen = await lookAt(own.slice(0, MOST_OPENED));
  } catch (thrown) {
    // A damaged gzip file: whoever reads it says so.
    if (!(thrown instanceof LabError) || !thrown.code.startsWith('GZIP_')) throw thrown;
    return own.some(({ path }) => /ubyte|idx|\.npy|\.bin/i.test(path)) ? 'images' : 'table';
  }
  if (own.some(({ path }) => isPictureName(path))) return 'images';
  if (holdArrays(seen) || seen.some(({ kind }) => kind === 'picture' || kind === 'shard')) return 'images';
  let holdsTable = false;
  for (const { kind, source } of seen) {
    if ((kind !== 'zip' && kind !== 'tar') || source === null) continue;
    if ((await kindOfContainer(source)) === 'images') return 'images';
    holdsTable = true;
  }
  if (holdsTable) return 'table';
  if (own.length === 1 && seen[0].kind === 'archive') return 'archive';
  const texts = seen.flatMap(({ kind, file }) => (kind === 'text' ? [file] : []));
  if (own.length > 1 && (await arePixelTables(texts))) return 'images';
  const isTable = seen.some(({ kind, source, file }) => {
    if (kind === 'text' || isTableName(source?.path ?? file.path)) return true;
    return own.length === 1 && source !== null && (isParquet(source) || mayBeText(source.head));
  });
  return isTable ? 'table' : 'unknown';
}

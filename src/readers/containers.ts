/** Tables in a zip or a tar: which of its files they are, and each as a file of its own. */
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { mayBeText } from './csv/encoding.ts';
import type { ImageFile } from './imageReading.ts';
import { looksLikeRecords } from './json/looksLikeJson.ts';
import { cleanName } from './labels/labels.ts';
import { foreignZip } from './signatures.ts';
import { openSource, type Source } from './source.ts';
import { isTar, openTar } from './zip/tar.ts';
import { endsAsZip, entryFile, isZip, openZip, type ZipDirectory, type ZipEntry } from './zip/zip.ts';

const TABLE_NAME =
  /\.(?:csv|tsv|tab|data|dat|train|test|libsvm|svm|svmlight|parquet|pq|jsonl|ndjson|xlsx|xlsm)(?:\.gz)?$/i;
const ZIP_NAME = /\.zip$/i;
const JSON_NAME = /\.json(?:\.gz)?$/i;
const TEXT_NAME = /\.txt(?:\.gz)?$/i;
/** Texts that come with tables and are none. */
const ABOUT =
  /(?:^|\/)(?:read[ _-]?me|licen[cs]e|copying|changelog|notice|authors|citation|index|requirements)[^/]*$|[-_. ](?:names|description|info|readme)\.[^/]*$/i;
/** Files of many other kinds are texts, too. */
const OTHER_NAME = /\.(?:md|rst|html?|xml|json|ya?ml|py|ipynb|r|m|js|ts|sql|names|log|ini|cfg|toml|tex|sh)$/i;

/** Most files without a telling name that are opened, and the bytes of each that are looked at. */
const MOST_OPENED = 32;
const HEAD_BYTES = 4096;
/** Bytes of a zip's entry that are unpacked where no more than its start is wanted. */
const START_BYTES = 65_536;

/** Whether a name is that of a table, to whoever has not seen the file. */
export function isTableName(path: string): boolean {
  return TABLE_NAME.test(path) || TEXT_NAME.test(path);
}

async function isText(file: ImageFile): Promise<boolean> {
  if (file.bytes === 0 || ABOUT.test(file.path) || OTHER_NAME.test(file.path)) return false;
  const head = await file.slice(0, Math.min(file.bytes, HEAD_BYTES));
  // A table has rows.
  return (head.includes(10) || head.includes(13)) && mayBeText(head);
}

/** Whether JSON is a list of records or lines of them, as metadata and settings are not. */
async function holdsRecords(file: ImageFile): Promise<boolean> {
  const { head } = await openSource(file, HEAD_BYTES);
  return looksLikeRecords(head);
}

/**
 * The tables among files: those that are called so, else texts, else JSON that holds records, else whatever is text by
 * its bytes.
 *
 * @throws what slicing throws
 */
export async function tablesAmong(files: readonly ImageFile[]): Promise<ImageFile[]> {
  const named = files.filter(({ path }) => TABLE_NAME.test(path));
  if (named.length > 0) return named;
  const texts = files.filter(({ path }) => TEXT_NAME.test(path) && !ABOUT.test(path));
  if (texts.length > 0) return texts;
  const found: ImageFile[] = [];
  if (files.length <= MOST_OPENED)
    for (const file of files) if (JSON_NAME.test(file.path) && (await holdsRecords(file))) found.push(file);
  if (found.length === 0 && files.length <= MOST_OPENED)
    for (const file of files) if (await isText(file)) found.push(file);
  return found;
}

/** An entry as a file: what is asked of its start is unpacked by itself, so that a look at it holds no table. */
function entryOf(zip: ZipDirectory, entry: ZipEntry): ImageFile {
  const whole = entryFile(zip, entry);
  let start: Promise<Uint8Array> | null = null;
  const readStart = async (): Promise<Uint8Array> => {
    let bytes = new Uint8Array(0);
    const take = (_: ZipEntry, content: Uint8Array | LabError): void => {
      if (content instanceof LabError) throw content;
      bytes = content.slice(0, START_BYTES);
    };
    await zip.readEntries([entry], take, START_BYTES);
    return bytes;
  };
  return {
    ...whole,
    slice: async (from, to) => {
      if (to > START_BYTES) return whole.slice(from, to);
      start ??= readStart();
      return (await start).slice(from, to);
    },
  };
}

/**
 * Whether a file is a zip or a tar; a zip may have bytes in front of it that are no text.
 *
 * @throws what slicing throws
 */
export async function isContainer({ head, bytes, file }: Omit<Source, 'stream'>): Promise<boolean> {
  if (isZip(head) || isTar(head)) return true;
  return bytes !== null && (ZIP_NAME.test(file.path) || !mayBeText(head)) && (await endsAsZip(file));
}

/**
 * The files in a zip or a tar.
 *
 * @throws LabError CSV_BINARY for a workbook or document, those of the zip and the tar
 */
export async function filesInside(source: Source, pulse: Pulse): Promise<ImageFile[]> {
  if (isTar(source.head)) return openTar(source, pulse);
  const name = cleanName(source.path);
  const zip = await openZip(source.file).catch((thrown: unknown) => {
    throw foreignZip(source.head, null, name) ?? thrown;
  });
  const foreign = foreignZip(
    source.head,
    zip.entries.map(({ path }) => path),
    name,
  );
  if (foreign !== null) throw foreign;
  return zip.entries.map((entry) => entryOf(zip, entry));
}

/**
 * The table that a zip or a tar holds.
 *
 * @param wanted its path in there, where there are several
 * @throws LabError FILES_SEVERAL, CSV_BINARY where it holds none, and those of `filesInside`
 */
export async function tableInside(source: Source, wanted: string | null, pulse: Pulse): Promise<ImageFile> {
  const files = await filesInside(source, pulse);
  const name = cleanName(source.path);
  if (wanted !== null) {
    const found = files.find(({ path }) => path === wanted);
    if (found !== undefined) return found;
    throw new LabError('FILE_UNREADABLE', `${name} no longer holds ${cleanName(wanted)}.`);
  }
  const tables = await tablesAmong(files);
  if (tables.length === 1) return tables[0];
  const named = (some: readonly ImageFile[]): string => {
    const shown = some.slice(0, 5).map(({ path }) => cleanName(path));
    if (some.length > shown.length) shown.push(`${some.length - shown.length} more`);
    return shown.join(', ');
  };
  if (tables.length > 1)
    throw new LabError('FILES_SEVERAL', `${name} holds ${tables.length} tables: ${named(tables)}.`);
  const holds = files.length === 0 ? 'it holds no file that can be read' : `it holds ${named(files)}`;
  throw new LabError('CSV_BINARY', `No table was found in ${name}: ${holds}.`);
}

/** A table from a file of any format: what it is shows in its first bytes. */
import { LabError } from '../core/errors.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { isContainer, tableInside } from './containers.ts';
import { readCsv } from './csv/readCsv.ts';
import { withoutEmptyRecords } from './emptyRecords.ts';
import { gunzipFile, isGzip } from './gzip/gunzip.ts';
import type { ImageFile } from './imageReading.ts';
import { cleanName } from './labels/labels.ts';
import { looksLikeLibsvm } from './libsvm/looksLikeLibsvm.ts';
import { readLibsvm } from './libsvm/readLibsvm.ts';
import { looksLikeJson } from './json/looksLikeJson.ts';
import { readJson } from './json/readJson.ts';
import { foreignFile } from './signatures.ts';
import { headOf, tableFileOf } from './source.ts';
import type { ReadingOptions, TableFile, TableReading } from './tableReading.ts';
import { isWorkbook } from './workbook/isWorkbook.ts';
import { isZip } from './zip/zip.ts';

function startsWith(head: Uint8Array, signature: string): boolean {
  if (head.length < signature.length) return false;
  for (let k = 0; k < signature.length; k++) if (head[k] !== signature.charCodeAt(k)) return false;
  return true;
}

/** Whether it is a zip or a tar: of a file without byte ranges only its start says so. */
function holdsFiles(file: TableFile, inner: TableFile, head: Uint8Array): Promise<boolean> {
  const { bytes, name } = file;
  const isRanged = inner === file && file.slice !== undefined && bytes !== null;
  return isContainer({
    path: name,
    head,
    bytes: isRanged ? bytes : null,
    file: { path: name, bytes: bytes ?? 0, slice: (from, to) => file.slice!(from, to) },
  });
}

/** A file by byte ranges, as those that hold files are read; one that cannot give them is held whole. */
async function rangedFile(file: TableFile): Promise<ImageFile> {
  if (file.slice !== undefined && file.bytes !== null)
    return { path: file.name, bytes: file.bytes, slice: (from, to) => file.slice!(from, to) };
  const pieces: Uint8Array[] = [];
  for await (const piece of await file.open()) pieces.push(piece.slice());
  const whole = new Uint8Array(pieces.reduce((bytes, { length }) => bytes + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return {
    path: file.name,
    bytes: whole.length,
    slice: (from, to) => Promise.resolve(whole.slice(from, to)),
  };
}

/** Reads the table of a zip or tar, and says which it was. */
async function readInside(
  file: TableFile,
  inner: TableFile,
  head: Uint8Array,
  options: ReadingOptions,
  pulse: Pulse,
  wanted: string | null,
): Promise<TableReading> {
  const isPacked = inner !== file;
  if (isPacked && isZip(head)) throw new LabError('FILE_PACKED', `${file.name} is a zip inside a gzip file.`);
  const source = {
    path: file.name,
    bytes: isPacked ? null : file.bytes,
    head,
    file: await rangedFile(file),
    stream: inner,
  };
  const found = await tableInside(source, wanted, pulse);
  const reading = await readAlone(tableFileOf(found), options, pulse);
  if (wanted !== null) return reading;
  const text = `${cleanName(found.path)} is the table in ${file.name}.`;
  return { ...reading, notices: [{ code: 'table-inside', column: null, text }, ...reading.notices] };
}

/** Reads a table that is a file of its own; `inside` is told what holds files. */
async function readAlone(
  file: TableFile,
  options: ReadingOptions,
  pulse: Pulse,
  inside?: (inner: TableFile, head: Uint8Array) => Promise<TableReading>,
): Promise<TableReading> {
  let inner = file;
  let head = await headOf(file);
  if (isGzip(head)) {
    inner = gunzipFile(file);
    head = await headOf(inner);
    if (isGzip(head))
      throw new LabError('CSV_BINARY', `${file.name} is a gzip file inside a gzip file: unpack it first.`);
  }
  if (await holdsFiles(file, inner, head)) {
    if (inner === file && isZip(head)) {
      const zip = await rangedFile(file);
      if (await isWorkbook(zip, head)) {
        const { readWorkbook } = await import('./workbook/readWorkbook.ts');
        return withoutEmptyRecords(await readWorkbook(zip, options, pulse), options, file.name);
      }
    }
    if (inside !== undefined) return inside(inner, head);
    throw new LabError('FILE_PACKED', `${file.name} is a packed file inside another one.`);
  }
  const foreign = foreignFile(head, inner.name);
  if (foreign !== null) throw foreign;
  if (startsWith(head, 'PAR1')) {
    // Loaded when it is needed: its decompressors are a good part of the page's code.
    const { readParquet } = await import('./parquet/read.ts');
    return withoutEmptyRecords(await readParquet(inner, options, pulse), options, file.name);
  }
  if (looksLikeJson(head, inner.name)) {
    return withoutEmptyRecords(await readJson(inner, options, pulse), options, file.name);
  }
  const isLibsvm = looksLikeLibsvm(new TextDecoder().decode(head));
  const reading = await (isLibsvm ? readLibsvm : readCsv)(inner, options, pulse);
  return withoutEmptyRecords(reading, options, file.name);
}

/**
 * Reads a table from CSV, JSON, LIBSVM or SVMlight text, plain or in gzip, from Parquet, or from a sheet of a workbook;
 * or the one that a zip or a tar holds.
 *
 * @param wanted which table of a zip or tar, by its path in there; null for the only one
 * @throws the codes of the readers (CSV_…, JSON_…, LIBSVM_…, PARQUET_…, WORKBOOK_…), CSV_ONE_ROW where all records but one are empty,
 * GZIP_DAMAGED, GZIP_TOO_LARGE, FILE_PACKED, FILES_SEVERAL, ZIP_…
 */
export async function readTable(
  file: TableFile,
  options: ReadingOptions = {},
  pulse: Pulse = SILENT_PULSE,
  wanted: string | null = null,
): Promise<TableReading> {
  return readAlone(file, options, pulse, (inner, head) =>
    readInside(file, inner, head, options, pulse, wanted),
  );
}

/** A table from a file of any format: what it is shows in its first bytes. */
import { LabError } from '../core/errors.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { readCsv } from './csv/readCsv.ts';
import { withoutEmptyRecords } from './emptyRecords.ts';
import { gunzipFile, isGzip } from './gzip/gunzip.ts';
import { looksLikeLibsvm } from './libsvm/looksLikeLibsvm.ts';
import { readLibsvm } from './libsvm/readLibsvm.ts';
import type { ReadingOptions, TableFile, TableReading } from './tableReading.ts';

/** Bytes from which a format is told. */
const HEAD_BYTES = 65_536;

/** The first bytes of a file, fewer when it has not as many. */
async function readHead(file: TableFile): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let length = 0;
  for await (const piece of await file.open()) {
    const some = piece.subarray(0, HEAD_BYTES - length);
    head.set(some, length);
    length += some.length;
    if (length === HEAD_BYTES) break;
  }
  return head.subarray(0, length);
}

function startsWith(head: Uint8Array, signature: string): boolean {
  if (head.length < signature.length) return false;
  for (let k = 0; k < signature.length; k++) if (head[k] !== signature.charCodeAt(k)) return false;
  return true;
}

/** Refuses containers of tables that are none themselves, with what to do about each. */
function refuseContainers(name: string, head: Uint8Array): void {
  if (startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06')) {
    throw new LabError(
      'CSV_BINARY',
      `${name} is a zip file: an archive of files, or a workbook of Excel or LibreOffice.`,
    );
  }
  if (startsWith(head, '\xd0\xcf\x11\xe0')) {
    throw new LabError('CSV_BINARY', `${name} is a workbook of an older Excel.`);
  }
}

/**
 * Reads a table from CSV, LIBSVM or SVMlight text, plain or in gzip, or from Parquet.
 *
 * @throws the codes of the readers (CSV_…, LIBSVM_…, PARQUET_…), CSV_ONE_ROW where all records but one are empty,
 * GZIP_DAMAGED, GZIP_TOO_LARGE
 */
export async function readTable(
  file: TableFile,
  options: ReadingOptions = {},
  pulse: Pulse = SILENT_PULSE,
): Promise<TableReading> {
  return withoutEmptyRecords(await readFormat(file, options, pulse), options, file.name);
}

async function readFormat(file: TableFile, options: ReadingOptions, pulse: Pulse): Promise<TableReading> {
  let inner = file;
  let head = await readHead(file);
  if (isGzip(head)) {
    inner = gunzipFile(file);
    head = await readHead(inner);
    if (isGzip(head))
      throw new LabError('CSV_BINARY', `${file.name} is a gzip file inside a gzip file: unpack it first.`);
  }
  refuseContainers(inner.name, head);
  if (startsWith(head, 'PAR1')) {
    // Loaded when it is needed: its decompressors are a good part of the page's code.
    const { readParquet } = await import('./parquet/read.ts');
    return readParquet(inner, options, pulse);
  }
  if (looksLikeLibsvm(new TextDecoder().decode(head))) return readLibsvm(inner, options, pulse);
  return readCsv(inner, options, pulse);
}

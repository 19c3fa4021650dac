/** Tables as files for whoever carries on where the tab ends, and the decoded table of an archive as one. */
import type { MadeFile, TableFormat } from '../contracts/codec.ts';
import { decodeTable, openArchive } from '../core/archive/read.ts';
import type { Pulse } from '../core/pulse.ts';
import { withPart } from '../core/table/part.ts';
import type { Table } from '../core/table/table.ts';
import { writeCsv } from '../readers/csv/writeCsv.ts';
import { writeJsonLines } from '../readers/json/writeJsonLines.ts';
import type { ByteSource } from '../core/archive/container.ts';

/** The formats of text. */
const TEXTS = {
  csv: { type: 'text/csv', phase: 'Writing CSV', write: writeCsv },
  jsonl: { type: 'application/jsonl', phase: 'Writing JSON Lines', write: writeJsonLines },
} as const;
const PARQUET = 'application/vnd.apache.parquet';

/** A file name that every system takes, without an ending: "Diamonds" → "diamonds", "my table.csv" → "my-table". */
export function fileStem(name: string): string {
  const stem = name
    .replace(/\.[a-z0-9]{1,8}(\.gz)?$/i, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return stem === '' ? 'dataset' : stem.toLowerCase();
}

/** A blob of the table as text, put together piece by piece. */
async function textBlob(table: Table, format: keyof typeof TEXTS, pulse: Pulse): Promise<Blob> {
  const { type, phase, write } = TEXTS[format];
  const parts: Blob[] = [];
  let bytes = 0;
  for (const piece of write(table)) {
    // A blob of its own at once: the browser may keep it outside of this worker's memory.
    parts.push(new Blob([piece]));
    bytes += piece.length;
    if (pulse.due()) await pulse.beat({ phase, done: bytes, total: null, unit: 'bytes' });
  }
  return new Blob(parts, { type });
}

async function parquetBlob(table: Table, pulse: Pulse): Promise<Blob> {
  await pulse.beat({ phase: 'Writing Parquet', done: 0, total: null, unit: 'records' });
  const { writeParquet } = await import('../readers/parquet/write.ts');
  return new Blob([writeParquet(table, { codec: 'SNAPPY' })], { type: PARQUET });
}

/**
 * A table as a file.
 *
 * @param stem its name without the ending
 */
export async function tableFile(
  stem: string,
  table: Table,
  format: TableFormat,
  pulse: Pulse,
): Promise<MadeFile> {
  return {
    name: `${stem}.${format}`,
    file: format === 'parquet' ? await parquetBlob(table, pulse) : await textBlob(table, format, pulse),
  };
}

/** How a table is written. */
export interface TableForm {
  format: TableFormat;
  /** Whether a column says which records are training and which are test records. */
  withPart: boolean;
}

/**
 * The whole table of an archive, decoded record by record from its blocks.
 *
 * @throws PART_TAKEN
 */
export async function exportTable(source: ByteSource, form: TableForm, pulse: Pulse): Promise<MadeFile> {
  const archive = await openArchive(source, pulse);
  const table = await decodeTable(archive, pulse);
  const written = form.withPart ? withPart(table, archive.split.test) : table;
  return tableFile(fileStem(archive.schema.name), written, form.format, pulse);
}

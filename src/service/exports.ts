/** Files for whoever carries on where the tab ends: the decoded table, the condensed samples. */
import type { ExperimentSettings, MadeFile, TableFormat } from '../contracts/codec.ts';
import { decodeTable, openArchive } from '../core/archive/read.ts';
import type { Pulse } from '../core/pulse.ts';
import type { Table } from '../core/table/table.ts';
import { writeCsv } from '../readers/csv/writeCsv.ts';
import type { ArchiveReader } from '../platform/archiveStore.ts';
import type { OpenDataset } from './datasets.ts';

const CSV = 'text/csv';
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

/** A blob of the table's CSV text, put together piece by piece. */
async function csvBlob(table: Table, pulse: Pulse): Promise<Blob> {
  const parts: Blob[] = [];
  let bytes = 0;
  for (const piece of writeCsv(table)) {
    // A blob of its own at once: the browser may keep it outside of this worker's memory.
    parts.push(new Blob([piece]));
    bytes += piece.length;
    if (pulse.due()) await pulse.beat({ phase: 'Writing CSV', done: bytes, total: null, unit: 'bytes' });
  }
  return new Blob(parts, { type: CSV });
}

async function parquetBlob(table: Table, pulse: Pulse): Promise<Blob> {
  await pulse.beat({ phase: 'Writing Parquet', done: 0, total: null, unit: 'records' });
  const { writeParquet } = await import('../readers/parquet/write.ts');
  return new Blob([writeParquet(table, { codec: 'SNAPPY' })], { type: PARQUET });
}

/** The whole table of an archive, decoded record by record from its blocks. */
export async function exportTable(
  source: ArchiveReader,
  format: TableFormat,
  pulse: Pulse,
): Promise<MadeFile> {
  const archive = await openArchive(source, pulse);
  const table = await decodeTable(archive, pulse);
  return {
    name: `${fileStem(archive.schema.name)}.${format}`,
    file: format === 'csv' ? await csvBlob(table, pulse) : await parquetBlob(table, pulse),
  };
}

/** The condensed samples in the data's own units, a column "weight" last; every double with all of its digits. */
export async function exportSamples(
  { workbench, summary }: OpenDataset,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<MadeFile> {
  const { names, rows, columns } = await workbench.condensedTable(settings);
  const table: Table = {
    rows,
    columns: names.map((name, c) => ({ kind: 'number', name, values: columns[c], missing: null })),
  };
  return {
    name: `${fileStem(summary.name)}-condensed-${rows}.csv`,
    file: await csvBlob(table, pulse),
  };
}

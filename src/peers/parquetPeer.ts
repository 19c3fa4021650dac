/** Parquet, the format that tables travel in: columns in row groups, each page compressed by itself. */
import type { Compressors } from 'hyparquet';
import type { Pulse } from '../core/pulse.ts';
import type { TableFile } from '../readers/tableReading.ts';
import type { Table } from '../core/table/table.ts';
import type { Zstd } from './libraries.ts';
import type { Cell, EncodedTable, Peer, RecordSource } from './peer.ts';

/** How the pages are compressed. */
export type ParquetCodec =
  | { name: 'snappy' }
  | {
      name: 'zstd';
      level: number;
      load: () => Promise<Zstd>;
      /** Whether every column gets its smallest encoding, and statistics are left out. */
      smallest: boolean;
    };

function memoryFile(bytes: Uint8Array): TableFile {
  return {
    name: 'table.parquet',
    bytes: bytes.length,
    open: async () =>
      (async function* () {
        yield bytes;
      })(),
    slice: async (from, to) => bytes.subarray(from, to),
  };
}

/** A value of the reader as a cell. Integers of 64 bits come as bigints, moments as dates. */
function cellOfValue(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.getTime();
  return typeof value === 'bigint' ? Number(value) : (value as number | string);
}

/** Reads no more than the pages that hold a record, with the footer read once. */
async function openRecords(bytes: Uint8Array<ArrayBuffer>, compressors: Compressors): Promise<RecordSource> {
  const { parquetMetadataAsync, parquetRead } = await import('hyparquet');
  const file = {
    byteLength: bytes.length,
    slice: (from: number, to?: number) =>
      bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + (to ?? bytes.length)),
  };
  const metadata = await parquetMetadataAsync(file);
  return {
    async fetch(row) {
      let cells: Cell[] = [];
      await parquetRead({
        file,
        metadata,
        compressors,
        useOffsetIndex: true,
        rowStart: row,
        rowEnd: row + 1,
        onComplete: ([record]) => {
          cells = record.map(cellOfValue);
        },
      });
      return cells;
    },
  };
}

async function prepare(table: Table, codec: ParquetCodec): Promise<(pulse: Pulse) => Promise<EncodedTable>> {
  const { writeParquet } = await import('../readers/parquet/write.ts');
  const { readParquet } = await import('../readers/parquet/read.ts');
  const zstd = codec.name === 'zstd' ? await codec.load() : null;
  const level = codec.name === 'zstd' ? codec.level : 0;
  const smallest = codec.name === 'zstd' && codec.smallest;
  const decompressors: Compressors = zstd === null ? {} : { ZSTD: (page) => zstd.decompress(page) };
  return async () => {
    const file =
      zstd === null
        ? writeParquet(table, { codec: 'SNAPPY' })
        : writeParquet(table, {
            codec: 'ZSTD',
            compressors: { ZSTD: (page) => zstd.compress(page, level) },
            smallest,
          });
    return {
      file,
      bytes: file.length,
      decode: async (pulse) => (await readParquet(memoryFile(file), {}, pulse)).table,
      open: () => openRecords(file, decompressors),
    };
  };
}

export function parquetPeer(table: Table, codec: ParquetCodec): Peer {
  const compression = codec.name === 'zstd' ? `zstd ${codec.level}` : codec.name;
  const isSmallest = codec.name === 'zstd' && codec.smallest;
  return {
    name: `parquet-${compression.replace(' ', '-')}${isSmallest ? '-best' : ''}`,
    label: `Parquet with ${compression}${isSmallest ? ', best settings' : ''}`,
    sentence: isSmallest
      ? 'Columns in row groups, each in the encoding that is smallest, as one page. A record costs its row group.'
      : 'Columns in row groups, pages compressed alone. A record costs the pages that hold its cells.',
    isOurs: false,
    randomAccess: false,
    table,
    prepare: () => prepare(table, codec),
  };
}

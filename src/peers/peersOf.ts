/** Which peers there are. A new one is a line here. */
import { rawFloat64Bytes, type Table } from '../core/table/table.ts';
import { brotliCompressor } from './brotli.ts';
import { columnForm } from './columnForm.ts';
import { csvForm } from './csvForm.ts';
import { deflateCompressor } from './deflate.ts';
import type { PeerLibraries } from './libraries.ts';
import { parquetPeer } from './parquetPeer.ts';
import type { Peer } from './peer.ts';
import { deflateRecords, zstdRecords } from './recordCodecs.ts';
import { recordPeer } from './recordPeer.ts';
import { streamPeer, type NamedCompressor } from './streamPeer.ts';
import { zstdCompressor } from './zstd.ts';

/**
 * Bytes of CSV up to which brotli gets its best quality: at some hundred kilobytes a second, half a minute. Beyond, a
 * quality of ten times the speed, and then one of three times that.
 */
const BEST_BROTLI_BYTES = 4 << 20;
const GOOD_BROTLI_BYTES = 24 << 20;

/** Bytes of float64 up to which the pages of Parquet get zstd's slow level: writing them cannot be interrupted. */
const SLOW_PARQUET_BYTES = 8 << 20;

function gzip(level: number): NamedCompressor {
  return {
    name: `gzip-${level}`,
    label: `gzip ${level}`,
    load: () => Promise.resolve(deflateCompressor(level, 'gzip')),
  };
}

function deflate(level: number): NamedCompressor {
  return {
    name: `deflate-${level}`,
    label: `deflate ${level}`,
    load: () => Promise.resolve(deflateCompressor(level, 'zlib')),
  };
}

function zstd(libraries: PeerLibraries, level: number): NamedCompressor {
  return {
    name: `zstd-${level}`,
    label: `zstd ${level}`,
    load: async () => zstdCompressor(await libraries.zstd(), level),
  };
}

function brotli(libraries: PeerLibraries, csvBytes: number): NamedCompressor {
  const quality = csvBytes <= BEST_BROTLI_BYTES ? 11 : csvBytes <= GOOD_BROTLI_BYTES ? 9 : 5;
  return {
    name: `brotli-${quality}`,
    label: `brotli ${quality}`,
    load: async () => brotliCompressor(await libraries.brotli(), quality),
  };
}

/**
 * The peers of an archive, the quick ones first.
 *
 * @param table the training records
 * @param csvBytes what they are as CSV text
 * @param best measures Parquet at its best too, which is written many times for it
 */
export function peersOf(table: Table, csvBytes: number, libraries: PeerLibraries, best: boolean): Peer[] {
  const isSmall = rawFloat64Bytes(table.rows, table.columns.length) <= SLOW_PARQUET_BYTES;
  return [
    streamPeer(table, csvForm, gzip(6)),
    streamPeer(table, csvForm, gzip(9)),
    streamPeer(table, columnForm, deflate(9)),
    streamPeer(table, columnForm, zstd(libraries, 3)),
    parquetPeer(table, { name: 'snappy' }),
    parquetPeer(table, {
      name: 'zstd',
      level: isSmall ? 19 : 3,
      load: () => libraries.zstd(),
      smallest: false,
    }),
    recordPeer(table, deflateRecords),
    recordPeer(
      table,
      zstdRecords(() => libraries.zstd()),
    ),
    streamPeer(table, columnForm, zstd(libraries, 19)),
    streamPeer(table, csvForm, zstd(libraries, 19)),
    streamPeer(table, csvForm, brotli(libraries, csvBytes)),
    ...(best
      ? [parquetPeer(table, { name: 'zstd', level: 22, load: () => libraries.zstd(), smallest: true })]
      : []),
  ];
}

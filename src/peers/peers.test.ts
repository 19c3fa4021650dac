import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeLibraries } from '../../bench/peerLibraries.ts';
import { DEFAULT_SETTINGS } from '../core/experiment/settings.ts';
import { SILENT_PULSE } from '../core/pulse.ts';
import { firstDifference, type Table } from '../core/table/table.ts';
import { writeCsv } from '../readers/csv/writeCsv.ts';
import {
  COLUMN_KINDS,
  numberColumn,
  randomTable,
  tableOf,
  textColumn,
} from '../core/testing/randomTables.ts';
import { archivePeer } from './archivePeer.ts';
import { joinBytes } from './compressor.ts';
import { cellOf, type EncodedTable, type Peer } from './peer.ts';
import { peersOf } from './peersOf.ts';

const recipe = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 1, max: 40 }),
  columns: fc.array(fc.record({ kind: fc.constantFrom(...COLUMN_KINDS), missing: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  }),
});

/** Every kind of cell that text formats hold too, in a table that a reader of CSV takes. */
const PLAIN = tableOf(
  numberColumn(
    'number',
    Array.from({ length: 300 }, (_, i) => (i % 7 === 3 ? null : (i * i) / 7)),
  ),
  numberColumn(
    'zero, signed',
    Array.from({ length: 300 }, (_, i) => [0, -0, 1, -1, 5e-324, Infinity, -Infinity][i % 7]),
  ),
  textColumn(
    'text "quoted"',
    Array.from({ length: 300 }, (_, i) => [null, 'NA', 'a,b', '"', 'two\nlines', '0012', 'ä💎'][i % 7]),
  ),
  numberColumn(
    'whole',
    Array.from({ length: 300 }, (_, i) => i - 150),
  ),
  {
    ...numberColumn(
      'day',
      Array.from({ length: 300 }, (_, i) => (i === 9 ? null : 15_000 + 3 * i)),
    ),
    time: 'YYYY-MM-DD',
  },
);

const archiveOf = (table: Table): Peer =>
  archivePeer({
    table,
    testRows: null,
    settings: { ...DEFAULT_SETTINGS, testFraction: 0 },
    label: { datasetId: '0'.repeat(64), name: 'table', fileName: 'table.csv', csvBytes: 0 },
    bytes: null,
  });

const allPeers = (table: Table): Peer[] => [archiveOf(table), ...peersOf(table, 1000, nodeLibraries, true)];
const named = (table: Table, name: string): Peer => allPeers(table).find((peer) => peer.name === name)!;
const NAMES = allPeers(PLAIN).map(({ name }) => name);

async function encode(peer: Peer): Promise<EncodedTable> {
  return (await peer.prepare())(SILENT_PULSE);
}

/** Decodes all of it and every record alone, and compares cell by cell. */
async function expectExact(peer: Peer): Promise<void> {
  const encoded = await encode(peer);
  const { table } = peer;
  expect(firstDifference(table, await encoded.decode(SILENT_PULSE))).toBeNull();
  const records = await encoded.open();
  for (let row = 0; row < table.rows; row++) {
    const cells = await records.fetch(row);
    expect(cells).toHaveLength(table.columns.length);
    table.columns.forEach((column, c) => expect(cells[c]).toBe(cellOf(column, row)));
  }
}

describe('the forms that hold any table', () => {
  it.each([
    'archive',
    'deflate-9-columns',
    'zstd-3-columns',
    'zstd-19-columns',
    'deflate-9-records',
    'zstd-3-dictionary-records',
  ])('%s gives back every table, and every record alone', async (name) => {
    await fc.assert(
      fc.asyncProperty(recipe, async (one) => expectExact(named(randomTable(one), name))),
      { numRuns: 40 },
    );
  });
});

describe('every peer', () => {
  it('has a name of its own', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
  });

  it.each(NAMES.filter((name) => !name.startsWith('parquet')))(
    '%s gives back numbers, texts, days and missing cells, and every record alone',
    (name) => expectExact(named(PLAIN, name)),
  );

  it.each(NAMES.filter((name) => name.startsWith('parquet')))(
    '%s gives back numbers, texts, days and missing cells',
    async (name) => {
      const encoded = await encode(named(PLAIN, name));
      expect(firstDifference(PLAIN, await encoded.decode(SILENT_PULSE))).toBeNull();
      const records = await encoded.open();
      for (const row of [0, 1, 9, 150, 299]) {
        const cells = await records.fetch(row);
        // Its reader gives days as dates, of which a cell has the milliseconds.
        const expected = PLAIN.columns.map((column) => cellOf(column, row));
        if (expected[4] !== null) expected[4] = (expected[4] as number) * 86_400_000;
        expect(cells).toEqual(expected);
      }
    },
  );

  it.each(NAMES)('%s makes the same bytes each time', async (name) => {
    const first = await encode(named(PLAIN, name));
    const second = await encode(named(PLAIN, name));
    expect(Buffer.compare(first.file, second.file)).toBe(0);
  });
});

describe('streams of the known formats', () => {
  const csv = (): Promise<Uint8Array> => joinBytes(writeCsv(PLAIN), SILENT_PULSE);

  it.each(['gzip-6-csv', 'gzip-9-csv'])('%s is gzip of the CSV text', async (name) => {
    const { file } = await encode(named(PLAIN, name));
    expect(Buffer.compare(gunzipSync(file), await csv())).toBe(0);
  });

  it('brotli-11-csv is brotli of the CSV text', async () => {
    const { file } = await encode(named(PLAIN, 'brotli-11-csv'));
    expect(Buffer.compare(brotliDecompressSync(file), await csv())).toBe(0);
  });

  it('deflate-9-columns has the doubles of each column in a row', async () => {
    const { file } = await encode(named(PLAIN, 'deflate-9-columns'));
    const bytes = inflateSync(file);
    const [, , , whole] = PLAIN.columns;
    if (whole.kind !== 'number') throw new Error('The fourth column is one of numbers.');
    expect(bytes.includes(Buffer.from(whole.values.buffer))).toBe(true);
  });

  it('deflate-9-records has a raw stream for each record', async () => {
    const table = tableOf(numberColumn('a', [1, 2, 3]), numberColumn('b', [4, 5, 6]));
    const { file } = await encode(named(table, 'deflate-9-records'));
    const headerBytes = 4 + new DataView(file.buffer).getUint32(0, true);
    const starts = new Uint32Array(file.slice(headerBytes, headerBytes + 16).buffer);
    const from = headerBytes + 16;
    const last = inflateRawSync(file.subarray(from + starts[2], from + starts[3]));
    expect([...new Float64Array(Uint8Array.from(last).buffer)]).toEqual([3, 6]);
    expect(from + starts[3]).toBe(file.length);
  });
});

describe('compressed bytes of several pieces', () => {
  // Larger than what is handed over at a time, and not so regular that one piece holds all of it.
  const large = randomTable({
    seed: 5,
    rows: 40_000,
    columns: [
      { kind: 'float64', missing: false },
      { kind: 'decimal', missing: true },
      { kind: 'category', missing: true },
    ],
  });

  it.each([
    'gzip-6-csv',
    'deflate-9-columns',
    'zstd-3-columns',
    'deflate-9-records',
    'zstd-3-dictionary-records',
  ])('%s decodes, and gives its last record', async (name) => {
    const encoded = await encode(named(large, name));
    const records = await encoded.open();
    for (const row of [0, 20_000, 39_999])
      expect(await records.fetch(row)).toEqual(large.columns.map((column) => cellOf(column, row)));
    if (name !== 'gzip-6-csv') expect(firstDifference(large, await encoded.decode(SILENT_PULSE))).toBeNull();
  });
});

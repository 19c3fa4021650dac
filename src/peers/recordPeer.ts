/**
 * Every record compressed by itself, behind an index of where each begins: random access with a general compressor,
 * which then sees one record at a time, beside a dictionary of some of them where it takes one.
 */
import { assertLittleEndian } from '../core/bits/bitStream.ts';
import type { Pulse } from '../core/pulse.ts';
import type { Column, Table } from '../core/table/table.ts';
import { cellOf, type EncodedTable, type Peer, type RecordSource } from './peer.ts';
import type { LoadedRecordCodec, RecordCodec, RecordReader } from './recordCodecs.ts';
import { bytesOf, cellBytes, readHeader, writeHeader } from './tableHeader.ts';

/** Largest share of the records that a dictionary may hold: they are kept twice. */
const DICTIONARY_SHARE = 0.01;
/** Records between two looks at the pulse. */
const CHUNK_RECORDS = 256;

/** A record's bytes: its cells one after the other, then a bit for each column that has missing cells. */
interface RecordLayout {
  cells: { bytes: Uint8Array; width: number }[];
  flags: Uint8Array[];
  bytes: number;
}

/** @param hasMissing whether each of the columns has missing cells */
function layOutRecord(columns: readonly Column[], hasMissing: readonly boolean[]): RecordLayout {
  const cells = columns.map((column) => ({ bytes: bytesOf(column), width: cellBytes(column) }));
  const flags = columns.flatMap(({ missing }, c) => (hasMissing[c] ? [missing!] : []));
  const bytes = cells.reduce((sum, { width }) => sum + width, 0) + Math.ceil(flags.length / 8);
  return { cells, flags, bytes };
}

function gatherRecord({ cells, flags }: RecordLayout, row: number, record: Uint8Array): void {
  let at = 0;
  for (const { bytes, width } of cells) {
    for (let k = 0; k < width; k++) record[at++] = bytes[row * width + k];
  }
  record.fill(0, at);
  for (let f = 0; f < flags.length; f++) record[at + (f >> 3)] |= flags[f][row] << (f & 7);
}

function scatterRecord({ cells, flags }: RecordLayout, row: number, record: Uint8Array): void {
  let at = 0;
  for (const { bytes, width } of cells) {
    for (let k = 0; k < width; k++) bytes[row * width + k] = record[at++];
  }
  for (let f = 0; f < flags.length; f++) flags[f][row] = (record[at + (f >> 3)] >> (f & 7)) & 1;
}

/** Where the parts of a file lie behind its header: the dictionary, where each record begins, and the streams. */
function partsOf(headerBytes: number, rows: number, recordBytes: number, dictionaryBytes: number) {
  const most = Math.min(Math.floor(dictionaryBytes / Math.max(1, recordBytes)), rows * DICTIONARY_SHARE);
  const dictionaryRecords = Math.floor(most);
  const indexAt = headerBytes + dictionaryRecords * recordBytes;
  return { dictionaryRecords, indexAt, streamsAt: indexAt + 4 * (rows + 1) };
}

/**
 * Header, the dictionary's records, where each record begins and the last one ends as u32s from there, the records'
 * streams.
 */
async function encode(
  table: Table,
  codec: RecordCodec,
  loaded: LoadedRecordCodec,
  pulse: Pulse,
): Promise<EncodedTable> {
  assertLittleEndian();
  const header = writeHeader(table);
  const shape = readHeader(header).table;
  const layout = layOutRecord(
    table.columns,
    shape.columns.map(({ missing }) => missing !== null),
  );
  const parts = partsOf(header.length, table.rows, layout.bytes, codec.dictionaryBytes);
  const dictionary = new Uint8Array(parts.indexAt - header.length);
  for (let k = 0; k < parts.dictionaryRecords; k++) {
    const row = Math.floor((k * table.rows) / parts.dictionaryRecords);
    gatherRecord(layout, row, dictionary.subarray(k * layout.bytes, (k + 1) * layout.bytes));
  }
  const streams = new Uint8Array(table.rows * loaded.mostBytes(layout.bytes));
  const starts = new Uint32Array(table.rows + 1);
  const writer = loaded.writer(layout.bytes, dictionary);
  try {
    for (let row = 0, at = 0; row < table.rows; row++) {
      gatherRecord(layout, row, writer.piece);
      at = writer.write(streams, at);
      starts[row + 1] = at;
      if (row % CHUNK_RECORDS === 0 && pulse.due())
        await pulse.beat({ phase: 'Measuring', done: row, total: table.rows, unit: 'records' });
    }
  } finally {
    writer.close?.();
  }
  const file = new Uint8Array(parts.streamsAt + starts[table.rows]);
  file.set(header);
  file.set(dictionary, header.length);
  file.set(new Uint8Array(starts.buffer), parts.indexAt);
  file.set(streams.subarray(0, starts[table.rows]), parts.streamsAt);
  return {
    file,
    bytes: file.length,
    decode: (pulse) => decode(file, codec, loaded, pulse),
    open: async () => openRecords(file, codec, loaded),
  };
}

/** Reads records one by one. */
class RecordOpener {
  /** The table that the header describes, its cells not filled in. */
  readonly table: Table;
  readonly layout: RecordLayout;
  private readonly starts: Uint32Array;
  private readonly reader: RecordReader;
  private readonly from: number;

  /** @param rows rows of the table to fill in, where it is not all of them */
  constructor(file: Uint8Array, codec: RecordCodec, loaded: LoadedRecordCodec, rows?: number) {
    const { table, length } = readHeader(file);
    this.table = rows === undefined ? table : resized(table, rows);
    this.layout = layOutRecord(
      this.table.columns,
      this.table.columns.map(({ missing }) => missing !== null),
    );
    const parts = partsOf(length, table.rows, this.layout.bytes, codec.dictionaryBytes);
    this.starts = new Uint32Array(file.slice(parts.indexAt, parts.streamsAt).buffer);
    this.from = parts.streamsAt;
    this.reader = loaded.reader(file, this.layout.bytes, file.subarray(length, parts.indexAt));
  }

  /** Puts record `row` of the file into row `to` of the table. */
  read(row: number, to: number): void {
    const record = this.reader.read(this.from + this.starts[row], this.from + this.starts[row + 1]);
    scatterRecord(this.layout, to, record);
  }

  close(): void {
    this.reader.close?.();
  }
}

/** The same columns for another number of rows, empty. */
function resized({ columns }: Table, rows: number): Table {
  return {
    rows,
    columns: columns.map((column) => {
      const missing = column.missing === null ? null : new Uint8Array(rows);
      return column.kind === 'number'
        ? { ...column, values: new Float64Array(rows), missing }
        : { ...column, codes: new Uint32Array(rows), missing };
    }),
  };
}

async function decode(
  file: Uint8Array,
  codec: RecordCodec,
  loaded: LoadedRecordCodec,
  pulse: Pulse,
): Promise<Table> {
  const records = new RecordOpener(file, codec, loaded);
  const { table } = records;
  try {
    for (let row = 0; row < table.rows; row++) {
      records.read(row, row);
      if (row % CHUNK_RECORDS === 0 && pulse.due())
        await pulse.beat({ phase: 'Measuring', done: row, total: table.rows, unit: 'records' });
    }
  } finally {
    records.close();
  }
  return table;
}

function openRecords(file: Uint8Array, codec: RecordCodec, loaded: LoadedRecordCodec): RecordSource {
  const records = new RecordOpener(file, codec, loaded, 1);
  const { columns } = records.table;
  return {
    fetch(row) {
      records.read(row, 0);
      return columns.map((column) => cellOf(column, 0));
    },
    close: () => records.close(),
  };
}

export function recordPeer(table: Table, codec: RecordCodec): Peer {
  return {
    name: `${codec.name}-records`,
    label: `${codec.label} of each record`,
    sentence: codec.sentence,
    isOurs: false,
    randomAccess: true,
    table,
    async prepare() {
      const loaded = await codec.load();
      return (pulse) => encode(table, codec, loaded, pulse);
    },
  };
}

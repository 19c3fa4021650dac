/**
 * Deflate of every record by itself, behind an index of where each begins: random access with a general compressor,
 * which then sees one record at a time.
 */
import { assertLittleEndian } from '../core/bits/bitStream.ts';
import type { Pulse } from '../core/pulse.ts';
import type { Column, Table } from '../core/table/table.ts';
import { cellOf, type EncodedTable, type Peer, type RecordSource } from './peer.ts';
import { mostStreamBytes, RecordDeflater, RecordInflater } from './recordStreams.ts';
import { bytesOf, cellBytes, readHeader, writeHeader } from './tableHeader.ts';

const LEVEL = 9;
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

/** Header, where each record begins and the last one ends as u32s from there, the records' streams. */
async function encode(table: Table, pulse: Pulse): Promise<EncodedTable> {
  assertLittleEndian();
  const header = writeHeader(table);
  const shape = readHeader(header).table;
  const layout = layOutRecord(
    table.columns,
    shape.columns.map(({ missing }) => missing !== null),
  );
  const deflater = new RecordDeflater(layout.bytes, LEVEL, 'raw');
  const streams = new Uint8Array(table.rows * mostStreamBytes(layout.bytes));
  const starts = new Uint32Array(table.rows + 1);
  for (let row = 0, at = 0; row < table.rows; row++) {
    gatherRecord(layout, row, deflater.piece);
    at = deflater.deflate(streams, at);
    starts[row + 1] = at;
    if (row % CHUNK_RECORDS === 0 && pulse.due())
      await pulse.beat({ phase: 'Measuring', done: row, total: table.rows, unit: 'records' });
  }
  const file = new Uint8Array(header.length + starts.byteLength + starts[table.rows]);
  file.set(header);
  file.set(new Uint8Array(starts.buffer), header.length);
  file.set(streams.subarray(0, starts[table.rows]), header.length + starts.byteLength);
  return {
    file,
    bytes: file.length,
    decode: (pulse) => decode(file, pulse),
    open: async () => openRecords(file),
  };
}

/** Reads records one by one. */
class RecordOpener {
  /** The table that the header describes, its cells not filled in. */
  readonly table: Table;
  readonly layout: RecordLayout;
  private readonly starts: Uint32Array;
  private readonly inflater: RecordInflater;
  private readonly from: number;

  /** @param rows rows of the table to fill in, where it is not all of them */
  constructor(file: Uint8Array, rows?: number) {
    const { table, length } = readHeader(file);
    const indexBytes = 4 * (table.rows + 1);
    this.starts = new Uint32Array(file.slice(length, length + indexBytes).buffer);
    this.from = length + indexBytes;
    this.table = rows === undefined ? table : resized(table, rows);
    this.layout = layOutRecord(
      this.table.columns,
      this.table.columns.map(({ missing }) => missing !== null),
    );
    this.inflater = new RecordInflater(file, this.layout.bytes, 'raw');
  }

  /** Puts record `row` of the file into row `to` of the table. */
  read(row: number, to: number): void {
    this.inflater.inflate(this.from + this.starts[row], this.from + this.starts[row + 1]);
    scatterRecord(this.layout, to, this.inflater.piece);
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

async function decode(file: Uint8Array, pulse: Pulse): Promise<Table> {
  const records = new RecordOpener(file);
  const { table } = records;
  for (let row = 0; row < table.rows; row++) {
    records.read(row, row);
    if (row % CHUNK_RECORDS === 0 && pulse.due())
      await pulse.beat({ phase: 'Measuring', done: row, total: table.rows, unit: 'records' });
  }
  return table;
}

function openRecords(file: Uint8Array): RecordSource {
  const records = new RecordOpener(file, 1);
  const { columns } = records.table;
  return {
    fetch(row) {
      records.read(row, 0);
      return columns.map((column) => cellOf(column, 0));
    },
  };
}

export function recordPeer(table: Table): Peer {
  return {
    name: `deflate-${LEVEL}-records`,
    label: `deflate ${LEVEL} of each record`,
    sentence:
      'Every record a stream of its own, behind an index of four bytes a record: any of them can be read alone.',
    isOurs: false,
    randomAccess: true,
    table,
    prepare: () => Promise.resolve((pulse) => encode(table, pulse)),
  };
}

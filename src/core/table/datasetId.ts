/**
 * A dataset's name by its content: SHA-256 over the canonical typed columns and schema, so that the same table read
 * from a file, a sample or an archive has the same id. The byte layout hashed is in docs/FORMAT.md.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ByteWriter } from '../bits/bytes.ts';
import type { Pulse } from '../pulse.ts';
import type { Table } from './table.ts';

/** The values with the canonical NaN for every NaN, as an archive gives them back. */
function canonical(values: Float64Array): Float64Array {
  let copy: Float64Array | null = null;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === values[i]) continue;
    copy ??= values.slice();
    copy[i] = NaN;
  }
  return copy ?? values;
}

/** Bytes hashed at a time: about a millisecond. */
const PIECE_BYTES = 1 << 17;

function* inPieces({ buffer, byteOffset, byteLength }: ArrayBufferView): Generator<Uint8Array> {
  for (let at = 0; at < byteLength; at += PIECE_BYTES)
    yield new Uint8Array(buffer, byteOffset + at, Math.min(PIECE_BYTES, byteLength - at));
}

/** What a table is named by, in order. */
function* identity(table: Table): Generator<Uint8Array> {
  yield new ByteWriter()
    .string('dreamlearning-dataset-1')
    .varint(table.rows)
    .varint(table.columns.length)
    .finish();
  for (const column of table.columns) {
    const hasMissing = column.missing !== null && column.missing.includes(1);
    const head = new ByteWriter().string(column.name);
    if (column.kind === 'text') head.uint8(1);
    else if (column.time === undefined) head.uint8(0);
    else head.uint8(2).string(column.time);
    head.uint8(hasMissing ? 1 : 0);
    if (column.kind === 'text') {
      head.varint(column.dictionary.length);
      for (const entry of column.dictionary) head.string(entry);
    }
    yield head.finish();
    yield* inPieces(column.kind === 'number' ? canonical(column.values) : column.codes);
    if (hasMissing) yield* inPieces(column.missing!);
  }
}

/** SHA-256 of the table, 64 hex digits, computed incrementally over views of the columns. */
export function datasetId(table: Table): string {
  const hash = sha256.create();
  for (const piece of identity(table)) hash.update(piece);
  return bytesToHex(hash.digest());
}

/** The same, for tables that take seconds. */
export async function datasetIdInPieces(table: Table, pulse: Pulse): Promise<string> {
  const hash = sha256.create();
  let done = 0;
  for (const piece of identity(table)) {
    hash.update(piece);
    done += piece.length;
    if (pulse.due())
      await pulse.beat({ phase: 'Naming the table by its content', done, total: null, unit: 'bytes' });
  }
  return bytesToHex(hash.digest());
}

/** SHA-256 of a text, 64 hex digits. */
export function hashText(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text)));
}

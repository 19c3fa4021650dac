/**
 * Reading chosen records of generalized deduplication back, record after record. The base table stays packed: a
 * record's deviation and base are moved to words of their own, and its fields are taken from there.
 */
import { readBits, wordsOfBytes } from '../../bits/bitStream.ts';
import type { Layout } from '../../bits/lanes.ts';
import { LabError } from '../../errors.ts';
import { ROW_TILE, type FieldBits, type RowReader } from '../codec.ts';
import { checkBases, readHead } from './head.ts';
import { rowProgram, runProgram } from './rowProgram.ts';

/** Moves `count` words from any bit of a stream to whole words. Reads one word past them. */
function align(stream: Uint32Array, offset: number, count: number, into: Uint32Array, at: number): void {
  let index = Math.floor(offset / 32);
  const shift = offset - index * 32;
  if (shift === 0) {
    for (let k = 0; k < count; k++) into[at + k] = stream[index + k];
    return;
  }
  const back = 32 - shift;
  let low = stream[index];
  for (let k = 0; k < count; k++) {
    const high = stream[++index];
    into[at + k] = (low >>> shift) | (high << back);
    low = high;
  }
}

/**
 * Opens an encoded group for reading rows.
 *
 * @throws ARCHIVE_CORRUPT when the head and the table do not fit each other
 */
export function openRows(
  layout: Layout,
  inBase: Uint8Array,
  head: Uint8Array,
  bases: Uint8Array,
  fieldBits: FieldBits,
): RowReader {
  const read = readHead(layout, inBase, head);
  const { records, recordsPerBlock, baseCount, idBits, stride } = read.size;
  checkBases(read.size, bases);
  const { tableBits } = read;
  const table = wordsOfBytes(bases);
  const program = rowProgram(layout, inBase, read, fieldBits);
  const { deviationWords, recordWords } = program;
  const baseWords = recordWords - deviationWords;
  // An odd distance keeps the tile's records apart in a cache.
  const wordStride = recordWords | 1;
  const words = new Uint32Array(ROW_TILE * wordStride);

  const take = (stream: Uint32Array, record: number, row: number, what = 'record'): void => {
    const offset = record * stride;
    const id = readBits(stream, offset, idBits);
    if (id >= baseCount) {
      throw new LabError(
        'ARCHIVE_CORRUPT',
        `The archive is damaged: a record names base ${id} of ${baseCount}.`,
      );
    }
    const at = row * wordStride;
    if (what === 'record') align(stream, offset + idBits, deviationWords, words, at);
    else words.fill(0, at, at + deviationWords);
    align(table, id * tableBits, baseWords, words, at + deviationWords);
  };

  return {
    records,
    recordsPerBlock,
    baseCount,
    idBits,
    stride,
    tableBits,
    residentBytes: table.byteLength + program.bytes,
    take,
    decode: (count, rows) => runProgram(program, words, wordStride, count, rows),
    baseId: (stream, record) => readBits(stream, record * stride, idBits),
  };
}

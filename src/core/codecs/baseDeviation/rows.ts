/**
 * Reading chosen records of generalized deduplication back, record after record. The base table stays packed: a
 * record's deviation and base are moved to words of their own, and its fields are taken from there.
 */
import { readBits, wordsOfBytes } from '../../bits/bitStream.ts';
import { LabError } from '../../errors.ts';
import { ROW_TILE, type FieldBits, type RowReader } from '../codec.ts';
import type { GroupGround } from './decode.ts';
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

/** Bytes over which bits lie. */
function spannedBytes(offset: number, bits: number): number {
  return bits === 0 ? 0 : Math.floor((offset + bits - 1) / 8) - Math.floor(offset / 8) + 1;
}

/**
 * Opens an encoded group for reading rows.
 *
 * @param bases the base table, of the size that the head claims
 */
export function openRows(
  { layout, inBase, head }: GroupGround,
  bases: Uint8Array,
  fieldBits: FieldBits,
): RowReader {
  const { baseCount, idBits, stride, tableBits } = head.sizes;
  const table = wordsOfBytes(bases);
  const program = rowProgram(layout, inBase, head, fieldBits);
  const { deviationWords, recordWords } = program;
  const baseWords = recordWords - deviationWords;
  // An odd distance keeps the tile's records apart in a cache.
  const wordStride = recordWords | 1;
  const words = new Uint32Array(ROW_TILE * wordStride);

  let stream: Uint32Array = new Uint32Array(1);

  const take = (record: number, row: number, isBase: boolean): void => {
    const block = stream;
    const offset = record * stride;
    const id = readBits(block, offset, idBits);
    if (id >= baseCount) {
      throw new LabError(
        'ARCHIVE_CORRUPT',
        `The archive is damaged: a record names base ${id} of ${baseCount}.`,
      );
    }
    const at = row * wordStride;
    if (isBase) words.fill(0, at, at + deviationWords);
    else align(block, offset + idBits, deviationWords, words, at);
    align(table, id * tableBits, baseWords, words, at + deviationWords);
  };

  const idOf = (record: number): number => readBits(stream, record * stride, idBits);

  return {
    residentBytes: table.byteLength + program.bytes,
    load(block, _number, room) {
      stream = room.fill(block);
    },
    take: (record, row) => take(record, row, false),
    decode: (count, rows) => runProgram(program, words, wordStride, count, rows),
    bytesOf: (record) =>
      spannedBytes(record * stride, stride) + spannedBytes(idOf(record) * tableBits, tableBits),
    bases: { id: idOf, take: (record, row) => take(record, row, true) },
  };
}

/** The head of a group: its sizes, and which base bits all of its bases share. */
import { readBits, wordsOfBytes } from '../../bits/bitStream.ts';
import { ByteReader } from '../../bits/bytes.ts';
import type { Layout } from '../../bits/lanes.ts';
import { bitsFor } from '../../bits/width.ts';
import { LabError } from '../../errors.ts';
import { MAX_GROUP_RECORDS } from '../../limits.ts';
import type { BaseSizes } from '../codec.ts';

/** The sizes that a head claims, checked against each other. */
export interface GroupSizes extends BaseSizes {
  records: number;
  recordsPerBlock: number;
  /** Bits from one record to the next. */
  stride: number;
  /** Bytes of the base table: baseCount × tableBits bits. */
  baseBytes: number;
}

export interface GroupHead {
  sizes: GroupSizes;
  /** Per lane the base bits that have one value in all bases of the group, and those values in their places. */
  constantMasks: Uint32Array;
  constantValues: Uint32Array;
}

/**
 * Reads a head.
 *
 * @throws ARCHIVE_CORRUPT when it claims what no group can be
 */
export function readHead(layout: Layout, inBase: Uint8Array, head: Uint8Array): GroupHead {
  const reader = new ByteReader(head, 'the head of a record group');
  const records = reader.varint();
  const baseCount = reader.varint();
  const recordsPerBlock = reader.varint();
  if (
    records > MAX_GROUP_RECORDS ||
    baseCount > records ||
    recordsPerBlock === 0 ||
    recordsPerBlock % 8 !== 0
  ) {
    throw reader.corrupt(`claims ${records} records, ${baseCount} bases, ${recordsPerBlock} records a block`);
  }
  if (records > 0 && baseCount === 0) throw reader.corrupt('claims records but no base');
  const { lanes, recordBits } = layout;
  let baseBits = 0;
  for (let position = 0; position < recordBits; position++) baseBits += inBase[position];
  const flags = wordsOfBytes(reader.bytes(Math.ceil((2 * baseBits) / 8)));
  reader.end();
  const constantMasks = new Uint32Array(lanes.length);
  const constantValues = new Uint32Array(lanes.length);
  let tableBits = baseBits;
  let at = 0;
  for (let index = 0; index < lanes.length; index++) {
    const { start, width } = lanes[index];
    let laneBits = 0;
    for (let position = start; position < start + width; position++) laneBits += inBase[position];
    if (laneBits === 0) continue;
    const isConstant = readBits(flags, at, laneBits);
    const value = readBits(flags, at + laneBits, laneBits);
    at += 2 * laneBits;
    // Base bits are gathered in their order of significance: bit k of the flags is the k-th of them.
    for (let b = 0, k = 0; b < width; b++) {
      if (inBase[start + width - 1 - b] === 0) continue;
      if (((isConstant >>> k) & 1) === 1) {
        constantMasks[index] |= 1 << b;
        constantValues[index] |= ((value >>> k) & 1) << b;
        tableBits--;
      }
      k++;
    }
  }
  const idBits = bitsFor(Math.max(1, baseCount));
  // Bases are distinct: without enough varying bits there cannot be so many, however few bytes they take.
  if (idBits > tableBits) {
    throw new LabError(
      'ARCHIVE_CORRUPT',
      'The archive is damaged: the base table has not the size its head claims.',
    );
  }
  const deviationBits = recordBits - baseBits;
  const sizes = {
    records,
    recordsPerBlock,
    baseCount,
    idBits,
    deviationBits,
    stride: idBits + deviationBits,
    tableBits,
    baseBytes: Math.ceil((tableBits * baseCount) / 8),
  };
  return { sizes, constantMasks, constantValues };
}

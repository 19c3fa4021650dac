/**
 * Generalized deduplication's storage: a table of distinct bases, and per record a base ID and a deviation at a fixed
 * stride. Layout of the sections: docs/FORMAT.md.
 */
import { gather, selectBits } from '../../bits/bitSelection.ts';
import { bytesOfStream, streamWords, writeBits } from '../../bits/bitStream.ts';
import { ByteWriter } from '../../bits/bytes.ts';
import { Refiner } from '../../bits/refine.ts';
import { bitsFor } from '../../bits/width.ts';
import { SECTION } from '../../archive/sections.ts';
import type { EncodedGroup, RecordGroup } from '../codec.ts';
import { splitLanes, type RecordSplit } from './laneSplit.ts';

/** Bytes that a block of records aims at: small enough to fetch for one record, large enough to stream. */
const BLOCK_BYTES = 65_536;

/** Records in a block: whole bytes at any stride, so a multiple of eight. */
function recordsPerBlock(stride: number): number {
  return Math.max(8, Math.floor((BLOCK_BYTES * 8) / Math.max(1, stride) / 8) * 8);
}

/** Base ID of every record, numbered by first record, with that first record. */
function baseIds(group: RecordGroup, inBase: Uint8Array): { ids: Int32Array; first: number[] } {
  const { planes, records } = group;
  const ids = new Int32Array(records);
  let count = records === 0 ? 0 : 1;
  const refiner = new Refiner(planes);
  for (let position = 0; position < planes.positions; position++) {
    if (inBase[position] === 1 && records > 0) count = refiner.refine(ids, count, position, ids);
  }
  const first: number[] = [];
  for (let i = 0; i < records; i++) if (ids[i] === first.length) first.push(i);
  return { ids, first };
}

/**
 * Packs the table of bases. Bits that all bases of the group share are named once in the head: for each lane a mask of
 * its constant base bits and their values.
 */
function packBases(
  group: RecordGroup,
  split: RecordSplit,
  first: readonly number[],
  head: ByteWriter,
): { bytes: Uint8Array; tableBits: number } {
  const { codes, layout } = group;
  const constants = split.lanes.map(({ base }, index) => {
    let and = 0xffffffff;
    let or = 0;
    for (const record of first) {
      and &= codes[index][record];
      or |= codes[index][record];
    }
    return first.length === 0
      ? { mask: base.mask, value: 0 }
      : { mask: (base.mask & ~(and ^ or)) >>> 0, value: and };
  });
  let bits = 0;
  layout.lanes.forEach((_, index) => (bits += 2 * split.lanes[index].base.width));
  const flags = streamWords(bits);
  let at = 0;
  split.lanes.forEach(({ base }, index) => {
    writeBits(flags, at, base.width, gather(base, constants[index].mask));
    at += base.width;
    writeBits(flags, at, base.width, gather(base, constants[index].value & constants[index].mask));
    at += base.width;
  });
  head.bytes(bytesOfStream(flags, bits));

  const varying = split.lanes.map(({ base }, index) => selectBits(base.mask & ~constants[index].mask));
  const tableBits = varying.reduce((sum, one) => sum + one.width, 0);
  const table = streamWords(tableBits * first.length);
  let offset = 0;
  for (const record of first) {
    for (let index = 0; index < varying.length; index++) {
      writeBits(table, offset, varying[index].width, gather(varying[index], codes[index][record]));
      offset += varying[index].width;
    }
  }
  return { bytes: bytesOfStream(table, tableBits * first.length), tableBits };
}

/** Packs base IDs and deviations of all records, lane by lane over each block. */
function packRecords(group: RecordGroup, split: RecordSplit, ids: Int32Array, idBits: number): Uint8Array[] {
  const { records, codes } = group;
  const stride = idBits + split.deviationBits;
  if (stride === 0) return [];
  const perBlock = recordsPerBlock(stride);
  const blocks: Uint8Array[] = [];
  for (let first = 0; first < records; first += perBlock) {
    const count = Math.min(perBlock, records - first);
    const words = streamWords(count * stride);
    packColumn(words, stride, 0, idBits, count, (k) => ids[first + k]);
    split.lanes.forEach(({ deviation, deviationOffset }, index) => {
      if (deviation.width === 0) return;
      const code = codes[index];
      const offset = idBits + deviationOffset;
      if (deviation.runs.length === 1) {
        const { from } = deviation.runs[0];
        packColumn(words, stride, offset, deviation.width, count, (k) => code[first + k] >>> from);
      } else {
        packColumn(words, stride, offset, deviation.width, count, (k) => gather(deviation, code[first + k]));
      }
    });
    blocks.push(bytesOfStream(words, count * stride));
  }
  return blocks;
}

function packColumn(
  words: Uint32Array,
  stride: number,
  offset: number,
  width: number,
  count: number,
  value: (k: number) => number,
): void {
  if (width === 0) return;
  const mask = 0xffffffff >>> (32 - width);
  let bit = offset;
  for (let k = 0; k < count; k++, bit += stride) {
    const index = bit >>> 5;
    const shift = bit & 31;
    const masked = value(k) & mask;
    words[index] |= masked << shift;
    if (shift + width > 32) words[index + 1] |= masked >>> (32 - shift);
  }
}

/** Encodes a group of records on given base positions. */
export function encodeGroup(group: RecordGroup, inBase: Uint8Array): EncodedGroup {
  const split = splitLanes(group.layout, inBase);
  const { ids, first } = baseIds(group, inBase);
  const idBits = bitsFor(first.length);
  const head = new ByteWriter();
  const stride = idBits + split.deviationBits;
  head.varint(group.records).varint(first.length).varint(recordsPerBlock(stride));
  const bases = packBases(group, split, first, head);
  return {
    sections: [
      { type: SECTION.groupHead, blocks: [head.finish()] },
      { type: SECTION.bases, blocks: bases.bytes.length === 0 ? [] : [bases.bytes] },
      { type: SECTION.records, blocks: packRecords(group, split, ids, idBits) },
    ],
    baseCount: first.length,
    idBits,
    deviationBits: split.deviationBits,
  };
}

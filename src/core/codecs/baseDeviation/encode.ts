/**
 * Generalized deduplication's storage: a table of distinct bases, and per record a base ID and a deviation at a fixed
 * stride. All of it is packed from the bit planes, 32 records and 32 bits at a time. Layout of the sections:
 * docs/FORMAT.md.
 */
import { bytesOfStream, streamWords, writeBits } from '../../bits/bitStream.ts';
import { countOnes } from '../../bits/bitPlanes.ts';
import { ByteWriter } from '../../bits/bytes.ts';
import type { Layout } from '../../bits/lanes.ts';
import { appendRow, PlaneRows } from '../../bits/planeRows.ts';
import { Splitter } from '../../bits/splitter.ts';
import { bitsFor } from '../../bits/width.ts';
import type { SearchedGroup } from './prefixes.ts';
import { BASES, HEAD, RECORDS } from './sections.ts';
import type { Pulse } from '../../pulse.ts';
import type { BaseSizes, EncodedGroup } from '../codec.ts';

/** Records in a block: whole bytes at any stride, so a multiple of eight. */
function blockRecords(stride: number, blockBytes: number): number {
  return Math.max(8, Math.floor((blockBytes * 8) / Math.max(1, stride) / 8) * 8);
}

/** Positions of a group in the order in which their bits are packed: lane by lane, the least significant first. */
interface PackOrder {
  /** Base bits that vary, and all bits that are not in the base. */
  varying: Uint32Array;
  deviation: Uint32Array;
  /** For each lane a flag per base bit whether it is constant, then the constant's bits. */
  flags: Uint8Array;
}

function packOrder(layout: Layout, inBase: Uint8Array, ones: Uint32Array, records: number): PackOrder {
  let baseBits = 0;
  for (let position = 0; position < layout.recordBits; position++) baseBits += inBase[position];
  const varying = new Uint32Array(baseBits);
  const deviation = new Uint32Array(layout.recordBits - baseBits);
  const flags = streamWords(2 * baseBits);
  let varyingCount = 0;
  let deviationCount = 0;
  let at = 0;
  for (const { start, width } of layout.lanes) {
    let laneBits = 0;
    for (let position = start; position < start + width; position++) laneBits += inBase[position];
    let bit = at;
    for (let position = start + width - 1; position >= start; position--) {
      if (inBase[position] === 0) {
        deviation[deviationCount++] = position;
        continue;
      }
      // Every base is some record's: a bit that is constant over the bases is so over the records.
      if (ones[position] === 0 || ones[position] === records) {
        writeBits(flags, bit, 1, 1);
        writeBits(flags, bit + laneBits, 1, ones[position] === 0 ? 0 : 1);
      } else {
        varying[varyingCount++] = position;
      }
      bit++;
    }
    at += 2 * laneBits;
  }
  return {
    varying: varying.slice(0, varyingCount),
    deviation,
    flags: bytesOfStream(flags, 2 * baseBits),
  };
}

/** Packs the bits of every base that vary between bases. */
async function packBases(
  group: SearchedGroup,
  varying: Uint32Array,
  first: Uint32Array,
  pulse: Pulse,
): Promise<Uint8Array> {
  const width = varying.length;
  const source = new PlaneRows(group.planes, varying);
  const rows = new Uint32Array(32 * source.rowWords);
  const table = streamWords(width * first.length);
  for (let id = 0; id < first.length;) {
    const w = first[id] >>> 5;
    source.read(w, rows);
    for (; id < first.length && first[id] >>> 5 === w; id++) {
      appendRow(table, id * width, rows, (first[id] & 31) * source.rowWords, source.rowWords);
    }
    if (pulse.due()) {
      await pulse.beat({ phase: 'Packing bases', done: id, total: first.length, unit: 'bases' });
    }
  }
  return bytesOfStream(table, width * first.length);
}

/** Packs base IDs and deviations of all records, block after block. */
async function packRecords(
  group: SearchedGroup,
  deviation: Uint32Array,
  ids: Int32Array,
  idBits: number,
  perBlock: number,
  pulse: Pulse,
): Promise<Uint8Array[]> {
  const { records, planes } = group;
  const stride = idBits + deviation.length;
  if (stride === 0) return [];
  const source = new PlaneRows(planes, deviation);
  const { rowWords } = source;
  const rows = new Uint32Array(32 * rowWords);
  const blocks: Uint8Array[] = [];
  let stream = streamWords(0);
  let inBlock = 0;
  let count = 0;
  for (let w = 0; w < planes.words; w++) {
    source.read(w, rows);
    const begin = w << 5;
    const end = Math.min(begin + 32, records);
    for (let record = begin; record < end; record++) {
      if (inBlock === count) {
        if (count > 0) blocks.push(bytesOfStream(stream, count * stride));
        count = Math.min(perBlock, records - record);
        stream = streamWords(count * stride);
        inBlock = 0;
      }
      writeBits(stream, inBlock * stride, idBits, ids[record]);
      appendRow(stream, inBlock * stride + idBits, rows, (record - begin) * rowWords, rowWords);
      inBlock++;
    }
    if (pulse.due()) {
      await pulse.beat({ phase: 'Packing records', done: end, total: records, unit: 'records' });
    }
  }
  if (count > 0) blocks.push(bytesOfStream(stream, count * stride));
  return blocks;
}

/** An encoded group, its bases told. */
export type EncodedBases = EncodedGroup & { bases: BaseSizes };

/**
 * Encodes a group of records on given base positions.
 *
 * @param blockBytes bytes that a block of records aims at
 */
export async function encodeGroup(
  group: SearchedGroup,
  inBase: Uint8Array,
  blockBytes: number,
  pulse: Pulse,
): Promise<EncodedBases> {
  const { records, planes, layout } = group;
  const ones = countOnes(planes);
  const splitter = new Splitter(planes, ones);
  for (let position = 0; position < planes.positions; position++) {
    if (inBase[position] === 0) continue;
    splitter.split(position);
    if (pulse.due()) {
      await pulse.beat({ phase: 'Numbering bases', done: position, total: planes.positions, unit: 'bits' });
    }
  }
  const first = splitter.renumber();
  const order = packOrder(layout, inBase, ones, records);
  const idBits = bitsFor(first.length);
  const perBlock = blockRecords(idBits + order.deviation.length, blockBytes);
  const head = new ByteWriter().varint(records).varint(first.length).varint(perBlock).bytes(order.flags);
  const bases = await packBases(group, order.varying, first, pulse);
  const blocks = await packRecords(group, order.deviation, splitter.ids, idBits, perBlock, pulse);
  return {
    sections: [
      { type: HEAD.type, blocks: [head.finish()] },
      { type: BASES.type, blocks: bases.length === 0 ? [] : [bases] },
      { type: RECORDS.type, blocks },
    ],
    bases: {
      baseCount: first.length,
      tableBits: order.varying.length,
      idBits,
      deviationBits: order.deviation.length,
    },
  };
}

/**
 * Reading generalized deduplication back. The base table is unpacked once, lane by lane; a record is then its base's
 * lanes with the deviation's bits laid in.
 */
import { selectBits, spread } from '../../bits/bitSelection.ts';
import { readBits, wordsOfBytes } from '../../bits/bitStream.ts';
import type { LaneCodes, Layout } from '../../bits/lanes.ts';
import { LabError } from '../../errors.ts';
import type { GroupReader } from '../codec.ts';
import type { GroupHead } from './head.ts';
import { splitLanes } from './laneSplit.ts';

/** What both ways of reading a group start from. */
export interface GroupGround {
  layout: Layout;
  inBase: Uint8Array;
  head: GroupHead;
}

/**
 * Opens an encoded group for reading whole blocks.
 *
 * @param bases the base table, of the size that the head claims
 */
export function openGroup({ layout, inBase, head }: GroupGround, bases: Uint8Array): GroupReader {
  const split = splitLanes(layout, inBase);
  const { constantMasks, constantValues } = head;
  const { baseCount, idBits, stride, deviationBits } = head.sizes;
  const varying = split.lanes.map(({ base }, index) => selectBits(base.mask & ~constantMasks[index]));
  const table = wordsOfBytes(bases);
  const baseLanes = layout.lanes.map(() => new Uint32Array(baseCount));
  for (let id = 0, offset = 0; id < baseCount; id++) {
    for (let index = 0; index < varying.length; index++) {
      const { width } = varying[index];
      baseLanes[index][id] =
        constantValues[index] | (width === 0 ? 0 : spread(varying[index], readBits(table, offset, width)));
      offset += width;
    }
  }

  const idMask = idBits === 0 ? 0 : 0xffffffff >>> (32 - idBits);
  let ids = new Uint32Array(0);

  const decode = (
    words: Uint32Array,
    from: number,
    count: number,
    lanes: readonly LaneCodes[],
    start: number,
  ): void => {
    if (ids.length < count) ids = new Uint32Array(count);
    if (idBits > 0) {
      let largest = 0;
      for (let k = 0, bit = from * stride; k < count; k++, bit += stride) {
        const index = bit >>> 5;
        const shift = bit & 31;
        // Shifting by 32 − shift in two steps gives 0 at shift 0, where one shift by 32 would be a shift by 0.
        const id = ((words[index] >>> shift) | ((words[index + 1] << (31 - shift)) << 1)) & idMask;
        if (id > largest) largest = id;
        ids[k] = id;
      }
      if (largest >= baseCount) {
        throw new LabError(
          'ARCHIVE_CORRUPT',
          `The archive is damaged: a record names base ${largest} of ${baseCount}.`,
        );
      }
    } else {
      ids.fill(0, 0, count);
    }
    for (let index = 0; index < lanes.length; index++) {
      const { deviation, deviationOffset } = split.lanes[index];
      decodeLane(
        words,
        from * stride + idBits + deviationOffset,
        stride,
        count,
        deviation,
        ids,
        baseLanes[index],
        lanes[index],
        start,
      );
    }
  };

  // A record's own stride and its row of the base table, in whole bytes.
  const touched = Math.ceil(stride / 8) + Math.ceil((layout.recordBits - deviationBits) / 8);

  return {
    residentBytes: layout.lanes.length * baseCount * 4,
    constantMasks: [...constantMasks],
    openBlock(bytes) {
      const words = bytes === null ? new Uint32Array(1) : wordsOfBytes(bytes);
      return {
        decode: (from, count, lanes, at) => decode(words, from, count, lanes, at),
        bytesOf: () => touched,
        baseId: (record) => readBits(words, record * stride, idBits),
      };
    },
  };
}

/** One lane of `count` records: base's bits, then each run of deviation bits moved to its place. */
function decodeLane(
  words: Uint32Array,
  offset: number,
  stride: number,
  count: number,
  deviation: ReturnType<typeof selectBits>,
  ids: Uint32Array,
  base: Uint32Array,
  out: LaneCodes,
  start: number,
): void {
  const { runs } = deviation;
  if (runs.length === 0) {
    for (let k = 0; k < count; k++) out[start + k] = base[ids[k]];
    return;
  }
  if (runs.length === 1) {
    const { from, mask } = runs[0];
    for (let k = 0, bit = offset; k < count; k++, bit += stride) {
      const index = bit >>> 5;
      const shift = bit & 31;
      const value = ((words[index] >>> shift) | ((words[index + 1] << (31 - shift)) << 1)) & mask;
      out[start + k] = base[ids[k]] | (value << from);
    }
    return;
  }
  for (let k = 0, bit = offset; k < count; k++, bit += stride) {
    const index = bit >>> 5;
    const shift = bit & 31;
    const value = (words[index] >>> shift) | ((words[index + 1] << (31 - shift)) << 1);
    let code = base[ids[k]];
    for (let r = 0; r < runs.length; r++) code |= ((value >>> runs[r].to) & runs[r].mask) << runs[r].from;
    out[start + k] = code;
  }
}

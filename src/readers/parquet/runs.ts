/**
 * Parquet's runs of repeated or bit-packed integers: levels of definition, numbers of dictionary entries, booleans.
 * hyparquet's decoder of them writes runs of any length that a file states, goes in circles at no bits a value, is wrong
 * above 24 bits, and refuses the last run of fastparquet, which ends with its values.
 */
import { readVarint, viewOf } from './thrift.ts';

/**
 * Decodes runs until `count` values are there.
 *
 * @param width bits of a value, 0 … 32
 * @returns the values
 * @throws RangeError when the bytes end before
 */
export function readRuns(bytes: Uint8Array, width: number, count: number): Uint32Array {
  if (!(width <= 32)) throw new RangeError(`${width} bits for a value`);
  const out = new Uint32Array(count);
  const reader = { view: viewOf(bytes), offset: 0 };
  let done = 0;
  while (done < count) {
    const header = readVarint(reader) >>> 0;
    const packed = header % 2 === 1;
    const groups = header >>> 1;
    const values = Math.min(packed ? groups * 8 : groups, count - done);
    const used = Math.ceil((packed ? values * width : width) / 8);
    if (used > bytes.length - reader.offset) throw new RangeError('a run is cut off');
    if (packed) unpack(bytes, reader.offset, width, out.subarray(done, done + values));
    else {
      let value = 0;
      for (let k = 0; k < used; k++) value += bytes[reader.offset + k] * 2 ** (8 * k);
      out.fill(value, done, done + values);
    }
    reader.offset += packed ? Math.min(groups * width, bytes.length - reader.offset) : used;
    done += values;
  }
  return out;
}

/** Values of `width` bits one after the other, the least significant bit first. */
function unpack(bytes: Uint8Array, from: number, width: number, out: Uint32Array): void {
  const mask = width === 32 ? -1 : (1 << width) - 1;
  let at = from;
  let shift = 0;
  for (let k = 0; k < out.length; k++) {
    let value = bytes[at] >>> shift;
    for (let have = 8 - shift, next = at + 1; have < width; have += 8, next++) value |= bytes[next] << have;
    out[k] = value & mask;
    shift += width;
    at += shift >> 3;
    shift &= 7;
  }
}

/** Parquet's hybrid of run-length and bit-packed integers: levels of definition, and numbers of dictionary entries. */

/** Where bytes are read. */
export interface Cursor {
  bytes: Uint8Array;
  at: number;
  end: number;
}

/** An unsigned LEB128 integer below 2^32. */
function readVarint(cursor: Cursor): number {
  let value = 0;
  let scale = 1;
  for (let k = 0; k < 5; k++) {
    if (cursor.at >= cursor.end) break;
    const byte = cursor.bytes[cursor.at++];
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
  throw new RangeError('a run has no length');
}

/**
 * Decodes runs until `count` values are there.
 *
 * @param width bits of a value, 0 … 32
 * @returns the values
 * @throws RangeError when the bytes end before
 */
export function readHybrid(cursor: Cursor, width: number, count: number): Uint32Array {
  if (width > 32) throw new RangeError(`${width} bits for a value`);
  const out = new Uint32Array(count);
  const { bytes, end } = cursor;
  const wholeBytes = (width + 7) >> 3;
  let done = 0;
  while (done < count) {
    const header = readVarint(cursor);
    if (header % 2 === 0) {
      const run = Math.min(header / 2, count - done);
      if (cursor.at + wholeBytes > end) throw new RangeError('a run is cut off');
      let value = 0;
      for (let k = 0; k < wholeBytes; k++) value += bytes[cursor.at + k] * 2 ** (8 * k);
      cursor.at += wholeBytes;
      out.fill(value, done, done + run);
      done += run;
      continue;
    }
    const packedBytes = ((header - 1) / 2) * width;
    const stop = Math.min(cursor.at + packedBytes, end);
    const values = Math.min(((header - 1) / 2) * 8, count - done);
    // The last run may be cut where its values end, and then holds no padding.
    if ((stop - cursor.at) * 8 < values * width) throw new RangeError('packed values are cut off');
    unpack(bytes, cursor.at, width, out, done, values);
    cursor.at = stop;
    done += values;
  }
  return out;
}

/** Values of `width` bits one after the other, the least significant bit first. */
function unpack(
  bytes: Uint8Array,
  from: number,
  width: number,
  out: Uint32Array,
  first: number,
  values: number,
): void {
  if (width === 0) return;
  const mask = width === 32 ? 0xffffffff : 2 ** width - 1;
  let at = from;
  // Below 25 bits a value and what is left of a byte fit 32 bits; above, doubles hold them exactly.
  if (width <= 24) {
    let held = 0;
    let bits = 0;
    for (let k = 0; k < values; k++) {
      while (bits < width) {
        held |= bytes[at++] << bits;
        bits += 8;
      }
      out[first + k] = held & mask;
      held >>>= width;
      bits -= width;
    }
    return;
  }
  let held = 0;
  let bits = 0;
  for (let k = 0; k < values; k++) {
    while (bits < width) {
      held += bytes[at++] * 2 ** bits;
      bits += 8;
    }
    const value = held % 2 ** width;
    out[first + k] = value;
    held = (held - value) / 2 ** width;
    bits -= width;
  }
}

/** Thrift's compact encoding, of footers and page headers: what hyparquet would believe of it is checked before. */
import type { DataReader } from 'hyparquet';
import { readVarInt } from 'hyparquet/src/thrift.js';

/** How deep structures and lists may nest; those of Parquet nest less. */
const MAX_DEPTH = 16;

/** Bytes of elements by type where there is no more to them: truths (told by the type), bytes, doubles. */
const FIXED_BYTES = new Map([
  [1, 0],
  [2, 0],
  [3, 1],
  [7, 8],
]);

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/**
 * hyparquet's integer of 32 bits, signed.
 *
 * @throws RangeError when it is longer than one of 64 bits: hyparquet takes quadratic time for those
 */
export function readVarint(reader: DataReader): number {
  let bytes = 1;
  while (reader.view.getUint8(reader.offset + bytes - 1) > 127)
    if (bytes++ === 10) throw new RangeError('an integer without end');
  return readVarInt(reader);
}

/** A number of bytes or of elements, which take a byte each at least. */
function checkSize({ view, offset }: DataReader, size: number): number {
  if (size < 0 || size > view.byteLength - offset) throw new RangeError(`a list or string of ${size}`);
  return size;
}

function checkElement(reader: DataReader, type: number, depth: number): void {
  if (FIXED_BYTES.has(type)) reader.offset += FIXED_BYTES.get(type)!;
  else if (type >= 4 && type <= 6) readVarint(reader);
  else if (type === 8) {
    const size = checkSize(reader, readVarint(reader));
    reader.offset += size;
  } else if (type === 9 && depth < MAX_DEPTH) {
    const head = reader.view.getUint8(reader.offset++);
    const size = checkSize(reader, head >> 4 === 15 ? readVarint(reader) : head >> 4);
    // In lists a truth is a byte.
    const element = (head & 15) < 3 ? 3 : head & 15;
    for (let k = 0; k < size; k++) checkElement(reader, element, depth + 1);
  } else if (type === 12 && depth < MAX_DEPTH) checkStruct(reader, depth + 1);
  else throw new RangeError(`an element of type ${type}`);
}

/**
 * Walks a structure.
 *
 * @param reader left behind its end
 * @throws RangeError when it ends beyond the bytes, or states lists or integers that they cannot hold
 */
export function checkStruct(reader: DataReader, depth = 0): void {
  for (;;) {
    const field = reader.view.getUint8(reader.offset++);
    if ((field & 15) === 0) return;
    if (field >> 4 === 0) readVarint(reader);
    checkElement(reader, field & 15, depth);
  }
}

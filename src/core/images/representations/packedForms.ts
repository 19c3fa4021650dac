/**
 * How the forms of a table's columns stand in an archive: the widths, packed; one flag per column where there are
 * columns with a sign; the value of every column that has only one, or whatever else a representation keeps.
 */
import type { ByteReader, ByteWriter } from '../../bits/bytes.ts';

/** Widest column. */
export const MAX_WIDTH = 32;

/** Bits that small numbers take, each. */
function bitsOf(largest: number): number {
  return 32 - Math.clz32(largest);
}

/** Writes numbers below 256 in the bits that the largest distance from the least needs, after both. */
export function writePacked(into: ByteWriter, numbers: Uint8Array): void {
  let least = 255;
  let greatest = 0;
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > greatest) greatest = number;
  }
  const bits = numbers.length === 0 ? 0 : bitsOf(greatest - least);
  into.uint8(numbers.length === 0 ? 0 : least).uint8(bits);
  const packed = new Uint8Array(Math.ceil((numbers.length * bits) / 8));
  for (let k = 0, at = 0; k < numbers.length; k++, at += bits) {
    const word = (numbers[k] - least) << (at & 7);
    packed[at >>> 3] |= word;
    if ((at & 7) + bits > 8) packed[(at >>> 3) + 1] |= word >>> 8;
  }
  into.bytes(packed);
}

/**
 * @param greatest what no number may exceed
 * @throws ARCHIVE_CORRUPT
 */
export function readPacked(from: ByteReader, count: number, greatest: number): Uint8Array {
  const least = from.uint8();
  const bits = from.uint8();
  if (bits > 8) throw from.corrupt(`packs small numbers in ${bits} bits`);
  const packed = from.bytes(Math.ceil((count * bits) / 8));
  const numbers = new Uint8Array(count);
  const mask = (1 << bits) - 1;
  for (let k = 0, at = 0; k < count; k++, at += bits) {
    const low = packed[at >>> 3] >>> (at & 7);
    const high = (at & 7) + bits > 8 ? packed[(at >>> 3) + 1] << (8 - (at & 7)) : 0;
    const number = least + ((low | high) & mask);
    if (number > greatest) throw from.corrupt(`has ${number} where at most ${greatest} can be`);
    numbers[k] = number;
  }
  return numbers;
}

/** 0, −1, 1, −2, … as 0, 1, 2, 3, … */
export function foldSign(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

/** The way back, for any 32 bits. */
export function unfoldSign(code: number): number {
  return (code >>> 1) ^ -(code & 1);
}

/** A signed 32-bit integer in one to five bytes. */
export function writeSigned(into: ByteWriter, value: number): void {
  into.varint(foldSign(value));
}

/** @throws ARCHIVE_CORRUPT */
export function readSigned(from: ByteReader): number {
  const code = from.varint();
  if (code > 0xffffffff) throw from.corrupt(`has a value of more than 32 bits`);
  return unfoldSign(code);
}

/** The columns of width 0: whatever their code, they have one value. */
export class ConstantColumns {
  private readonly columns: Uint32Array;
  private readonly values: Int32Array;
  private readonly count: number;

  /** @param values per column; only those of width 0 count */
  constructor(widths: Uint8Array, values: Int32Array) {
    this.count = widths.length;
    const columns: number[] = [];
    // A code is 0 there, and stays 0 in every representation: only other values have to be put in.
    for (let k = 0; k < widths.length; k++) if (widths[k] === 0 && values[k] !== 0) columns.push(k);
    this.columns = Uint32Array.from(columns);
    this.values = values;
  }

  /** Puts the values into decoded records. */
  fill(records: Int16Array | Int32Array, count: number): void {
    for (const column of this.columns) {
      const value = this.values[column];
      for (let i = 0, at = column; i < count; i++, at += this.count) records[at] = value;
    }
  }
}

/** Writes the values of the columns of width 0, in order. */
export function writeConstants(into: ByteWriter, widths: Uint8Array, values: Int32Array): void {
  for (let k = 0; k < widths.length; k++) if (widths[k] === 0) writeSigned(into, values[k]);
}

/** @throws ARCHIVE_CORRUPT */
export function readConstants(from: ByteReader, widths: Uint8Array): Int32Array {
  const values = new Int32Array(widths.length);
  for (let k = 0; k < widths.length; k++) if (widths[k] === 0) values[k] = readSigned(from);
  return values;
}

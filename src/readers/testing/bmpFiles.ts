/** BMPs for tests, part by part: header of any length, masks, palette and rows. */
import { joined } from './imageFiles.ts';

const uint16 = (value: number): number[] => [value & 255, (value >>> 8) & 255];
const uint32 = (value: number): number[] => [...uint16(value), ...uint16(value >>> 16)];

export interface BmpParts {
  width: number;
  /** Negative where the first row is the uppermost. */
  height: number;
  bits: number;
  /** Each row filled up to a multiple of four bytes. */
  rows: Uint8Array;
  /** Of the info header: 12 is OS/2’s. */
  headerBytes?: number;
  compression?: number;
  /** Red, green, blue, alpha: in the header, and behind it where it has no place for them. */
  masks?: readonly number[];
  /** Blue, green, red and a byte that says nothing; three bytes each in OS/2’s. */
  palette?: ArrayLike<number>;
  colours?: number;
  /** Where the rows begin; right behind the palette where it is left out. */
  rowsAt?: number;
  /** Bytes between palette and rows. */
  gap?: number;
}

export function bmpFile({
  width,
  height,
  bits,
  rows,
  headerBytes = 40,
  compression = 0,
  masks = [],
  palette = [],
  colours = 0,
  gap = 0,
  rowsAt,
}: BmpParts): Uint8Array {
  const fields = joined(...masks.map(uint32));
  const behind = headerBytes === 40 ? (compression === 3 ? 12 : compression === 6 ? 16 : 0) : 0;
  const info =
    headerBytes === 12
      ? joined(uint32(12), uint16(width), uint16(height), uint16(1), uint16(bits))
      : joined(
          ...[
            uint32(headerBytes),
            uint32(width),
            uint32(height),
            uint16(1),
            uint16(bits),
            uint32(compression),
          ],
          ...[uint32(0), uint32(0), uint32(0), uint32(colours), uint32(0), fields],
          new Uint8Array(Math.max(0, headerBytes - 40 - fields.length)),
        ).subarray(0, headerBytes);
  const start = 14 + info.length + behind + palette.length + gap;
  return joined(
    [0x42, 0x4d],
    ...[uint32(start + rows.length), uint32(0), uint32(rowsAt ?? start)],
    ...[info, fields.subarray(0, behind), palette, new Uint8Array(gap), rows],
  );
}

/** Values of `bits` bits packed into rows from above, the first in the highest bits. */
export function packRows(values: ArrayLike<number>, width: number, height: number, bits: number): Uint8Array {
  const rowBytes = 4 * Math.ceil((width * bits) / 32);
  const rows = new Uint8Array(rowBytes * height);
  for (let i = 0; i < width * height; i++) {
    const bit = (i % width) * bits;
    rows[Math.floor(i / width) * rowBytes + (bit >>> 3)] |= values[i] << (8 - bits - (bit & 7));
  }
  return rows;
}

/** A BMP of greys, eight bits a pixel. */
export function greyBmp(width: number, height: number, greys: Uint8Array): Uint8Array {
  const palette = Uint8Array.from({ length: 4 * 256 }, (_, i) => (i % 4 === 3 ? 0 : i >>> 2));
  return bmpFile({ width, height: -height, bits: 8, palette, rows: packRows(greys, width, height, 8) });
}

/**
 * What sign-magnitude and two's complement share: a column has a sign bit only where a negative value occurs, so that
 * beside its width a flag is kept.
 */
import type { ByteReader, ByteWriter } from '../../bits/bytes.ts';
import { MAX_WIDTH, readConstants, readPacked, writeConstants, writePacked } from './packedForms.ts';

export interface SignedColumns {
  /** Bits, the sign included. */
  widths: Uint8Array;
  /** 1 where the most significant bit is a sign. */
  signed: Uint8Array;
  /** Value of each column of width 0. */
  values: Int32Array;
}

/** @param width bits of a column that is not constant, the sign included */
export function fitSigned(
  least: Int32Array,
  greatest: Int32Array,
  width: (least: number, greatest: number) => number,
): SignedColumns {
  const widths = new Uint8Array(least.length);
  const signed = new Uint8Array(least.length);
  for (let k = 0; k < least.length; k++) {
    if (least[k] === greatest[k]) continue;
    widths[k] = width(least[k], greatest[k]);
    signed[k] = least[k] < 0 ? 1 : 0;
  }
  return { widths, signed, values: least.slice() };
}

export function writeSignedColumns(into: ByteWriter, { widths, signed, values }: SignedColumns): void {
  writePacked(into, widths);
  writePacked(into, signed);
  writeConstants(into, widths, values);
}

/** @throws ARCHIVE_CORRUPT */
export function readSignedColumns(from: ByteReader, columns: number): SignedColumns {
  const widths = readPacked(from, columns, MAX_WIDTH);
  const signed = readPacked(from, columns, 1);
  for (let k = 0; k < columns; k++) {
    if (signed[k] === 1 && widths[k] === 0) throw from.corrupt(`gives column ${k} a sign and no bits`);
  }
  return { widths, signed, values: readConstants(from, widths) };
}

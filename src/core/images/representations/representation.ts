/**
 * What a representation is: signed integers of one column to unsigned codes of minimal width, and back. A
 * representation is a file beside this one that exports one value of this type and is listed in registry.ts.
 */
import type { ByteReader, ByteWriter } from '../../bits/bytes.ts';
import type { PluginMeta } from '../../registry.ts';

export interface RepresentationMeta extends PluginMeta {
  /** Number in archives; never reused. */
  id: number;
}

/** Every column of one base table, fitted to the values that occur in it. */
export interface ColumnForms {
  /** Bits per column, 0 … 32; 0 for a column of one value. */
  widths: Uint8Array;
  /** Unsigned code of a value of column k. Only for values between the column's least and greatest. */
  encode(column: number, value: number): number;
  /** The way back, for any code of the column's width. */
  decode(column: number, code: number): number;
  /** Codes of one column of many records, `stride` values apart: codes[i] for values[at + i · stride]. */
  encodeColumn(
    column: number,
    values: Int16Array | Int32Array,
    at: number,
    stride: number,
    count: number,
    codes: Uint16Array | Uint32Array,
  ): void;
  /** Codes of whole records in place: count × columns codes become values. */
  decodeRows(values: Int16Array | Int32Array, count: number): void;
  /** What an archive has to keep of them. */
  write(into: ByteWriter): void;
}

export interface Representation {
  meta: RepresentationMeta;
  /** @param least and greatest value of each column; where there is no record both are 0 */
  fit(least: Int32Array, greatest: Int32Array): ColumnForms;
  /** @throws ARCHIVE_CORRUPT for forms that cannot be */
  read(from: ByteReader, columns: number): ColumnForms;
}

/** The low bits of two's complement, as processors keep integers. */
import { ConstantColumns } from './packedForms.ts';
import { fitSigned, readSignedColumns, writeSignedColumns, type SignedColumns } from './signed.ts';
import type { ColumnForms, Representation, RepresentationMeta } from './representation.ts';

export const twosComplementMeta: RepresentationMeta = {
  name: 'twos',
  id: 4,
  label: "Two's complement",
  sentence: 'The way processors keep integers: small values of opposite sign differ in every bit.',
};

export const twosComplement: Representation = {
  meta: twosComplementMeta,

  fit: (least, greatest) => forms(fitSigned(least, greatest, width)),

  read: (from, columns) => forms(readSignedColumns(from, columns)),
};

function width(least: number, greatest: number): number {
  // ~v is −v − 1: what a negative number has beside its sign.
  return least < 0 ? 33 - Math.clz32(Math.max(~least, greatest)) : 32 - Math.clz32(greatest);
}

function forms(columns: SignedColumns): ColumnForms {
  const { widths, signed, values } = columns;
  const count = widths.length;
  const constants = new ConstantColumns(widths, values);
  /** How far up the sign has to go so that coming down again it fills the bits above. */
  const shifts = new Uint8Array(count);
  const masks = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    shifts[k] = signed[k] === 1 ? 32 - widths[k] : 0;
    masks[k] = widths[k] === 0 ? 0 : 0xffffffff >>> (32 - widths[k]);
  }
  return {
    widths,

    encode: (column, value) => (value & masks[column]) >>> 0,

    decode: (column, code) =>
      widths[column] === 0 ? values[column] : (code << shifts[column]) >> shifts[column],

    encodeColumn(column, from, at, stride, total, codes) {
      const mask = masks[column];
      for (let i = 0, k = at; i < total; i++, k += stride) codes[i] = from[k] & mask;
    },

    decodeRows(rows, total) {
      for (let i = 0, at = 0; i < total; i++) {
        for (let k = 0; k < count; k++, at++) {
          const shift = shifts[k];
          rows[at] = (rows[at] << shift) >> shift;
        }
      }
      constants.fill(rows, total);
    },

    write: (into) => writeSignedColumns(into, columns),
  };
}

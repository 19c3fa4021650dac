/** The sign as the most significant bit, then the magnitude. */
import { LabError } from '../../errors.ts';
import { ConstantColumns } from './packedForms.ts';
import { fitSigned, readSignedColumns, writeSignedColumns, type SignedColumns } from './signed.ts';
import type { ColumnForms, Representation, RepresentationMeta } from './representation.ts';

export const signMagnitudeMeta: RepresentationMeta = {
  name: 'signmag',
  id: 3,
  label: 'Sign and magnitude',
  sentence: 'The sign comes first, then the magnitude: the sign of noise is a bit that nothing compresses.',
};

export const signMagnitude: Representation = {
  meta: signMagnitudeMeta,

  fit: (least, greatest) => forms(fitSigned(least, greatest, width)),

  read: (from, columns) => forms(readSignedColumns(from, columns)),
};

function width(least: number, greatest: number): number {
  const magnitude = Math.max(-least, greatest);
  if (magnitude > 0x7fffffff) {
    throw new LabError('IMAGES_TOO_LARGE', `The value ${least} has no sign and magnitude of 32 bits.`);
  }
  return 32 - Math.clz32(magnitude) + (least < 0 ? 1 : 0);
}

function forms(columns: SignedColumns): ColumnForms {
  const { widths, signed, values } = columns;
  const count = widths.length;
  const constants = new ConstantColumns(widths, values);
  /** The sign bit as a mask, 0 where there is none; the other bits; how far down the sign has to come. */
  const signs = new Int32Array(count);
  const magnitudes = new Int32Array(count);
  const shifts = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const top = widths[k] - 1;
    if (signed[k] === 1) {
      signs[k] = 1 << top;
      magnitudes[k] = (1 << top) - 1;
      shifts[k] = top;
    } else {
      // No code of a column without signs reaches bit 31 unless it is forged.
      magnitudes[k] = 0x7fffffff;
      shifts[k] = 31;
    }
  }
  const decode = (column: number, code: number): number => {
    const negative = -((code >>> shifts[column]) & 1);
    return ((code & magnitudes[column]) ^ negative) - negative;
  };
  return {
    widths,

    encode: (column, value) =>
      widths[column] === 0 ? 0 : value < 0 ? (-value | signs[column]) >>> 0 : value,

    decode: (column, code) => (widths[column] === 0 ? values[column] : decode(column, code)),

    encodeColumn(column, from, at, stride, total, codes) {
      if (widths[column] === 0) {
        codes.fill(0, 0, total);
        return;
      }
      const sign = signs[column];
      for (let i = 0, k = at; i < total; i++, k += stride) {
        const value = from[k];
        const negative = value >> 31;
        codes[i] = ((value ^ negative) - negative) | (negative & sign);
      }
    },

    decodeRows(rows, total) {
      // Sixteen bits that were taken for a negative number have to lose the copies of their top bit.
      const mask = rows instanceof Int16Array ? 0xffff : -1;
      for (let i = 0, at = 0; i < total; i++) {
        for (let k = 0; k < count; k++, at++) {
          const code = rows[at] & mask;
          const negative = -((code >>> shifts[k]) & 1);
          rows[at] = ((code & magnitudes[k]) ^ negative) - negative;
        }
      }
      constants.fill(rows, total);
    },

    write: (into) => writeSignedColumns(into, columns),
  };
}

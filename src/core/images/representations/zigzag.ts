/** 0, −1, 1, −2, 2, … become 0, 1, 2, 3, 4, …: small values of either sign have leading zeros. */
import {
  ConstantColumns,
  foldSign,
  MAX_WIDTH,
  readConstants,
  readPacked,
  unfoldSign,
  writeConstants,
  writePacked,
} from './packedForms.ts';
import type { ColumnForms, Representation, RepresentationMeta } from './representation.ts';

export const zigzagMeta: RepresentationMeta = {
  name: 'zigzag',
  id: 1,
  label: 'Zigzag',
  sentence:
    'Values alternate in sign, 0, −1, 1, −2, …: the sign is the last bit, and small values begin with zeros.',
};

export const zigzag: Representation = {
  meta: zigzagMeta,

  fit(least, greatest) {
    const widths = new Uint8Array(least.length);
    for (let k = 0; k < least.length; k++) {
      if (least[k] === greatest[k]) continue;
      widths[k] = 32 - Math.clz32(Math.max(foldSign(least[k]), foldSign(greatest[k])));
    }
    return forms(widths, least.slice());
  },

  read(from, columns) {
    const widths = readPacked(from, columns, MAX_WIDTH);
    return forms(widths, readConstants(from, widths));
  },
};

/** @param values per column; only those of width 0 count */
function forms(widths: Uint8Array, values: Int32Array): ColumnForms {
  const constants = new ConstantColumns(widths, values);
  return {
    widths,

    encode: (column, value) => (widths[column] === 0 ? 0 : foldSign(value)),

    decode: (column, code) => (widths[column] === 0 ? values[column] : unfoldSign(code)),

    encodeColumn(column, from, at, stride, count, codes) {
      if (widths[column] === 0) {
        codes.fill(0, 0, count);
        return;
      }
      for (let i = 0, k = at; i < count; i++, k += stride) {
        const value = from[k];
        codes[i] = (value << 1) ^ (value >> 31);
      }
    },

    decodeRows(rows, count) {
      const size = count * widths.length;
      if (rows instanceof Int16Array) {
        for (let k = 0; k < size; k++) {
          // A code of 16 bits has been taken for a negative number.
          const code = rows[k] & 0xffff;
          rows[k] = (code >>> 1) ^ -(code & 1);
        }
      } else {
        for (let k = 0; k < size; k++) {
          const code = rows[k];
          rows[k] = (code >>> 1) ^ -(code & 1);
        }
      }
      constants.fill(rows, count);
    },

    write(into) {
      writePacked(into, widths);
      writeConstants(into, widths, values);
    },
  };
}

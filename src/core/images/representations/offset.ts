/** Values count from the least of their column. */
import { MAX_WIDTH, readPacked, readSigned, writePacked, writeSigned } from './packedForms.ts';
import type { ColumnForms, Representation, RepresentationMeta } from './representation.ts';

export const offsetMeta: RepresentationMeta = {
  name: 'offset',
  id: 2,
  label: 'Offset',
  sentence: 'Values count from the least of their column, as numbers in tables do.',
};

export const offset: Representation = {
  meta: offsetMeta,

  fit(least, greatest) {
    const widths = new Uint8Array(least.length);
    // A difference of two 32-bit integers has 32 bits, read as unsigned.
    for (let k = 0; k < least.length; k++) widths[k] = 32 - Math.clz32(greatest[k] - least[k]);
    return forms(widths, least.slice());
  },

  read(from, columns) {
    const widths = readPacked(from, columns, MAX_WIDTH);
    const least = new Int32Array(columns);
    for (let k = 0; k < columns; k++) least[k] = readSigned(from);
    return forms(widths, least);
  },
};

function forms(widths: Uint8Array, least: Int32Array): ColumnForms {
  const columns = widths.length;
  return {
    widths,

    encode: (column, value) => (value - least[column]) >>> 0,

    decode: (column, code) => (code + least[column]) | 0,

    encodeColumn(column, from, at, stride, count, codes) {
      const first = least[column];
      for (let i = 0, k = at; i < count; i++, k += stride) codes[i] = from[k] - first;
    },

    decodeRows(rows, count) {
      // Storing keeps the low bits of the sum, which makes up for a code of all bits that was taken for negative.
      for (let i = 0, at = 0; i < count; i++) {
        for (let k = 0; k < columns; k++, at++) rows[at] += least[k];
      }
    },

    write(into) {
      writePacked(into, widths);
      for (let k = 0; k < columns; k++) writeSigned(into, least[k]);
    },
  };
}

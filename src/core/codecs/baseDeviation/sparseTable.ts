/**
 * A base table as it is stored in an archive of pictures. Its bits are those of least entropy: in every column nearly
 * all rows have the same bit. Of each column that bit is stored, and the gaps between the rows that differ, in Rice
 * code (R. F. Rice, 1979): about what the entropy of the columns comes to, and undone by flipping a few bits.
 */
import { bytesOfStream, readBits, streamWords, wordsOfBytes, writeBits } from '../../bits/bitStream.ts';
import { ByteReader, ByteWriter } from '../../bits/bytes.ts';
import { LabError } from '../../errors.ts';

/** Bits that a Rice parameter takes, and the one that stands for a column as it is, a bit for every row. */
const PARAMETER_BITS = 5;
const PLAIN = 31;

/** Bits of a table and of its stored form at most: places are counted in 32 bits. */
const MOST_BITS = 2 ** 32 - 64;

/** A bit matrix, row after row without gaps, bits from the least significant on. */
interface BitTable {
  rows: number;
  columns: number;
  bytes: Uint8Array;
}

/** Calls back for every set bit of the row that begins at bit `start`, flipped where `usual` has a bit. */
function eachSetBit(
  words: Uint32Array,
  start: number,
  columns: number,
  usual: Uint32Array,
  visit: (column: number) => void,
): void {
  for (let from = 0, w = 0; from < columns; from += 32, w++) {
    const width = columns - from < 32 ? columns - from : 32;
    let bits = readBits(words, start + from, width) ^ usual[w];
    while (bits !== 0) {
      const low = bits & -bits;
      visit(from + 31 - Math.clz32(low));
      bits ^= low;
    }
  }
}

/** Rows that differ from the usual bit, column after column: those of column c from starts[c] to starts[c + 1]. */
function exceptions({ rows, columns, bytes }: BitTable): {
  usual: Uint32Array;
  starts: Uint32Array;
  where: Uint32Array;
} {
  const words = wordsOfBytes(bytes);
  const none = new Uint32Array((columns + 31) >>> 5);
  const ones = new Uint32Array(columns);
  for (let row = 0; row < rows; row++) eachSetBit(words, row * columns, columns, none, (c) => ones[c]++);
  const usual = none.slice();
  const starts = new Uint32Array(columns + 1);
  for (let c = 0; c < columns; c++) {
    const isUsuallyOne = 2 * ones[c] > rows;
    if (isUsuallyOne) usual[c >>> 5] |= 1 << (c & 31);
    starts[c + 1] = starts[c] + (isUsuallyOne ? rows - ones[c] : ones[c]);
  }
  const where = new Uint32Array(starts[columns]);
  const next = starts.slice(0, columns);
  for (let row = 0; row < rows; row++)
    eachSetBit(words, row * columns, columns, usual, (c) => (where[next[c]++] = row));
  return { usual, starts, where };
}

/** Bits that the gaps of a column take with parameter k; the last gap reaches beyond the last row. */
function riceBits(where: Uint32Array, from: number, to: number, rows: number, k: number): number {
  let bits = (to - from + 1) * (1 + k);
  let before = -1;
  for (let i = from; i < to; i++) {
    bits += (where[i] - before - 1) >>> k;
    before = where[i];
  }
  return bits + ((rows - before - 1) >>> k);
}

/** Column by column: the usual bit, the parameter k, every gap as its high part in unary and k low bits; or which rows
 * differ as one bit each. */
export function packTable(table: BitTable): Uint8Array {
  const { rows, columns } = table;
  if (rows * columns > MOST_BITS / 2) {
    throw new LabError('IMAGES_TOO_LARGE', `A base table of ${rows} bases of ${columns} bits is too large.`);
  }
  const { usual, starts, where } = exceptions(table);
  const parameters = new Uint8Array(columns);
  let bits = columns * (1 + PARAMETER_BITS);
  for (let c = 0; c < columns; c++) {
    let least = rows;
    parameters[c] = PLAIN;
    for (let k = 0, before = Infinity; k < PLAIN; k++) {
      const size = riceBits(where, starts[c], starts[c + 1], rows, k);
      // The size falls to one minimum and rises behind it.
      if (size >= before) break;
      before = size;
      if (size >= least) continue;
      least = size;
      parameters[c] = k;
    }
    bits += least;
  }
  const out = streamWords(bits);
  let at = 0;
  const put = (width: number, value: number): void => {
    writeBits(out, at, width, value);
    at += width;
  };
  for (let c = 0; c < columns; c++) {
    const k = parameters[c];
    put(1, (usual[c >>> 5] >>> (c & 31)) & 1);
    put(PARAMETER_BITS, k);
    if (k === PLAIN) {
      for (let i = starts[c]; i < starts[c + 1]; i++) writeBits(out, at + where[i], 1, 1);
      at += rows;
      continue;
    }
    let before = -1;
    for (let i = starts[c]; i <= starts[c + 1]; i++) {
      const row = i < starts[c + 1] ? where[i] : rows;
      const gap = row - before - 1;
      let high = gap >>> k;
      for (; high >= 31; high -= 31) put(31, 0x7fffffff);
      put(high + 1, 2 ** high - 1);
      if (k > 0) put(k, gap & (2 ** k - 1));
      before = row;
    }
  }
  return new ByteWriter().varint(bits).bytes(bytesOfStream(out, bits)).finish();
}

/**
 * @param rows bases, and `columns` bits of each that vary, as the head has them; both have been checked
 * @throws ARCHIVE_CORRUPT
 */
export function unpackTable(packed: Uint8Array, rows: number, columns: number): Uint8Array {
  const reader = new ByteReader(packed, 'a base table');
  const bits = reader.varint();
  if (bits > reader.left * 8 || reader.left !== Math.ceil(bits / 8))
    throw reader.corrupt('has not its length');
  if (bits > MOST_BITS || rows * columns > MOST_BITS)
    throw reader.corrupt(`claims ${rows} bases of ${columns} bits`);
  const words = wordsOfBytes(reader.bytes(reader.left));
  const out = streamWords(rows * columns);
  const usual = new Uint32Array((columns + 31) >>> 5);
  let at = 0;
  for (let c = 0; c < columns; c++) {
    if (at + 1 + PARAMETER_BITS > bits) throw early();
    const head = readBits(words, at, 1 + PARAMETER_BITS);
    at += 1 + PARAMETER_BITS;
    if ((head & 1) === 1) usual[c >>> 5] |= 1 << (c & 31);
    const k = head >>> 1;
    if (k === PLAIN) {
      if (at + rows > bits) throw early();
      for (let row = 0, position = c; row < rows; row++, at++, position += columns) {
        if (readBits(words, at, 1) === 1) out[position >>> 5] ^= 1 << (position & 31);
      }
      continue;
    }
    let position = c - columns;
    for (let row = -1; ;) {
      // A window of 32 bits holds nearly every gap whole: ones, a zero, k low bits.
      let index = at >>> 5;
      let shift = at & 31;
      let window = (words[index] >>> shift) | ((words[index + 1] << (31 - shift)) << 1);
      let high = 0;
      while (window === -1) {
        high += 32;
        at += 32;
        if (at >= bits) throw early();
        index = at >>> 5;
        shift = at & 31;
        window = (words[index] >>> shift) | ((words[index + 1] << (31 - shift)) << 1);
      }
      const run = 31 - Math.clz32(~window & -~window);
      at += run + 1 + k;
      if (at > bits) throw early();
      high += run;
      const low = run + 1 + k <= 32 ? ((window >>> run) >>> 1) & ((1 << k) - 1) : readBits(words, at - k, k);
      if (high > rows >>> k) throw early();
      const step = (high << k) + low + 1;
      row += step;
      if (row >= rows) {
        if (row > rows) throw early();
        break;
      }
      position += step * columns;
      out[position >>> 5] ^= 1 << (position & 31);
    }
  }
  if (at !== bits) throw early();
  for (let row = 0; row < rows; row++) {
    for (let from = 0, w = 0; from < columns; from += 32, w++) {
      if (usual[w] !== 0) flip(out, row * columns + from, usual[w]);
    }
  }
  return bytesOfStream(out, rows * columns);
}

/** Flips the bits of `mask` from bit `at` on. */
function flip(words: Uint32Array, at: number, mask: number): void {
  const index = at >>> 5;
  const shift = at & 31;
  words[index] ^= mask << shift;
  if (shift > 0) words[index + 1] ^= mask >>> (32 - shift);
}

function early(): LabError {
  return new LabError(
    'ARCHIVE_CORRUPT',
    'The archive is damaged: a base table has not the rows its head claims.',
  );
}

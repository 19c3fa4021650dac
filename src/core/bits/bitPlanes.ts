/**
 * Bit planes: for every bit position of the record one bit per record, packed 32 records to a word. Counting ones is
 * then a popcount, and splitting groups by a bit reads one word per 32 records.
 */
import { emptyCodes, type Lane, type LaneCodes, type Layout } from './lanes.ts';

export interface BitPlanes {
  /** Number of records n. */
  records: number;
  /** Number of bit positions. */
  positions: number;
  /** Words per plane, ⌈n / 32⌉. */
  words: number;
  /** positions × words; record r is bit r mod 32 of word ⌊r / 32⌋ of its plane; bits past the last record are 0. */
  data: Uint32Array;
}

/**
 * Transposes a 32 × 32 bit matrix in place: bit b of word r and bit r of word b change places. Five rounds of swapping
 * ever smaller blocks (Warren, Hacker's Delight, 7–3); the rounds over blocks of 16 and 8, and those over 4, 2 and 1,
 * are made on the same few words at a time, which then stay in registers.
 */
export function transpose32(a: Uint32Array): void {
  for (let k = 0; k < 8; k++) {
    let x0 = a[k];
    let x1 = a[k + 8];
    let x2 = a[k + 16];
    let x3 = a[k + 24];
    let t = ((x0 >>> 16) ^ x2) & 0xffff;
    x2 ^= t;
    x0 ^= t << 16;
    t = ((x1 >>> 16) ^ x3) & 0xffff;
    x3 ^= t;
    x1 ^= t << 16;
    t = ((x0 >>> 8) ^ x1) & 0xff00ff;
    x1 ^= t;
    x0 ^= t << 8;
    t = ((x2 >>> 8) ^ x3) & 0xff00ff;
    x3 ^= t;
    x2 ^= t << 8;
    a[k] = x0;
    a[k + 8] = x1;
    a[k + 16] = x2;
    a[k + 24] = x3;
  }
  for (let k = 0; k < 32; k += 8) {
    let x0 = a[k];
    let x1 = a[k + 1];
    let x2 = a[k + 2];
    let x3 = a[k + 3];
    let x4 = a[k + 4];
    let x5 = a[k + 5];
    let x6 = a[k + 6];
    let x7 = a[k + 7];
    let t = ((x0 >>> 4) ^ x4) & 0x0f0f0f0f;
    x4 ^= t;
    x0 ^= t << 4;
    t = ((x1 >>> 4) ^ x5) & 0x0f0f0f0f;
    x5 ^= t;
    x1 ^= t << 4;
    t = ((x2 >>> 4) ^ x6) & 0x0f0f0f0f;
    x6 ^= t;
    x2 ^= t << 4;
    t = ((x3 >>> 4) ^ x7) & 0x0f0f0f0f;
    x7 ^= t;
    x3 ^= t << 4;
    t = ((x0 >>> 2) ^ x2) & 0x33333333;
    x2 ^= t;
    x0 ^= t << 2;
    t = ((x1 >>> 2) ^ x3) & 0x33333333;
    x3 ^= t;
    x1 ^= t << 2;
    t = ((x4 >>> 2) ^ x6) & 0x33333333;
    x6 ^= t;
    x4 ^= t << 2;
    t = ((x5 >>> 2) ^ x7) & 0x33333333;
    x7 ^= t;
    x5 ^= t << 2;
    t = ((x0 >>> 1) ^ x1) & 0x55555555;
    x1 ^= t;
    x0 ^= t << 1;
    t = ((x2 >>> 1) ^ x3) & 0x55555555;
    x3 ^= t;
    x2 ^= t << 1;
    t = ((x4 >>> 1) ^ x5) & 0x55555555;
    x5 ^= t;
    x4 ^= t << 1;
    t = ((x6 >>> 1) ^ x7) & 0x55555555;
    x7 ^= t;
    x6 ^= t << 1;
    a[k] = x0;
    a[k + 1] = x1;
    a[k + 2] = x2;
    a[k + 3] = x3;
    a[k + 4] = x4;
    a[k + 5] = x5;
    a[k + 6] = x6;
    a[k + 7] = x7;
  }
}

/** Planes of no bits yet, for records whose bits are laid in tile by tile. */
export function emptyPlanes(positions: number, records: number): BitPlanes {
  const words = (records + 31) >>> 5;
  return { records, positions, words, data: new Uint32Array(positions * words) };
}

/**
 * Lays the codes of one lane into planes that are still 0 there.
 *
 * @param some which records' codes the planes have, in their order; null for all
 */
export function layLane(
  { records, words, data }: BitPlanes,
  { start, width }: Lane,
  code: LaneCodes,
  some: Uint32Array | null = null,
): void {
  const block = new Uint32Array(32);
  for (let w = 0; w < words; w++) {
    const first = w << 5;
    const count = Math.min(32, records - first);
    if (some === null) for (let r = 0; r < count; r++) block[r] = code[first + r];
    else for (let r = 0; r < count; r++) block[r] = code[some[first + r]];
    for (let r = count; r < 32; r++) block[r] = 0;
    transpose32(block);
    // Bit b of the code, counted from the least significant, stands at position start + width − 1 − b.
    let target = (start + width - 1) * words + w;
    for (let b = 0; b < width; b++, target -= words) data[target] = block[b];
  }
}

/**
 * Bit planes of lane codes.
 *
 * @param layout record layout
 * @param codes one array per lane
 * @param records how many there are; or which of them, in the order of the planes
 */
export function bitPlanes(
  layout: Layout,
  codes: readonly LaneCodes[],
  records: number | Uint32Array,
): BitPlanes {
  const [some, all] = typeof records === 'number' ? [null, records] : [records, records.length];
  const planes = emptyPlanes(layout.recordBits, all);
  layout.lanes.forEach((lane, index) => layLane(planes, lane, codes[index], some));
  return planes;
}

/** Lane codes of bit planes: what `bitPlanes` was given of these records. */
export function laneCodes(layout: Layout, { records, words, data }: BitPlanes): LaneCodes[] {
  const block = new Uint32Array(32);
  return layout.lanes.map(({ start, width }) => {
    const code = emptyCodes(width, records);
    for (let w = 0; w < words; w++) {
      for (let b = 0, k = (start + width - 1) * words + w; b < width; b++, k -= words) block[b] = data[k];
      block.fill(0, width);
      transpose32(block);
      const first = w << 5;
      const count = Math.min(32, records - first);
      for (let r = 0; r < count; r++) code[first + r] = block[r];
    }
    return code;
  });
}

/** Number of ones in every plane. */
export function countOnes(planes: BitPlanes): Uint32Array {
  const { data, words, positions } = planes;
  const ones = new Uint32Array(positions);
  for (let position = 0, k = 0; position < positions; position++) {
    let count = 0;
    for (let w = 0; w < words; w++, k++) {
      let x = data[k];
      x -= (x >>> 1) & 0x55555555;
      x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
      x = (x + (x >>> 4)) & 0x0f0f0f0f;
      count += Math.imul(x, 0x01010101) >>> 24;
    }
    ones[position] = count;
  }
  return ones;
}

/**
 * Entropy of a bit position in bits (paper Eq. 6): H = −p log2 p − (1 − p) log2(1 − p), p = ones / records.
 * For display: orders are made from the integer min(ones, records − ones), which sorts as H does on every engine.
 */
export function bitEntropy(ones: number, records: number): number {
  if (ones === 0 || ones === records) return 0;
  const p = ones / records;
  return -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
}

/** min(ones, records − ones): sorts as the entropy does, exactly. */
export function minority(ones: number, records: number): number {
  return Math.min(ones, records - ones);
}

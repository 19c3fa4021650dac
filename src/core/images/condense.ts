/**
 * Condensed pictures: the pictures of one class that agree on the first β analytics bits form a cluster, whose mean
 * stands for them with their number as its weight. Bits are those of the pixels as they are, in the paper's order: rank
 * from the most significant among the bits of a column that are not constant, then entropy, then column.
 */
import type { BitPlanes } from '../bits/bitPlanes.ts';
import { minority } from '../bits/bitPlanes.ts';
import { clusterRecords } from '../condense/clusters.ts';

export interface CondensedClass {
  /** Number of clusters m, numbered by their first picture. */
  count: number;
  /** m × bytes: means of the members, rounded to the nearest level, halves up. */
  means: Uint8Array;
  /** Members of every cluster; their sum is the number of pictures. */
  weights: Uint32Array;
  /** Analytics bits that exist at most: bits of a column that are not constant. */
  maxBeta: number;
}

/** Bits of a channel of a pixel: a column. */
const BITS = 8;

/**
 * @param pixels pictures of one class of `bytes` bytes, one after the other
 * @param records number of pictures
 * @param beta analytics bits β; all there are, where it is more
 */
export function condenseClass(
  pixels: Uint8Array,
  bytes: number,
  records: number,
  beta: number,
): CondensedClass {
  const ones = countOnes(pixels, bytes, records);
  const { bits, maxBeta } = analyticsBits(ones, bytes, records, beta);
  const planes = planesOf(pixels, bytes, records, bits);
  const order = Uint32Array.from(bits, (_, k) => k);
  const { ids, count } = clusterRecords(planes, order, bits.length);
  return { ...clusterMeans(pixels, bytes, ids, count), maxBeta };
}

/** SPREAD[b]: bit i of b as byte i of four, for the lower four bits; the upper four are found at b >>> 4. */
const SPREAD = Uint32Array.from(
  { length: 16 },
  (_, half) => ((half & 1) | ((half & 2) << 7) | ((half & 4) << 14) | ((half & 8) << 21)) >>> 0,
);

/** Pictures after which a counter of a byte may be full. */
const FULL = 255;

/** Number of ones per bit of every column; bit 8 · column + b counts b from the most significant. */
function countOnes(pixels: Uint8Array, bytes: number, records: number): Uint32Array {
  const ones = new Uint32Array(bytes * BITS);
  // Four counters of a byte in a word, emptied before any of them is full.
  const low = new Uint32Array(bytes);
  const high = new Uint32Array(bytes);
  for (let first = 0; first < records; first += FULL) {
    const end = Math.min(records, first + FULL);
    for (let i = first, at = first * bytes; i < end; i++) {
      for (let column = 0; column < bytes; column++) {
        const value = pixels[at++];
        low[column] += SPREAD[value & 15];
        high[column] += SPREAD[value >>> 4];
      }
    }
    for (let column = 0; column < bytes; column++) {
      for (let b = 0; b < 4; b++) {
        ones[column * BITS + 3 - b] += (high[column] >>> (8 * b)) & 255;
        ones[column * BITS + 7 - b] += (low[column] >>> (8 * b)) & 255;
      }
      low[column] = 0;
      high[column] = 0;
    }
  }
  return ones;
}

/** The first β analytics bits, numbered as in countOnes. */
function analyticsBits(
  ones: Uint32Array,
  bytes: number,
  records: number,
  beta: number,
): { bits: Uint32Array; maxBeta: number } {
  /** Non-constant bits by rank. */
  const ranks: number[][] = Array.from({ length: BITS }, () => []);
  let maxBeta = 0;
  for (let column = 0; column < bytes; column++) {
    let rank = 0;
    for (let bit = column * BITS; bit < (column + 1) * BITS; bit++) {
      if (minority(ones[bit], records) === 0) continue;
      ranks[rank++].push(bit);
      maxBeta++;
    }
  }
  const wanted = Math.min(beta, maxBeta);
  const bits = new Uint32Array(wanted);
  let found = 0;
  for (const ofRank of ranks) {
    if (found === wanted) break;
    // Within a rank a column has one bit, so that bits are in the order of columns already.
    ofRank.sort((a, b) => minority(ones[b], records) - minority(ones[a], records) || a - b);
    for (const bit of ofRank.slice(0, wanted - found)) bits[found++] = bit;
  }
  return { bits, maxBeta };
}

/** Bit planes of the chosen bits alone. */
function planesOf(pixels: Uint8Array, bytes: number, records: number, bits: Uint32Array): BitPlanes {
  const words = (records + 31) >>> 5;
  const data = new Uint32Array(bits.length * words);
  bits.forEach((bit, plane) => {
    const down = BITS - 1 - (bit % BITS);
    for (let i = 0, at = Math.floor(bit / BITS); i < records; i++, at += bytes) {
      data[plane * words + (i >>> 5)] |= ((pixels[at] >>> down) & 1) << (i & 31);
    }
  });
  return { records, positions: bits.length, words, data };
}

/** One row of sums at a time: pictures are visited cluster by cluster. */
function clusterMeans(
  pixels: Uint8Array,
  bytes: number,
  ids: Int32Array,
  count: number,
): { count: number; means: Uint8Array; weights: Uint32Array } {
  const weights = new Uint32Array(count);
  for (const id of ids) weights[id]++;
  const next = new Uint32Array(count);
  for (let id = 1; id < count; id++) next[id] = next[id - 1] + weights[id - 1];
  const members = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) members[next[ids[i]]++] = i;
  const means = new Uint8Array(count * bytes);
  const sums = new Float64Array(bytes);
  for (let id = 0, member = 0; id < count; id++) {
    const weight = weights[id];
    sums.fill(0);
    for (const end = member + weight; member < end; member++) {
      const at = members[member] * bytes;
      for (let k = 0; k < bytes; k++) sums[k] += pixels[at + k];
    }
    const to = id * bytes;
    for (let k = 0; k < bytes; k++) means[to + k] = Math.floor((2 * sums[k] + weight) / (2 * weight));
  }
  return { count, means, weights };
}

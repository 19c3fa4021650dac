/**
 * Counting distinct bit patterns exactly, one more bit at a time, by the records that a bit sets apart: of a bit that
 * few records have (or few have not) only those few are touched. A group splits where some of its records, but not all
 * of them, are among the few. Refiner does the same with every record, and numbers groups by their first records.
 */
import type { BitPlanes } from './bitPlanes.ts';

export class Splitter {
  /** Group of every record. */
  readonly ids: Int32Array;
  /** Number of groups. */
  count: number;
  private readonly planes: BitPlanes;
  private readonly ones: Uint32Array;
  /** Records of every group, and how many of them the bit sets apart. */
  private readonly sizes: Int32Array;
  private readonly hits: Int32Array;
  /** Where the records go that leave a group. */
  private readonly fresh: Int32Array;
  private readonly touched: Int32Array;
  private readonly members: Int32Array;

  /**
   * All records in one group.
   *
   * @param ones count of ones per position
   */
  constructor(planes: BitPlanes, ones: Uint32Array) {
    const { records } = planes;
    this.planes = planes;
    this.ones = ones;
    this.ids = new Int32Array(records);
    this.count = records === 0 ? 0 : 1;
    this.sizes = new Int32Array(records);
    this.hits = new Int32Array(records);
    this.fresh = new Int32Array(records);
    this.touched = new Int32Array(records);
    // Never more than half of the records are set apart.
    this.members = new Int32Array((records >>> 1) + 1);
    if (records > 0) this.sizes[0] = records;
  }

  /** Bits that turn a plane so that its ones are the few. */
  private flip(position: number): number {
    return 2 * this.ones[position] > this.planes.records ? -1 : 0;
  }

  /** Splits the groups by the bit at `position`; returns the number of groups then. */
  split(position: number): number {
    const { ids, sizes, hits, fresh, touched, members } = this;
    const { records, words, data } = this.planes;
    const few = this.flip(position) === 0 ? this.ones[position] : records - this.ones[position];
    if (few === 0) return this.count;
    const flip = this.flip(position);
    let touchedCount = 0;
    let memberCount = 0;
    for (let w = 0, k = position * words; memberCount < few; w++, k++) {
      // Past the last record a turned plane has ones too, but by then all of the few are found.
      let bits = data[k] ^ flip;
      while (bits !== 0 && memberCount < few) {
        const lowest = bits & -bits;
        bits ^= lowest;
        const record = (w << 5) + 31 - Math.clz32(lowest);
        const id = ids[record];
        if (hits[id]++ === 0) touched[touchedCount++] = id;
        members[memberCount++] = record;
      }
    }
    let next = this.count;
    for (let k = 0; k < touchedCount; k++) {
      const id = touched[k];
      const hit = hits[id];
      hits[id] = 0;
      if (hit < sizes[id]) {
        fresh[id] = next;
        sizes[id] -= hit;
        sizes[next++] = hit;
      } else {
        fresh[id] = id;
      }
    }
    if (next > this.count) {
      for (let k = 0; k < memberCount; k++) ids[members[k]] = fresh[ids[members[k]]];
      this.count = next;
    }
    return next;
  }

  /** Number of groups that splitting by the bit at `position` would make, without splitting them. */
  wouldCount(position: number): number {
    const { ids, sizes, hits, touched } = this;
    const { records, words, data } = this.planes;
    const flip = this.flip(position);
    const few = flip === 0 ? this.ones[position] : records - this.ones[position];
    let touchedCount = 0;
    for (let w = 0, k = position * words, found = 0; found < few; w++, k++) {
      let bits = data[k] ^ flip;
      while (bits !== 0 && found < few) {
        const lowest = bits & -bits;
        bits ^= lowest;
        const id = ids[(w << 5) + 31 - Math.clz32(lowest)];
        if (hits[id]++ === 0) touched[touchedCount++] = id;
        found++;
      }
    }
    let groups = this.count;
    for (let k = 0; k < touchedCount; k++) {
      const id = touched[k];
      if (hits[id] < sizes[id]) groups++;
      hits[id] = 0;
    }
    return groups;
  }

  /**
   * Numbers the groups by their first records, in place.
   *
   * @returns first record of every group
   */
  renumber(): Uint32Array {
    const { ids, fresh, count } = this;
    const first = new Uint32Array(count);
    fresh.fill(-1, 0, count);
    let next = 0;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      if (fresh[id] < 0) {
        first[next] = i;
        fresh[id] = next++;
      }
      ids[i] = fresh[id];
    }
    return first;
  }
}

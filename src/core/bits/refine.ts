/**
 * Counting distinct bit patterns exactly, one more bit at a time: a dense group id per record is refined by
 * id′ = dense(2·id + bit). O(n) per bit, no hashing of rows.
 */
import type { BitPlanes } from './bitPlanes.ts';

export class Refiner {
  private readonly planes: BitPlanes;
  /** New id of every (old id, bit), or −1; as long as twice the number of records can ask for. */
  private readonly dense: Int32Array;

  constructor(planes: BitPlanes) {
    this.planes = planes;
    this.dense = new Int32Array(2 * Math.max(1, planes.records));
  }

  /**
   * Splits the groups by the bit at `position`. New ids are numbered in the order in which their first records stand.
   *
   * @param ids old group id per record
   * @param count number of old groups
   * @param out new group id per record; may be `ids` itself
   * @returns number of new groups
   */
  refine(ids: Int32Array, count: number, position: number, out: Int32Array): number {
    const { records, words, data } = this.planes;
    const dense = this.dense;
    dense.fill(-1, 0, 2 * count);
    let next = 0;
    let word = position * words;
    for (let first = 0; first < records; first += 32) {
      let bits = data[word++];
      const end = first + 32 < records ? first + 32 : records;
      for (let i = first; i < end; i++) {
        const key = (ids[i] << 1) | (bits & 1);
        bits >>>= 1;
        let id = dense[key];
        if (id < 0) {
          id = next++;
          dense[key] = id;
        }
        out[i] = id;
      }
    }
    return next;
  }
}

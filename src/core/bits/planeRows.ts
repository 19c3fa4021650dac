/** Chosen bits of records, back from planes to rows: what packing needs, 32 records and 32 bits a transposition. */
import { transpose32, type BitPlanes } from './bitPlanes.ts';

export class PlaneRows {
  /** Words of a row. */
  readonly rowWords: number;
  private readonly planes: BitPlanes;
  private readonly order: Uint32Array;
  private readonly block = new Uint32Array(32);

  /** @param order positions, in the order in which their bits stand in a row, from bit 0 of its first word on */
  constructor(planes: BitPlanes, order: Uint32Array) {
    this.planes = planes;
    this.order = order;
    this.rowWords = (order.length + 31) >>> 5;
  }

  /** Rows of records 32·w to 32·w + 31: row r from index r × rowWords; bits past the last one are 0. */
  read(w: number, rows: Uint32Array): void {
    const { order, rowWords, block } = this;
    const { data, words } = this.planes;
    for (let c = 0; c < rowWords; c++) {
      const first = c << 5;
      const bits = Math.min(32, order.length - first);
      for (let k = 0; k < bits; k++) block[k] = data[order[first + k] * words + w];
      block.fill(0, bits);
      transpose32(block);
      for (let r = 0, k = c; r < 32; r++, k += rowWords) rows[k] = block[r];
    }
  }
}

/**
 * Lays a row's words into a stream at a bit offset, onto bits that are still 0. The row's bits past its last one are 0,
 * and the stream has room for the word that they may touch.
 */
export function appendRow(
  stream: Uint32Array,
  offset: number,
  rows: Uint32Array,
  at: number,
  count: number,
): void {
  let index = Math.floor(offset / 32);
  const shift = offset & 31;
  if (shift === 0) {
    for (let k = 0; k < count; k++) stream[index + k] |= rows[at + k];
    return;
  }
  let carry = 0;
  const back = 32 - shift;
  for (let k = 0; k < count; k++, index++) {
    const word = rows[at + k];
    stream[index] |= carry | (word << shift);
    carry = word >>> back;
  }
  // Only bits that are not 0 may be past the stream's last word.
  if (carry !== 0) stream[index] |= carry;
}

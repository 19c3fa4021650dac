/** PNG's filters undone (PNG specification, 9.2): every byte was stored as its difference from what its neighbours say. */

const NONE = 0;
const SUB = 1;
const UP = 2;
const AVERAGE = 3;
const PAETH = 4;

/**
 * Undoes the filters of rows that each begin with the number of their filter.
 *
 * @param step bytes from one pixel to the next
 * @returns the rows without the filters' numbers, or null where there is a filter of another number
 */
export function unfilter(
  rows: Uint8Array,
  height: number,
  rowBytes: number,
  step: number,
): Uint8Array | null {
  const out = new Uint8Array(height * rowBytes);
  for (let y = 0; y < height; y++) {
    // The first row has zeros above it: "up" is nothing then, and "Paeth" is the left neighbour.
    const isFirst = y === 0;
    const filter = rows[y * (rowBytes + 1)];
    const shift = y + 1;
    const start = y * rowBytes;
    const end = start + rowBytes;
    const inner = Math.min(start + step, end);
    if (filter === NONE || (filter === UP && isFirst)) {
      out.set(rows.subarray(start + shift, end + shift), start);
    } else if (filter === SUB || (filter === PAETH && isFirst)) {
      for (let i = start; i < inner; i++) out[i] = rows[i + shift];
      for (let i = inner; i < end; i++) out[i] = rows[i + shift] + out[i - step];
    } else if (filter === UP) {
      for (let i = start; i < end; i++) out[i] = rows[i + shift] + out[i - rowBytes];
    } else if (filter === AVERAGE && isFirst) {
      for (let i = start; i < inner; i++) out[i] = rows[i + shift];
      for (let i = inner; i < end; i++) out[i] = rows[i + shift] + (out[i - step] >> 1);
    } else if (filter === AVERAGE) {
      for (let i = start; i < inner; i++) out[i] = rows[i + shift] + (out[i - rowBytes] >> 1);
      for (let i = inner; i < end; i++) out[i] = rows[i + shift] + ((out[i - step] + out[i - rowBytes]) >> 1);
    } else if (filter === PAETH) {
      for (let i = start; i < inner; i++) out[i] = rows[i + shift] + out[i - rowBytes];
      for (let i = inner; i < end; i++) {
        const left = out[i - step];
        const up = out[i - rowBytes];
        const corner = out[i - rowBytes - step];
        // Distances of left + up − corner from the three.
        const toLeft = up > corner ? up - corner : corner - up;
        const toUp = left > corner ? left - corner : corner - left;
        const sum = left + up - 2 * corner;
        const toCorner = sum < 0 ? -sum : sum;
        const nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
        out[i] = rows[i + shift] + nearest;
      }
    } else return null;
  }
  return out;
}

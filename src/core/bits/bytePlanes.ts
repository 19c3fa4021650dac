/** Bit planes of records whose columns are bytes that stand one after the other, as the pixels of pictures do. */
import { emptyPlanes, transpose32, type BitPlanes } from './bitPlanes.ts';

/** Lays bytes into planes, 32 records at a time: four columns are one word of a record, and so one transposition. */
export class BytePlanes {
  private readonly columns: number;
  /** The tile's records, each beginning at a word. */
  private readonly words: Uint32Array;
  private readonly bytes: Uint8Array;
  private readonly rowWords: number;
  private readonly block = new Uint32Array(32);

  constructor(columns: number) {
    this.columns = columns;
    this.rowWords = (columns + 3) >>> 2;
    this.words = new Uint32Array(32 * this.rowWords);
    this.bytes = new Uint8Array(this.words.buffer);
  }

  /**
   * Sets the bits of records 32·w to 32·w + 31, or to the last one.
   *
   * @param rows records × columns, from the planes' first record on
   */
  fill(planes: BitPlanes, rows: Uint8Array, w: number): void {
    const { columns, words, bytes, rowWords, block } = this;
    const first = w << 5;
    const count = Math.min(32, planes.records - first);
    if (columns === rowWords << 2) {
      bytes.set(rows.subarray(first * columns, (first + count) * columns));
    } else {
      for (let r = 0; r < count; r++) {
        bytes.set(rows.subarray((first + r) * columns, (first + r + 1) * columns), r * rowWords * 4);
      }
    }
    words.fill(0, count * rowWords);
    const { data, words: stride } = planes;
    for (let c = 0; c < rowWords; c++) {
      for (let r = 0, k = c; r < 32; r++, k += rowWords) block[r] = words[k];
      transpose32(block);
      // Bit q of the word is bit q mod 8 of a byte, counted from the least significant: position q with that turned.
      const bits = Math.min(32, 8 * columns - 32 * c);
      const target = 32 * c * stride + w;
      for (let q = 0; q < bits; q++) data[target + (q ^ 7) * stride] = block[q];
    }
  }
}

/**
 * Planes of whole records of bytes: position 8·k + b is bit b, from the most significant, of column k.
 *
 * @param rows records × columns
 */
export function bytePlanes(rows: Uint8Array, columns: number, records: number): BitPlanes {
  const planes = emptyPlanes(8 * columns, records);
  const filler = new BytePlanes(columns);
  for (let w = 0; w < planes.words; w++) filler.fill(planes, rows, w);
  return planes;
}

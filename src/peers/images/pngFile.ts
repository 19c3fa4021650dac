/**
 * Writes small PNGs, grey or RGB of eight bits, with no chunk but the three that a PNG has to have. Rows are filtered
 * by several rules, and the smallest file is kept.
 */
import type { ImageShape } from '../../core/images/imageSet.ts';
import { crc32 } from '../../readers/zip/crc32.ts';
import { mostStreamBytes, RecordDeflater } from '../recordStreams.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Type codes of the chunks. */
const IHDR = 0x49484452;
const IDAT = 0x49444154;
const IEND = 0x49454e44;
/** Length and type before a chunk's content, checksum behind it. */
const CHUNK_HEAD = 8;
const CHUNK_TAIL = 4;
const HEADER_BYTES = 13;
const FILTERS = 5;

/**
 * How rows are filtered: all by one of the five filters, of which 0 leaves them as they are, or each by that with the
 * smallest sum of absolute differences, as encoders do by themselves.
 */
export type FilterRule = 0 | 1 | 2 | 3 | 4 | 'least';

/** What encoders do, or nothing: drawings often do better without. */
export const USUAL_RULES: readonly FilterRule[] = [0, 'least'];
export const ALL_RULES: readonly FilterRule[] = [0, 1, 2, 3, 4, 'least'];

/** The Paeth predictor: of the left, upper and upper left value the one nearest to left + upper − upper left. */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const byLeft = Math.abs(estimate - left);
  const byUp = Math.abs(estimate - up);
  const byCorner = Math.abs(estimate - corner);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

export class PngWriter {
  private readonly shape: ImageShape;
  private readonly rowBytes: number;
  private readonly rules: readonly FilterRule[];
  private readonly deflater: RecordDeflater;
  private readonly candidate: Uint8Array;
  /** A whole PNG each, the smallest so far and one that is tried; only the picture data and what follows is written anew. */
  private kept: Uint8Array<ArrayBuffer>;
  private tried: Uint8Array<ArrayBuffer>;
  private readonly dataAt: number;

  /** @param level of deflate, 1 … 9 */
  constructor(shape: ImageShape, level: number, rules: readonly FilterRule[]) {
    const { width, height, channels } = shape;
    this.shape = shape;
    this.rowBytes = width * channels;
    this.rules = rules;
    this.candidate = new Uint8Array(this.rowBytes);
    const dataBytes = height * (1 + this.rowBytes);
    this.deflater = new RecordDeflater(dataBytes, level, 'zlib');
    this.dataAt = SIGNATURE.length + CHUNK_HEAD + HEADER_BYTES + CHUNK_TAIL + CHUNK_HEAD;
    const most = this.dataAt + mostStreamBytes(dataBytes) + CHUNK_TAIL + CHUNK_HEAD + CHUNK_TAIL;
    this.kept = new Uint8Array(most);
    this.writeHead(this.kept);
    this.tried = this.kept.slice();
  }

  /** @returns the file, valid until the next call */
  write(pixels: Uint8Array): Uint8Array {
    let least = Infinity;
    for (const rule of this.rules) {
      this.filterRows(pixels, rule);
      const bytes = this.finish(this.tried);
      if (bytes >= least) continue;
      least = bytes;
      [this.kept, this.tried] = [this.tried, this.kept];
    }
    return this.kept.subarray(0, least);
  }

  private writeHead(file: Uint8Array<ArrayBuffer>): void {
    const { width, height, channels } = this.shape;
    const view = new DataView(file.buffer);
    file.set(SIGNATURE);
    view.setUint32(8, HEADER_BYTES);
    view.setUint32(12, IHDR);
    view.setUint32(16, width);
    view.setUint32(20, height);
    file[24] = 8;
    // Colour type: grey or RGB.
    file[25] = channels === 1 ? 0 : 2;
    view.setUint32(29, crc32(file, 12, 29));
    view.setUint32(37, IDAT);
  }

  /** Deflates the rows into a file and closes it. @returns its bytes */
  private finish(file: Uint8Array<ArrayBuffer>): number {
    const { dataAt } = this;
    const view = new DataView(file.buffer);
    const end = this.deflater.deflate(file, dataAt);
    view.setUint32(dataAt - CHUNK_HEAD, end - dataAt);
    view.setUint32(end, crc32(file, dataAt - 4, end));
    view.setUint32(end + 4, 0);
    view.setUint32(end + 8, IEND);
    view.setUint32(end + 12, crc32(file, end + 8, end + 12));
    return end + 16;
  }

  private filterRows(pixels: Uint8Array, rule: FilterRule): void {
    const { piece } = this.deflater;
    const from = rule === 'least' ? 0 : rule;
    const to = rule === 'least' ? FILTERS : rule + 1;
    for (let y = 0; y < this.shape.height; y++) {
      const row = y * (this.rowBytes + 1);
      let smallest = Infinity;
      for (let filter = from; filter < to; filter++) {
        const sum = this.filterRow(pixels, y, filter);
        if (sum >= smallest) continue;
        smallest = sum;
        piece[row] = filter;
        piece.set(this.candidate, row + 1);
      }
    }
  }

  /** Filters one row into `candidate`. @returns its sum of absolute differences, as signed bytes */
  private filterRow(pixels: Uint8Array, y: number, filter: number): number {
    const { rowBytes, candidate } = this;
    const { channels } = this.shape;
    const from = y * rowBytes;
    let sum = 0;
    for (let k = 0; k < rowBytes; k++) {
      const left = k < channels ? 0 : pixels[from + k - channels];
      const up = y === 0 ? 0 : pixels[from + k - rowBytes];
      const corner = k < channels || y === 0 ? 0 : pixels[from + k - rowBytes - channels];
      let predicted = 0;
      if (filter === 1) predicted = left;
      else if (filter === 2) predicted = up;
      else if (filter === 3) predicted = (left + up) >> 1;
      else if (filter === 4) predicted = paeth(left, up, corner);
      const difference = (pixels[from + k] - predicted) & 255;
      candidate[k] = difference;
      sum += difference < 128 ? difference : 256 - difference;
    }
    return sum;
  }
}

/**
 * Pictures as planes: of grey ones their values, of colour ones green, and red and blue less green. Each plane has a
 * margin that makes up for neighbours beyond the edge, so that nothing asks where it is but whether it is in the first
 * row.
 */
import type { PictureShape } from '../../../codec.ts';

const MARGIN = 2;
/** Rows above and below. */
const ABOVE = 2;
const BELOW = 1;

/** The channel of each plane, green first. */
export const CHANNELS = { 1: [0], 3: [1, 0, 2] } as const;

/** What stands left of the first row's first value. */
const MIDDLE = 128;

export class PlanarPictures {
  readonly width: number;
  readonly height: number;
  readonly planes: 1 | 3;
  readonly stride: number;
  /** Values of a plane with its margin. */
  readonly size: number;
  /** Planes of one picture after the other. */
  readonly values: Int16Array;
  /** What the values were off from what was predicted. */
  readonly magnitudes: Uint8Array;

  constructor({ width, height, channels }: PictureShape, count: number) {
    this.width = width;
    this.height = height;
    this.planes = channels;
    this.stride = width + 2 * MARGIN;
    this.size = this.stride * (height + ABOVE + BELOW);
    this.values = new Int16Array(count * channels * this.size);
    this.magnitudes = new Uint8Array(this.values.length);
    for (let picture = 0; picture < count; picture++) {
      const first = this.start(picture, 0, 0);
      this.values.fill(MIDDLE, first - MARGIN, first);
    }
  }

  get residentBytes(): number {
    return this.values.byteLength + this.magnitudes.byteLength;
  }

  /** Where a row of a plane begins. */
  start(picture: number, plane: number, row: number): number {
    return (picture * this.planes + plane) * this.size + (row + ABOVE) * this.stride + MARGIN;
  }

  /** Takes in the values of a picture, without the margins. */
  load(picture: number, pixels: Uint8Array, from: number): void {
    const { values, width, height, planes } = this;
    CHANNELS[planes].forEach((channel, plane) => {
      for (let y = 0, k = from; y < height; y++) {
        let at = this.start(picture, plane, y);
        for (let x = 0; x < width; x++, at++, k += planes) {
          values[at] = plane === 0 ? pixels[k + channel] : pixels[k + channel] - pixels[k + 1];
        }
      }
    });
  }

  /**
   * Gives the pixels of a picture back.
   *
   * @returns whether all were pixels
   */
  store(picture: number, into: Uint8Array): boolean {
    const { values, width, height, planes, size } = this;
    let any = 0;
    for (let y = 0, k = 0; y < height; y++) {
      let at = this.start(picture, 0, y);
      for (let x = 0; x < width; x++, at++) {
        const first = values[at];
        any |= first;
        if (planes === 1) into[k++] = first;
        else {
          const red = first + values[at + size];
          const blue = first + values[at + 2 * size];
          any |= red | blue;
          into[k++] = red;
          into[k++] = first;
          into[k++] = blue;
        }
      }
    }
    return (any & ~255) === 0;
  }

  /** Before a row: what stands left of it is the value above its first. */
  beginRow(picture: number, plane: number, row: number): void {
    if (row === 0) return;
    const at = this.start(picture, plane, row);
    const { values, magnitudes, stride } = this;
    for (let k = 1; k <= MARGIN; k++) {
      values[at - k] = values[at - stride];
      magnitudes[at - k] = magnitudes[at - stride];
    }
  }

  /** After a row: what stands right of it is its last value; above the first row and below the last is the row again. */
  endRow(picture: number, plane: number, row: number): void {
    const { values, magnitudes, stride, width, height } = this;
    const at = this.start(picture, plane, row);
    const end = at + width;
    for (let k = 0; k < MARGIN; k++) {
      values[end + k] = values[end - 1];
      magnitudes[end + k] = magnitudes[end - 1];
    }
    if (row === 0) this.#copyRow(at, at - stride);
    if (row === height - 1) this.#copyRow(at, at + stride);
  }

  #copyRow(from: number, to: number): void {
    const { values, magnitudes, width } = this;
    values.copyWithin(to - MARGIN, from - MARGIN, from + width + MARGIN);
    magnitudes.copyWithin(to - MARGIN, from - MARGIN, from + width + MARGIN);
  }
}

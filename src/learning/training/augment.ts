/**
 * Pictures into the array that goes to the device: normalised, and of an augmented run shifted and mirrored. The shift
 * of a picture follows from seed, epoch and its place in the epoch alone.
 */
import type { InputShape } from '../../core/networks/network.ts';
import { epochSeed, mixBits } from '../../core/selection/epochSeed.ts';

/** Pixels of black around a picture from which it is cut out again: 4 of 32. */
export function paddingOf(size: number): number {
  return Math.round(size / 8);
}

export interface Shift {
  /** Rows and columns by which the picture's content moves down and right; negative: up and left. */
  down: number;
  right: number;
  isMirrored: boolean;
}

/**
 * @param seed the run's seed
 * @param epoch from 1
 * @param place of the picture in the epoch, from 0
 */
export function shiftOf(seed: number, epoch: number, place: number, shape: InputShape): Shift {
  const bits = mixBits(epochSeed(seed, 'augment', epoch) ^ mixBits(place + 0x9e3779b9));
  const rows = paddingOf(shape.height);
  const columns = paddingOf(shape.width);
  // 15 bits times the number of choices: no choice is favoured by more than one in 2^15 / choices.
  return {
    down: (((bits & 0x7fff) * (2 * rows + 1)) >>> 15) - rows,
    right: ((((bits >>> 15) & 0x7fff) * (2 * columns + 1)) >>> 15) - columns,
    isMirrored: bits >>> 31 === 1,
  };
}

/**
 * Writes one picture as it is.
 *
 * @param from index of its first byte in `pixels`
 * @param to index of its first number in `staging`
 * @param table of normalisationTable
 */
export function stagePicture(
  pixels: Uint8Array,
  from: number,
  staging: Float32Array,
  to: number,
  shape: InputShape,
  table: Float32Array,
): void {
  const length = shape.width * shape.height * shape.channels;
  if (shape.channels === 1) {
    for (let k = 0; k < length; k++) staging[to + k] = table[pixels[from + k]];
    return;
  }
  for (let k = 0; k < length; k += 3) {
    staging[to + k] = table[pixels[from + k]];
    staging[to + k + 1] = table[256 + pixels[from + k + 1]];
    staging[to + k + 2] = table[512 + pixels[from + k + 2]];
  }
}

/** Writes one picture mirrored first, if at all, and shifted then; what comes in from outside is black. */
export function stageShifted(
  pixels: Uint8Array,
  from: number,
  staging: Float32Array,
  to: number,
  shape: InputShape,
  table: Float32Array,
  { down, right, isMirrored }: Shift,
): void {
  const { width, height, channels } = shape;
  let out = to;
  for (let y = 0; y < height; y++) {
    const row = y - down;
    const isInside = row >= 0 && row < height;
    for (let x = 0; x < width; x++) {
      const column = isMirrored ? width - 1 - (x - right) : x - right;
      if (isInside && column >= 0 && column < width) {
        const at = from + (row * width + column) * channels;
        for (let c = 0; c < channels; c++) staging[out++] = table[c * 256 + pixels[at + c]];
      } else {
        for (let c = 0; c < channels; c++) staging[out++] = table[c * 256];
      }
    }
  }
}

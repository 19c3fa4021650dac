/**
 * What a pixel is told by: the pixels around it that come before it, and what is worked out from them. Pictures stand in
 * a frame of ground, so that none of their pixels lacks a neighbour.
 */
import type { PictureShape } from '../../../codec.ts';

/** [dx, dy, dc] in pixels and channels, the nearest first. */
const GREY: readonly (readonly [number, number, number])[] = [
  [-1, 0, 0],
  [0, -1, 0],
  [-1, -1, 0],
  [1, -1, 0],
  [-2, 0, 0],
  [0, -2, 0],
  [1, -2, 0],
  [-1, -2, 0],
  [-2, -1, 0],
  [2, -1, 0],
  [-3, 0, 0],
  [0, -3, 0],
];
/** In colour the channels of the same pixel that come before come first; of the first channel they are the pixel's to the left. */
const COLOUR: readonly (readonly [number, number, number])[] = [
  [-1, 0, 0],
  [0, -1, 0],
  [0, 0, -1],
  [0, 0, -2],
  [-1, -1, 0],
  [1, -1, 0],
  [-1, 0, -1],
  [0, -1, -1],
  [-1, 0, -2],
  [0, -1, -2],
  [-2, 0, 0],
  [0, -2, 0],
];

/** They are the first features. */
export const NEIGHBOURS = 12;
/** Neighbours that a table of contexts is looked up by. */
export const NEAR = 6;

/** Numbers of what is no neighbour's value. */
export const X = 12;
export const Y = 13;
export const CHANNEL = 14;
const SLOPE = 15;
const RIGHT_SLOPE = 16;
const MEAN = 17;
const FAR_MEAN = 18;

/** How many features there are in all. */
export const FEATURES = 19;

const MARGIN = 3;

/** A picture in its frame. Values are those of the ground's map: 0 is ground. */
export class FramedPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Values from one row to the next. */
  readonly stride: number;
  /** Where the first pixel is. */
  readonly origin: number;
  readonly values: Uint8Array;
  /** Where each neighbour is, from a pixel's place. */
  readonly offsets: Int32Array;
  /** What is known of a pixel: filled by `look`. */
  readonly features = new Int32Array(FEATURES);
  /** x and y of a pixel, in 256ths of the picture. */
  readonly #across: Uint8Array;
  readonly #down: Uint8Array;

  constructor({ width, height, channels }: PictureShape) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.stride = (width + MARGIN) * channels;
    this.origin = MARGIN * this.stride + MARGIN * channels;
    this.values = new Uint8Array(this.origin + height * this.stride);
    const neighbours = channels === 1 ? GREY : COLOUR;
    this.offsets = Int32Array.from(neighbours, ([dx, dy, dc]) => dy * this.stride + dx * channels + dc);
    this.#across = Uint8Array.from({ length: width }, (_, x) => Math.floor((256 * x) / width));
    this.#down = Uint8Array.from({ length: height }, (_, y) => Math.floor((256 * y) / height));
  }

  get residentBytes(): number {
    return this.values.length + this.#across.length + this.#down.length;
  }

  /** Takes a picture in. @param map what becomes of each value */
  load(pixels: Uint8Array, from: number, map: Uint8Array): void {
    const { values, stride, height } = this;
    const row = this.width * this.channels;
    for (let y = 0, k = from; y < height; y++) {
      const start = this.origin + y * stride;
      for (let at = start; at < start + row; at++, k++) values[at] = map[pixels[k]];
    }
  }

  /** Gives the picture back. @param map what each value was */
  store(into: Uint8Array, map: Uint8Array): void {
    const { values, stride, height } = this;
    const row = this.width * this.channels;
    for (let y = 0, k = 0; y < height; y++) {
      const start = this.origin + y * stride;
      for (let at = start; at < start + row; at++, k++) into[k] = map[values[at]];
    }
  }

  /** Whether all neighbours of a pixel are ground, or the nearest of them. */
  isGround(at: number, neighbours: number): boolean {
    const { values, offsets } = this;
    for (let k = 0; k < neighbours; k++) if (values[at + offsets[k]] !== 0) return false;
    return true;
  }

  /** Fills the features of where a pixel is. */
  place(x: number, y: number, channel: number): void {
    this.features[X] = this.#across[x];
    this.features[Y] = this.#down[y];
    this.features[CHANNEL] = channel;
  }

  /** Fills the features that neighbours give. */
  look(at: number): void {
    const { values, offsets, features, stride, channels } = this;
    for (let k = 0; k < NEIGHBOURS; k++) features[k] = values[at + offsets[k]];
    const north = at - stride;
    combine(
      features,
      values[at - channels],
      values[at - 2 * channels],
      values[north],
      values[north - channels],
      values[north + channels],
      values[north - 2 * channels],
      values[north + 2 * channels],
      values[north - stride],
      values[north - stride + channels],
    );
  }
}

/** What is worked out from neighbours of the same channel: lines carried on, and means. */
export function combine(
  features: Int32Array,
  west: number,
  west2: number,
  north: number,
  northWest: number,
  northEast: number,
  northWest2: number,
  northEast2: number,
  north2: number,
  north2East: number,
): void {
  features[SLOPE] = clamp(west + north - northWest);
  features[RIGHT_SLOPE] = clamp(north + northEast - north2East);
  features[MEAN] = (west + north + northWest + northEast) >> 2;
  features[FAR_MEAN] = (west2 + north2 + northWest2 + northEast2) >> 2;
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

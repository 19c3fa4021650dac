/**
 * What a transform is: pixels to the integers that the codec sees, and back. A transform is a file or folder beside
 * this one that exports one value of this type and is listed in registry.ts; it then appears wherever a transform can
 * be chosen.
 */
import type { ImageShape } from '../imageSet.ts';
import type { PluginMeta } from '../../registry.ts';

export interface TransformMeta extends PluginMeta {
  /** Number in archives; never reused. */
  id: number;
  /** Its name in tables and legends, a few letters. */
  short: string;
  /** Whether every picture comes back exactly. */
  isLossless: boolean;
  /** Whether its values are signed, so that a representation turns them into codes. */
  usesRepresentation: boolean;
  /** What one of its columns is called. */
  column: 'pixel' | 'coefficient';
  /** What the codec sees, in a few words. */
  seen: string;
  /** How a map of its columns is to be read. */
  map: string;
  /**
   * Where a column stands, in words.
   *
   * @param channel name of its channel
   * @param y row on the map of its channel, x: column; from 0
   * @param isGrey whether there is no other channel
   */
  place(channel: string, y: number, x: number, isGrey: boolean): string;
}

/** "frequency 3 across and 0 down" */
export function frequencyWords(across: number, down: number): string {
  return across === 0 && down === 0 ? 'the mean' : `frequency ${across} across and ${down} down`;
}

/** A transform made ready for pictures of one size: tables are made once, and nothing is allocated per picture. */
export interface TransformPlan {
  /** Columns of a record. */
  columns: number;
  /** Pixels are the values: nothing has to be computed either way, and values are 8 bits wide. */
  isIdentity: boolean;
  /**
   * @param pixels NHWC; picture `from` is the first of `count`
   * @param values from index 0 on: count × columns
   */
  forward(pixels: Uint8Array, from: number, count: number, values: Int16Array | Int32Array): void;
  /** The way back; what no picture can have is clamped to 0 … 255. `at`: the picture of `pixels` to begin with. */
  inverse(values: Int16Array | Int32Array, count: number, pixels: Uint8Array, at: number): void;
  /** Where column k stands on the picture of coefficients that the page draws: channel, then row, then column. */
  place(column: number): { channel: number; y: number; x: number };
}

export interface ImageTransform {
  meta: TransformMeta;
  /** @throws IMAGES_TOO_LARGE for a size whose values would not fit 32 bits */
  plan(shape: ImageShape): TransformPlan;
}

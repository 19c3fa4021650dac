/**
 * The cosine transform of lines of one length: straight-line code where there is some, else a matrix. Which of the two,
 * and where it rounds, is part of the archive format: docs/FORMAT.md, "Cosine transform".
 *
 * The inverse is fixed-point arithmetic: whole numbers in, whole numbers out, constants with 20 or 22 binary places.
 * They are carried in doubles, because every product and every sum stays below 2^53 and is therefore exact, on any engine
 * and in any order; 32-bit products would have to leave out bits that decide pixels.
 */
import {
  forward16,
  forward32,
  forward64,
  forward8,
  inverse16,
  inverse32,
  inverse64,
  inverse8,
} from './butterflies.generated.ts';
import type { LineTransform } from './lineTransform.ts';
import { matrixLine } from './matrixLine.ts';

export interface CosineLine {
  /** Square of what either way multiplies lengths by, beside the orthonormal transform. */
  gainSquared: number;
  /** Values to frequencies, the lowest first; not rounded. */
  forward: LineTransform;
  /** Whole numbers to whole numbers. */
  inverse: LineTransform;
}

const STRAIGHT: Readonly<Record<number, { forward: LineTransform; inverse: LineTransform } | undefined>> = {
  8: { forward: forward8, inverse: inverse8 },
  16: { forward: forward16, inverse: inverse16 },
  32: { forward: forward32, inverse: inverse32 },
  64: { forward: forward64, inverse: inverse64 },
};

/** Longest line: its matrix has a million entries. */
export const MAX_LINE = 1024;

/**
 * @param length 1 … MAX_LINE
 * @param gainSquared asked for where a matrix is made: 1, or 8 for what is left of a block of eight
 */
export function cosineLine(length: number, gainSquared: number): CosineLine {
  const straight = STRAIGHT[length];
  return straight === undefined
    ? { gainSquared, ...matrixLine(length, gainSquared) }
    : { gainSquared: length, ...straight };
}

/** A code as symbols of four bits from the top, the first one shorter where four do not divide its width. */

/** Bits of a symbol, and how many symbols there are. */
export const SYMBOL_BITS = 4;
export const SYMBOLS = 1 << SYMBOL_BITS;

/** Most symbols of a code: a lane has up to 32 bits. */
export const MOST_LEVELS = 8;

export interface Levels {
  width: number;
  count: number;
  /** Bits of the first symbol, 1 … 4. */
  firstBits: number;
}

/** @param width of the lane, 1 … 32 */
export function levelsOf(width: number): Levels {
  return { width, count: Math.ceil(width / SYMBOL_BITS), firstBits: ((width - 1) % SYMBOL_BITS) + 1 };
}

/** Bits of a code below the symbol of a level. */
export function bitsBelow({ count }: Levels, level: number): number {
  return (count - 1 - level) * SYMBOL_BITS;
}

/** Bits of the symbol of a level. */
export function bitsAt({ firstBits }: Levels, level: number): number {
  return level === 0 ? firstBits : SYMBOL_BITS;
}

/** What a lane's codes are told by: another lane in bins, and lanes of the record before that they often repeat. */

/** Records that are coded together. */
export const BLOCK_RECORDS = 64;

/** Most lanes of the record before that one lane can repeat. */
export const MOST_COPIES = 4;

/** A lane whose code says something of this one's: of the same record, or of the record before in the block. */
export interface Parent {
  lane: number;
  isBefore: boolean;
  /** Index into BIN_COUNTS. */
  bins: number;
}

/** A code is often that of this lane in the record before, and so much more. */
export interface Copy {
  lane: number;
  /** Modulo 2^32. */
  difference: number;
}

export interface LanePlan {
  parent: Parent | null;
  copies: readonly Copy[];
}

/**
 * Lanes in an order in which each comes after its parent in the same record.
 *
 * @returns null where there is none
 */
export function codingOrder(parents: readonly (Parent | null)[]): Uint32Array | null {
  const order = new Uint32Array(parents.length);
  const children: number[][] = parents.map(() => []);
  let count = 0;
  parents.forEach((parent, lane) => {
    if (parent === null || parent.isBefore) order[count++] = lane;
    else children[parent.lane].push(lane);
  });
  for (let k = 0; k < count; k++) for (const child of children[order[k]]) order[count++] = child;
  return count === parents.length ? order : null;
}

/** Which of a lane's copies a code is: the first that fits, or as many as there are copies for none. */
export function copyOf(
  copies: readonly Copy[],
  code: number,
  width: number,
  before: (lane: number) => number,
): number {
  const mask = width === 32 ? 0xffffffff : 2 ** width - 1;
  for (let c = 0; c < copies.length; c++) {
    const { lane, difference } = copies[c];
    if (((before(lane) + difference) & mask) >>> 0 === code) return c;
  }
  return copies.length;
}

/** What a lane's codes are told by: another lane in bins, and lanes that they often repeat. */

/** Records that are coded together. */
export const BLOCK_RECORDS = 64;

/** Most lanes that one lane can repeat. */
export const MOST_COPIES = 4;

/** A lane whose code says something of this one's: of the same record, or of the record before in the block. */
export interface Parent {
  lane: number;
  isBefore: boolean;
  /** Index into BIN_COUNTS. */
  bins: number;
}

/** A code is often that of this lane, in the same record or the one before, and so much more. */
export interface Copy {
  lane: number;
  isBefore: boolean;
  /** Modulo 2^32. */
  difference: number;
}

export interface LanePlan {
  parent: Parent | null;
  copies: readonly Copy[];
}

/** Lanes of the same record that have to be known before a lane. */
export function needsOf({ parent, copies }: LanePlan): number[] {
  const lanes = copies.filter(({ isBefore }) => !isBefore).map(({ lane }) => lane);
  return parent === null || parent.isBefore ? lanes : [...lanes, parent.lane];
}

/**
 * Lanes in an order in which each comes after those that it needs.
 *
 * @returns null where there is none
 */
export function codingOrder(plans: readonly LanePlan[]): Uint32Array | null {
  const order = new Uint32Array(plans.length);
  const followers: number[][] = plans.map(() => []);
  const waits = new Uint32Array(plans.length);
  let count = 0;
  plans.forEach((plan, lane) => {
    const needed = needsOf(plan);
    waits[lane] = needed.length;
    if (needed.length === 0) order[count++] = lane;
    for (const other of needed) followers[other].push(lane);
  });
  for (let k = 0; k < count; k++) {
    for (const lane of followers[order[k]]) if (--waits[lane] === 0) order[count++] = lane;
  }
  return count === plans.length ? order : null;
}

/** Whether a lane needs another, itself or through others, or is it. */
export function leadsTo(plans: readonly LanePlan[], from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const lane of seen) {
    if (lane === to) return true;
    for (const other of needsOf(plans[lane])) seen.add(other);
  }
  return false;
}

/** Whether the first record of a block, which has none before, can have a copy. */
export function canCopyFirst(copies: readonly Copy[]): boolean {
  return copies.some(({ isBefore }) => !isBefore);
}

/** Bits of a code of so many. */
export function maskOf(width: number): number {
  return width === 32 ? 0xffffffff : 2 ** width - 1;
}

/**
 * Which of a lane's copies its code in a record is: the first that fits, or as many as there are copies for none.
 *
 * @param isFirst whether the record is the first of its block
 */
export function copyOf(
  copies: readonly Copy[],
  codes: readonly ArrayLike<number>[],
  lane: number,
  mask: number,
  record: number,
  isFirst: boolean,
): number {
  const code = codes[lane][record];
  for (let c = 0; c < copies.length; c++) {
    const { lane: source, isBefore, difference } = copies[c];
    if (isBefore && isFirst) continue;
    const other = codes[source][isBefore ? record - 1 : record];
    if (((other + difference) & mask) >>> 0 === code) return c;
  }
  return copies.length;
}

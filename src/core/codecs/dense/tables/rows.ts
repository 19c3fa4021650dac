/** Training records that a model is fitted to: whole blocks, so that each but the first of a block knows the one before. */
import type { LaneCodes } from '../../../bits/lanes.ts';
import { BLOCK_RECORDS } from './plan.ts';

export interface Rows {
  count: number;
  /** Lane by lane. */
  codes: readonly LaneCodes[];
}

/** Every so many blocks, spread evenly, so that there are at most `most` records; all where that is enough. */
export function spreadBlocks({ count, codes }: Rows, most: number): Rows {
  if (count <= most) return { count, codes };
  const blocks = Math.ceil(count / BLOCK_RECORDS);
  const chosen = Math.max(1, Math.floor(most / BLOCK_RECORDS));
  const records = new Uint32Array(chosen * BLOCK_RECORDS);
  let kept = 0;
  for (let k = 0; k < chosen; k++) {
    const first = Math.floor((k * blocks) / chosen) * BLOCK_RECORDS;
    const end = Math.min(count, first + BLOCK_RECORDS);
    // A block that is not whole is the last: those before it begin where a block does.
    for (let i = first; i < end; i++) records[kept++] = i;
  }
  const some = records.subarray(0, kept);
  return { count: kept, codes: codes.map((lane) => Uint32Array.from(some, (i) => lane[i])) };
}

/** Whether a record is the first of its block. */
export function isFirst(record: number): boolean {
  return record % BLOCK_RECORDS === 0;
}

/** Numbers of all records. */
export function everyRecord(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

/** A peer's row of the comparison as it fills: what the peer cannot do is said in it. */
import type { PeerFacts, PeerRow } from '../contracts/peers.ts';
import { LabError } from '../core/errors.ts';

/** A row without numbers. */
export function emptyRow({ name, label, sentence, isOurs, randomAccess }: PeerFacts): PeerRow {
  return {
    ...{ name, label, sentence, isOurs, randomAccess },
    ...{ bytes: null, ratio: null, encodeMegabytesPerSecond: null, decodeMegabytesPerSecond: null },
    note: null,
  };
}

/** Fills a row by measuring; only a cancelled measurement throws. */
export async function fillRow<R extends PeerRow>(row: R, measure: (row: R) => Promise<void>): Promise<R> {
  try {
    await measure(row);
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'CANCELLED') throw thrown;
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    row.note = row.bytes === null ? `not measured: ${what}` : `not decoded: ${what}`;
  }
  return row;
}

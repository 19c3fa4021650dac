/** One peer measured: bytes, speeds, one record, and whether the decoded table is the one that was encoded. */
import type { PeerResult } from '../contracts/peers.ts';
import type { Pulse } from '../core/pulse.ts';
import { firstDifference, rawFloat64Bytes } from '../core/table/table.ts';
import type { Peer } from './peer.ts';
import { emptyRow, fillRow } from './peerRow.ts';
import { timeRecords, timeWork, type Effort } from './timing.ts';

/**
 * Measures a peer. What it cannot do is said in its row; only a cancelled call throws.
 *
 * @param rawBytes of the training records as float64: the ratio's denominator
 * @param place of the peer among all, for the progress
 */
export function measurePeer(
  peer: Peer,
  rawBytes: number,
  place: { done: number; total: number },
  effort: Effort,
  pulse: Pulse,
): Promise<PeerResult> {
  const { table, label } = peer;
  const progress = (what: string) => ({ phase: `${label}: ${what}`, ...place, unit: 'peers' });
  const megabytes = rawFloat64Bytes(table.rows, table.columns.length) / 1e6;
  return fillRow<PeerResult>({ ...emptyRow(peer), recordMicroseconds: null, exact: null }, async (row) => {
    const encode = await peer.prepare();
    const encoding = await timeWork(encode, effort, pulse, progress('encoding'));
    const encoded = encoding.value;
    row.bytes = encoded.bytes;
    row.ratio = encoded.bytes / rawBytes;
    row.encodeMegabytesPerSecond = megabytes / encoding.seconds;
    const decoding = await timeWork((clock) => encoded.decode(clock), effort, pulse, progress('decoding'));
    row.decodeMegabytesPerSecond = megabytes / decoding.seconds;
    const difference = firstDifference(table, decoding.value);
    row.exact = difference === null;
    row.note = difference === null ? null : `the decoded table differs: ${difference}`;
    const source = await encoded.open();
    try {
      row.recordMicroseconds = await timeRecords(
        source,
        table.rows,
        effort,
        pulse,
        progress('reading records'),
      );
    } finally {
      source.close?.();
    }
  });
}

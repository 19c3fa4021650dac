/** One peer measured: bytes, speeds, one record, and whether the decoded table is the one that was encoded. */
import type { PeerResult } from '../contracts/peers.ts';
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { firstDifference, rawFloat64Bytes } from '../core/table/table.ts';
import type { Peer } from './peer.ts';
import { timeRecords, timeWork, type Effort } from './timing.ts';

/** A row without numbers. */
function unmeasured(peer: Peer, note: string): PeerResult {
  const { name, label, sentence, isOurs, randomAccess } = peer;
  return {
    name,
    label,
    sentence,
    isOurs,
    randomAccess,
    bytes: null,
    ratio: null,
    encodeMegabytesPerSecond: null,
    decodeMegabytesPerSecond: null,
    recordMicroseconds: null,
    exact: null,
    note,
  };
}

/**
 * Measures a peer. What it cannot do is said in its row; only a cancelled call throws.
 *
 * @param rawBytes of the training records as float64: the ratio's denominator
 * @param place of the peer among all, for the progress
 */
export async function measurePeer(
  peer: Peer,
  rawBytes: number,
  place: { done: number; total: number },
  effort: Effort,
  pulse: Pulse,
): Promise<PeerResult> {
  const { table, label } = peer;
  const progress = (what: string) => ({ phase: `${label}: ${what}`, ...place, unit: 'peers' });
  const megabytes = rawFloat64Bytes(table.rows, table.columns.length) / 1e6;
  const result = unmeasured(peer, '');
  try {
    const encode = await peer.prepare();
    const encoding = await timeWork(encode, effort, pulse, progress('encoding'));
    const encoded = encoding.value;
    result.bytes = encoded.bytes;
    result.ratio = encoded.bytes / rawBytes;
    result.encodeMegabytesPerSecond = megabytes / encoding.seconds;
    const decoding = await timeWork((clock) => encoded.decode(clock), effort, pulse, progress('decoding'));
    result.decodeMegabytesPerSecond = megabytes / decoding.seconds;
    const difference = firstDifference(table, decoding.value);
    result.exact = difference === null;
    result.note = difference === null ? null : `the decoded table differs: ${difference}`;
    result.recordMicroseconds = await timeRecords(
      await encoded.open(),
      table.rows,
      effort,
      pulse,
      progress('reading records'),
    );
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'CANCELLED') throw thrown;
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    result.note = result.bytes === null ? `not measured: ${what}` : `not decoded: ${what}`;
  }
  return result;
}

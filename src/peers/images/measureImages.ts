/** One peer measured: bytes, speeds, one picture, and whether every pixel comes back. */
import type { ImagePeerResult } from '../../contracts/images.ts';
import { fidelityOf, measureError, noErrors } from '../../core/images/fidelity.ts';
import type { Pulse } from '../../core/pulse.ts';
import { emptyRow, fillRow } from '../peerRow.ts';
import { timeRecords, timeWork, type Effort } from '../timing.ts';
import type { ImagePeer, MeasuredPictures } from './imagePeer.ts';

/**
 * Measures a peer. What it cannot do is said in its row; only a cancelled call throws.
 *
 * @param place of the peer among all, for the progress
 */
export function measureImagePeer(
  peer: ImagePeer,
  pictures: MeasuredPictures,
  place: { done: number; total: number },
  effort: Effort,
  pulse: Pulse,
): Promise<ImagePeerResult> {
  const { pixels, count } = pictures;
  const progress = (what: string) => ({ phase: `${peer.label}: ${what}`, ...place, unit: 'peers' });
  const megabytes = pixels.length / 1e6;
  const unmeasured = { ...emptyRow(peer), pictureMicroseconds: null, fidelity: null };
  return fillRow<ImagePeerResult>(unmeasured, async (row) => {
    const encode = await peer.prepare();
    const encoding = await timeWork(encode, effort, pulse, progress('encoding'));
    const encoded = encoding.value;
    row.bytes = peer.stored?.bytes ?? encoded.bytes;
    row.ratio = row.bytes / pixels.length;
    row.encodeMegabytesPerSecond = megabytes / encoding.seconds;
    row.note = peer.stored?.note ?? null;
    const decoded = new Uint8Array(pixels.length);
    const decoding = await timeWork(
      (clock) => encoded.decode(decoded, clock),
      effort,
      pulse,
      progress('decoding'),
    );
    row.decodeMegabytesPerSecond = megabytes / decoding.seconds;
    const sums = noErrors();
    measureError(pixels, decoded, sums);
    row.fidelity = fidelityOf(sums);
    const source = await encoded.open();
    try {
      row.pictureMicroseconds = await timeRecords(source, count, effort, pulse, progress('reading pictures'));
    } finally {
      source.close?.();
    }
  });
}

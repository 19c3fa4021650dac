/** One peer measured: bytes, speeds, one picture, and whether every pixel comes back. */
import type { ImagePeerResult } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { fidelityOf, measureError, noErrors } from '../../core/images/fidelity.ts';
import type { Pulse } from '../../core/pulse.ts';
import { timeRecords, timeWork, type Effort } from '../timing.ts';
import type { ImagePeer, MeasuredPictures } from './imagePeer.ts';

/** A row without numbers. */
function unmeasured(peer: ImagePeer): ImagePeerResult {
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
    pictureMicroseconds: null,
    fidelity: null,
    note: null,
  };
}

/**
 * Measures a peer. What it cannot do is said in its row; only a cancelled call throws.
 *
 * @param place of the peer among all, for the progress
 */
export async function measureImagePeer(
  peer: ImagePeer,
  pictures: MeasuredPictures,
  place: { done: number; total: number },
  effort: Effort,
  pulse: Pulse,
): Promise<ImagePeerResult> {
  const { pixels, count } = pictures;
  const progress = (what: string) => ({ phase: `${peer.label}: ${what}`, ...place, unit: 'peers' });
  const megabytes = pixels.length / 1e6;
  const result = unmeasured(peer);
  try {
    const encode = await peer.prepare();
    const encoding = await timeWork(encode, effort, pulse, progress('encoding'));
    const encoded = encoding.value;
    result.bytes = peer.stored?.bytes ?? encoded.bytes;
    result.ratio = result.bytes / pixels.length;
    result.encodeMegabytesPerSecond = megabytes / encoding.seconds;
    result.note = peer.stored?.note ?? null;
    const decoded = new Uint8Array(pixels.length);
    const decoding = await timeWork(
      (clock) => encoded.decode(decoded, clock),
      effort,
      pulse,
      progress('decoding'),
    );
    result.decodeMegabytesPerSecond = megabytes / decoding.seconds;
    const sums = noErrors();
    measureError(pixels, decoded, sums);
    result.fidelity = fidelityOf(sums);
    const source = await encoded.open();
    try {
      const perPicture = await timeRecords(source, count, effort, pulse, progress('reading pictures'));
      result.pictureMicroseconds = perPicture;
    } finally {
      source.close?.();
    }
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'CANCELLED') throw thrown;
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    result.note = result.bytes === null ? `not measured: ${what}` : `not decoded: ${what}`;
  }
  return result;
}

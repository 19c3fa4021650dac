/** The id of pictures by their content, computed by the browser where it can: that is ten times as fast. */
import type { ImageSet } from '../../core/images/imageSet.ts';
import { identity, imageSetIdInPieces } from '../../core/images/statistics.ts';
import type { Pulse } from '../../core/pulse.ts';

/** The browser takes all bytes at once; beyond this many they are not put together for it. */
const MOST_BYTES = 1 << 29;

/** The browser's own functions, or null where it has none: outside of secure contexts. */
function findSubtle(): SubtleCrypto | null {
  return (globalThis as { crypto?: { subtle?: SubtleCrypto } }).crypto?.subtle ?? null;
}

/** @returns what imageSetId gives */
export async function identify(
  set: ImageSet,
  pulse: Pulse,
  subtle: SubtleCrypto | null = findSubtle(),
): Promise<string> {
  const pieces = [...identity(set)];
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  if (subtle === null || total > MOST_BYTES) return imageSetIdInPieces(set, pulse);
  await pulse.beat({ phase: 'Naming the pictures by their content', done: 0, total, unit: 'bytes' });
  const joined = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', joined));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

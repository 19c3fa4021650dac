/** How an archive's byte image is cut into the chunks that a store keeps: along its blocks, and those into pieces. */
import type { ContainerImage } from '../core/archive/container.ts';
import type { StoredChunk } from './archiveManifest.ts';
import type { ChunkToWrite } from './archiveTransactions.ts';

/**
 * Most bytes of a chunk. Chromium keeps a value of more than 64 KiB, a few bytes of its own among them, in a file of its
 * own and asks for it once more when it is read: the same bytes take twice as long.
 */
const MOST_BYTES = 65_500;

/** The chunks of a part, and where in it each begins. */
export function cutPart({ name, offset, length }: StoredChunk): (StoredChunk & { from: number })[] {
  const count = Math.ceil(length / MOST_BYTES);
  if (count <= 1) return [{ name, offset, length, from: 0 }];
  return Array.from({ length: count }, (_, k) => {
    const from = Math.floor((k * length) / count);
    const to = Math.floor(((k + 1) * length) / count);
    return { name: `${name}/${from}-${to}`, offset: offset + from, length: to - from, from };
  });
}

/** Whether a chunk of this name goes on where another one of the same part ended. */
export function isContinuation(name: string): boolean {
  const [, from] = name.split('/');
  return from !== undefined && !from.startsWith('0-');
}

/** @param isStable whether what begins there follows from the archive's id, and need not be written twice */
export function storedChunks(
  { pieces }: ContainerImage,
  isStable: (offset: number) => boolean,
): ChunkToWrite[] {
  return pieces.flatMap(({ name, offset, bytes }) =>
    cutPart({ name, offset, length: bytes.length }).map(({ from, ...part }) => ({
      ...part,
      bytes: bytes.subarray(from, from + part.length),
      stable: isStable(offset),
    })),
  );
}

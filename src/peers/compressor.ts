/** What turns bytes into fewer bytes, in pieces, so that long work can be interrupted between them. */
import type { Pulse } from '../core/pulse.ts';

export interface Compressor {
  /** @returns pieces of the compressed bytes, in order */
  compress(bytes: Uint8Array): Iterable<Uint8Array>;
  /** @returns pieces of the original bytes, in order; whoever has enough stops asking */
  decompress(file: Uint8Array): Iterable<Uint8Array>;
}

/** Puts pieces together, beating between them. */
export async function joinBytes(pieces: Iterable<Uint8Array>, pulse: Pulse): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (pulse.due()) await pulse.beat({ phase: 'Measuring', done: length, total: null, unit: 'bytes' });
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

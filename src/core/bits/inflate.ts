/**
 * Deflated bytes of a size that is declared but not trusted. What is allocated is the declared size; what comes out
 * longer or shorter is refused, and a stream that would grow without end is stopped.
 */
import { Inflate, inflateSync } from 'fflate';

/** Up to this many deflated bytes are inflated in one go: they can become 270 MB at most, which takes a second. */
const ONE_GO_BYTES = 1 << 18;

/** Deflated bytes of one step where the end is not known beforehand: they become 4 MB at most. */
const STEP_BYTES = 4096;

/** Deflate makes no more than 258 bytes of two bits. */
const MOST_RATIO = 1032;

/** Whether a deflate stream of so many bytes can hold `bytes`: none, however poorly made, is a quarter larger. */
function isPossible(deflated: number, bytes: number): boolean {
  return deflated > 0 && deflated <= bytes * 1.25 + 1024 && bytes <= deflated * MOST_RATIO;
}

/**
 * The content of a raw deflate stream, which must be exactly `bytes` long; null when it is not, or when the stream is
 * damaged or ends early. What follows the stream is ignored. The array given back may be part of a larger one.
 */
export function inflateExactly(deflated: Uint8Array, bytes: number): Uint8Array | null {
  if (!isPossible(deflated.length, bytes)) return null;
  return deflated.length <= ONE_GO_BYTES ? inGo(deflated, bytes) : inPieces(deflated, bytes);
}

function inGo(deflated: Uint8Array, bytes: number): Uint8Array | null {
  // fflate neither grows nor checks an array that it is given: one byte more shows that there was more.
  const out = new Uint8Array(bytes + 1);
  try {
    const inflated = inflateSync(deflated, { out });
    return inflated.length === bytes ? inflated : null;
  } catch {
    return null;
  }
}

function inPieces(deflated: Uint8Array, bytes: number): Uint8Array | null {
  const out = new Uint8Array(bytes);
  let at = 0;
  let tooLong = false;
  const stream = new Inflate((piece) => {
    if (at + piece.length > bytes) tooLong = true;
    else out.set(piece, at);
    at += piece.length;
  });
  try {
    for (let from = 0; from < deflated.length && !tooLong; from += ONE_GO_BYTES) {
      const to = Math.min(from + ONE_GO_BYTES, deflated.length);
      stream.push(deflated.subarray(from, to), to === deflated.length);
    }
  } catch {
    return null;
  }
  return at === bytes ? out : null;
}

/** The first bytes of what a deflate stream holds, `most` or more where there are so many; null when it is damaged. */
export function inflateStart(deflated: Uint8Array, most: number): Uint8Array | null {
  const pieces: Uint8Array[] = [];
  let at = 0;
  const stream = new Inflate((piece) => {
    pieces.push(piece);
    at += piece.length;
  });
  try {
    for (let from = 0; from < deflated.length && at < most; from += STEP_BYTES) {
      stream.push(deflated.subarray(from, from + STEP_BYTES), false);
    }
  } catch {
    return null;
  }
  const out = new Uint8Array(at);
  let to = 0;
  for (const piece of pieces) {
    out.set(piece, to);
    to += piece.length;
  }
  return out;
}

/**
 * The first `bytes` bytes of what a deflate stream holds, whatever follows them: more of it, a missing end or damage;
 * null where there are fewer.
 */
export function inflateFirst(deflated: Uint8Array, bytes: number): Uint8Array | null {
  if (bytes > deflated.length * MOST_RATIO) return null;
  const out = new Uint8Array(bytes);
  let at = 0;
  const begin = (): Inflate => {
    at = 0;
    return new Inflate((piece) => {
      if (at < bytes) out.set(piece.subarray(0, bytes - at), at);
      at += piece.length;
    });
  };
  let stream = begin();
  let from = 0;
  const pushTo = (end: number, step: number): void => {
    for (; from < end && at < bytes; from += step) stream.push(deflated.subarray(from, from + step), false);
  };
  try {
    pushTo(deflated.length, STEP_BYTES);
  } catch {
    // What a step gives before it comes to the damage is lost with it: the same once more, that step byte by byte.
    const damaged = from;
    stream = begin();
    from = 0;
    try {
      pushTo(damaged, STEP_BYTES);
      pushTo(Math.min(damaged + STEP_BYTES, deflated.length), 1);
    } catch {
      // There are no more bytes to come.
    }
  }
  return at >= bytes ? out : null;
}

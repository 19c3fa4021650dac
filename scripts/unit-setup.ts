/** Before the tests of every file. */
import { expect } from 'vitest';

const shared = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean; comparesBytes?: boolean };

// Tells React that a unit test wraps what it does in act().
shared.IS_REACT_ACT_ENVIRONMENT = true;

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/**
 * Numbers that are the same bytes are the same numbers. The usual comparison goes through them as through properties of
 * an object, which for files takes longer than making them; it is left to find where two differ.
 */
function areSameBytes(a: unknown, b: unknown): true | undefined {
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return undefined;
  return Buffer.compare(bytesOf(a), bytesOf(b)) === 0 || undefined;
}

// Files that share their modules share the list too.
if (shared.comparesBytes !== true) expect.addEqualityTesters([areSameBytes]);
shared.comparesBytes = true;

/**
 * A training as a browser of the first version kept it: softmax regression on made-up pictures, paused after two of its
 * four epochs.
 */
import kept from '../fixtures/training-1.json';

const ARRAYS = { Uint8Array, Uint16Array, Uint32Array, Float32Array } as const;

/** Typed arrays from their bytes in base64. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  const { typedArray, bytes } = value as { typedArray?: keyof typeof ARRAYS; bytes?: string };
  if (typedArray !== undefined && bytes !== undefined) {
    const copy = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
    return new ARRAYS[typedArray](copy.buffer);
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, revive(entry)]));
}

/** The records of the run and of its checkpoint, as they lie in the database. */
export function keptTraining(): {
  run: { id: string; run: unknown };
  checkpoint: { runId: string; checkpoint: unknown };
} {
  return revive(kept) as ReturnType<typeof keptTraining>;
}

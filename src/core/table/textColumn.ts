/** Columns of text from codes in order of first appearance. */
import type { TextColumn } from './table.ts';

/**
 * Orders the dictionary by frequency, so that the analytics bits of a code separate common from rare; ties keep their
 * order. Entries that no cell has are left out.
 *
 * @param entries distinct strings, first seen first
 * @param codes index into entries per record; recoded in place
 */
export function finishText(
  name: string,
  entries: readonly string[],
  codes: Uint32Array,
  missing: Uint8Array | null,
): TextColumn {
  const counts = new Uint32Array(entries.length);
  for (let i = 0; i < codes.length; i++) if (missing === null || missing[i] === 0) counts[codes[i]]++;
  const order = Uint32Array.from(entries, (_, code) => code)
    .filter((code) => counts[code] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b);
  const rank = new Uint32Array(entries.length);
  order.forEach((code, k) => (rank[code] = k));
  for (let i = 0; i < codes.length; i++) codes[i] = missing !== null && missing[i] === 1 ? 0 : rank[codes[i]];
  return { kind: 'text', name, codes, dictionary: Array.from(order, (code) => entries[code]), missing };
}

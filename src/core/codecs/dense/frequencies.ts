/** Counts as frequencies that add up to a power of two, as the coder wants them. */

/**
 * Scales counts. What was counted gets one part at least, what was not gets none; the parts lost or gained by rounding
 * go to, or come from, the largest.
 *
 * @param counts whole numbers below 2^31, not all 0, no more of them positive than 2^bits
 * @param bits the frequencies add up to 2^bits
 * @param into where they go, from index `at` on
 */
export function scaleCounts(
  counts: ArrayLike<number>,
  bits: number,
  into: Uint16Array | Uint32Array,
  at = 0,
): void {
  const total = 2 ** bits;
  let sum = 0;
  for (let s = 0; s < counts.length; s++) sum += counts[s];
  let left = total;
  let largest = 0;
  for (let s = 0; s < counts.length; s++) {
    const count = counts[s];
    const scaled = count === 0 ? 0 : Math.max(1, Math.floor((count * total) / sum));
    into[at + s] = scaled;
    left -= scaled;
    if (count > counts[largest]) largest = s;
  }
  if (left > 0 || into[at + largest] + left > 0) into[at + largest] += left;
  else takeBack(into.subarray(at, at + counts.length), -left);
}

/** Takes parts from the largest, one after the other: where rare symbols are so many that the largest has too few. */
function takeBack(frequencies: Uint16Array | Uint32Array, parts: number): void {
  for (let k = 0; k < parts; k++) {
    let largest = 0;
    for (let s = 1; s < frequencies.length; s++) if (frequencies[s] > frequencies[largest]) largest = s;
    frequencies[largest]--;
  }
}

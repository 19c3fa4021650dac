/** ⌈log2 count⌉ for a count of at least 1: the bits that tell `count` things apart. */
export function bitsFor(count: number): number {
  if (count <= 1) return 0;
  if (count <= 0x80000000) return 32 - Math.clz32(count - 1);
  // Up to 2^53: halve exactly in the double before counting leading zeros of the rest.
  const high = Math.floor((count - 1) / 0x100000000);
  return high === 0 ? 32 : 64 - Math.clz32(high);
}

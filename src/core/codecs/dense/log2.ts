/**
 * Base-2 logarithms of whole numbers, as whole numbers: what decides a bit of an archive has to come out alike on every
 * engine, and `Math.log2` need not.
 */

/** Units that a bit is counted in. */
export const BIT = 65_536;

const STEP_BITS = 12;
const STEPS = 1 << STEP_BITS;

/** log₂(1 + k / 4,096) in units, digit after digit by squaring: products of doubles are the same everywhere. */
const MANTISSAS = /* @__PURE__ */ (() => {
  const table = new Uint32Array(STEPS + 1);
  for (let k = 0; k < STEPS; k++) {
    let x = 1 + k / STEPS;
    let digits = 0;
    for (let d = 0; d < 17; d++) {
      x *= x;
      digits *= 2;
      if (x >= 2) {
        x /= 2;
        digits++;
      }
    }
    table[k] = (digits + 1) >>> 1;
  }
  table[STEPS] = BIT;
  return table;
})();

/**
 * @param n from 1 to 2^31 − 1
 * @returns log₂ n in units of 1/65,536 bit, off by less than two of them
 */
export function log2Units(n: number): number {
  const exponent = 31 - Math.clz32(n);
  if (exponent <= STEP_BITS) return exponent * BIT + MANTISSAS[(n << (STEP_BITS - exponent)) - STEPS];
  const shift = exponent - STEP_BITS;
  const step = (n >>> shift) - STEPS;
  const low = MANTISSAS[step];
  const rest = n & ((1 << shift) - 1);
  return exponent * BIT + low + Math.floor(((MANTISSAS[step + 1] - low) * rest) / (1 << shift));
}

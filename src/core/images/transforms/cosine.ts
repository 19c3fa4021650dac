/**
 * Cosines that are the same on every engine: made of additions, multiplications and divisions of doubles alone, which
 * IEEE 754 defines to the last bit, while Math.cos is left to the engine.
 */

/** cos(π · m / n) for integers m ≥ 0 and n ≥ 1, off by less than 1e-15. */
export function cosine(m: number, n: number): number {
  // Whole turns, then the half, quarter and eighth of the circle; all in integers, so nothing is lost.
  let at = m % (2 * n);
  if (at > n) at = 2 * n - at;
  let sign = 1;
  if (2 * at > n) {
    at = n - at;
    sign = -1;
  }
  // cos(π at / n) with at ≤ n/2; beyond n/4 it is the sine of what is left to a quarter turn.
  return 4 * at <= n
    ? sign * cosineSeries((Math.PI * at) / n)
    : sign * sineSeries((Math.PI * (n - 2 * at)) / (2 * n));
}

/** 1 − x²/2! + x⁴/4! − … for 0 ≤ x ≤ π/4: ten terms leave less than 1e-19. */
function cosineSeries(x: number): number {
  let sum = 1;
  for (let k = 18; k > 0; k -= 2) sum = 1 - ((x * x) / (k * (k - 1))) * sum;
  return sum;
}

/** x − x³/3! + x⁵/5! − … for 0 ≤ x ≤ π/4. */
function sineSeries(x: number): number {
  let sum = 1;
  for (let k = 19; k > 1; k -= 2) sum = 1 - ((x * x) / (k * (k - 1))) * sum;
  return x * sum;
}

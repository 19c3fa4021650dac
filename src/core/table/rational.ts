/**
 * Exact ratios: means and rates are quotients of small integers, and the double that holds one names its quotient.
 * The best rational approximations of a double come from its continued fraction; the first of them whose IEEE
 * division gives the identical double is the shortest such quotient.
 */

/** Largest denominator tried. */
export const MAX_DENOMINATOR = 1 << 20;
/** Numerators are kept to 31 bits and a sign, so that min-offset numerators fit one lane. */
const MAX_NUMERATOR = 0x7fffffff;

/**
 * Finds p and q, 1 ≤ q ≤ 2^20 and |p| < 2^31, with p / q being the identical double.
 *
 * @param out receives p and q
 * @returns whether there is such a quotient; −0, NaN and infinities have none
 */
export function exactRatio(value: number, out: { p: number; q: number }): boolean {
  if (!(value <= MAX_NUMERATOR && value >= -MAX_NUMERATOR) || Object.is(value, -0)) return false;
  const x = value < 0 ? -value : value;
  // Convergents h/k of the continued fraction of x.
  let hBefore = 0;
  let kBefore = 1;
  let h = 1;
  let k = 0;
  let rest = x;
  for (let step = 0; step < 40; step++) {
    const whole = Math.floor(rest);
    const hNext = whole * h + hBefore;
    const kNext = whole * k + kBefore;
    if (kNext > MAX_DENOMINATOR || hNext > MAX_NUMERATOR) return false;
    if (hNext / kNext === x) {
      out.p = value < 0 ? -hNext : hNext;
      out.q = kNext;
      return true;
    }
    const fraction = rest - whole;
    if (fraction === 0) return false;
    hBefore = h;
    kBefore = k;
    h = hNext;
    k = kNext;
    rest = 1 / fraction;
  }
  return false;
}

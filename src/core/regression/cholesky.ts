/** Symmetric positive definite systems, with a ridge where they are singular. */

/** Pivots below this share of the largest diagonal entry count as zero: the system is singular. */
const SINGULAR = 1e-10;
/** Ridge for a singular system, as a share of the mean diagonal entry. */
const RIDGE = 1e-6;

/** Lower Cholesky factor in place, or false when a pivot is too small. */
function factor(a: Float64Array, d: number, smallest: number): boolean {
  for (let j = 0; j < d; j++) {
    let pivot = a[j * d + j];
    for (let k = 0; k < j; k++) pivot -= a[j * d + k] * a[j * d + k];
    if (!(pivot > smallest)) return false;
    const root = Math.sqrt(pivot);
    a[j * d + j] = root;
    for (let i = j + 1; i < d; i++) {
      let value = a[i * d + j];
      for (let k = 0; k < j; k++) value -= a[i * d + k] * a[j * d + k];
      a[i * d + j] = value / root;
    }
  }
  return true;
}

/**
 * Solves A·solution = right.
 *
 * @param a d × d, row-major; only the lower triangle is read
 * @returns the solution, and what was added to the diagonal: 0 when the system was regular
 */
export function solveSymmetric(
  a: Float64Array,
  right: Float64Array,
): { solution: Float64Array; ridge: number } {
  const d = right.length;
  let largest = 0;
  let trace = 0;
  for (let j = 0; j < d; j++) {
    largest = Math.max(largest, a[j * d + j]);
    trace += a[j * d + j];
  }
  let ridge = 0;
  let lower = a.slice();
  if (!factor(lower, d, SINGULAR * largest)) {
    ridge = (RIDGE * trace) / d;
    lower = a.slice();
    for (let j = 0; j < d; j++) lower[j * d + j] += ridge;
    factor(lower, d, 0);
  }
  const solution = right.slice();
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < j; k++) solution[j] -= lower[j * d + k] * solution[k];
    solution[j] /= lower[j * d + j];
  }
  for (let j = d - 1; j >= 0; j--) {
    for (let k = j + 1; k < d; k++) solution[j] -= lower[k * d + j] * solution[k];
    solution[j] /= lower[j * d + j];
  }
  return { solution, ridge };
}

/** Sums over coefficients. */

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/** to += scale · from */
export function add(to: Float64Array, scale: number, from: Float64Array): void {
  for (let j = 0; j < to.length; j++) to[j] += scale * from[j];
}

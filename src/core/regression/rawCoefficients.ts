/** Coefficients for columns in the data's own units. */

/**
 * From coefficients of standardised columns, (x − mean) × scale, to those of the columns as they are.
 *
 * @param theta coefficients of one output, the intercept first
 * @param means per column, that of the intercept 0
 * @param scales per column, that of the intercept 1; 0 where a column is constant
 * @returns as many, the intercept first; a constant column has 0
 */
export function rawCoefficients(
  theta: Float64Array,
  means: Float64Array,
  scales: Float64Array,
): Float64Array {
  const raw = theta.map((value, j) => value * scales[j]);
  for (let j = 1; j < raw.length; j++) raw[0] -= raw[j] * means[j];
  return raw;
}

/** Work on the lines of a block, from one scratch array to another. */

/**
 * Transforms `lines` lines: value k of line r is input[at + r · step + k], and result k goes to
 * output[to + r + k · stride].
 */
export type LineTransform = (
  input: Float64Array,
  at: number,
  step: number,
  output: Float64Array,
  to: number,
  stride: number,
  lines: number,
) => void;

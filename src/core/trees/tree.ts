/** A regression tree as flat arrays, one entry per inner node or leaf. */

export interface Tree {
  /** Of inner node k, the feature that it asks for and the largest value that goes left. */
  features: Uint16Array;
  thresholds: Float64Array;
  /** Its children: an inner node by its number, leaf l as −1 − l. A tree of one leaf has no inner node. */
  left: Int32Array;
  right: Int32Array;
  /** What each leaf adds to the output. */
  values: Float64Array;
}

/** Adds what the tree says of every row of x to its output; feature f is column f + 1, behind the bias. */
export function addTree(
  { features, thresholds, left, right, values }: Tree,
  { rows, width, x }: { rows: number; width: number; x: Float64Array },
  scores: Float64Array,
  output: number,
  outputs: number,
): void {
  for (let i = 0, row = 1, to = output; i < rows; i++, row += width, to += outputs) {
    let at = features.length === 0 ? -1 : 0;
    while (at >= 0) at = x[row + features[at]] <= thresholds[at] ? left[at] : right[at];
    scores[to] += values[-1 - at];
  }
}

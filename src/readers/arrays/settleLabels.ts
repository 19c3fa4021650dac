/** Labels of a table as numbers where they are. */
import type { Label } from '../labels/labels.ts';

/** Labels as whole numbers where all of them are: "7", "7.0". */
export function settleLabels(labels: readonly Label[]): ArrayLike<Label> {
  const isNumber = labels.every((label) => /^-?\d{1,9}(?:\.0*)?$/.test(String(label)));
  return isNumber ? Int32Array.from(labels, Number) : labels;
}

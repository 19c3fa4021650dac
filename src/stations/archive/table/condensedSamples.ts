/** What condensed samples take, stored and on demand. */
import type { ClosedFormResult } from '../../../contracts/codec.ts';

/** Columns of y: one, or one per class beyond two. */
function outputsOf({ score }: ClosedFormResult): number {
  const classes = score.classes?.labels.length ?? 0;
  return classes > 2 ? classes : 1;
}

/** Bytes of the condensed samples as float64: their features, bias included, their targets and their weights. */
export function storedBytes(result: ClosedFormResult): number {
  return result.samples * (result.width + outputsOf(result) + 1) * 8;
}

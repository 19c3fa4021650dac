/** What selecting took in a run, added up selection by selection. */
import type { SelectionReport, WeightSpread } from '../../contracts/training.ts';
import type { Selection } from '../../core/selection/method.ts';

/** Before anything is selected. */
export function nothingSelected(): SelectionReport {
  return {
    refreshes: 0,
    seconds: { features: 0, pick: 0, pretrain: 0 },
    pretrained: 0,
    seen: 0,
    bytes: 0,
    distinctRead: 0,
    filled: 0,
    weights: null,
  };
}

/** Weights divided by their mean; null where all are alike. */
function spreadOf(weights: Float32Array): WeightSpread | null {
  let [sum, squares, least, most] = [0, 0, Infinity, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
    least = Math.min(least, weight);
    most = Math.max(most, weight);
  }
  if (least === most) return null;
  const mean = sum / weights.length;
  return { least: least / mean, most: most / mean, effective: (sum * sum) / squares / weights.length };
}

/** Adds a selection that is new; one without an account is not by what the network made of the pictures. */
export function addSelection(report: SelectionReport, { account, weights }: Selection): void {
  if (account === undefined) return;
  const { seconds, seen, bytes, filled } = account;
  report.refreshes++;
  report.seconds.features += seconds.features;
  report.seconds.pick += seconds.pick;
  report.seen = Math.max(report.seen, seen);
  report.bytes = Math.max(report.bytes, bytes);
  report.filled = filled;
  report.weights = weights === null ? null : spreadOf(weights);
}

/** What a logistic model's probabilities are worth on a design matrix. */
import type { DesignMatrix } from './design.ts';
import { totalWeight } from './weights.ts';
import { sigmoid, softmax } from './logistic.ts';
import type { ClassReport, Metrics, RocCurve } from './scores.ts';

/** Most points of a ROC curve. */
const ROC_POINTS = 240;
/** Smallest probability whose logarithm is taken: a certain error costs 34.5, not infinity. */
const LEAST = 1e-15;

/** Number of classes of a design matrix. */
const classCount = ({ outputs }: DesignMatrix): number => (outputs === 1 ? 2 : outputs);

/** True class of every record. */
export function trueClasses({ rows, outputs, y }: DesignMatrix): Uint8Array {
  const classes = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    if (outputs === 1) classes[i] = y[i];
    else for (let k = 1; k < outputs; k++) if (y[i * outputs + k] === 1) classes[i] = k;
  }
  return classes;
}

/** Probabilities of every class, rows × classes. */
export function probabilities(matrix: DesignMatrix, theta: Float64Array): Float64Array {
  const { rows, width, outputs, x } = matrix;
  const classes = classCount(matrix);
  const out = new Float64Array(rows * classes);
  const z = new Float64Array(outputs);
  for (let i = 0, row = 0; i < rows; i++, row += width) {
    for (let k = 0, t = 0; k < outputs; k++) {
      let value = 0;
      for (let j = 0; j < width; j++) value += x[row + j] * theta[t++];
      z[k] = value;
    }
    if (outputs === 1) {
      const p = sigmoid(z[0]);
      out[2 * i] = 1 - p;
      out[2 * i + 1] = p;
    } else {
      softmax(z);
      out.set(z, i * classes);
    }
  }
  return out;
}

/** Mean over the classes that occur of the share of their records on the diagonal. */
function balanced(confusion: ArrayLike<number>, classes: number): number {
  let sum = 0;
  let present = 0;
  for (let k = 0; k < classes; k++) {
    let of = 0;
    for (let l = 0; l < classes; l++) of += confusion[k * classes + l];
    if (of === 0) continue;
    sum += confusion[k * classes + k] / of;
    present++;
  }
  return sum / present;
}

/**
 * ROC curve of two classes and the area under it: the probability that a positive record is scored above a negative
 * one, ties counting half.
 *
 * @returns null when one of the classes does not occur
 */
export function rocCurve(
  scores: Float64Array,
  positive: Uint8Array,
  weights?: Float64Array,
): { curve: RocCurve; area: number } | null {
  const n = scores.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const weightOf = (i: number): number => (weights === undefined ? 1 : weights[i]);
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < n; i++) {
    if (positive[i] === 1) positives += weightOf(i);
    else negatives += weightOf(i);
  }
  if (positives === 0 || negatives === 0) return null;
  const falseRate = [0];
  const trueRate = [0];
  let tp = 0;
  let fp = 0;
  let area = 0;
  for (let k = 0; k < n;) {
    const score = scores[order[k]];
    const tpBefore = tp;
    const fpBefore = fp;
    // Records of equal score change sides together.
    for (; k < n && scores[order[k]] === score; k++) {
      if (positive[order[k]] === 1) tp += weightOf(order[k]);
      else fp += weightOf(order[k]);
    }
    area += ((fp - fpBefore) * (tp + tpBefore)) / 2;
    falseRate.push(fp / negatives);
    trueRate.push(tp / positives);
  }
  return { curve: thinned(falseRate, trueRate), area: area / positives / negatives };
}

/** At most ROC_POINTS points, evenly along the curve, both ends among them. */
function thinned(x: readonly number[], y: readonly number[]): RocCurve {
  const points = Math.min(ROC_POINTS, x.length);
  const at = Array.from({ length: points }, (_, k) =>
    Math.round((k * (x.length - 1)) / Math.max(1, points - 1)),
  );
  return {
    falsePositiveRate: Float64Array.from(at, (k) => x[k]),
    truePositiveRate: Float64Array.from(at, (k) => y[k]),
  };
}

export interface Classified {
  metrics: Metrics;
  confusion: Uint32Array;
  roc: RocCurve | null;
}

/**
 * Scores θ on a design matrix.
 *
 * @param withRoc whether the ROC curve and its area are wanted; they take a sort
 */
export function classify(matrix: DesignMatrix, theta: Float64Array, withRoc: boolean): Classified {
  const { rows, weights } = matrix;
  const total = totalWeight(matrix);
  const classes = classCount(matrix);
  const p = probabilities(matrix, theta);
  const truth = trueClasses(matrix);
  const counts = new Float64Array(classes * classes);
  let hits = 0;
  let loss = 0;
  for (let i = 0, at = 0; i < rows; i++, at += classes) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (p[at + k] > p[at + best]) best = k;
    const weight = weights === undefined ? 1 : weights[i];
    counts[truth[i] * classes + best] += weight;
    if (best === truth[i]) hits += weight;
    loss -= weight * Math.log(Math.max(LEAST, p[at + truth[i]]));
  }
  const confusion = Uint32Array.from(counts, Math.round);
  const metrics: Metrics = {
    accuracy: hits / total,
    balancedAccuracy: balanced(counts, classes),
    logLoss: loss / total,
  };
  let roc: RocCurve | null = null;
  if (withRoc && classes === 2) {
    const made = rocCurve(
      Float64Array.from({ length: rows }, (_, i) => p[2 * i + 1]),
      truth,
      weights,
    );
    if (made !== null) {
      metrics.rocArea = made.area;
      roc = made.curve;
    }
  }
  return { metrics, confusion, roc };
}

/** Always guessing the training split's larger class, with the training shares as probabilities. */
export function classFloor(train: DesignMatrix, test: DesignMatrix): Metrics {
  const classes = classCount(train);
  const shares = new Float64Array(classes);
  const trainTotal = totalWeight(train);
  trueClasses(train).forEach((one, i) => {
    shares[one] += (train.weights === undefined ? 1 : train.weights[i]) / trainTotal;
  });
  const larger = shares.indexOf(Math.max(...shares));
  let hits = 0;
  let loss = 0;
  const truth = trueClasses(test);
  truth.forEach((one, i) => {
    const weight = test.weights === undefined ? 1 : test.weights[i];
    if (one === larger) hits += weight;
    loss -= weight * Math.log(Math.max(LEAST, shares[one]));
  });
  const total = totalWeight(test);
  return {
    accuracy: hits / total,
    balancedAccuracy: 1 / new Set(truth).size,
    logLoss: loss / total,
    ...(classes === 2 ? { rocArea: 0.5 } : {}),
  };
}

/** The test split's report for the page. */
export function classReport(labels: readonly string[], { confusion, roc }: Classified): ClassReport {
  return { labels: [...labels], confusion, roc };
}

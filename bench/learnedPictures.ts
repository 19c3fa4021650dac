/** What a trained network might make of pictures: generated, so that a measurement needs no training. */
import { createGenerator } from '../src/core/random.ts';

/** Reach of a picture towards another class: at a half the two are equally near, so that some 2 % are mistaken. */
const FURTHEST = 0.55;
/** The higher, the fewer pictures are hard. */
const RARENESS = 4;
const NOISE = 0.3;
/** Of the logits: a third of the pictures has gradients below 1e-6 then, as many digits have after a few epochs. */
const SHARPNESS = 0.75;

export interface LearnedPictures {
  classes: number;
  features: number;
  /** Class of every picture. */
  labels: Uint16Array;
  /** [n × features] */
  hidden: Float32Array;
  /** [n × classes] */
  logits: Float32Array;
}

/**
 * Pictures around the means of their classes, in features that are not negative, each drawn more or less towards another
 * class; the logits are those of the nearest mean.
 */
export function generatePictures(
  n: number,
  classes: number,
  features: number,
  seed: number,
): LearnedPictures {
  const generator = createGenerator(seed);
  const uniform = (): number => (generator.next() >>> 0) / 2 ** 32;
  /** About normal: the sum of four uniforms. */
  const normal = (): number => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
  const means = Float32Array.from({ length: classes * features }, () => Math.max(0, normal()));
  const halfSquares = Float64Array.from({ length: classes }, (_, c) => {
    let sum = 0;
    for (let f = 0; f < features; f++) sum += means[c * features + f] ** 2;
    return sum / 2;
  });
  const labels = Uint16Array.from({ length: n }, (_, i) => i % classes);
  const hidden = new Float32Array(n * features);
  const logits = new Float32Array(n * classes);
  for (let i = 0; i < n; i++) {
    const own = labels[i] * features;
    const other = ((labels[i] + 1 + Math.floor(uniform() * (classes - 1))) % classes) * features;
    const reach = FURTHEST * uniform() ** RARENESS;
    for (let f = 0; f < features; f++) {
      const mean = (1 - reach) * means[own + f] + reach * means[other + f];
      hidden[i * features + f] = Math.max(0, mean + NOISE * normal());
    }
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let f = 0; f < features; f++) sum += means[c * features + f] * hidden[i * features + f];
      logits[i * classes + c] = SHARPNESS * (sum - halfSquares[c]);
    }
  }
  return { classes, features, labels, hidden, logits };
}

import { expect, test } from 'vitest';
import { CONSTANT, ENERGY_BITS, planeOffsets, PREDICTION_BITS, WEIGHT_BITS, type PlanePlan } from './plan.ts';
import { PlanarPictures } from './planes.ts';
import { PlanePredictor } from './predictor.ts';

const SHAPE = { width: 6, height: 5, channels: 3 } as const;

/** Factors and weights of which no two are alike, so that a neighbour taken for another is seen. */
function plan(plane: number, own: number, earlier: number): PlanePlan {
  const { factors, pairs, off } = planeOffsets({ stride: 0, size: 0 }, plane, own, earlier);
  const factorCount = factors.length + 1;
  const weightCount = pairs.length / 2 + off.length + 1;
  return {
    ...{ own, earlier, groups: 2 },
    factors: Int16Array.from({ length: 3 * factorCount }, (_, k) => ((k * 37) % 211) - 90),
    weights: Int16Array.from({ length: 2 * weightCount }, (_, k) => (k * 5) % 23),
    thresholds: Uint16Array.of(40, 90, 200),
    groupOfStep: Uint8Array.of(0, 0, 1, 1),
  };
}

test.each([
  [0, 10, 9],
  [1, 10, 9],
  [2, 10, 9],
  [0, 3, 3],
  [2, 6, 5],
])('plane %i with %i own and %i earlier neighbours is predicted as its plan says', (plane, own, earlier) => {
  const pictures = new PlanarPictures(SHAPE, 1);
  const pixels = Uint8Array.from({ length: 90 }, (_, k) => 100 + ((k * k * 7) % 60));
  pictures.load(0, pixels, 0);
  for (let p = 0; p < plane; p++) {
    const before = new PlanePredictor(pictures, p, plan(p, 10, 9), 0);
    for (let y = 0; y < SHAPE.height; y++) before.row(0, y, null);
  }
  const wanted = plan(plane, own, earlier);
  const offsets = planeOffsets(pictures, plane, own, earlier);
  const predictor = new PlanePredictor(pictures, plane, wanted, 1000);
  const { values, magnitudes } = pictures;
  for (let y = 0; y < SHAPE.height; y++) {
    predictor.row(0, y, null);
    // What the first row saw above it is another thing once that row is done.
    for (let x = 0; y > 0 && x < SHAPE.width; x++) {
      const at = pictures.start(0, plane, y) + x;
      let w = 0;
      let energy = 0;
      for (let k = 0; k < offsets.pairs.length; k += 2) {
        const [a, b] = offsets.pairs.subarray(k, k + 2);
        energy += wanted.weights[w++] * Math.abs(values[at + a] - values[at + b]);
      }
      for (const offset of offsets.off) energy += wanted.weights[w++] * magnitudes[at + offset];
      energy = Math.min(2047, (energy + wanted.weights[w]) >> (WEIGHT_BITS - ENERGY_BITS));
      const step = wanted.thresholds.filter((threshold) => energy > threshold).length;
      let f = wanted.groupOfStep[step] * (offsets.factors.length + 1);
      let sum = 0;
      for (const offset of offsets.factors) sum += wanted.factors[f++] * values[at + offset];
      sum += wanted.factors[f] * CONSTANT;
      const lowest = plane === 0 ? 0 : -values[at - plane * pictures.size];
      const nearest = Math.floor(sum / 2 ** PREDICTION_BITS + 0.5);
      const expected = Math.max(lowest, Math.min(255 + lowest, nearest));
      expect(predictor.energies[x]).toBe(energy);
      expect(predictor.symbols[x]).toBe(values[at] - expected + 255);
      expect(predictor.contexts[x]).toBe(
        1000 + 2 * step + (Math.floor(sum / 2 ** (PREDICTION_BITS - 1)) & 1),
      );
    }
  }
});

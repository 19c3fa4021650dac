import type { SearchCurve } from '../../contracts/codec.ts';

/** More steps than this are not told apart on the screen. */
const MOST_STEPS = 400;

/** Steps of the curve to draw: evenly spaced, the first, the last and the chosen one always among them. */
export function thinCurve(curve: SearchCurve): number[] {
  const count = curve.size.length;
  if (count <= MOST_STEPS) return Array.from({ length: count }, (_, step) => step);
  const steps = new Set<number>([curve.chosen, count - 1]);
  for (let k = 0; k < MOST_STEPS; k++) steps.add(Math.floor((k * count) / MOST_STEPS));
  return [...steps].sort((a, b) => a - b);
}

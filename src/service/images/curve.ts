/** The curve of a base search, thinned: a search over pictures takes thousands of steps, and there is one per class. */
import type { SearchCurve } from '../../contracts/codec.ts';

/** Steps that are kept at most. */
const MOST_STEPS = 400;

/** Keeps the first, the last, the chosen step and as many others as fit, evenly spread. */
export function thinCurve(curve: SearchCurve): SearchCurve {
  const steps = curve.size.length;
  if (steps <= MOST_STEPS) return curve;
  const wanted = new Set([curve.chosen]);
  // One place is the chosen step's own.
  for (let k = 0; k < MOST_STEPS - 1; k++) wanted.add(Math.round((k * (steps - 1)) / (MOST_STEPS - 2)));
  const kept = [...wanted].sort((a, b) => a - b);
  return {
    ...curve,
    baseBits: Uint32Array.from(kept, (step) => curve.baseBits[step]),
    baseCounts: Uint32Array.from(kept, (step) => curve.baseCounts[step]),
    size: Float64Array.from(kept, (step) => curve.size[step]),
    chosen: kept.indexOf(curve.chosen),
  };
}

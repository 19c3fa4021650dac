/** Records themselves as samples. */
import type { WeightedSamples } from '../condense/clusters.ts';
import type { DesignMatrix } from '../regression/design.ts';

/** The rows of a design matrix at `places`, with a weight each. */
export function drawnSamples(
  { width, outputs, x, y }: DesignMatrix,
  places: Uint32Array,
  weights: Float64Array,
): WeightedSamples {
  const rows = places.length;
  const drawn = { rows, width, outputs, weights };
  return { ...drawn, x: gather(x, width, places), y: gather(y, outputs, places) };
}

/** What the records at `places` stand for by themselves: 1 each, unless they have weights. */
export function ownWeights({ weights }: DesignMatrix, places: Uint32Array): Float64Array {
  return Float64Array.from(places, (place) => weights?.[place] ?? 1);
}

function gather(values: Float64Array, stride: number, places: Uint32Array): Float64Array {
  const out = new Float64Array(places.length * stride);
  places.forEach((place, k) => out.set(values.subarray(place * stride, (place + 1) * stride), k * stride));
  return out;
}

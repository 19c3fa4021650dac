/** Medoids: records that all others are near to, and how many each is nearest to. */
import { locateFacilities } from '../coresets/craig/facilityLocation.ts';
import type { Watch } from '../coresets/watch.ts';
import { createGenerator } from '../random.ts';
import type { DesignMatrix } from '../regression/design.ts';
import { drawInPlace } from '../selection/draw.ts';

export interface Medoids {
  /** Their places in the design, in the order in which they were picked. */
  picked: Uint32Array;
  /** Records that each is the nearest of, itself among them. */
  sizes: ArrayLike<number>;
}

/** Most records that are chosen from: distances between all of these are worked out. */
const MOST_POINTS = 16_384;

/** Records that are chosen from: where there are too many, some by chance, always the same ones. */
function thinned(places: Uint32Array, most: number): Uint32Array {
  if (places.length <= most) return places;
  const drawn = places.slice();
  drawInPlace(drawn, 0, drawn.length, most, createGenerator(1));
  return drawn.slice(0, most).sort();
}

/** Features of some records, without the bias, which is the same in all. */
function featuresOf({ x, width }: DesignMatrix, places: Uint32Array): Float64Array {
  const columns = width - 1;
  const values = new Float64Array(places.length * columns);
  places.forEach((place, k) => values.set(x.subarray(place * width + 1, (place + 1) * width), k * columns));
  return values;
}

/** How many records each of the picked is the nearest of, the earlier among equals. */
async function sizesOf(
  { x, width, weights }: DesignMatrix,
  places: Uint32Array,
  picked: Uint32Array,
  { pulse, progress }: Watch,
): Promise<Float64Array> {
  const sizes = new Float64Array(picked.length);
  for (const place of places) {
    let nearest = 0;
    let least = Infinity;
    for (let s = 0; s < picked.length; s++) {
      let squared = 0;
      for (let j = 1, a = place * width + 1, b = picked[s] * width + 1; j < width; j++, a++, b++) {
        const difference = x[a] - x[b];
        squared += difference * difference;
      }
      if (squared < least) [nearest, least] = [s, squared];
    }
    sizes[nearest] += weights?.[place] ?? 1;
    if (pulse.due()) await pulse.beat(progress(picked.length));
  }
  return sizes;
}

/**
 * Medoids of some records by their features; the target takes no part.
 *
 * @param places of the records in the design, ascending
 * @param count medoids wanted; fewer where every record is like one of them
 * @param most records that are chosen from; every record is counted all the same
 */
export async function medoidsOf(
  train: DesignMatrix,
  places: Uint32Array,
  count: number,
  watch: Watch,
  most = MOST_POINTS,
): Promise<Medoids> {
  const chosen = thinned(places, most);
  const points = {
    ...{ values: featuresOf(train, chosen), count: chosen.length, columns: train.width - 1 },
    weights: train.weights && Float64Array.from(chosen, (place) => train.weights![place]),
  };
  const located = await locateFacilities(points, count, watch);
  const picked = located.picked.map((k) => chosen[k]);
  const sizes = chosen === places ? located.weights : await sizesOf(train, places, picked, watch);
  return { picked, sizes };
}

/** Pictures as frequencies, to be looked at: what a transform that rounds makes of them, and what it costs. */
import type { Pulse } from '../../pulse.ts';
import { fidelityOf, measureError, noErrors, type Fidelity } from '../fidelity.ts';
import { pictureBytes, type ImageShape } from '../imageSet.ts';
import { usualTransform, type TransformName } from '../settings.ts';
import { toPlanes } from '../transforms/colour.ts';
import { TRANSFORM_METAS, TRANSFORMS } from '../transforms/registry.ts';
import { valueArray } from '../values.ts';

/** One picture by way of its frequencies. */
export interface PictureFrequencies {
  /** Its brightness and its two differences of colour, or its grey, as levels: channel after channel, row by row. */
  planes: Uint8Array;
  /** Rounded coefficients, in the order of a record. */
  coefficients: Int32Array;
  /** What becomes of it on the way there and back, NHWC. */
  decoded: Uint8Array;
  fidelity: Fidelity;
}

/** Pictures that are transformed together. */
const TILE = 32;

/** The transform itself where it gives frequencies, else the one that is usual for colour. */
export function frequenciesBeside(transform: TransformName): TransformName {
  return TRANSFORM_METAS.byName(transform).usesRepresentation ? transform : usualTransform(3);
}

/**
 * Mean magnitude of every coefficient over pictures, in the order of a record.
 *
 * @param pixels NHWC, one picture after the other
 */
export async function meanMagnitudes(
  pixels: Uint8Array,
  shape: ImageShape,
  transform: TransformName,
  pulse: Pulse,
): Promise<Float32Array> {
  const plan = TRANSFORMS.byName(transform).plan(shape);
  const { columns } = plan;
  const records = pixels.length / pictureBytes(shape);
  const values = valueArray(shape, TILE * columns);
  const sums = new Float64Array(columns);
  for (let first = 0; first < records; first += TILE) {
    const count = Math.min(TILE, records - first);
    plan.forward(pixels, first, count, values);
    for (let i = 0, k = 0; i < count; i++) {
      for (let column = 0; column < columns; column++, k++) sums[column] += Math.abs(values[k]);
    }
    if (pulse.due()) {
      await pulse.beat({ phase: 'Looking at frequencies', done: first, total: records, unit: 'pictures' });
    }
  }
  return Float32Array.from(sums, (sum) => sum / Math.max(1, records));
}

/** @param pixels of one picture, NHWC */
export function pictureFrequencies(
  pixels: Uint8Array,
  shape: ImageShape,
  transform: TransformName,
): PictureFrequencies {
  const plan = TRANSFORMS.byName(transform).plan(shape);
  const values = valueArray(shape, plan.columns);
  plan.forward(pixels, 0, 1, values);
  const decoded = new Uint8Array(pixels.length);
  plan.inverse(values, 1, decoded, 0);
  const errors = noErrors();
  measureError(pixels, decoded, errors);
  return {
    planes: levelsOfPlanes(pixels, shape),
    coefficients: Int32Array.from(values),
    decoded,
    fidelity: fidelityOf(errors),
  };
}

/** The planes before the transform, with their zero in the middle of the levels. */
function levelsOfPlanes(pixels: Uint8Array, { width, height, channels }: ImageShape): Uint8Array {
  const area = width * height;
  const planes = new Float64Array(channels * area);
  toPlanes(pixels, 0, channels, area, planes);
  return Uint8Array.from(planes, (value) => Math.min(255, Math.max(0, Math.round(value + 128))));
}

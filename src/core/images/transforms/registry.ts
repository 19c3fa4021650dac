/** All transforms. A new one is a file and a line here. */
import { LabError } from '../../errors.ts';
import { dct } from './dct.ts';
import { dct8 } from './dct8.ts';
import { none } from './none.ts';
import type { ImageTransform } from './transform.ts';

export const TRANSFORMS: readonly ImageTransform[] = [none, dct, dct8];

/** @throws TRANSFORM_UNKNOWN */
export function transformByName(name: string): ImageTransform {
  const transform = TRANSFORMS.find((one) => one.meta.name === name);
  if (transform === undefined) {
    throw new LabError(
      'TRANSFORM_UNKNOWN',
      `There is no transform "${name}"; there is ${TRANSFORMS.map((one) => one.meta.name).join(', ')}.`,
    );
  }
  return transform;
}

/** @throws TRANSFORM_UNKNOWN for a number that this version does not know */
export function transformById(id: number): ImageTransform {
  const transform = TRANSFORMS.find((one) => one.meta.id === id);
  if (transform === undefined) {
    throw new LabError(
      'TRANSFORM_UNKNOWN',
      `The archive uses transform number ${id}, which this version does not know.`,
    );
  }
  return transform;
}

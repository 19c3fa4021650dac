/** All representations. A new one is a file and a line here. */
import { LabError } from '../../errors.ts';
import { offset } from './offset.ts';
import { signMagnitude } from './signMagnitude.ts';
import { twosComplement } from './twosComplement.ts';
import { zigzag } from './zigzag.ts';
import type { Representation } from './representation.ts';

export const REPRESENTATIONS: readonly Representation[] = [zigzag, offset, signMagnitude, twosComplement];

/** @throws REPRESENTATION_UNKNOWN */
export function representationByName(name: string): Representation {
  const representation = REPRESENTATIONS.find((one) => one.meta.name === name);
  if (representation === undefined) {
    throw new LabError(
      'REPRESENTATION_UNKNOWN',
      `There is no representation "${name}"; there is ${REPRESENTATIONS.map((one) => one.meta.name).join(', ')}.`,
    );
  }
  return representation;
}

/** @throws REPRESENTATION_UNKNOWN for a number that this version does not know */
export function representationById(id: number): Representation {
  const representation = REPRESENTATIONS.find((one) => one.meta.id === id);
  if (representation === undefined) {
    throw new LabError(
      'REPRESENTATION_UNKNOWN',
      `The archive uses representation number ${id}, which this version does not know.`,
    );
  }
  return representation;
}

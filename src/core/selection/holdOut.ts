/** Training pictures that are held out for validation: nothing is picked from them. */
import { LabError } from '../errors.ts';
import { drawUniformly } from './draw.ts';
import { epochSeed } from './epochSeed.ts';
import type { SelectionContext } from './method.ts';
import { heldOutOf } from './options.ts';

export interface HeldOut {
  /** Numbers of the records that may be picked, in their order. */
  pool: Uint32Array;
  /** Numbers of those held out; none where nothing is. */
  validation: Uint32Array;
}

/** A tenth of the training records drawn by the run's seed, or none. @throws TRAINING_SUBSET_EMPTY */
export function holdOut({ train, settings }: SelectionContext, isHeldOut: boolean): HeldOut {
  if (!isHeldOut) return { pool: train, validation: new Uint32Array(0) };
  const count = heldOutOf(train.length);
  if (count < 1) {
    throw new LabError(
      'TRAINING_SUBSET_EMPTY',
      `A tenth of ${train.length} training pictures is to be held out, and is less than one picture.`,
    );
  }
  const validation = drawUniformly(train, count, epochSeed(settings.seed, 'holdOut', 0)).sort();
  const isHeld = new Set(validation);
  return { pool: train.filter((record) => !isHeld.has(record)), validation };
}

/**
 * GRAD-MATCH (Killamsetty et al., 2021): pictures and weights whose gradients add up to those of all, found by orthogonal
 * matching pursuit, class by class or in whole batches.
 */
import type { Method } from '../../selection/method.ts';
import { createReselecting } from '../reselecting.ts';
import { countOfBatches, pickBatches } from './batches.ts';
import { pickByClass } from './classes.ts';
import { gradMatchMeta } from './meta.ts';

export const gradMatch: Method = {
  meta: gradMatchMeta,
  create(context) {
    const { gradient, holdOut: holdsOut } = context.settings;
    return createReselecting(
      context,
      gradient === 'batch'
        ? { holdsOut, countOf: countOfBatches, pick: pickBatches }
        : { holdsOut, pick: pickByClass },
    );
  },
};

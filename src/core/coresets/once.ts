/** A selector that chooses once, after some epochs on every picture, and trains a new network on its choice. */
import type { Generator } from '../random.ts';
import { createGenerator } from '../random.ts';
import { epochSeed } from '../selection/epochSeed.ts';
import type {
  Pretraining,
  Selection,
  SelectionContext,
  SelectionState,
  Selector,
} from '../selection/method.ts';
import type { NetworkProbe } from '../selection/probe.ts';
import type { Picked } from './reselecting.ts';

export interface Once {
  /** Records that are picked. */
  count: number;
  pretraining: Pretraining | null;
  pick: (request: {
    probe: NetworkProbe;
    context: SelectionContext;
    generator: Generator;
  }) => Promise<Picked>;
  /** What the epochs on every picture have left behind, until something is selected; null where nothing. */
  observed?: { state: () => SelectionState | null; restore: (state: SelectionState) => boolean };
}

export function createOnce(
  context: SelectionContext,
  { count, pretraining, pick, observed }: Once,
): Selector {
  const { settings, train } = context;
  let standing: Selection | null = null;
  return {
    count,
    pretraining,
    async select(_epoch, probe) {
      if (standing === null) {
        if (probe === null) throw new Error('Nothing can be selected without the network.');
        const generator = createGenerator(epochSeed(settings.seed, 'selection', 0));
        standing = { ...(await pick({ probe, context, generator })), isOrdered: false };
      }
      return standing;
    },
    state() {
      if (standing === null) return observed?.state() ?? null;
      const { records, weights } = standing;
      return { records: records.slice(), ...(weights !== null && { weights: weights.slice() }) };
    },
    restore(state) {
      const { records, weights = null } = state;
      if (records === undefined) return observed?.restore(state) ?? false;
      if (!(records instanceof Uint32Array) || records.length !== count) return false;
      if (weights !== null && !(weights instanceof Float32Array && weights.length === count)) return false;
      const isKnown = new Set(train);
      if (!records.every((record) => isKnown.has(record))) return false;
      standing = { records, weights, isOrdered: false };
      return true;
    },
  };
}

/**
 * A selector that chooses anew every so many epochs. As in the authors' experiments the first selection is a random one,
 * because a network that has learned nothing has nothing to say; after a warm start the network has, and is asked at once.
 */
import type { Generator } from '../random.ts';
import { createGenerator } from '../random.ts';
import { countAtLeastOne, drawUniformly } from '../selection/draw.ts';
import { epochSeed } from '../selection/epochSeed.ts';
import { holdOut, type HeldOut } from '../selection/holdOut.ts';
import type { Selection, SelectionAccount, SelectionContext, Selector } from '../selection/method.ts';
import { warmStartOf } from '../selection/options.ts';
import type { NetworkProbe } from '../selection/probe.ts';

/** What is picked from. */
export interface PickRequest extends HeldOut {
  probe: NetworkProbe;
  context: SelectionContext;
  /** Records to pick. */
  count: number;
  /** Of this selection alone. */
  generator: Generator;
}

export interface Picked {
  /** Numbers of `count` records of the pool, each once. */
  records: Uint32Array;
  /** Not negative and not all 0; null: all alike. */
  weights: Float32Array | null;
  account: SelectionAccount;
}

export interface Reselecting {
  /** Whether a tenth of the pictures is held out. */
  holdsOut: boolean;
  /** Records that are picked where they are not floor(fraction × pool). */
  countOf?: (pool: number, context: SelectionContext) => number;
  /** @throws CANCELLED, TRAINING_DIVERGED, SELECTION_TOO_LARGE, … */
  pick: (request: PickRequest) => Promise<Picked>;
}

/** @throws TRAINING_SUBSET_EMPTY */
export function createReselecting(
  context: SelectionContext,
  { holdsOut, countOf, pick }: Reselecting,
): Selector {
  const { settings } = context;
  const { seed, fraction, reselect } = settings;
  const held = holdOut(context, holdsOut);
  const { pool } = held;
  const count = countAtLeastOne(
    Math.min(pool.length, countOf?.(pool.length, context) ?? Math.floor(fraction * pool.length)),
    { ...context, train: pool },
  );
  const warm = warmStartOf(settings);
  let standing: Selection | null = null;
  /** Epoch for which it was selected. */
  let since = 0;

  const isDue = (epoch: number): boolean =>
    epoch !== since && (epoch - 1) % reselect === 0 && (warm.full > 0 || epoch > 2);

  return {
    count,
    pretraining:
      warm.full === 0 ? null : { epochs: warm.full, records: pool, startsAnew: false, observer: null },
    async select(epoch, probe) {
      if (isDue(epoch)) {
        if (probe === null) throw new Error('Nothing can be selected without the network.');
        const generator = createGenerator(epochSeed(seed, 'selection', epoch));
        const picked = await pick({ ...held, probe, context, count, generator });
        standing = { ...picked, isOrdered: false };
        since = epoch;
      }
      if (standing === null) {
        const records = drawUniformly(pool, count, epochSeed(seed, 'subset', 0));
        standing = { records, weights: null, isOrdered: false };
        since = epoch;
      }
      return standing;
    },
    state() {
      if (standing === null) return null;
      const { records, weights } = standing;
      return {
        records: records.slice(),
        since: Uint32Array.of(since),
        ...(weights !== null && { weights: weights.slice() }),
      };
    },
    restore(state) {
      const { records, weights = null } = state;
      if (!(records instanceof Uint32Array) || records.length !== count) return false;
      if (!(state.since instanceof Uint32Array) || state.since.length !== 1) return false;
      if (weights !== null && !(weights instanceof Float32Array && weights.length === count)) return false;
      const isKnown = new Set(pool);
      if (!records.every((record) => isKnown.has(record))) return false;
      standing = { records, weights, isOrdered: false };
      since = state.since[0];
      return true;
    },
  };
}

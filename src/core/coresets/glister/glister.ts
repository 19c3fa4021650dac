/**
 * GLISTER (Killamsetty et al., 2021), its online version: pictures whose gradients, taken as one step after another, lower
 * the loss of held-out pictures most. Of the last layer only the bias takes part, and all weights are 1, as in the authors'
 * own experiments.
 */
import { LabError } from '../../errors.ts';
import { holdOut } from '../../selection/holdOut.ts';
import type { Method, SelectionContext } from '../../selection/method.ts';
import type { MethodOptions } from '../../selection/options.ts';
import { shareOut } from '../byClass.ts';
import { lookAt } from '../lastLayer.ts';
import { createReselecting, type Picked, type PickRequest } from '../reselecting.ts';
import { pickGreedily } from './greedy.ts';
import { glisterMeta } from './meta.ts';
import { ValidationLoss } from './validationLoss.ts';

/** Rounds of the search that takes many at once. */
const ROUNDS = 15;
/** With this chance the best of a sample is not among the best n / k of all. */
const MISSED = 0.01;

/** Rounds, and pictures that each of them looks at, where k of n are picked. */
function searchOf(greedy: MethodOptions['greedy'], n: number, k: number): { rounds: number; sample: number } {
  if (greedy === 'rounds') return { rounds: ROUNDS, sample: Infinity };
  if (greedy === 'naive') return { rounds: k, sample: Infinity };
  return { rounds: k, sample: Math.max(1, Math.floor((n / k) * Math.log(1 / MISSED))) };
}

/** 0 … count − 1 */
const placesTo = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, place) => place);

async function pick({ probe, context, pool, validation, count, generator }: PickRequest): Promise<Picked> {
  const { classes, settings } = context;
  const held = await lookAt(probe, validation, { logits: true });
  const free = await lookAt(probe, pool);
  const began = performance.now();
  const all = placesTo(pool.length);
  const allJudges = placesTo(validation.length);
  // Shared out are places among those looked at, not numbers of records.
  const shares = settings.byClass
    ? shareOut(all, free.labels, classes, count).map(({ label, records, quota }) => ({
        ...{ places: records, quota },
        judges: allJudges.filter((place) => held.labels[place] === label),
      }))
    : [{ places: all, quota: count, judges: allJudges }];
  const records = new Uint32Array(count);
  let picked = 0;
  let filled = 0;
  let most = 0;
  for (const { places, quota, judges } of shares) {
    if (quota === 0) continue;
    const loss = new ValidationLoss(held.logits, held.labels, judges, classes);
    const before = picked;
    filled += await pickGreedily({
      ...{ residuals: free.residuals, classes, places, count: quota, loss, rate: settings.rate, generator },
      ...searchOf(settings.greedy, places.length, quota),
      beat: (done) =>
        probe.pulse.due()
          ? probe.pulse.beat({ phase: probe.phase, done: before + done, total: count, unit: 'pictures' })
          : null,
    });
    for (let k = 0; k < quota; k++) records[picked++] = pool[places[k]];
    most = Math.max(most, loss.bytes);
  }
  const gains = settings.greedy === 'rounds' ? 8 * pool.length : 0;
  return {
    records,
    weights: null,
    account: {
      seconds: { features: held.seconds + free.seconds, pick: (performance.now() - began) / 1000 },
      seen: pool.length + validation.length,
      bytes: held.bytes + free.bytes + most + gains + 4 * (2 * all.length + allJudges.length + count),
      filled,
    },
  };
}

/** Refuses to begin where a class that gives pictures has none that judge them. @throws SELECTION_VALIDATION_CLASS */
function checkJudges(context: SelectionContext, count: number): void {
  const { labels, classes } = context;
  const { pool, validation } = holdOut(context, true);
  for (const { label, quota } of shareOut(pool, labels, classes, count)) {
    if (quota === 0 || validation.some((record) => labels[record] === label)) continue;
    throw new LabError(
      'SELECTION_VALIDATION_CLASS',
      `Of class ${label}, counted from 0, no picture was held out by which the others could be judged.`,
    );
  }
}

export const glister: Method = {
  meta: glisterMeta,
  /** @throws TRAINING_SUBSET_EMPTY, SELECTION_VALIDATION_CLASS */
  create(context) {
    const selector = createReselecting(context, { holdsOut: true, pick });
    if (context.settings.byClass) checkJudges(context, selector.count);
    return selector;
  },
};

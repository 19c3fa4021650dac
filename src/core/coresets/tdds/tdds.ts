/**
 * TDDS (Zhang et al., 2024): the pictures whose predictions change most unsteadily while a first network learns from all of
 * them, without regard to classes.
 */
import { LabError } from '../../errors.ts';
import type { Generator } from '../../random.ts';
import { countOfFraction, drawInPlace } from '../../selection/draw.ts';
import type { Method, PretrainingObserver, SelectionContext } from '../../selection/method.ts';
import { pretrainingEpochs } from '../../selection/options.ts';
import { createOnce } from '../once.ts';
import type { Picked } from '../reselecting.ts';
import { tddsMeta } from './meta.ts';
import { Trajectory } from './trajectory.ts';

/** Two changes make a window, and a change takes two epochs. */
const LEAST_EPOCHS = 3;

/**
 * Rows of the `count` highest scores, the lower row first among equals; where fewer are above 0, the rest is drawn from
 * the others.
 */
function highest(
  scores: Float64Array,
  count: number,
  generator: Generator,
): { rows: Uint32Array; filled: number } {
  const order = Uint32Array.from(scores, (_, row) => row);
  order.sort((a, b) => scores[b] - scores[a] || a - b);
  const spoken = scores.reduce((sum, score) => sum + Number(score > 0), 0);
  const filled = Math.max(0, count - spoken);
  if (filled > 0) drawInPlace(order, spoken, order.length, filled, generator);
  return { rows: order.subarray(0, count), filled };
}

/** @throws SETTING_OUT_OF_RANGE */
function epochsOf({ settings }: SelectionContext): number {
  const epochs = pretrainingEpochs(settings, tddsMeta.usual);
  if (epochs >= LEAST_EPOCHS) return epochs;
  throw new LabError(
    'SETTING_OUT_OF_RANGE',
    `${tddsMeta.label} is to choose after ${epochs} epoch${epochs === 1 ? '' : 's'} on every picture; to see how unsteadily pictures are learned it takes at least ${LEAST_EPOCHS}.`,
  );
}

export const tdds: Method = {
  meta: tddsMeta,
  /** @throws TRAINING_SUBSET_EMPTY, SETTING_OUT_OF_RANGE; its observer SELECTION_TOO_LARGE when the first epoch begins */
  create(context) {
    const { train, labels, classes, settings } = context;
    const count = countOfFraction(context);
    const epochs = epochsOf(context);
    const window = Math.min(epochs, Math.max(LEAST_EPOCHS, settings.window));
    const shape = { records: train, total: labels.length, classes, epochs, window };
    /** From the first epoch on, until something is selected. */
    let trajectory: Trajectory | null = null;
    const observed = (): Trajectory =>
      (trajectory ??= new Trajectory({ ...shape, decay: settings.scoreDecay }));

    function pick(generator: Generator): Picked {
      if (trajectory?.isWhole !== true) throw new Error('Not all epochs on every picture were observed.');
      const began = performance.now();
      const { scores, bytes } = trajectory;
      if (!scores.every((score) => Number.isFinite(score))) {
        throw new LabError(
          'TRAINING_DIVERGED',
          'What the network made of the pictures as it learned from all of them are not numbers, so that nothing can be selected by it.',
        );
      }
      const { rows, filled } = highest(scores, count, generator);
      trajectory = null;
      return {
        records: rows.map((row) => train[row]),
        weights: null,
        account: {
          seconds: { features: 0, pick: (performance.now() - began) / 1000 },
          seen: train.length,
          bytes: bytes + 4 * train.length,
          filled,
        },
      };
    }

    const observer: PretrainingObserver = {
      begin: (epoch) => observed().begin(epoch),
      trained: (batch) => observed().trained(batch),
      end: (epoch) => observed().end(epoch),
    };
    return createOnce(context, {
      count,
      pretraining: { epochs, records: train, startsAnew: true, observer },
      pick: ({ generator }) => Promise.resolve(pick(generator)),
      observed: {
        state: () => trajectory?.state() ?? null,
        restore: (state) => observed().restore(state),
      },
    });
  },
};

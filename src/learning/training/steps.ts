/**
 * The steps of an epoch, cut into batches on the device. Between any two of them messages come in and it can be
 * interrupted; it then stands after a whole batch, and goes on from there as if nothing had been.
 */
import { memory, type Tensor2D } from '@tensorflow/tfjs-core';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { resetSums, trainStep } from '../network/step.ts';
import type { EpochFeed } from './feed.ts';
import type { MessageTurns } from './messageTurn.ts';
import type { ObservedLogits } from './observedLogits.ts';
import type { StepsInProgress, TrainingSession } from './session.ts';

/** Milliseconds of steps that a device is given before it is waited for, so that a pause is at hand. */
const AHEAD_MS = 80;
/** Most steps that are given at once. */
const MOST_AHEAD = 64;

const now = () => performance.now();

/** How many steps a device may be ahead, and is. One that computes at once is never ahead, and costs nothing to ask. */
class Ahead {
  #steps = 0;
  #most = 1;
  #since = now();

  /** Whether it is time to wait for the device. */
  stepped(): boolean {
    return ++this.#steps >= this.#most;
  }

  waited(): void {
    const perStep = (now() - this.#since) / this.#steps;
    this.#most = Math.min(MOST_AHEAD, Math.max(1, Math.floor(AHEAD_MS / Math.max(perStep, 0.01))));
    this.#steps = 0;
    this.#since = now();
  }
}

/** Of one epoch, of the run or before it. */
export interface StepsOptions {
  feed: EpochFeed;
  rate: number;
  /** What progress is reported as. */
  phase: string;
  /** Where it is, as a sentence begins: "In epoch 3". */
  where: string;
  /** Told of seconds as they are spent. */
  spend: (seconds: number) => void;
  /** Sees to it that the feed has the pictures of a step, where it has not all. */
  supply?: (step: number) => Promise<void>;
  /** What the network gives the pictures goes there. */
  observed?: { logits: ObservedLogits; recordsOf: (step: number) => Uint32Array } | null;
}

/**
 * Does the steps of an epoch that are still to be done, and reads the sums over all of them.
 *
 * @throws CANCELLED by the pulse, TRAINING_DIVERGED, DEVICE_LOST, and what `supply` throws
 */
export async function trainSteps(
  session: TrainingSession,
  current: StepsInProgress,
  { feed, rate, phase, where, spend, supply, observed = null }: StepsOptions,
  { pulse, turns }: { pulse: Pulse; turns: MessageTurns },
): Promise<void> {
  const { device, network, optimiser, sums } = session.parts;
  if (current.sums !== null) return;
  if (current.step === 0) resetSums(sums);
  const ahead = new Ahead();

  let mark = now();
  const lap = () => {
    const time = now();
    spend((time - mark) / 1000);
    mark = time;
  };
  const readSums = async () => {
    await observed?.logits.read();
    const [loss, correct] = await device.guard(Promise.all([sums.loss.data(), sums.correct.data()]));
    if (!Number.isFinite(loss[0])) {
      throw new LabError(
        'TRAINING_DIVERGED',
        `${where}, at a learning rate of ${Number(rate.toPrecision(3))}, the loss is no number any more.`,
      );
    }
    return { loss: loss[0], correct: correct[0] };
  };

  while (current.step < feed.steps) {
    const { step } = current;
    await supply?.(step);
    const batch = feed.batch(step);
    const observe =
      observed === null
        ? undefined
        : (logits: Tensor2D) => {
            observed.logits.take(observed.recordsOf(step), logits);
          };
    session.noteTensorBytes(trainStep(network, optimiser, batch, rate, sums, observe));
    batch.pictures.dispose();
    batch.labels.dispose();
    current.step++;
    if (ahead.stepped()) {
      // Nothing is done with them but to see that they are numbers.
      await readSums();
      ahead.waited();
    } else if (observed?.logits.isFull === true) {
      await observed.logits.read();
    }
    lap();
    device.check();
    if (pulse.due()) await pulse.beat({ phase, done: current.step, total: feed.steps, unit: 'steps' });
    else await turns.turn();
    lap();
  }
  current.sums = await readSums();
  lap();
  session.noteTensorBytes(memory().numBytes);
}

/**
 * The epoch loop: fetches an epoch's subset while the one before trains, cuts it into batches on the device, reads the
 * sums back once an epoch, and evaluates. Between any two batches messages come in and it can be interrupted; the
 * session then stands after a whole batch, and another loop over it goes on as if nothing had been.
 */
import { memory } from '@tensorflow/tfjs-core';
import type { EpochReport, Evaluation } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { rateOf } from '../network/optimiser.ts';
import { resetSums, trainStep } from '../network/step.ts';
import { evaluate } from './evaluate.ts';
import { waitFor, type MessageTurns } from './messageTurn.ts';
import type { SampleClient } from './sampleClient.ts';
import type { EpochInProgress, TrainingSession } from './session.ts';

/** Milliseconds of steps that a device is given before it is waited for, so that a pause is at hand. */
const AHEAD_MS = 80;
/** Most steps that are given at once. */
const MOST_AHEAD = 64;

const now = () => performance.now();

export interface LoopContext {
  samples: SampleClient;
  pulse: Pulse;
  turns: MessageTurns;
}

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

/**
 * Trains whole epochs and yields the report of each.
 *
 * @param lastEpoch after which it ends; nothing is fetched beyond it
 * @throws CANCELLED by the pulse, TRAINING_DIVERGED, DEVICE_LOST, and what the serving side says
 */
export async function* trainEpochs(
  session: TrainingSession,
  context: LoopContext,
  lastEpoch: number,
): AsyncGenerator<EpochReport, void, undefined> {
  const { run, parts } = session;
  const { settings } = run;
  const { sampler } = parts;
  const { samples, pulse } = context;
  const phaseOf = (epoch: number) => `Epoch ${epoch} of ${settings.epochs}`;
  let pending: { epoch: number; arrival: Promise<void> } | null = null;

  /** Asks for the fresh subset of an epoch; at most one request waits. */
  function request(epoch: number): Promise<void> {
    if (pending?.epoch === epoch) return pending.arrival;
    const records = sampler.subset(epoch);
    const arrival = samples.fetch(records).then((sample) => {
      session.next = { ...session.take(records, sample), epoch };
      pending = null;
    });
    // It is looked at when the epoch begins.
    arrival.catch(() => undefined);
    pending = { epoch, arrival };
    return arrival;
  }

  async function fetchFixed(): Promise<void> {
    const records = sampler.fixedRecords();
    const sample = await samples.fetch(records);
    session.fixed = session.take(records, sample);
  }

  async function havePictures(current: EpochInProgress): Promise<void> {
    const { epoch, seconds } = current;
    const isThere = () => (sampler.isFixed ? session.fixed !== null : session.next?.epoch === epoch);
    // The one subset of a fixed method is fetched once, and its seconds are those of the epoch that fetched it.
    const isFetched = !sampler.isFixed || session.fixed === null;
    if (!isThere()) {
      const began = now();
      try {
        await waitFor(sampler.isFixed ? fetchFixed() : request(epoch), pulse, {
          phase: `${phaseOf(epoch)}: fetching`,
          done: 0,
          total: null,
          unit: 'pictures',
        });
      } finally {
        seconds.wait += (now() - began) / 1000;
      }
    }
    if (isFetched) seconds.fetch += (session.fixed ?? session.next)?.seconds ?? 0;
    session.beginPictures(current);
  }

  while (session.epochsDone < lastEpoch) {
    const epoch = session.epochsDone + 1;
    session.current ??= {
      epoch,
      step: 0,
      hasPictures: false,
      seconds: { fetch: 0, wait: 0, train: 0, evaluate: 0 },
      sums: null,
    };
    const { current } = session;
    if (!current.hasPictures) await havePictures(current);
    const isFetching = settings.prefetch && !sampler.isFixed && epoch < lastEpoch;
    if (isFetching && session.next === null) void request(epoch + 1);

    const rate = rateOf(settings, epoch);
    await trainSteps(session, current, rate, phaseOf(epoch), context);
    session.endPictures();

    const isEvaluated = epoch % settings.evaluateEvery === 0 || epoch === settings.epochs;
    const evaluation = isEvaluated ? await evaluateEpoch(session, current, phaseOf(epoch), context) : null;
    yield session.endEpoch(current, rate, evaluation);
    await context.turns.turn();
    if (pulse.due()) await pulse.beat({ phase: phaseOf(epoch), done: 1, total: 1, unit: 'epochs' });
  }
}

/** The steps of an epoch that are still to be done, and the sums over all of them. */
async function trainSteps(
  session: TrainingSession,
  current: EpochInProgress,
  rate: number,
  phase: string,
  { pulse, turns }: LoopContext,
): Promise<void> {
  const { device, feed, network, optimiser, sums } = session.parts;
  if (current.sums !== null) return;
  if (current.step === 0) resetSums(sums);
  const ahead = new Ahead();

  let mark = now();
  const lap = () => {
    const time = now();
    current.seconds.train += (time - mark) / 1000;
    mark = time;
  };
  const readSums = async () => {
    const [loss, correct] = await device.guard(Promise.all([sums.loss.data(), sums.correct.data()]));
    if (!Number.isFinite(loss[0])) {
      throw new LabError(
        'TRAINING_DIVERGED',
        `In epoch ${current.epoch}, at a learning rate of ${Number(rate.toPrecision(3))}, the loss is no number any more.`,
      );
    }
    return { loss: loss[0], correct: correct[0] };
  };

  while (current.step < feed.steps) {
    const batch = feed.batch(current.step);
    session.noteTensorBytes(trainStep(network, optimiser, batch, rate, sums));
    batch.pictures.dispose();
    batch.labels.dispose();
    current.step++;
    if (ahead.stepped()) {
      // Nothing is done with them but to see that they are numbers.
      await readSums();
      ahead.waited();
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

/** The test pictures through the network. An interrupted evaluation leaves nothing, and begins again. */
async function evaluateEpoch(
  session: TrainingSession,
  current: EpochInProgress,
  phase: string,
  { pulse, turns }: LoopContext,
): Promise<Evaluation> {
  const { device, network, test, table } = session.parts;
  const evaluation = await evaluate(
    { predict: (pictures) => network.forward(pictures, false), gives: 'logits' },
    test,
    table,
    current.epoch,
    {
      guard: (promise) => device.guard(promise),
      async pause(done, total) {
        device.check();
        if (pulse.due()) await pulse.beat({ phase: `${phase}: evaluating`, done, total, unit: 'pictures' });
        else await turns.turn();
      },
    },
  );
  current.seconds.evaluate += evaluation.seconds;
  return evaluation;
}

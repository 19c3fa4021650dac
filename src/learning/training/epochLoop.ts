/**
 * The epoch loop: lets the method select an epoch's subset, fetches it while the one before trains, cuts it into batches
 * on the device, reads the sums back once an epoch, and evaluates. Between any two batches messages come in and it can be
 * interrupted; the session then stands after a whole batch, and another loop over it goes on as if nothing had been.
 */
import { memory } from '@tensorflow/tfjs-core';
import type { EpochReport, Evaluation } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { Selection } from '../../core/selection/method.ts';
import { rateOf } from '../network/optimiser.ts';
import { resetSums, trainStep } from '../network/step.ts';
import { evaluate } from './evaluate.ts';
import { waitFor, type MessageTurns } from './messageTurn.ts';
import { probeNetwork } from './networkProbe.ts';
import type { SubsetClient } from './subsetClient.ts';
import type { EpochInProgress, TrainingSession } from './session.ts';

/** Milliseconds of steps that a device is given before it is waited for, so that a pause is at hand. */
const AHEAD_MS = 80;
/** Most steps that are given at once. */
const MOST_AHEAD = 64;

const now = () => performance.now();

export interface LoopContext {
  subsets: SubsetClient;
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

/** A selection as its method has to give it. @throws Error */
function checked(selection: Selection, count: number): Selection {
  const { records, weights } = selection;
  if (records.length !== count) throw new Error(`${records.length} pictures were selected, not ${count}.`);
  if (weights === null) return selection;
  let sum = 0;
  for (const weight of weights) sum += weight >= 0 ? weight : NaN;
  if (weights.length !== count || !(sum > 0 && sum < Infinity)) {
    throw new Error(`The ${weights.length} weights of ${count} pictures are of no use: their sum is ${sum}.`);
  }
  return selection;
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
  const { method, selector } = parts;
  const { subsets, pulse, turns } = context;
  const phaseOf = (epoch: number) => `Epoch ${epoch} of ${settings.epochs}`;
  /** The epoch for which pictures are selected and fetched while another trains; at most one. */
  let ahead: { epoch: number; arrival: Promise<void> } | null = null;

  async function fetchPictures(epoch: number, selection: Selection): Promise<void> {
    session.take(epoch, selection, await subsets.fetch(selection.records));
  }

  /** Fetches what an epoch sees, where that is something else than now. Only of methods that need no network. */
  async function selectAndFetch(epoch: number): Promise<void> {
    const selection = checked(await selector.select(epoch, null), selector.count);
    if (selection !== session.held?.selection) await fetchPictures(epoch, selection);
  }

  function fetchAhead(epoch: number): void {
    const arrival = selectAndFetch(epoch);
    // It is looked at when the epoch begins.
    arrival.catch(() => undefined);
    ahead = { epoch, arrival };
  }

  /** What an epoch sees. A selection that was interrupted begins again. */
  async function select({ epoch, seconds }: EpochInProgress): Promise<Selection> {
    if (!method.needsNetwork) return checked(await selector.select(epoch, null), selector.count);
    const { network, device, table, test } = parts;
    const probe = probeNetwork({
      ...{ network, device, table, shape: test.shape, subsets, pulse, turns },
      phase: `${phaseOf(epoch)}: selecting`,
      onFetched(subset) {
        session.count(subset);
        seconds.fetch += subset.seconds;
      },
    });
    return checked(await selector.select(epoch, probe), selector.count);
  }

  async function havePictures(current: EpochInProgress): Promise<void> {
    const { epoch, seconds } = current;
    const isThere = () => session.next?.epoch === epoch;
    const progress = { phase: `${phaseOf(epoch)}: fetching`, done: 0, total: null, unit: 'pictures' };
    const began = now();
    try {
      if (!isThere() && ahead?.epoch === epoch) await waitFor(ahead.arrival, pulse, progress);
      if (!isThere()) {
        current.selection ??= await select(current);
        const { selection } = current;
        if (selection !== session.held?.selection) {
          session.held = null;
          await waitFor(fetchPictures(epoch, selection), pulse, progress);
        }
      }
    } finally {
      seconds.wait += (now() - began) / 1000;
    }
    // The seconds of a subset are those of the epoch that first sees it.
    if (isThere()) seconds.fetch += session.next?.seconds ?? 0;
    session.beginPictures(current);
  }

  while (session.epochsDone < lastEpoch) {
    const epoch = session.epochsDone + 1;
    session.current ??= {
      epoch,
      selection: null,
      step: 0,
      hasPictures: false,
      seconds: { fetch: 0, wait: 0, train: 0, evaluate: 0, select: 0 },
      sums: null,
    };
    const { current } = session;
    if (!current.hasPictures) await havePictures(current);
    const isFetching = settings.prefetch && !method.needsNetwork && epoch < lastEpoch;
    if (isFetching && session.next === null) fetchAhead(epoch + 1);

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

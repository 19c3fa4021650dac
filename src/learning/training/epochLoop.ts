/**
 * The epoch loop: lets the method select an epoch's subset, fetches it while the one before trains, does the steps and
 * evaluates. Wherever it is interrupted, another loop over the session goes on as if nothing had been.
 */
import { epochsOf, skippedEpochsOf, type EpochReport, type Evaluation } from '../../contracts/training.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { Selection } from '../../core/selection/method.ts';
import { rateOf } from '../network/optimiser.ts';
import { evaluate } from './evaluate.ts';
import { waitFor, type MessageTurns } from './messageTurn.ts';
import { probeNetwork } from './networkProbe.ts';
import { epochsTogether } from './readingTogether.ts';
import type { SubsetClient } from './subsetClient.ts';
import type { EpochInProgress, TrainingSession } from './session.ts';
import { trainSteps } from './steps.ts';

const now = () => performance.now();

export interface LoopContext {
  subsets: SubsetClient;
  pulse: Pulse;
  turns: MessageTurns;
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

function recordsOf(selections: readonly Selection[]): Uint32Array {
  if (selections.length === 1) return selections[0].records;
  const count = selections.reduce((sum, { records }) => sum + records.length, 0);
  const all = new Uint32Array(count);
  let at = 0;
  for (const { records } of selections) {
    all.set(records, at);
    at += records.length;
  }
  return all;
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
  const epochs = epochsOf(settings);
  const skipped = skippedEpochsOf(settings);
  const phaseOf = (epoch: number) => `Epoch ${epoch} of ${epochs}`;
  /** Epochs whose pictures are fetched together. */
  const together = epochsTogether(session);
  /** The epoch from which on pictures are selected and fetched while another trains. */
  let ahead: { epoch: number; arrival: Promise<void> } | null = null;

  /** Selections of an epoch and of those after it that are fetched with it. */
  async function selectionsFrom(epoch: number, first: Selection): Promise<Selection[]> {
    const selections = [first];
    // One without an order of its own may be meant for the epochs after it, too.
    while (first.isOrdered && selections.length < together && epoch + selections.length <= lastEpoch) {
      const next = checked(await selector.select(epoch + selections.length, null), selector.count);
      if (!next.isOrdered) break;
      selections.push(next);
    }
    return selections;
  }

  async function fetchPictures(epoch: number, selection: Selection): Promise<void> {
    const selections = await selectionsFrom(epoch, selection);
    const records = recordsOf(selections);
    session.take(epoch, selections, await subsets.fetch(records), records);
  }

  /** Fetches what an epoch sees, where that is something else than now. Only of methods that need no network. */
  async function selectAndFetch(epoch: number): Promise<void> {
    const selection = checked(await selector.select(epoch, null), selector.count);
    if (selection !== session.held?.selection) await fetchPictures(epoch, selection);
  }

  const isAhead = (epoch: number): boolean => ahead?.epoch === epoch;

  function fetchAhead(epoch: number): void {
    const arrival = selectAndFetch(epoch);
    // It is looked at when the epoch begins.
    arrival.catch(() => undefined);
    ahead = { epoch, arrival };
  }

  /** What an epoch sees, by a method that looks through the network. One that was interrupted begins again. */
  async function select({ epoch, seconds }: EpochInProgress): Promise<Selection> {
    const { network, device, table, test } = parts;
    const probe = probeNetwork({
      ...{ network, device, table, shape: test.shape, subsets, pulse, turns },
      phase: `${phaseOf(epoch)}: selecting`,
      onFetched(subset, records) {
        session.count(subset, records);
      },
    });
    const began = now();
    let selection: Selection;
    try {
      selection = checked(await selector.select(epoch, probe), selector.count);
    } finally {
      seconds.select += (now() - began) / 1000;
    }
    session.noteSelection(selection);
    // What was trained before served the selection alone.
    if (epoch === 1 && selector.pretraining?.startsAnew === true) session.startAnew();
    return selection;
  }

  async function havePictures(current: EpochInProgress): Promise<void> {
    const { epoch, seconds } = current;
    const isThere = () => session.coming.at(0)?.epoch === epoch;
    const progress = { phase: `${phaseOf(epoch)}: fetching`, done: 0, total: null, unit: 'pictures' };
    if (method.needsNetwork) current.selection ??= await select(current);
    const began = now();
    try {
      if (!isThere() && ahead?.epoch === epoch) await waitFor(ahead.arrival, pulse, progress);
      if (!isThere()) {
        current.selection ??= checked(await selector.select(epoch, null), selector.count);
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
    if (isThere()) seconds.fetch += session.coming[0].seconds;
    session.beginPictures(current);
  }

  while (session.epochsDone < lastEpoch) {
    const epoch = session.epochsDone + 1;
    session.current ??= {
      epoch,
      selection: null,
      step: 0,
      hasPictures: false,
      seconds: {
        ...{ fetch: 0, wait: 0, train: 0, evaluate: 0 },
        select: epoch === 1 ? (run.selection?.seconds.pretrain ?? 0) : 0,
      },
      sums: null,
    };
    const { current } = session;
    if (!current.hasPictures) await havePictures(current);
    const missing = epoch + 1 + session.coming.length;
    const isFetching = settings.prefetch && !method.needsNetwork && missing <= lastEpoch;
    // With half of them to go, the next ones are there in time, and no third lot lies in memory.
    const isTime = session.coming.length <= (together - 1) / 2 && !isAhead(missing);
    if (isFetching && isTime) fetchAhead(missing);

    const rate = rateOf(settings, skipped + epoch);
    const { seconds } = current;
    await trainSteps(
      session,
      current,
      {
        ...{ feed: parts.feed, rate, phase: phaseOf(epoch), where: `In epoch ${epoch}` },
        spend: (spent) => (seconds.train += spent),
      },
      context,
    );
    session.endPictures();

    const isEvaluated = epoch % settings.evaluateEvery === 0 || epoch === epochs;
    const evaluation = isEvaluated ? await evaluateEpoch(session, current, phaseOf(epoch), context) : null;
    yield session.endEpoch(current, rate, evaluation);
    await context.turns.turn();
    if (pulse.due()) await pulse.beat({ phase: phaseOf(epoch), done: 1, total: 1, unit: 'epochs' });
  }
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

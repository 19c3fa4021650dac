/**
 * Epochs on every picture before the first selection, of a method that wants a network that has learned something. They
 * are no epochs of the run, and what they take is counted as selecting.
 */
import { skippedEpochsOf, type TrainingSettings } from '../../contracts/training.ts';
import type { Pretraining } from '../../core/selection/method.ts';
import { rateOf } from '../network/optimiser.ts';
import type { LoopContext } from './epochLoop.ts';
import { waitFor } from './messageTurn.ts';
import { ObservedLogits } from './observedLogits.ts';
import { PretrainingPictures } from './pretrainingPictures.ts';
import type { TrainingSession } from './session.ts';
import { trainSteps } from './steps.ts';

/**
 * Learning rate of an epoch on every picture. A network that is thrown away sees the first epochs of a run on
 * everything, as long as the run itself: TDDS's authors train to the end and look at the first epochs, whose rate is
 * still high, where one that had fallen to 0 would leave only the outliers unsteady. Of a network that is trained on,
 * the rate is that of the run's epochs that these stand for, evenly spread over them.
 *
 * @param epoch from 1
 */
export function pretrainingRate(
  settings: TrainingSettings,
  { epochs, startsAnew }: Pick<Pretraining, 'epochs' | 'startsAnew'>,
  epoch: number,
): number {
  if (startsAnew) return rateOf({ ...settings, epochs: Math.max(settings.epochs, epochs) }, epoch);
  return rateOf(settings, 1 + ((epoch - 1) * skippedEpochsOf(settings)) / epochs);
}

/**
 * Trains the epochs on every picture that are still to be done, and yields the seconds of each.
 *
 * @throws CANCELLED by the pulse, TRAINING_DIVERGED, DEVICE_LOST, and what the serving side says
 */
export async function* pretrainEpochs(
  session: TrainingSession,
  context: LoopContext,
): AsyncGenerator<number, void, undefined> {
  const { run, parts } = session;
  const { pretraining } = parts.selector;
  if (pretraining === null || session.report.pretrained >= pretraining.epochs) return;
  const { settings } = run;
  const { epochs, records, observer, startsAnew } = pretraining;
  const { subsets, pulse, turns } = context;

  while (session.report.pretrained < epochs) {
    session.pretraining ??= {
      pictures: new PretrainingPictures({
        ...{ records, shape: parts.test.shape, table: parts.table },
        ...{ batch: settings.batch, augment: settings.augment, seed: settings.seed },
        segmentBytes: parts.backend.isSynchronous ? 0 : undefined,
      }),
      observed: observer && new ObservedLogits(observer, parts.device),
      current: null,
    };
    const state = session.pretraining;
    const { pictures, observed } = state;
    const epoch = session.report.pretrained + 1;
    if (state.current === null) {
      pictures.begin(epoch);
      observer?.begin(epoch);
      state.current = { epoch, step: 0, sums: null };
    }
    const { seconds } = session.report;
    const before = seconds.pretrain;
    const phase = `Epoch ${epoch} of ${epochs} on every picture`;
    const fetching = { phase: `${phase}: fetching`, done: 0, total: null, unit: 'pictures' };
    await trainSteps(
      session,
      state.current,
      {
        ...{ feed: pictures.feed, rate: pretrainingRate(settings, pretraining, epoch), phase },
        where: `In epoch ${epoch} on every picture`,
        spend: (spent) => (seconds.pretrain += spent),
        supply: (step) =>
          pictures.supply(step, async (wanted) => {
            const subset = await waitFor(subsets.fetch(wanted), pulse, fetching);
            session.count(subset, wanted);
            return subset;
          }),
        observed: observed && { logits: observed, recordsOf: (step) => pictures.recordsOf(step) },
      },
      context,
    );
    observer?.end(epoch);
    state.current = null;
    session.endPretrainingEpoch(!startsAnew);
    if (epoch === epochs) session.endPretraining();
    yield seconds.pretrain - before;
    await turns.turn();
    if (pulse.due()) await pulse.beat({ phase, done: 1, total: 1, unit: 'epochs' });
  }
}

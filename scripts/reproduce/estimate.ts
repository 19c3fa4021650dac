/** How long a run may take, by what was measured of others on the same pictures with the same network. */
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import type { RecordedResult } from '../../src/contracts/results.ts';
import {
  DEFAULT_TRAINING_SETTINGS,
  epochsOf,
  pretrainEpochsOf,
  type BackendWish,
  type SelectionReport,
  type TrainingSettings,
} from '../../src/contracts/training.ts';

/** A forward pass beside a step, which takes two more of them for the gradients. */
const FORWARD = 1 / 3;

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

/** Those that were timed, where there are any, and computed where the newest of them did: times of other machines say little. */
function ofOneMachine(all: readonly RecordedResult[]): RecordedResult[] {
  const timed = all.filter(({ untimed }) => untimed !== true);
  const results = timed.length > 0 ? timed : all;
  const newest = results.reduce<RecordedResult | null>(
    (latest, one) => (latest === null || one.date >= latest.date ? one : latest),
    null,
  );
  return results.filter(({ machine, backend }) => machine === newest?.machine && backend === newest.backend);
}

const stepsOf = (pictures: number, batch: number): number => Math.ceil(pictures / batch);

/** Selections that look at the pictures. */
function refreshesOf({ method, reselect, epochs }: TrainingSettings): number {
  const { needsNetwork, isFixed } = METHOD_METAS.byName(method);
  if (!needsNetwork) return 0;
  return isFixed ? 1 : Math.floor((epochs - 1) / reselect);
}

/**
 * Expected seconds of a run from its start to its result, without opening the pictures.
 *
 * @param results of whatever runs
 * @returns null where nothing of the same pictures and network was measured
 */
export function expectedSeconds(
  dataset: string,
  settings: TrainingSettings,
  wish: BackendWish,
  results: readonly RecordedResult[],
): number | null {
  const { network, batch, method, fraction, epochs, evaluateEvery } = settings;
  const measured = ofOneMachine(
    results.filter(
      (one) =>
        one.dataset === dataset &&
        one.model === network &&
        (one.width === null || one.width === settings.width) &&
        (one.settings?.batch ?? DEFAULT_TRAINING_SETTINGS.batch) === batch &&
        (wish === 'auto' || one.backend === wish),
    ),
  );
  if (measured.length === 0) return null;
  const [{ trainRecords }] = measured;
  const step =
    sum(measured, ({ seconds }) => seconds.train + seconds.wait) /
    sum(measured, (one) => stepsOf(one.subsetRecords, batch) * one.epochs);
  const look =
    sum(measured, ({ seconds }) => seconds.evaluate) /
    Math.max(
      1,
      sum(measured, ({ curve }) => curve.length),
    );
  const warmup = sum(measured, ({ seconds }) => seconds.warmup) / measured.length;
  const everything = stepsOf(trainRecords, batch) * step;

  const own = measured.filter((one) => one.method === method && (one.selection?.refreshes ?? 0) > 0);
  const nearest = own.reduce<RecordedResult | null>(
    (best, one) => (best === null || distance(one, fraction) < distance(best, fraction) ? one : best),
    null,
  );
  return (
    warmup +
    epochsOf(settings) * stepsOf(fraction * trainRecords, batch) * step +
    Math.ceil(epochs / evaluateEvery) * look +
    selecting(settings, everything, nearest)
  );
}

const distance = (result: RecordedResult, fraction: number): number =>
  Math.abs(Math.log(result.fraction / fraction));

/**
 * Features and epochs before are the same at every share; picking grows with it.
 *
 * @param everything seconds of an epoch on every picture
 * @param measured a run of the method at the nearest share, or null
 */
function selecting(settings: TrainingSettings, everything: number, measured: RecordedResult | null): number {
  const refreshes = refreshesOf(settings);
  const pretrain = pretrainEpochsOf(settings) * everything;
  if (measured?.selection == null) return refreshes * everything * FORWARD + pretrain;
  const report: SelectionReport = measured.selection;
  const { features, pick } = report.seconds;
  const ofOne = (features + (pick * settings.fraction) / measured.fraction) / report.refreshes;
  const before = report.pretrained > 0 ? report.seconds.pretrain / report.pretrained : everything;
  return refreshes * ofOne + pretrainEpochsOf(settings) * before;
}

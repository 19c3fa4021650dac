/** What was learned, to lead the page with: one's own run, and beside it what came with the lab. */
import { DEFAULT_TRAINING_SETTINGS, fractionOf, usesFraction, widthOf } from '../../../contracts/training.ts';
import { METHOD_METAS } from '../../../contracts/methods.ts';
import type { RecordedResult } from '../../../contracts/results.ts';
import type { TrainingRun, TrainingSettings } from '../../../contracts/training.ts';
import type { TrainingState } from '../../lab/training.ts';
import { statistic, type Statistic } from '../../statistic.ts';
import { latestTest, leadingRun } from '../../training/leading.ts';
import { paperResultOf } from '../../training/paperTable.ts';
import { fullBeside, groupsOf, secondsOfRun } from '../../training/results.ts';
import { shippedOf } from '../../training/shipped.ts';

/** One side of the headline. */
export interface Learned {
  method: string;
  /** 1 of full training. */
  fraction: number;
  network: string;
  width: number | null;
  /** Of the run, and of those that are done where it is not finished. */
  epochs: { planned: number; done: number };
  /** Share of the test pictures, over the seeds. */
  accuracy: Statistic;
  /** Of full training with the same network; null where there is none. */
  full: number | null;
  /** Training, waiting and selecting ÷ full training's; null where there was none. */
  time: number | null;
  /** What computed. */
  where: string;
}

export interface ShippedLearned extends Learned {
  date: string;
  command: string;
}

/** The run at hand that the page leads with, alone of its seeds; null before the first look at the test pictures. */
export function ownLearned(
  training: Pick<TrainingState, 'runs' | 'selected'>,
): (Learned & { run: TrainingRun }) | null {
  const run = leadingRun(training) ?? training.runs.findLast((one) => latestTest(one) !== null);
  const test = run === undefined ? null : latestTest(run);
  if (run === undefined || test === null) return null;
  const groups = groupsOf(training.runs);
  const group = groups.find(({ runs }) => runs.includes(run));
  const isShare = usesFraction(run.settings.method);
  const full = group === undefined || !isShare ? null : fullBeside(group, groups);
  const { settings, backend } = run;
  return {
    run,
    method: settings.method,
    fraction: fractionOf(settings),
    network: settings.network,
    width: widthOf(settings),
    epochs: { planned: settings.epochs, done: test.epoch },
    accuracy: statistic([test.accuracy]) as Statistic,
    full: full?.accuracy.mean ?? null,
    time: isShare ? (group?.runTimeShare?.mean ?? null) : null,
    where: backend?.device ?? '',
  };
}

const isOf = (result: RecordedResult, network: string, width: number | null): boolean =>
  result.model === network && result.width === width;

/**
 * What has been shipped of these pictures: of the network that is set, else of the paper's, by the method and share that
 * are set, else by the lab's own at the share nearest to it.
 *
 * @returns null where nothing is shipped that could stand beside it
 */
export function shippedLearned(
  shipped: readonly RecordedResult[],
  datasetId: string,
  settings: Pick<TrainingSettings, 'network' | 'width' | 'method' | 'fraction'>,
): ShippedLearned | null {
  const all = shippedOf(shipped, datasetId).filter(
    ({ method, settings: unusual }) => METHOD_METAS.has(method) && unusual === undefined,
  );
  const paper = paperResultOf(datasetId);
  const own = all.filter((result) => isOf(result, settings.network, widthOf(settings)));
  const results =
    own.length > 0 || paper === null ? own : all.filter((result) => isOf(result, paper.network, paper.width));
  const wanted = fractionOf(settings);
  const distance = ({ fraction }: RecordedResult) => Math.abs(Math.log(fraction / wanted));
  const nearest = (method: string) =>
    results
      .filter((result) => result.method === method)
      // The first of a share is one that was timed.
      .sort((a, b) => distance(a) - distance(b) || Number(a.untimed ?? false) - Number(b.untimed ?? false))
      .at(0);
  const example = nearest(settings.method) ?? nearest(DEFAULT_TRAINING_SETTINGS.method);
  if (example === undefined) return null;
  const isAlike = (result: RecordedResult) =>
    isOf(result, example.model, example.width) &&
    result.epochs === example.epochs &&
    result.backend === example.backend;
  const seeds = results.filter(
    (result) => isAlike(result) && result.method === example.method && result.fraction === example.fraction,
  );
  const isShare = usesFraction(example.method);
  const full = isShare ? results.filter((result) => isAlike(result) && !usesFraction(result.method)) : [];
  const mean = (values: readonly number[]) => statistic(values)?.mean ?? null;
  // Times of other machines do not compare.
  const onSame = full.filter(({ machine, untimed }) => machine === example.machine && untimed !== true);
  const fullSeconds = mean(onSame.map(secondsOfRun));
  return {
    method: example.method,
    fraction: example.fraction,
    network: example.model,
    width: example.width,
    epochs: { planned: example.epochs, done: example.epochs },
    accuracy: statistic(seeds.map(({ accuracy }) => accuracy)) as Statistic,
    full: mean(full.map(({ accuracy }) => accuracy)),
    time:
      fullSeconds === null || fullSeconds <= 0 || example.untimed === true
        ? null
        : secondsOfRun(example) / fullSeconds,
    where: example.machine,
    date: example.date,
    command: example.command,
  };
}

/** "0.89 points below full training’s 99.20 %" */
export function againstFull(accuracy: number, full: number, percent: (share: number) => string): string {
  const points = (100 * Math.abs(accuracy - full)).toFixed(2);
  const theirs = `full training’s ${percent(full)}`;
  if (Number(points) === 0) return `as much as ${theirs}`;
  return `${points} points ${accuracy < full ? 'below' : 'above'} ${theirs}`;
}

/**
 * Runs of training as results: runs that differ in nothing but their seed are a group, with the mean and the spread of
 * what they reached and of what it took. Tables and figures of Learn and Sweep are made of groups.
 */
import { METHOD_METAS } from '../../contracts/methods.ts';
import { NETWORKS } from '../../contracts/networks.ts';
import {
  BACKEND_NAMES,
  fractionOf,
  TRAINING_SETTINGS,
  usesFraction,
  widthOf,
} from '../../contracts/training.ts';
import type { BackendName, SubsetMethod, TrainingRun, TrainingSettings } from '../../contracts/training.ts';
import { formatPercent } from '../../ui/format.ts';
import { statistic, type Statistic } from '../statistic.ts';
import { readsArchive } from './plan.ts';
import { otherSettings, settingWords } from './words.ts';

/** Finished runs that differ in nothing but their seed and where they were computed. */
export interface TrainingGroup {
  /** Tells groups apart. */
  key: string;
  network: TrainingSettings['network'];
  /** Null of a network without widths. */
  width: TrainingSettings['width'] | null;
  method: SubsetMethod;
  /** 1 of full training. */
  fraction: number;
  /** Of the first run; the others differ in the seed and in how often they were evaluated. */
  settings: TrainingSettings;
  /** What tells it from other groups at hand of the same network, method and fraction; empty where nothing does. */
  variant: string;
  /** By seed. */
  runs: TrainingRun[];
  /** Share of the test pictures that are classified correctly after the last epoch, over the seeds. */
  accuracy: Statistic;
  /** Seconds per epoch of fetching and training, without evaluation and warming up. */
  seconds: Statistic;
  /** Its parts, and the seconds per epoch in which training stood waiting for pictures. */
  fetchSeconds: Statistic;
  trainSeconds: Statistic;
  waitSeconds: Statistic;
  /**
   * Seconds per epoch ÷ those of full training of the same network, batch and augmentation on the same backend; 1 of
   * full training; null where there was none.
   */
  timeShare: Statistic | null;
  /** Seconds of the whole run: training, waiting for pictures, and selecting. */
  runSeconds: Statistic;
  /**
   * Those ÷ the seconds of as many epochs of full training, compared as above: Table 1's time. Null where there was no
   * full training.
   */
  runTimeShare: Statistic | null;
  /** Peak bytes of training data ÷ bytes of the raw training set. */
  residentShare: Statistic;
  residentBytes: Statistic;
  tensorBytes: Statistic;
  /** Archive ÷ raw training set; null of a method without an archive. */
  storageRatio: Statistic | null;
  /** Distinct training pictures read over the run ÷ training pictures. */
  distinctShare: Statistic;
  /** Where its runs were computed, in the usual order: more than one means that their times are not alike. */
  backends: BackendName[];
}

/** Whether a run has a result: it went to its end and was evaluated there. */
export function isFinished(run: TrainingRun): boolean {
  return run.status === 'done' && run.evaluation !== null && run.backend !== null;
}

/** The finished runs in groups, by network, width, method, fraction and then the other settings. */
export function groupsOf(runs: readonly TrainingRun[]): TrainingGroup[] {
  const byKey = new Map<string, TrainingRun[]>();
  for (const run of runs) {
    if (!isFinished(run)) continue;
    const key = groupKey(run);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [run]);
    else group.push(run);
  }
  const full = {
    fetched: secondsOfFull(runs, ({ seconds }) => seconds.fetch + seconds.train),
    waited: secondsOfFull(runs, ({ seconds }) => seconds.wait + seconds.train),
  };
  const groups = [...byKey].map(([key, own]) => groupOf(key, own, full));
  nameVariants(groups);
  return groups.sort(inOrder);
}

/** The other settings of a run, as far as its method uses them, and the division of the pictures. */
function otherValues({ settings, division }: TrainingRun, shared: boolean): unknown[] {
  const names = shared ? otherSettings().filter((name) => !isOfSubsets(name)) : otherSettings();
  return [
    ...names.map((name) => TRAINING_SETTINGS.outcome(name, settings)),
    // Other training and test pictures are another task.
    ...[division?.split ?? null, division?.testFraction ?? null],
  ];
}

/** Settings in which full training need not agree with what is compared with it. */
function isOfSubsets(name: keyof TrainingSettings): boolean {
  return name === 'sampling' || name === 'prefetch';
}

/** Which archive the pixels came from, or that they are raw. */
function pixelsKey(run: TrainingRun): string {
  const decoded = run.facts?.pixels === 'decoded' ? 'decoded' : '';
  return readsArchive(run.settings.method) || decoded !== '' ? `${decoded} ${run.archiveId ?? ''}` : '';
}

function groupKey(run: TrainingRun): string {
  const { settings, datasetId } = run;
  return JSON.stringify([
    ...[datasetId, settings.network, widthOf(settings), settings.method, fractionOf(settings)],
    ...otherValues(run, false),
    pixelsKey(run),
  ]);
}

/** Seconds per epoch of fetching and training; null before the first epoch. */
export function secondsPerEpoch({ seconds, epochs }: TrainingRun): number | null {
  return epochs.length === 0 ? null : (seconds.fetch + seconds.train) / epochs.length;
}

/** What has to be the same for the time of an epoch to be compared. */
function speedKey({ datasetId, settings, backend }: TrainingRun): string {
  return JSON.stringify([
    ...[datasetId, settings.network, widthOf(settings), settings.batch, settings.augment],
    ...[backend?.name ?? null, backend?.device ?? null],
  ]);
}

/** Seconds per epoch of full training by what they can be compared with; runs that stopped early have epochs too. */
function secondsOfFull(
  runs: readonly TrainingRun[],
  secondsOf: (run: TrainingRun) => number,
): Map<string, number> {
  const sums = new Map<string, { seconds: number; epochs: number }>();
  for (const run of runs) {
    if (usesFraction(run.settings.method) || run.epochs.length === 0) continue;
    const key = speedKey(run);
    const sum = sums.get(key) ?? { seconds: 0, epochs: 0 };
    sum.seconds += secondsOf(run);
    sum.epochs += run.epochs.length;
    sums.set(key, sum);
  }
  return new Map([...sums].map(([key, { seconds, epochs }]) => [key, seconds / epochs]));
}

/** Seconds per epoch of full training: with fetching, and with waiting for it. */
type FullSeconds = Record<'fetched' | 'waited', ReadonlyMap<string, number>>;

/** Seconds that a run took for what it learned: neither looks at the test pictures nor warming up are part of it. */
export function secondsOfRun({ seconds }: Pick<TrainingRun, 'seconds'>): number {
  return seconds.train + seconds.wait + seconds.select;
}

function groupOf(key: string, runs: TrainingRun[], fullSeconds: FullSeconds): TrainingGroup {
  const own = [...runs].sort((a, b) => a.settings.seed - b.settings.seed || a.createdAt - b.createdAt);
  const [{ settings }] = own;
  const over = (value: (run: TrainingRun) => number) => statistic(own.map(value)) as Statistic;
  const perEpoch = (value: (run: TrainingRun) => number) =>
    over((run) => value(run) / Math.max(1, run.epochs.length));
  const timeShares = own.flatMap((run) => {
    const full = fullSeconds.fetched.get(speedKey(run));
    const seconds = secondsPerEpoch(run);
    // A clock too coarse for an epoch says nothing of its length.
    return full === undefined || full <= 0 || seconds === null ? [] : [seconds / full];
  });
  const runTimeShares = own.flatMap((run) => {
    const full = fullSeconds.waited.get(speedKey(run));
    // A warm start leaves out epochs that full training has.
    return full === undefined || full <= 0 ? [] : [secondsOfRun(run) / (full * run.settings.epochs)];
  });
  const isOfArchive = readsArchive(settings.method);
  const ratios = own.flatMap(({ facts }) => (isOfArchive ? (facts?.storageRatio ?? []) : []));
  return {
    key,
    network: settings.network,
    width: widthOf(settings),
    method: settings.method,
    fraction: fractionOf(settings),
    settings,
    variant: '',
    runs: own,
    accuracy: over(({ evaluation }) => evaluation?.accuracy ?? NaN),
    seconds: perEpoch(({ seconds }) => seconds.fetch + seconds.train),
    fetchSeconds: perEpoch(({ seconds }) => seconds.fetch),
    trainSeconds: perEpoch(({ seconds }) => seconds.train),
    waitSeconds: perEpoch(({ seconds }) => seconds.wait),
    timeShare: usesFraction(settings.method) ? statistic(timeShares) : statistic([1]),
    runSeconds: over(secondsOfRun),
    runTimeShare: usesFraction(settings.method) ? statistic(runTimeShares) : statistic([1]),
    residentShare: over(({ bytes, facts }) => bytes.total / (facts?.rawBytes ?? NaN)),
    residentBytes: over(({ bytes }) => bytes.total),
    tensorBytes: over(({ tensorBytes }) => tensorBytes),
    storageRatio: statistic(ratios),
    distinctShare: over(({ distinctRecords, facts }) => distinctRecords / (facts?.trainRecords ?? NaN)),
    backends: BACKEND_NAMES.filter((name) => own.some(({ backend }) => backend?.name === name)),
  };
}

/** Says of every group what sets it apart, where anything does: settings in which the groups at hand differ. */
function nameVariants(groups: TrainingGroup[]): void {
  const differs = otherSettings().filter((name) => {
    const used = groups.filter(({ settings }) => TRAINING_SETTINGS.decides(name, settings));
    return new Set(used.map(({ settings }) => settings[name])).size > 1;
  });
  const divisions = new Set(groups.map(({ runs }) => divisionWords(runs[0])));
  const archives = new Set(
    groups.filter(({ method }) => readsArchive(method)).map(({ runs }) => runs[0].archiveId),
  );
  for (const group of groups) {
    const words = differs
      .filter((name) => TRAINING_SETTINGS.decides(name, group.settings))
      .map((name) => settingWords(name, group.settings));
    if (divisions.size > 1) words.push(divisionWords(group.runs[0]));
    if (group.runs[0].facts?.pixels === 'decoded') words.push('decoded pixels');
    if (archives.size > 1 && readsArchive(group.method)) words.push(archiveWords(group));
    group.variant = words.join(', ');
  }
}

/** "split 2, 20.0 % for testing" */
function divisionWords({ division }: TrainingRun): string {
  return division === undefined
    ? 'split not recorded'
    : `split ${division.split}, ${formatPercent(division.testFraction)} for testing`;
}

/** "lossless archive of 27.1 % of raw" */
function archiveWords({ runs: [{ facts }], storageRatio }: TrainingGroup): string {
  const kind = facts?.fidelity?.kind === 'near' ? 'near-lossless' : 'lossless';
  return storageRatio === null
    ? `${kind} archive`
    : `${kind} archive of ${formatPercent(storageRatio.mean)} of raw`;
}

/** Places of methods in the order in which they are offered. */
function byMethod(a: { method: SubsetMethod }, b: { method: SubsetMethod }): number {
  const { names } = METHOD_METAS;
  return names.indexOf(a.method) - names.indexOf(b.method);
}

function inOrder(a: TrainingGroup, b: TrainingGroup): number {
  return (
    NETWORKS.names.indexOf(a.network) - NETWORKS.names.indexOf(b.network) ||
    (a.width ?? 0) - (b.width ?? 0) ||
    byMethod(a, b) ||
    a.fraction - b.fraction ||
    a.runs[0].createdAt - b.runs[0].createdAt
  );
}

/** One line of the table: a method of a network, whose cells differ in the fraction alone. */
export interface ResultRow {
  key: string;
  network: TrainingSettings['network'];
  width: TrainingSettings['width'] | null;
  method: SubsetMethod;
  /** What tells it from other lines of the same network and method; empty where nothing does. */
  variant: string;
  /** A group, or null, for every column. In the column of full training all methods show the same one. */
  cells: (TrainingGroup | null)[];
}

/** Groups in the shape of the paper's Table 1: a line for every method, the fractions from left to right, then full. */
export interface ResultTable {
  /** Fractions, ascending; "all" is the last where there is full training. */
  columns: (number | 'all')[];
  rows: ResultRow[];
}

/** The finished runs as a table in the shape of the paper's Table 1. */
export function tableOf(runs: readonly TrainingRun[]): ResultTable {
  return tableOfGroups(groupsOf(runs));
}

/** Full training has a line of its own only where no other method stands beside it. */
export function tableOfGroups(groups: readonly TrainingGroup[]): ResultTable {
  const subsets = groups.filter(({ method }) => usesFraction(method));
  const full = groups.filter(({ method }) => !usesFraction(method));
  const fractions = [...new Set(subsets.map(({ fraction }) => fraction))].sort((a, b) => a - b);
  const columns: ResultTable['columns'] = full.length > 0 ? [...fractions, 'all'] : fractions;
  const rows = new Map<string, ResultRow>();
  for (const group of subsets) {
    const { network, width, method, variant, runs } = group;
    const key = JSON.stringify([network, width, method, otherValues(runs[0], false), pixelsKey(runs[0])]);
    let row = rows.get(key);
    if (row === undefined) {
      row = { key, network, width, method, variant, cells: columns.map(() => null) };
      if (full.length > 0) row.cells[columns.length - 1] = fullBeside(group, full);
      rows.set(key, row);
    }
    row.cells[fractions.indexOf(group.fraction)] = group;
  }
  const shown = new Set([...rows.values()].map(({ cells }) => cells.at(-1)?.key));
  for (const group of full) {
    if (shown.has(group.key)) continue;
    const cells = columns.map((column) => (column === 'all' ? group : null));
    const { key, network, width, method, variant } = group;
    rows.set(key, { key, network, width, method, variant, cells });
  }
  return { columns, rows: [...rows.values()].sort(byNetwork) };
}

function byNetwork(a: ResultRow, b: ResultRow): number {
  return (
    NETWORKS.names.indexOf(a.network) - NETWORKS.names.indexOf(b.network) ||
    (a.width ?? 0) - (b.width ?? 0) ||
    byMethod(a, b)
  );
}

/** Full training with the same network and settings, as far as it has them; null where there is none. */
export function fullBeside(group: TrainingGroup, groups: readonly TrainingGroup[]): TrainingGroup | null {
  const key = JSON.stringify([group.network, group.width, otherValues(group.runs[0], true)]);
  const isBeside = ({ method, network, width, runs }: TrainingGroup) =>
    !usesFraction(method) && JSON.stringify([network, width, otherValues(runs[0], true)]) === key;
  return groups.find(isBeside) ?? null;
}

/** `bench contest FILE`: contenders of the same number of samples against all records, pooled over splits and draws. */
import { largestBeta } from '../src/core/condense/clusters.ts';
import { runContest, type ContestReport, type Trial } from '../src/core/contenders/contest.ts';
import type { Learner } from '../src/core/contenders/fitters.ts';
import { CONTENDER_METAS } from '../src/core/contenders/registry.ts';
import type { AnalyticsCode } from '../src/core/condense/order.ts';
import {
  DEFAULT_SETTINGS,
  TABLE_SETTINGS,
  type ExperimentSettings,
} from '../src/core/experiment/settings.ts';
import { VALIDATION_PARTS, Workbench } from '../src/core/experiment/workbench.ts';
import { quantile } from '../src/core/quantiles.ts';
import type { Table } from '../src/core/table/table.ts';
import { machineName } from './machine.ts';
import { Options } from './options.ts';
import { columnName, readTables } from './tables.ts';
import { round } from './timings.ts';

const CODES: readonly AnalyticsCode[] = ['mixed', 'linear'];

/** Of those who draw at random, unless the command says otherwise; costly ones are drawn once for each split. */
const DRAWS = 10;

export const CONTEST_USAGE = `bench contest FILE --target NAME|N [--test FILE] [--most-samples M | --fractions F,F…]
  [--splits 1,2,…] [--contenders ${CONTENDER_METAS.names.join(',')}] [--draws N]
  [--learner regression|trees] [--code chosen|mixed|linear] [--features a,b] [--drop a,b]
  [--model auto|linear|logistic] [--missing leave-out|fill] [--target-in-clusters] [--na x,y]
  [--test-fraction F] [--seed N] [--json]
One JSON object per contender and size: errors on the test records, divided by that of all records at the optimum of the
same split (mean squared error, or log loss of classes); draws and splits pooled. For every split β is the largest with
at most M condensed samples (92 unless given), or that share of the training records in percent, and the code of the
analytics bits is the one whose condensed samples of this β err least on validation fifths of the training records.
Who draws at random is drawn ${DRAWS} times for each split (k-means once).`;

const FLAGS = new Set(['json', 'target-in-clusters', 'help']);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function readOptions(options: Options, table: Table) {
  const target = options.text('target');
  if (target === null) throw new Error('Which column is the --target?');
  const name = (wanted: string): string => columnName(table, wanted);
  const base: ExperimentSettings = {
    ...DEFAULT_SETTINGS,
    target: name(target),
    features: options.names('features')?.map(name) ?? null,
    drop: options.names('drop')?.map(name) ?? [],
    testFraction: options.number('test-fraction', DEFAULT_SETTINGS.testFraction),
    targetInClusters: options.flag('target-in-clusters'),
    model: options.oneOf('model', ['auto', 'linear', 'logistic'], 'auto'),
    missing: options.oneOf('missing', ['leave-out', 'fill'], 'leave-out'),
    seed: options.number('seed', DEFAULT_SETTINGS.seed),
  };
  const fractions = options.names('fractions')?.map(Number) ?? null;
  if (fractions?.some((percent) => !(percent > 0 && percent <= 100)))
    throw new Error('--fractions takes percentages above 0 and up to 100.');
  const most = options.number('most-samples', 92);
  if (!(Number.isInteger(most) && most >= 1))
    throw new Error('--most-samples takes a whole number from 1 on.');
  const code = options.oneOf('code', ['chosen', ...CODES], 'chosen');
  const asked = {
    base,
    sizes: fractions?.map((percent): Size => ({ percent })) ?? [{ most }],
    splits: options.wholes('splits', [DEFAULT_SETTINGS.split]),
    names: options.names('contenders') ?? CONTENDER_METAS.names,
    draws: options.number('draws', DRAWS),
    learner: options.oneOf<Learner>('learner', ['regression', 'trees'], 'regression'),
    codes: code === 'chosen' ? CODES : [code],
    pretty: !options.flag('json'),
  };
  options.end();
  for (const one of asked.names) CONTENDER_METAS.byName(one);
  return asked;
}

/** How many samples there may be: a number, or percent of the training records. */
type Size = { most: number } | { percent: number };

const mostOf = (size: Size, rows: number): number =>
  'most' in size ? size.most : Math.floor((size.percent / 100) * rows);

/** What a split gave for one size. */
interface Held {
  trial: Trial;
  report: ContestReport;
  code: AnalyticsCode;
}

/**
 * The code whose condensed samples err least on validation fifths of the training records, the mean of all five: on one
 * of them chance decides between codes that are close.
 */
async function chooseCode(
  bench: Workbench,
  settings: ExperimentSettings,
  size: Size,
  codes: readonly AnalyticsCode[],
  learner: Learner,
): Promise<{ code: AnalyticsCode; beta: number }> {
  const { rows } = (await bench.design(settings)).train;
  const choices: { code: AnalyticsCode; beta: number; ratio: number }[] = [];
  for (const code of codes) {
    const counts = await bench.condensedCounts({ ...settings, code });
    choices.push({ code, beta: largestBeta(counts, mostOf(size, rows)), ratio: 0 });
  }
  if (choices.length === 1) return choices[0];
  const contenders = [{ name: 'condensed', draws: 1 }];
  for (let fifth = 0; fifth < VALIDATION_PARTS; fifth++) {
    for (const choice of choices) {
      const task = { settings: { ...settings, code: choice.code }, judge: 'validation', fifth } as const;
      const betas = [choice.beta];
      const { full, trials } = await runContest(bench, { ...task, learner, betas, contenders });
      choice.ratio += trials[0].errors[0] / full.error;
    }
  }
  return choices.reduce((best, one) => (one.ratio < best.ratio ? one : best));
}

/** The object that is printed of one contender at one size. */
function pooled(held: readonly Held[], splits: readonly number[]) {
  const ratios = held
    .flatMap(({ trial, report }) => trial.errors.map((e) => e / report.full.error))
    .sort((a, b) => a - b);
  const failed = ratios.filter((ratio) => ratio === Infinity).length;
  const codes = held.map(({ code }) => code);
  const betas = held.map(({ trial }) => trial.beta);
  const making = mean(held.map(({ trial }) => trial.seconds.making));
  const fitting = mean(held.map(({ trial }) => trial.seconds.fitting));
  return {
    contender: held[0].trial.contender,
    samples: round(mean(held.map(({ trial }) => trial.samples)), 6),
    share: round(mean(held.map(({ trial, report }) => trial.samples / report.trainRows)), 4),
    splits: splits.length,
    draws: held[0].trial.errors.length,
    ratioMean: round(mean(ratios), 5),
    ratioMedian: round(quantile(ratios, 0.5), 5),
    ratioQuartiles: [round(quantile(ratios, 0.25), 5), round(quantile(ratios, 0.75), 5)],
    ...(failed === 0 ? {} : { failed }),
    seconds: round(making + fitting, 3),
    secondsMaking: round(making, 3),
    secondsFitting: round(fitting, 3),
    code: CODES.reduce((most, one) => (share(codes, one) > share(codes, most) ? one : most)),
    codes,
    beta: round(mean(betas), 4),
    betas,
  };
}

const share = (codes: readonly AnalyticsCode[], code: AnalyticsCode): number =>
  codes.filter((one) => one === code).length;

export async function benchContest(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  const [path] = options.rest;
  if (options.flag('help')) {
    console.log(CONTEST_USAGE);
    return;
  }
  if (path === undefined) throw new Error(`Which file? Usage: ${CONTEST_USAGE}`);
  const { table, testRows } = await readTables(path, options.text('test'), options.names('na'));
  const { base, sizes, splits, names, draws, learner, codes, pretty } = readOptions(options, table);
  const contenders = names.map((name) => ({
    name,
    draws: CONTENDER_METAS.byName(name).isCostly ? 1 : draws,
  }));
  const held = sizes.map(() => new Map<string, Held[]>());
  console.error(machineName());
  for (const split of splits) {
    const settings = { ...base, split };
    TABLE_SETTINGS.check(settings);
    const bench = new Workbench(table, testRows);
    for (const [k, size] of sizes.entries()) {
      const { code, beta } = await chooseCode(bench, settings, size, codes, learner);
      const task = { settings: { ...settings, code }, judge: 'test', learner, contenders } as const;
      const report = await runContest(bench, { ...task, betas: [beta] });
      for (const trial of report.trials) {
        const those = held[k].get(trial.contender) ?? [];
        held[k].set(trial.contender, [...those, { trial, report, code }]);
      }
      console.error(`split ${split}: β = ${beta}, ${code}`);
    }
  }
  for (const [k, size] of sizes.entries()) {
    for (const own of held[k].values()) {
      const { metric, trainRows, judgeRows } = own[0].report;
      const line = {
        ...pooled(own, splits),
        ...size,
        ...{ learner, metric, trainRows, testRows: judgeRows },
        fullError: round(mean(own.map(({ report }) => report.full.error)), 6),
        floorRatio: round(mean(own.map(({ report }) => report.floor / report.full.error)), 5),
      };
      console.log(pretty ? JSON.stringify(line, null, 2) : JSON.stringify(line));
    }
  }
}

/** `bench codec FILE`: storage, speed, exactness, and what is learned from condensed samples, per β and split. */
import { largestBeta } from '../src/core/condense/clusters.ts';
import { CODECS } from '../src/core/codecs/registry.ts';
import { makeArchive, type DatasetLabel, type MadeArchive } from '../src/core/experiment/archiving.ts';
import {
  DEFAULT_SETTINGS,
  TABLE_SETTINGS,
  type ExperimentSettings,
} from '../src/core/experiment/settings.ts';
import { Workbench } from '../src/core/experiment/workbench.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { datasetId } from '../src/core/table/datasetId.ts';
import { dropColumns, rawFloat64Bytes, type Table } from '../src/core/table/table.ts';
import { fileSource } from './fileSource.ts';
import { compare, learn, Summary, summaryRow, type MethodResult } from './learning.ts';
import { Options } from './options.ts';
import { columnName, readTables } from './tables.ts';
import { measure, round, type Timings } from './timings.ts';

const CODEC_NAMES = CODECS.names;

export const CODEC_USAGE = `bench codec FILE [--target NAME|N] [--test FILE] [--features a,b] [--drop a,b]
  [--codec ${CODEC_NAMES.join('|')}] [--condenser own|clusters|bases-zero|bases-mean]
  [--beta N|N..M | --fractions F,F…] [--tau N] [--objective true|eq1] [--no-ratio]
  [--order layered|pool|descending|ascending|random] [--code mixed|linear] [--target-in-clusters]
  [--model auto|linear|logistic] [--rate A|auto] [--iterations N] [--missing leave-out|fill] [--na x,y]
  [--splits 1,2,…] [--test-fraction F] [--seed N] [--no-train] [--quick] [--summary] [--json]
One JSON object per β and split; with --summary one per β (or fraction) instead, means and deviations over the splits.
N is a column's 1-based number; without a target it compresses only. --test gives the test records a file of their own.
--fractions takes percentages of the training records: the largest β whose condensed samples are no more than that.
--na names further cells that stand for a missing value. --quick times each direction once instead of five times.`;

const FLAGS = new Set(['no-ratio', 'no-train', 'json', 'quick', 'target-in-clusters', 'summary', 'help']);

/** What the command line asks for. */
function readOptions(options: Options, table: Table) {
  const target = options.text('target');
  const name = (wanted: string): string => columnName(table, wanted);
  const base: ExperimentSettings = {
    ...DEFAULT_SETTINGS,
    target: target === null ? null : name(target),
    features: options.names('features')?.map(name) ?? null,
    drop: options.names('drop')?.map(name) ?? [],
    testFraction: options.number('test-fraction', DEFAULT_SETTINGS.testFraction),
    codec: options.oneOf('codec', CODEC_NAMES, DEFAULT_SETTINGS.codec),
    condenser: options.oneOf('condenser', ['own', 'clusters', 'bases-zero', 'bases-mean'], 'own'),
    ratio: !options.flag('no-ratio'),
    tau: options.number('tau', DEFAULT_SETTINGS.tau),
    objective: options.oneOf('objective', ['true', 'eq1'], 'true') === 'eq1' ? 'equation1' : 'true',
    order: options.oneOf('order', ['layered', 'pool', 'descending', 'ascending', 'random'], 'layered'),
    code: options.oneOf('code', ['mixed', 'linear'], 'mixed'),
    targetInClusters: options.flag('target-in-clusters'),
    model: options.oneOf('model', ['auto', 'linear', 'logistic'], 'auto'),
    missing: options.oneOf('missing', ['leave-out', 'fill'], 'leave-out'),
    learningRate: options.text('rate') === 'auto' ? 'auto' : options.number('rate', 0.001),
    iterations: options.number('iterations', DEFAULT_SETTINGS.iterations),
    seed: options.number('seed', DEFAULT_SETTINGS.seed),
  };
  const fractions = options.names('fractions')?.map((text) => Number(text) / 100) ?? null;
  if (fractions?.some((share) => !(share > 0 && share <= 1))) {
    throw new Error('--fractions takes percentages above 0 and up to 100.');
  }
  const asked = {
    base,
    betas: options.wholes('beta', [DEFAULT_SETTINGS.beta]),
    fractions,
    splits: options.wholes('splits', [DEFAULT_SETTINGS.split]),
    noTrain: options.flag('no-train') || base.target === null,
    quick: options.flag('quick'),
    summary: options.flag('summary'),
    pretty: !options.flag('json'),
  };
  options.end();
  return asked;
}

/** One point of a run: a β, and the fraction that asked for it. */
interface Point {
  beta: number;
  fraction: number | null;
}

/** The largest β whose condensed samples are at most a share of the training records. */
async function pointsOf(
  bench: Workbench,
  settings: ExperimentSettings,
  betas: readonly number[],
  fractions: readonly number[] | null,
): Promise<Point[]> {
  if (fractions === null) return betas.map((beta) => ({ beta, fraction: null }));
  const counts = await bench.condensedCounts(settings);
  const { rows } = (await bench.design(settings)).train;
  return fractions.map((fraction) => ({
    beta: Math.max(1, largestBeta(counts, fraction * rows)),
    fraction,
  }));
}

/** Storage of one archive, as printed. */
function storageOf(made: MadeArchive, rawBytes: number) {
  const { bases } = made;
  return {
    archiveBytes: made.bytes.train,
    testArchiveBytes: made.bytes.test,
    ratio: round(made.bytes.train / rawBytes, 5),
    // Of a codec without bases there are none, and Equation 1 says nothing of it.
    equation1Bits: bases?.equation1Bits ?? null,
    equation1BitsWithSamples: bases?.equation1BitsWithSamples ?? null,
    equation1Ratio: bases === null ? null : round(bases.equation1BitsWithSamples / 8 / rawBytes, 5),
    breakdown: made.breakdown.train,
    baseCount: bases?.baseCount ?? null,
    baseBits: bases?.baseBits ?? null,
    deviationBits: bases?.deviationBits ?? null,
    recordBits: made.recordBits,
    condensedSamples: made.condensedSamples,
  };
}

export async function benchCodec(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  const [path] = options.rest;
  if (options.flag('help')) {
    console.log(CODEC_USAGE);
    return;
  }
  if (path === undefined) throw new Error(`Which file? Usage: ${CODEC_USAGE}`);
  const read = await readTables(path, options.text('test'), options.names('na'));
  const { table, bytes: csvBytes, notices, ingestSeconds, testRows } = read;
  const { base, betas, fractions, splits, noTrain, quick, summary, pretty } = readOptions(options, table);
  for (const notice of notices) console.error(`${notice.column ?? 'table'}: ${notice.text}`);

  const stored = dropColumns(table, base.drop);
  const { name } = fileSource(path);
  const label: DatasetLabel = { datasetId: datasetId(stored), name, fileName: name, csvBytes };
  const columns = stored.columns.length;
  const summaries = new Map<string, { heading: Record<string, number>; all: Summary }>();
  for (const split of splits) {
    const bench = new Workbench(table, testRows);
    let timings: Timings | null = null;
    let full: MethodResult | null = null;
    for (const { beta, fraction } of await pointsOf(bench, { ...base, split }, betas, fractions)) {
      const settings = { ...base, split, beta };
      TABLE_SETTINGS.check(settings);
      const made = await makeArchive(bench, settings, label, SILENT_PULSE);
      if (!noTrain) full ??= await learn(bench, settings, 'full');
      const condensed = noTrain ? null : await learn(bench, settings, 'condensed');
      const { records } = (await bench.prepare(settings)).train;
      const rawBytes = rawFloat64Bytes(records, columns);
      if (summary && full !== null && condensed !== null) {
        const heading: Record<string, number> = fraction === null ? { beta } : { fraction };
        const key = JSON.stringify(heading);
        const kept = summaries.get(key) ?? { heading, all: new Summary() };
        const row = summaryRow(
          made.bytes.train / rawBytes,
          condensed.samples / full.samples,
          full,
          condensed,
        );
        kept.all.add(fraction === null ? row : { beta, ...row });
        summaries.set(key, kept);
        continue;
      }
      timings ??= await measure(table, settings, label, made, quick);
      const perSecond = (seconds: number): number =>
        round(rawFloat64Bytes(table.rows, columns) / 1e6 / seconds, 4);
      const learned =
        full === null || condensed === null
          ? {}
          : {
              full,
              condensed,
              gdCompared: compare(condensed.gd.metrics, full.gd.metrics),
              exactCompared: compare(condensed.exact.metrics, full.exact.metrics),
            };
      const line = {
        file: name,
        datasetId: label.datasetId,
        split,
        ...(fraction === null ? {} : { fraction }),
        beta,
        codec: base.codec,
        condenser: base.condenser,
        rows: table.rows,
        trainRows: records,
        columns,
        rawFloat64Bytes: rawBytes,
        csvBytes,
        objective: base.objective,
        ...storageOf(made, rawBytes),
        ...timings,
        ingestSeconds: round(ingestSeconds, 4),
        encodeMegabytesPerSecond: perSecond(timings.encodeSeconds),
        decodeMegabytesPerSecond: perSecond(timings.decodeSeconds),
        ...learned,
      };
      console.log(pretty ? JSON.stringify(line, null, 2) : JSON.stringify(line));
    }
  }
  for (const { heading, all } of summaries.values()) console.log(all.print(heading));
}

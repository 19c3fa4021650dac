/** `bench codec FILE`: storage, speed, exactness, and what is learned from condensed samples, per β and split. */
import { joinPieces, memorySource } from '../src/core/archive/container.ts';
import {
  decodeTable,
  locateRecord,
  openArchive,
  RecordReader,
  type OpenArchive,
} from '../src/core/archive/read.ts';
import { makeArchive, type DatasetLabel, type MadeArchive } from '../src/core/experiment/archiving.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../src/core/experiment/settings.ts';
import { runClosedForm, samplesOf, score } from '../src/core/experiment/training.ts';
import { checkSettings } from '../src/core/experiment/validate.ts';
import { Workbench } from '../src/core/experiment/workbench.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { createGenerator, permutation } from '../src/core/random.ts';
import { descend, startDescent } from '../src/core/regression/gradientDescent.ts';
import { readCsv } from '../src/core/table/csv/readCsv.ts';
import { datasetId } from '../src/core/table/datasetId.ts';
import { dropColumns, firstDifference, rawFloat64Bytes, type Table } from '../src/core/table/table.ts';
import { fileSource } from './fileSource.ts';
import { Options } from './options.ts';

export const CODEC_USAGE = `bench codec FILE [--target NAME|N] [--features a,b] [--drop a,b] [--beta N|N..M] [--tau N]
  [--order layered|pool|descending|ascending|random] [--code mixed|linear] [--objective true|eq1]
  [--splits 1,2,…] [--test-fraction F] [--seed N] [--missing leave-out|fill] [--target-in-clusters]
  [--rate A] [--iterations N] [--no-ratio] [--no-train] [--quick] [--summary] [--json]
One JSON object per β and split; with --summary one per β instead, means and deviations over the splits. N is a column's 1-based number; without a target it compresses only.
--quick times each direction once instead of five times.`;

const FLAGS = new Set(['no-ratio', 'no-train', 'json', 'quick', 'target-in-clusters', 'summary', 'help']);

/** A column by name, or by its 1-based number. */
function columnName(table: Table, wanted: string): string {
  if (table.columns.some((column) => column.name === wanted)) return wanted;
  const index = Number(wanted);
  if (Number.isInteger(index) && index >= 1 && index <= table.columns.length)
    return table.columns[index - 1].name;
  throw new Error(
    `There is no column ${wanted}; there is ${table.columns.map((column) => column.name).join(', ')}.`,
  );
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

const round = (value: number, digits: number): number => Number(value.toPrecision(digits));

/** Cold time, then the median of five after a warm-up. */
async function time(work: () => Promise<void>, quick: boolean): Promise<{ cold: number; warm: number }> {
  const once = async (): Promise<number> => {
    const started = performance.now();
    await work();
    return (performance.now() - started) / 1000;
  };
  const cold = await once();
  if (quick) return { cold, warm: cold };
  await once();
  const seconds: number[] = [];
  for (let k = 0; k < 5; k++) seconds.push(await once());
  return { cold, warm: median(seconds) };
}

/** Microseconds to decode one random record of an archive whose blocks are in memory. */
async function randomAccess(archive: OpenArchive, reads: number): Promise<number> {
  const reader = new RecordReader(archive);
  const { rows } = archive.schema;
  const order = permutation(rows, createGenerator(1));
  const places = Array.from(order, (record) => locateRecord(archive, record));
  for (const place of places) await reader.fetch(place);
  for (const place of places) reader.decode(place); // warm-up
  const started = performance.now();
  for (let k = 0; k < reads; k++) {
    const record = order[k % rows];
    reader.decode(locateRecord(archive, record));
  }
  return ((performance.now() - started) * 1000) / reads;
}

interface Timings {
  encodeSeconds: number;
  encodeColdSeconds: number;
  decodeSeconds: number;
  decodeColdSeconds: number;
  randomAccessMicroseconds: number;
  roundTrip: string;
}

async function measure(
  table: Table,
  settings: ExperimentSettings,
  label: DatasetLabel,
  made: MadeArchive,
  quick: boolean,
): Promise<Timings> {
  const encode = await time(async () => {
    // A fresh workbench: mappings, planes, search, packing, checksums, everything from the typed columns on.
    await makeArchive(new Workbench(table), { ...settings, target: null }, label, SILENT_PULSE);
  }, quick);
  const file = joinPieces(made.image);
  let decoded: Table | null = null;
  const decode = await time(async () => {
    decoded = await decodeTable(await openArchive(memorySource(file)));
  }, quick);
  const expected = dropColumns(table, settings.drop);
  const difference = firstDifference(expected, decoded!);
  const archive = await openArchive(memorySource(file));
  return {
    encodeSeconds: round(encode.warm, 4),
    encodeColdSeconds: round(encode.cold, 4),
    decodeSeconds: round(decode.warm, 4),
    decodeColdSeconds: round(decode.cold, 4),
    randomAccessMicroseconds: round(await randomAccess(archive, quick ? 20_000 : 200_000), 3),
    roundTrip: difference === null ? 'exact' : `differs at ${difference}`,
  };
}

interface MethodResult {
  gd: { mse: number; iterations: number; stop: string; seconds: number };
  closedForm: { mse: number; r2: number; ridge: number; seconds: number };
  samples: number;
}

async function train(
  bench: Workbench,
  settings: ExperimentSettings,
  method: 'full' | 'condensed',
): Promise<MethodResult> {
  const design = await bench.design(settings);
  const samples = await samplesOf(bench, settings, method);
  const closed = runClosedForm(design, samples);
  const progress = startDescent(samples.width);
  const started = performance.now();
  descend(samples, progress, settings.learningRate, settings.iterations, Infinity);
  const seconds = (performance.now() - started) / 1000;
  return {
    gd: {
      mse: score(design, progress.theta).testMse,
      iterations: progress.iteration,
      stop: progress.stop,
      seconds: round(seconds, 4),
    },
    closedForm: {
      mse: closed.testMse,
      r2: closed.testR2,
      ridge: closed.ridge,
      seconds: round(closed.seconds, 4),
    },
    samples: samples.rows,
  };
}

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
    ratio: !options.flag('no-ratio'),
    tau: options.number('tau', DEFAULT_SETTINGS.tau),
    objective: options.oneOf('objective', ['true', 'eq1'], 'true') === 'eq1' ? 'equation1' : 'true',
    order: options.oneOf('order', ['layered', 'pool', 'descending', 'ascending', 'random'], 'layered'),
    code: options.oneOf('code', ['mixed', 'linear'], 'mixed'),
    targetInClusters: options.flag('target-in-clusters'),
    missing: options.oneOf('missing', ['leave-out', 'fill'], 'leave-out'),
    learningRate: options.number('rate', DEFAULT_SETTINGS.learningRate),
    iterations: options.number('iterations', DEFAULT_SETTINGS.iterations),
    seed: options.number('seed', DEFAULT_SETTINGS.seed),
  };
  const asked = {
    base,
    betas: options.wholes('beta', [DEFAULT_SETTINGS.beta]),
    splits: options.wholes('splits', [DEFAULT_SETTINGS.split]),
    noTrain: options.flag('no-train') || base.target === null,
    quick: options.flag('quick'),
    summary: options.flag('summary'),
    pretty: !options.flag('json'),
  };
  options.end();
  return asked;
}

/** Storage of one archive, as printed. */
function storageOf(made: MadeArchive, rawBytes: number) {
  return {
    archiveBytes: made.bytes.train,
    testArchiveBytes: made.bytes.test,
    ratio: round(made.bytes.train / rawBytes, 5),
    equation1Bits: made.equation1Bits,
    equation1BitsWithSamples: made.equation1BitsWithSamples,
    equation1Ratio: round(made.equation1BitsWithSamples / 8 / rawBytes, 5),
    breakdown: made.breakdown.train,
    baseCount: made.encoded.train.baseCount,
    baseBits: made.baseBits,
    deviationBits: made.deviationBits,
    recordBits: made.recordBits,
    condensedSamples: made.condensedSamples,
  };
}

/** One line of a summary: means over the splits, with standard deviations of the ratios. */
class Summary {
  private readonly rows: { samples: number; ratio: number; gd: number; closedForm: number }[] = [];

  add(samples: number, ratio: number, gd: number, closedForm: number): void {
    this.rows.push({ samples, ratio, gd, closedForm });
  }

  print(beta: number): string {
    const mean = (pick: (row: (typeof this.rows)[number]) => number): number =>
      this.rows.reduce((sum, row) => sum + pick(row), 0) / this.rows.length;
    const deviation = (pick: (row: (typeof this.rows)[number]) => number): number => {
      const center = mean(pick);
      return Math.sqrt(mean((row) => (pick(row) - center) ** 2));
    };
    return JSON.stringify({
      beta,
      splits: this.rows.length,
      condensedSamples: round(
        mean((row) => row.samples),
        4,
      ),
      ratio: round(
        mean((row) => row.ratio),
        4,
      ),
      gdRatio: round(
        mean((row) => row.gd),
        4,
      ),
      gdDeviation: round(
        deviation((row) => row.gd),
        2,
      ),
      closedFormRatio: round(
        mean((row) => row.closedForm),
        4,
      ),
      closedFormDeviation: round(
        deviation((row) => row.closedForm),
        2,
      ),
    });
  }
}

export async function benchCodec(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  const [path] = options.rest;
  if (options.flag('help')) {
    console.log(CODEC_USAGE);
    return;
  }
  if (path === undefined) throw new Error(`Which file? Usage: ${CODEC_USAGE}`);
  const started = performance.now();
  const { table, bytes: csvBytes, notices } = await readCsv(fileSource(path));
  const ingestSeconds = (performance.now() - started) / 1000;
  const { base, betas, splits, noTrain, quick, summary, pretty } = readOptions(options, table);
  for (const notice of notices) console.error(`${notice.column ?? 'table'}: ${notice.text}`);

  const stored = dropColumns(table, base.drop);
  const { name } = fileSource(path);
  const label: DatasetLabel = { datasetId: datasetId(stored), name, fileName: name, csvBytes };
  const columns = stored.columns.length;
  const summaries = new Map(betas.map((beta) => [beta, new Summary()]));
  for (const split of splits) {
    const bench = new Workbench(table);
    let timings: Timings | null = null;
    let full: MethodResult | null = null;
    for (const beta of betas) {
      const settings = { ...base, split, beta };
      checkSettings(settings);
      const made = await makeArchive(bench, settings, label, SILENT_PULSE);
      if (!noTrain) full ??= await train(bench, settings, 'full');
      const condensed = noTrain ? null : await train(bench, settings, 'condensed');
      const { records } = (await bench.prepare(settings)).train;
      const rawBytes = rawFloat64Bytes(records, columns);
      const ratios =
        full === null || condensed === null
          ? {}
          : {
              gdRatio: round(condensed.gd.mse / full.gd.mse, 5),
              closedFormRatio: round(condensed.closedForm.mse / full.closedForm.mse, 5),
            };
      if (summary) {
        const { gdRatio = NaN, closedFormRatio = NaN } = ratios;
        summaries
          .get(beta)!
          .add(made.condensedSamples, made.bytes.train / rawBytes, gdRatio, closedFormRatio);
        continue;
      }
      timings ??= await measure(table, settings, label, made, quick);
      const perSecond = (seconds: number): number =>
        round(rawFloat64Bytes(table.rows, columns) / 1e6 / seconds, 4);
      const line = {
        file: name,
        datasetId: label.datasetId,
        split,
        beta,
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
        ...(full === null || condensed === null ? {} : { full, condensed, ...ratios }),
      };
      console.log(pretty ? JSON.stringify(line, null, 2) : JSON.stringify(line));
    }
  }
  if (summary) for (const [beta, one] of summaries) console.log(one.print(beta));
}

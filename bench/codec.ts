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
import { firstDifference, rawFloat64Bytes, type Table } from '../src/core/table/table.ts';
import { fileSource } from './fileSource.ts';
import { Options } from './options.ts';

export const CODEC_USAGE = `bench codec FILE [--target NAME|N] [--features a,b] [--drop a,b] [--beta N|N..M] [--tau N]
  [--order layered|pool|descending|ascending|random] [--code mixed|linear] [--objective true|eq1]
  [--splits 1,2,…] [--test-fraction F] [--seed N] [--missing leave-out|fill] [--target-in-clusters]
  [--rate A] [--iterations N] [--no-ratio] [--no-train] [--quick] [--json]
One JSON object per β and split. N is a column's 1-based number; without a target it compresses only.
--quick times each direction once instead of five times.`;

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
  const expected =
    settings.drop.length === 0
      ? table
      : { ...table, columns: table.columns.filter((c) => !settings.drop.includes(c.name)) };
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

export async function benchCodec(args: readonly string[]): Promise<void> {
  const options = new Options(
    args,
    new Set(['no-ratio', 'no-train', 'json', 'quick', 'target-in-clusters', 'help']),
  );
  const [path] = options.rest;
  if (options.flag('help') || path === undefined) {
    console.log(CODEC_USAGE);
    return;
  }
  const started = performance.now();
  const { table, bytes: csvBytes, notices } = await readCsv(fileSource(path));
  const ingestSeconds = (performance.now() - started) / 1000;
  const target = options.text('target');
  const base: ExperimentSettings = {
    ...DEFAULT_SETTINGS,
    target: target === null ? null : columnName(table, target),
    features: options.names('features')?.map((name) => columnName(table, name)) ?? null,
    drop: options.names('drop')?.map((name) => columnName(table, name)) ?? [],
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
  const betas = options.wholes('beta', [DEFAULT_SETTINGS.beta]);
  const splits = options.wholes('splits', [DEFAULT_SETTINGS.split]);
  const noTrain = options.flag('no-train') || base.target === null;
  const quick = options.flag('quick');
  const pretty = !options.flag('json');
  options.end();
  for (const notice of notices) console.error(`${notice.column ?? 'table'}: ${notice.text}`);

  const id = datasetId(table);
  const label: DatasetLabel = { datasetId: id, name: path, fileName: fileSource(path).name, csvBytes };
  for (const split of splits) {
    const bench = new Workbench(table);
    let timings: Timings | null = null;
    let full: MethodResult | null = null;
    for (const beta of betas) {
      const settings = { ...base, split, beta };
      checkSettings(settings);
      const made = await makeArchive(bench, settings, label, SILENT_PULSE);
      timings ??= await measure(table, settings, label, made, quick);
      if (!noTrain) full ??= await train(bench, settings, 'full');
      const condensed = noTrain ? null : await train(bench, settings, 'condensed');
      const { train: trainGroup } = await bench.prepare(settings);
      const columns = made.image.sections.length > 0 ? table.columns.length - base.drop.length : 0;
      const raw = rawFloat64Bytes(trainGroup.records, columns);
      const line = {
        file: label.fileName,
        datasetId: id,
        split,
        beta,
        rows: table.rows,
        trainRows: trainGroup.records,
        columns,
        rawFloat64Bytes: raw,
        csvBytes,
        archiveBytes: made.bytes.train,
        testArchiveBytes: made.bytes.test,
        ratio: round(made.bytes.train / raw, 5),
        objective: base.objective,
        equation1Bits: made.equation1Bits,
        equation1BitsWithSamples: made.equation1BitsWithSamples,
        equation1Ratio: round(made.equation1BitsWithSamples / 8 / raw, 5),
        breakdown: made.breakdown.train,
        baseCount: made.encoded.train.baseCount,
        baseBits: made.baseBits,
        deviationBits: made.deviationBits,
        recordBits: made.recordBits,
        condensedSamples: made.condensedSamples,
        ...timings,
        ingestSeconds: round(ingestSeconds, 4),
        encodeMegabytesPerSecond: round(
          rawFloat64Bytes(table.rows, columns) / 1e6 / timings.encodeSeconds,
          4,
        ),
        decodeMegabytesPerSecond: round(
          rawFloat64Bytes(table.rows, columns) / 1e6 / timings.decodeSeconds,
          4,
        ),
        ...(full === null || condensed === null
          ? {}
          : {
              full,
              condensed,
              gdRatio: round(condensed.gd.mse / full.gd.mse, 5),
              closedFormRatio: round(condensed.closedForm.mse / full.closedForm.mse, 5),
            }),
      };
      console.log(pretty ? JSON.stringify(line, null, 2) : JSON.stringify(line));
    }
  }
}

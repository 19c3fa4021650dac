/** Trainings as they are kept in the browser: the check on what is read back of them. */
import * as v from 'valibot';
import { settingsSchema, TRAINING_SETTINGS } from '../contracts/settings.ts';
import {
  BACKEND_NAMES,
  type Checkpoint,
  type EpochReport,
  type SelectionReport,
  type TrainedPictures,
  type TrainingFacts,
  type TrainingRun,
} from '../contracts/training.ts';
import { ERROR_ADVICE, type ErrorCode } from '../core/errors.ts';
import { MAX_CLASSES } from '../core/images/imageSet.ts';
import type { SelectionArray } from '../core/selection/method.ts';
import { count, measured, type Fields } from './stored.ts';

export const RUN_VERSION = 1;

/** Most entries of lists that nothing else bounds: notices, trials, arrays of weights. */
const MOST_ENTRIES = 10_000;

const list = <Entry extends v.GenericSchema>(entry: Entry, most = MOST_ENTRIES) =>
  v.pipe(v.array(entry), v.maxLength(most));

const settings = settingsSchema(TRAINING_SETTINGS, 'refuse');

const error = v.object({
  code: v.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(ERROR_ADVICE, code)),
  what: v.string(),
  todo: v.string(),
  stack: v.optional(v.string()),
});

const backendName = v.picklist(BACKEND_NAMES);

const backend = v.object({
  name: backendName,
  device: v.string(),
  forced: v.boolean(),
  reason: v.string(),
  trials: list(
    v.object({
      name: backendName,
      verdict: v.picklist(['chosen', 'not here', 'emulated', 'failed', 'not tried']),
      reason: v.string(),
      gradientError: v.nullable(measured),
    }),
  ),
});

const fidelity = v.variant('kind', [
  v.object({ kind: v.literal('exact') }),
  v.object({ kind: v.literal('near'), psnr: measured, maxError: count, exactShare: measured }),
]);

const size = {
  width: count,
  height: count,
  channels: v.picklist([1, 3]),
};

const facts = v.object({
  ...size,
  classes: v.pipe(count, v.minValue(1), v.maxValue(MAX_CLASSES)),
  trainRecords: count,
  testRecords: count,
  subsetRecords: count,
  stepsPerEpoch: count,
  rawBytes: count,
  storageRatio: v.nullable(measured),
  pixels: v.picklist(['raw', 'archive', 'decoded']),
  testPixels: v.picklist(['raw', 'archive']),
  fidelity: v.nullable(fidelity),
  mean: list(measured, 3),
  deviation: list(measured, 3),
} satisfies Fields<TrainingFacts>);

/** Runs of before there were methods that select have no such seconds. */
const select = v.optional(measured, 0);

const epochSeconds = { fetch: measured, wait: measured, train: measured, evaluate: measured, select };

const epoch = v.object({
  epoch: count,
  steps: count,
  pictures: count,
  rate: measured,
  loss: measured,
  trainAccuracy: measured,
  distinctRecords: count,
  seconds: v.object(epochSeconds),
  test: v.nullable(v.object({ accuracy: measured, loss: measured })),
} satisfies Fields<EpochReport>);

const evaluation = v.pipe(
  v.object({
    epoch: count,
    accuracy: measured,
    loss: measured,
    records: count,
    confusion: v.instance(Uint32Array),
    worst: v.object({
      pictures: v.object({
        ...size,
        records: v.instance(Uint32Array),
        labels: v.instance(Uint16Array),
        pixels: v.instance(Uint8Array),
      }),
      predicted: v.instance(Uint16Array),
      confidence: v.instance(Float32Array),
      truth: v.instance(Float32Array),
    }),
    seconds: measured,
  }),
  v.check(({ worst: { pictures, predicted, confidence, truth } }) => {
    const { width, height, channels, records, labels, pixels } = pictures;
    return (
      pixels.length === records.length * width * height * channels &&
      [labels, predicted, confidence, truth].every(({ length }) => length === records.length)
    );
  }),
);

const selectionReport = v.object({
  refreshes: count,
  seconds: v.object({ features: measured, pick: measured, pretrain: measured }),
  pretrained: count,
  seen: count,
  bytes: count,
  distinctRead: count,
  filled: count,
  weights: v.nullable(v.object({ least: measured, most: measured, effective: measured })),
} satisfies Fields<SelectionReport>);

const run = v.pipe(
  v.object({
    id: v.string(),
    datasetId: v.string(),
    datasetName: v.string(),
    createdAt: v.number(),
    settings,
    isOfSweep: v.optional(v.literal(true)),
    archiveId: v.nullable(v.string()),
    division: v.optional(v.object({ split: measured, testFraction: measured })),
    status: v.picklist(['waiting', 'running', 'paused', 'done', 'failed', 'cancelled']),
    error: v.nullable(error),
    backend: v.nullable(backend),
    parameters: count,
    facts: v.nullable(facts),
    epochs: list(epoch, TRAINING_SETTINGS.of('epochs').max),
    seconds: v.object({ ...epochSeconds, warmup: measured }),
    steps: count,
    bytes: v.object({ subsets: count, archive: count, rawSet: count, total: count }),
    tensorBytes: count,
    testBytes: count,
    tensors: count,
    distinctRecords: count,
    selection: v.optional(v.nullable(selectionReport), null),
    evaluation: v.nullable(evaluation),
    checkpoint: count,
    notices: list(v.string()),
  } satisfies Fields<TrainingRun>),
  v.check(
    ({ evaluation: last, facts: known }) =>
      last === null || (known !== null && last.confusion.length === known.classes ** 2),
  ),
);

const weights = v.pipe(
  v.object({
    name: v.string(),
    shape: list(count, 8),
    values: v.instance(Float32Array),
    trainable: v.boolean(),
  }),
  v.check(({ shape, values }) => shape.reduce((product, length) => product * length, 1) === values.length),
);

const pictures = v.object({
  datasetName: v.string(),
  ...size,
  classNames: list(v.string(), MAX_CLASSES),
  mean: list(measured, 3),
  deviation: list(measured, 3),
} satisfies Fields<TrainedPictures>);

/** Most arrays that a method keeps, and the longest name of one. */
const MOST_ARRAYS = 64;

const ARRAYS = [
  ...[Uint8Array, Uint16Array, Uint32Array, Int8Array, Int16Array, Int32Array, Float32Array, Float64Array],
];

const selection = v.pipe(
  v.record(
    v.pipe(v.string(), v.maxLength(MOST_ARRAYS)),
    v.custom<SelectionArray>((value) => ARRAYS.some((array) => value instanceof array)),
  ),
  v.check((state) => Object.keys(state).length <= MOST_ARRAYS),
);

const checkpoint = v.object({
  runId: v.string(),
  epoch: count,
  settings,
  pictures,
  weights: list(weights),
  velocities: list(v.object({ name: v.string(), values: v.instance(Float32Array) })),
  seen: v.instance(Uint8Array),
  pretrained: v.optional(count),
  selection: v.optional(selection),
  account: v.optional(v.object({ report: selectionReport, read: v.instance(Uint8Array) })),
} satisfies Fields<Checkpoint>);

/** The run of a stored record, or null when it is not one. */
export function checkRun(stored: unknown): TrainingRun | null {
  const parsed = v.safeParse(v.object({ version: v.literal(RUN_VERSION), run }), stored);
  return parsed.success ? parsed.output.run : null;
}

/** The checkpoint of a stored record, or null when it is not one of this run. */
export function checkCheckpoint(stored: unknown, runId: string): Checkpoint | null {
  const parsed = v.safeParse(v.object({ version: v.literal(RUN_VERSION), checkpoint }), stored);
  return parsed.success && parsed.output.checkpoint.runId === runId ? parsed.output.checkpoint : null;
}

/** Bytes of the numbers of a checkpoint. */
export function checkpointBytes(stored: Checkpoint): number {
  const { weights: arrays, velocities, seen, selection: state, account } = stored;
  let bytes = seen.byteLength + (account?.read.byteLength ?? 0);
  for (const { values } of arrays) bytes += values.byteLength;
  for (const { values } of velocities) bytes += values.byteLength;
  for (const { byteLength } of Object.values(state ?? {})) bytes += byteLength;
  return bytes;
}

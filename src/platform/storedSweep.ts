/** Sweeps as they are kept in the browser, over tables and over pictures: the checks on what is read back of them. */
import * as v from 'valibot';
import type { ExperimentSettings, Metrics, SweepCell } from '../contracts/codec.ts';
import type { ContestReport, Trial } from '../contracts/contest.ts';
import type { ErrorReport } from '../contracts/errors.ts';
import type { ImageSettings, ImageSweepCell } from '../contracts/images.ts';
import type { ImageSweepPlan } from '../contracts/imageSweep.ts';
import {
  axisDomain,
  SWEEP_AXES,
  SWEEP_LIMITS,
  type AxisValue,
  type SweepAxis,
  type SweepPlan,
} from '../contracts/link.ts';
import { IMAGE_SETTINGS, settingsSchema, TABLE_SETTINGS } from '../contracts/settings.ts';
import type { ErrorCode } from '../core/errors.ts';
import { count, fidelity, measured, type Fields } from './stored.ts';
import { createSweepStore, type KeptSweep, type SweepStore } from './sweepStore.ts';

type Contest = Pick<ContestReport, 'split' | 'metric' | 'full' | 'floor' | 'trials'>;

interface TableResults {
  full: { point: AxisValue[]; cell: SweepCell }[];
  runs: { point: AxisValue[]; cell: SweepCell }[];
  contests: Contest[];
}
export type KeptTableSweep = KeptSweep<SweepPlan, ExperimentSettings, TableResults>;
export type TableSweepStore = SweepStore<SweepPlan, ExperimentSettings, TableResults>;

interface ImageResults {
  cells: ImageSweepCell[];
}
export type KeptImageSweep = KeptSweep<ImageSweepPlan, ImageSettings, ImageResults>;
export type ImageSweepStore = SweepStore<ImageSweepPlan, ImageSettings, ImageResults>;

const error = v.object({
  // One of another version is shown as well.
  code: v.custom<ErrorCode>((code) => typeof code === 'string'),
  what: v.string(),
  todo: v.string(),
  stack: v.optional(v.string()),
} satisfies Fields<ErrorReport>);

/** What is kept of every sweep. */
const outcome = {
  failed: v.array(v.string()),
  error: v.nullable(error),
  isCancelled: v.boolean(),
  seconds: measured,
};

const axisValue = v.union([v.number(), v.string(), v.boolean()]);

const axis = v.pipe(
  v.object({
    name: v.picklist(SWEEP_AXES),
    values: v.pipe(v.array(axisValue), v.maxLength(SWEEP_LIMITS.values)),
  } satisfies Fields<SweepAxis>),
  v.check(({ name, values }) =>
    values.every((value) => (typeof value === 'number') === (axisDomain(name).kind === 'number')),
  ),
);

const plan = v.object({
  axes: v.pipe(v.array(axis), v.minLength(1), v.maxLength(2)),
  splits: v.array(measured),
  costly: v.optional(v.boolean()),
} satisfies Fields<SweepPlan>);

const METRICS = ['mse', 'r2', 'accuracy', 'balancedAccuracy', 'logLoss', 'rocArea'] as const;
const metrics = v.object(v.entriesFromList(METRICS, v.optional(measured)) satisfies Fields<Metrics>);

const wholeCell = v.object({
  ...v.entriesFromList(['split', 'beta', 'samples', 'trainRows', 'rawFloat64Bytes'], measured),
  ...v.entriesFromList(['bytes', 'bytesStored', 'encodeSeconds'], v.nullable(measured)),
  sampleBytes: v.optional(measured),
  method: v.picklist(['full', 'condensed']),
  task: v.picklist(['regression', 'classification']),
  gd: v.nullable(
    v.object({
      test: metrics,
      iterations: measured,
      stop: v.picklist(['converged', 'limit']),
      seconds: measured,
    }),
  ),
  exact: v.nullable(v.object({ test: metrics, seconds: measured })),
  floor: metrics,
} satisfies Fields<SweepCell>);

/** Something is known of every cell. */
const cell = v.pipe(
  wholeCell,
  v.check(({ gd, exact }) => gd !== null || exact !== null),
);

const runs = v.array(v.object({ point: v.array(axisValue), cell }));

/** Most draws of one contender on one split, of every size, that are read. */
const MOST_ERRORS = 1_000;

const contest = v.object({
  split: measured,
  metric: v.picklist(['mse', 'logLoss']),
  full: v.object({ error: measured, seconds: measured }),
  floor: measured,
  trials: v.pipe(
    v.array(
      v.object({
        contender: v.string(),
        ...v.entriesFromList(['beta', 'samples'], count),
        errors: v.pipe(v.array(measured), v.minLength(1), v.maxLength(MOST_ERRORS)),
        seconds: v.object({ making: measured, fitting: measured }),
      } satisfies Fields<Trial>),
    ),
    v.maxLength(SWEEP_LIMITS.runs),
  ),
} satisfies Fields<Contest>);

const tableSweep = v.pipe(
  v.object({
    settings: settingsSchema(TABLE_SETTINGS, 'refuse'),
    plan,
    full: runs,
    runs,
    // Earlier versions held none.
    contests: v.optional(v.pipe(v.array(contest), v.maxLength(2 * SWEEP_LIMITS.splits)), []),
    ...outcome,
  } satisfies Fields<KeptTableSweep>),
  v.check(
    (sweep) =>
      sweep.full.length + sweep.runs.length <= SWEEP_LIMITS.runs &&
      [...sweep.full, ...sweep.runs].every(({ point }) => point.length === sweep.plan.axes.length),
  ),
);

const imageSettings = settingsSchema(IMAGE_SETTINGS, 'refuse');

const imageSweep = v.object({
  settings: imageSettings,
  plan: v.object({
    transforms: v.array(v.string()),
    representations: v.array(v.string()),
    taus: v.pipe(v.array(count), v.maxLength(SWEEP_LIMITS.values)),
    classWise: v.array(v.boolean()),
    limit: count,
  } satisfies Fields<ImageSweepPlan>),
  cells: v.pipe(
    v.array(
      v.object({
        settings: imageSettings,
        ...v.entriesFromList(['records', 'rawBytes', 'bytes'], count),
        equation1Bits: v.nullable(measured),
        baseCount: v.nullable(count),
        fidelity,
        encodeSeconds: measured,
        decodeSeconds: measured,
      } satisfies Fields<ImageSweepCell>),
    ),
    v.maxLength(SWEEP_LIMITS.runs),
  ),
  ...outcome,
} satisfies Fields<KeptImageSweep>);

/** @param name of the database */
export function createTableSweepStore(name?: string): TableSweepStore {
  return createSweepStore(tableSweep, name);
}

/** @param name of the database */
export function createImageSweepStore(name?: string): ImageSweepStore {
  return createSweepStore(imageSweep, name);
}

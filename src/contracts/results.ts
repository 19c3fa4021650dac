/** Results of trainings as a file: what `npm run reproduce` writes, the lab ships, and its page on the paper reads. */
import * as v from 'valibot';
import { NETWORK_WIDTHS } from '../core/networks/network.ts';
import { isSame } from '../core/settings.ts';
import {
  BACKEND_NAMES,
  DEFAULT_TRAINING_SETTINGS,
  resultOf,
  TRAINING_SETTINGS,
  usualTraining,
  type TrainingResult,
  type TrainingRun,
  type TrainingSettings,
} from './training.ts';

/** Test accuracy after the epochs that were evaluated. */
export type Curve = { epoch: number; accuracy: number }[];

/** A result with all that is needed to make it again. */
export interface RecordedResult extends TrainingResult {
  /** Day on which it was measured: "2026-11-29". */
  date: string;
  /** What computed: "2 cores, AMD EPYC, WebAssembly SIMD". */
  machine: string;
  /** The command that makes this run alone. */
  command: string;
  curve: Curve;
  /** Settings that are not as usual (`unusualSettings`); missing where all of them are. */
  settings?: Partial<TrainingSettings>;
  /** Other work ran beside it, so that its seconds measure nothing; missing where it had the machine to itself. */
  untimed?: true;
}

/** A result as the page saves it to a file. */
export interface SavedResult extends TrainingResult {
  /** What computed: "WebAssembly SIMD". */
  device: string;
  curve: Curve;
  /** All of the run's. */
  settings: TrainingSettings;
  /** Those of them that are not as usual. */
  unusual: Partial<TrainingSettings>;
}

export interface ResultsFile {
  version: 1;
  results: RecordedResult[];
}

/** Most results of a file, points of a curve, and settings of a result. */
const MOST_RESULTS = 5_000;
const MOST_POINTS = 10_000;
const MOST_SETTINGS = 100;

const number = v.pipe(v.number(), v.finite(), v.minValue(0));
const whole = v.pipe(number, v.integer());
const text = v.pipe(v.string(), v.maxLength(500));

const setting = v.union([v.pipe(v.number(), v.finite()), v.boolean(), text]);

const selection = v.object({
  refreshes: whole,
  seconds: v.object({ features: number, pick: number, pretrain: number }),
  pretrained: whole,
  seen: whole,
  bytes: whole,
  distinctRead: whole,
  filled: whole,
  weights: v.nullable(v.object({ least: number, most: number, effective: number })),
});

const result = v.object({
  dataset: text,
  model: text,
  width: v.nullable(v.picklist(NETWORK_WIDTHS)),
  method: text,
  fraction: v.pipe(number, v.maxValue(1)),
  seed: whole,
  epochs: whole,
  backend: v.picklist(BACKEND_NAMES),
  accuracy: v.pipe(number, v.maxValue(1)),
  seconds: v.object({
    fetch: number,
    wait: number,
    train: number,
    evaluate: number,
    select: number,
    warmup: number,
  }),
  residentBytes: whole,
  tensorBytes: whole,
  distinctRecordsRead: whole,
  storageRatio: v.nullable(number),
  trainRecords: whole,
  subsetRecords: whole,
  rawBytes: whole,
  selection: v.nullable(selection),
  date: v.pipe(v.string(), v.isoDate()),
  machine: text,
  command: text,
  curve: v.pipe(
    v.array(v.object({ epoch: whole, accuracy: v.pipe(number, v.maxValue(1)) })),
    v.maxLength(MOST_POINTS),
  ),
  settings: v.optional(v.pipe(v.record(text, setting), v.maxEntries(MOST_SETTINGS))),
  untimed: v.optional(v.literal(true)),
});

const file = v.object({
  version: v.literal(1),
  results: v.pipe(v.array(result), v.maxLength(MOST_RESULTS)),
});

/** @returns the results of a file as parsed JSON; null where it is not one */
export function readResults(parsed: unknown): RecordedResult[] | null {
  const read = v.safeParse(file, parsed);
  return read.success ? read.output.results : null;
}

/** Settings that a result says by itself. */
const SAID: readonly (keyof TrainingSettings)[] = [
  'network',
  'width',
  'method',
  'fraction',
  'seed',
  'epochs',
];

/**
 * The settings of a run that decide something and are not what pictures of so many channels usually get: those of the
 * paper, but for what a result says by itself.
 */
export function unusualSettings(settings: TrainingSettings, channels: number): Partial<TrainingSettings> {
  const usual = { ...DEFAULT_TRAINING_SETTINGS, ...usualTraining(channels) };
  const unusual = TRAINING_SETTINGS.names.filter((name) => {
    if (SAID.includes(name) || TRAINING_SETTINGS.any(name).affects.length === 0) return false;
    const asUsual = { ...settings, [name]: usual[name] };
    return !isSame(TRAINING_SETTINGS.outcome(name, settings), TRAINING_SETTINGS.outcome(name, asUsual));
  });
  return Object.fromEntries(unusual.map((name) => [name, settings[name]]));
}

/** The result of a run as the page saves it; null of one that is not done. */
export function savedResultOf(run: TrainingRun): SavedResult | null {
  const result = resultOf(run);
  if (result === null) return null;
  return {
    ...result,
    device: run.backend?.device ?? '',
    curve: run.epochs.flatMap(({ epoch, test }) =>
      test === null ? [] : [{ epoch, accuracy: test.accuracy }],
    ),
    settings: run.settings,
    unusual: unusualSettings(run.settings, run.facts?.channels ?? 1),
  };
}

/** Results of trainings as a file: what `npm run reproduce` writes, the lab ships, and its page on the paper reads. */
import * as v from 'valibot';
import { NETWORK_WIDTHS } from '../core/networks/network.ts';
import { BACKEND_NAMES, type TrainingResult } from './training.ts';

/** A result with all that is needed to make it again. */
export interface RecordedResult extends TrainingResult {
  /** Day on which it was measured: "2026-11-29". */
  date: string;
  /** What computed: "2 cores, AMD EPYC, no graphics card". */
  machine: string;
  /** The command that makes this run alone. */
  command: string;
  /** Test accuracy after the epochs that were evaluated. */
  curve: { epoch: number; accuracy: number }[];
}

export interface ResultsFile {
  version: 1;
  results: RecordedResult[];
}

/** Most results of a file, and most points of a curve. */
const MOST_RESULTS = 5_000;
const MOST_POINTS = 10_000;

const number = v.pipe(v.number(), v.finite(), v.minValue(0));
const whole = v.pipe(number, v.integer());
const text = v.pipe(v.string(), v.maxLength(500));

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
});

const file = v.object({
  version: v.literal(1),
  results: v.pipe(v.array(result), v.maxLength(MOST_RESULTS)),
});

/** @returns the results of a file as parsed JSON; null where it is not one */
export function readResults(parsed: unknown): RecordedResult[] | null {
  const read = v.safeParse(file, parsed);
  return read.success ? (read.output.results as RecordedResult[]) : null;
}

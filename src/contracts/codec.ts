/**
 * What crosses between the page and the codec worker: plain data both ways; the calls themselves are in calls.ts.
 * Every request names its dataset by a source from which any worker can open it again, so that a replaced worker
 * and a fresh pool worker need no other help.
 */
import type { StorageBreakdown } from '../core/archive/breakdown.ts';
import type { ErrorReport } from '../core/errors.ts';
import type { TargetSuggestion } from '../core/experiment/targetRanking.ts';
import type { ExperimentSettings, Method } from '../core/experiment/settings.ts';
import type { Metrics, ModelScore } from '../core/regression/scores.ts';
import type { ColumnDecision, ReadingOptions, TableReading } from '../readers/tableReading.ts';
import { isClaimed, type ImageArchiveFacts } from './imageFacts.ts';

export type { StorageBreakdown } from '../core/archive/breakdown.ts';
export type { AnalyticsOrder } from '../core/condense/order.ts';
export type { Doubt, Examination } from '../core/experiment/examination.ts';
export type { Leak } from '../core/experiment/leak.ts';
export type { TargetSuggestion } from '../core/experiment/targetRanking.ts';
export type { ExperimentSettings, Method, SampleStorage } from '../core/experiment/settings.ts';
export type { ModelChoice } from '../core/regression/targets.ts';
export type { Metrics, MetricName, ModelScore } from '../core/regression/scores.ts';
export type { ColumnDecision, ColumnType, ReadingOptions } from '../readers/tableReading.ts';
export type { Openings } from '../readers/openings.ts';
export { errorRatio, ratioError } from '../core/regression/scores.ts';
export { FORMAT_VERSION as ARCHIVE_FORMAT } from '../core/archive/format.ts';
export { DEFAULT_SETTINGS } from '../core/experiment/settings.ts';

/** A table as it was dropped: a file, or one in a zip or tar. */
export interface TablePlace {
  file: File;
  /** Its path in the zip or tar, where that holds several. */
  inside?: string;
}

/**
 * Where a dataset comes from; `test` holds its test records, where they are a table of their own. An archive that has been replaced, by another tab perhaps, is as good as any other of the
 * same dataset.
 */
export type DatasetSource =
  | { kind: 'sample'; id: string; reading?: ReadingOptions }
  /** `token` tells files apart that share name, size and time of change; the page counts them. */
  | (TablePlace & { kind: 'file'; token?: number; reading?: ReadingOptions; test?: TablePlace })
  | { kind: 'archive'; id: string; datasetId?: string };

/** Records that were drawn from a table at random, as a file. */
export interface DrawnTable {
  file: File;
  seen: number;
  taken: number;
  seed: number;
}

export interface Notice {
  /** Stable name of the notice: "leading-zeros", "row-number". */
  code: string;
  /** Column that it is about, or null for the whole table. */
  column: string | null;
  text: string;
}

export interface ColumnSummary {
  name: string;
  /** A time column is a number column whose numbers are spelt as dates or times. */
  kind: 'number' | 'time' | 'category' | 'text';
  /** How a time column is spelt: "YYYY-MM-DD"; null for any other. */
  time: string | null;
  /** Smallest and largest finite value of a numeric column, else null. */
  min: number | null;
  max: number | null;
  mean: number | null;
  /** Number of different values (numbers: counted up to 1,000, then null). */
  distinct: number | null;
  /** The most frequent values of a category, at most eight, with their counts. */
  top: { value: string; count: number }[];
  missing: number;
  /** Lossless mapping: name, words ("2 decimals, 10 bits"), width in bits. */
  mapping: { kind: 'decimal' | 'ratio' | 'float32' | 'float64' | 'category'; label: string; bits: number };
  /** Counts over 24 equal bins between min and max; empty for text. */
  histogram: number[];
  featureEligible: boolean;
  /** Whether it is a feature unless someone says otherwise: a row number can be one, but is not by itself. */
  featureByDefault: boolean;
  targetEligible: boolean;
  /** What a model would predict if this were the target: a number, or one of its classes. */
  targetTask: 'regression' | 'classification' | null;
  /** Why it is not offered as feature or target, or null. */
  reason: string | null;
}

export interface DatasetSummary {
  /** SHA-256 of the canonical typed columns and schema, 64 hex digits. */
  id: string;
  /** Title to show: sample title or file name. */
  name: string;
  fileName: string;
  /** Sample id when it came from the gallery, else null. */
  sampleId: string | null;
  /** Column of weights, where the file has every mark of condensed samples. */
  weight?: string;
  rows: number;
  /** How many of the last records are test records, where the dataset brings its own. */
  testRows?: number;
  columns: ColumnSummary[];
  /** Bytes of the CSV text; null of a file that is none, and of an archive that does not know. */
  csvBytes: number | null;
  /** rows × columns × 8. */
  rawFloat64Bytes: number;
  notices: Notice[];
  /** What each column was read as and why, in their order; empty when opened from an archive. */
  decisions: ColumnDecision[];
  /** How the file was taken apart ("delimiter", "semicolon"); empty when opened from an archive. */
  dialect: { name: string; value: string }[];
  /** Cells of the first row where it may name the columns or be a record; the dialect says what it was taken for. */
  doubtfulRow: string[] | null;
  /** Format of the file, or "archive". */
  format: TableReading['format'] | 'archive';
  /** Names of all sheets, where the file is a workbook. */
  sheets?: string[];
  /** First rows as text, at most 100; null is a missing cell. */
  preview: (string | null)[][];
  /** Every column as a target, the likeliest first. */
  targets: TargetSuggestion[];
  /** The target that the gallery names for a sample, else the likeliest one; null where there is none. */
  suggestedTarget: string | null;
  /** β that the gallery names for a sample, else null. */
  suggestedBeta: number | null;
  seconds: number;
}

/** One row of the bit map: one stored integer (a column, or p or q of a ratio column), or one quantised feature. */
export interface MapRow {
  column: number;
  /** Column name with " p" or " q" for the parts of a ratio, " ≈" for a quantised row. */
  label: string;
  mapping: string;
  kind: 'stored' | 'quantised';
  /** Cell index of the row's most significant bit; its cells are start … start + bits − 1. */
  start: number;
  bits: number;
  use: 'feature' | 'target' | 'other';
}

/** Role of a stored bit in the archive. A quantised row's bits have NO_ROLE: they are only looked at. */
export const BIT_ROLE = { constant: 0, base: 1, deviation: 2, none: 3 } as const;

export interface BitsReport {
  trainRows: number;
  rows: MapRow[];
  /** Count of ones per cell over the training records; p = ones / trainRows. */
  ones: Uint32Array;
  /** H per cell in bits, 0…1 (Equation 6). */
  entropy: Float64Array;
  /** BIT_ROLE per cell. */
  role: Uint8Array;
  /** Cells in analytics order for the chosen order and code; the first β are the analytics bits. For the order
   * "pool" it belongs to the β of the request. */
  order: Uint32Array;
  /** Condensed samples m for β = 0 … order.length (m[0] = 1). For "pool" only the entry of the request's β and 0 are
   * exact; others are computed with that β's order. */
  condensedSamples: Uint32Array;
  /** What the condensed samples are made of, with "own" resolved. */
  condenser: 'clusters' | 'bases-zero' | 'bases-mean';
  /** β at which the clusters are the archive's own bases, or null where they are made of analytics bits. */
  ownBits: number | null;
  counts: { constant: number; base: number; deviation: number };
  /** Whether the codec has bases: without them every bit that varies has the role of a deviation. */
  hasBases: boolean;
  seconds: number;
}

/** One step of the base search: the size after adding one more bit to the base. */
export interface SearchCurve {
  /** Bits in the base after each step (first entry: the constant bits alone). */
  baseBits: Uint32Array;
  baseCounts: Uint32Array;
  /** Objective S in bits after each step. */
  size: Float64Array;
  /** Index of the chosen prefix in the arrays above. */
  chosen: number;
  stop: 'plateau' | 'all-distinct' | 'exhausted';
  objective: 'true' | 'equation1';
}

/** What a codec with bases made of the training records of one base table. */
export interface BaseFacts {
  baseCount: number;
  /** Bits in the base, constant ones included, and per record in the deviation. */
  baseBits: number;
  constantBits: number;
  deviationBits: number;
  curve: SearchCurve;
}

export interface TableBases extends BaseFacts {
  /** Equation 1's S in bits with m = 0 (this archive) and with the paper's m terms for the chosen β. */
  equation1Bits: number;
  equation1BitsWithSamples: number;
}

export interface ColumnBits {
  column: string;
  /** Bits that a value takes as a code of the column's own width, and in the archive, on average. */
  width: number;
  bits: number;
}

export interface ArchiveReport {
  /** Archive id, 32 hex digits; also its key in the browser's store. */
  id: string;
  /** Whether it could be written to IndexedDB; if not, why. */
  stored: boolean;
  storeError: ErrorReport | null;
  trainRows: number;
  testRows: number;
  columns: number;
  rawFloat64Bytes: { train: number; test: number };
  /** Bytes of the training part with every header, mask and checksum; the test records' part; the sum is the file. */
  bytes: { train: number; test: number };
  csvBytes: number | null;
  breakdown: { train: StorageBreakdown; test: StorageBreakdown };
  recordBits: number;
  /** Of a codec with bases. */
  bases: TableBases | null;
  /** Where the bits of the training records go, column by column, of a codec that can tell. */
  columnBits: ColumnBits[] | null;
  /** Whether every decoded value was compared with its original. */
  roundTrip: 'exact';
  encodeSeconds: number;
  decodeSeconds: number;
}

/** One archive in the browser's list. */
export interface ArchiveListing {
  id: string;
  datasetId: string;
  name: string;
  fileName: string;
  rows: number;
  columns: number;
  bytes: number;
  rawFloat64Bytes: number;
  createdAt: number;
  /** Kept by the user; a working archive is replaced by the next one of the same dataset. */
  kept: boolean;
  codec: string;
  settings: ExperimentSettings;
  /** How the file was read that its table came from, where someone decided otherwise than the reader. */
  reading?: ReadingOptions;
  /** Set when the archive holds pictures: `rows` are then pictures, `columns` the values of one, `rawFloat64Bytes` is
   * the bytes of all pixels, and `settings` say nothing. */
  images?: ImageArchiveFacts;
}

/**
 * Whether opening an archive gives the dataset of this id. One that was made from pictures and holds them only nearly
 * gives others; one that came as a file goes by those that it gives.
 */
export function holdsDataset({ datasetId, images }: ArchiveListing, wanted: string): boolean {
  const isOther = images?.fidelity.kind === 'near' && !isClaimed(images.fidelity);
  return datasetId === wanted && !isOther;
}

export interface RecordInspection {
  index: number;
  group: 'train' | 'test';
  /** Position inside its group. */
  position: number;
  /** Its base, of a codec with bases: its number, and how many records of the group share it. */
  base: { id: number; sharedBy: number } | null;
  /** One per column: decoded value as text (null: missing), stored bits as '0'/'1' MSB first with role per bit. */
  cells: {
    column: string;
    value: string | null;
    fields: { label: string; bits: string; role: Uint8Array }[];
  }[];
  bytesTouched: number;
  /** Blocks read from the store for it, and their bytes (0 when they were resident). */
  blocksRead: number;
  microseconds: number;
}

/** The exact optimum: least squares in closed form, logistic regression by Newton's method or, of wide models, L-BFGS. */
export interface ClosedFormResult {
  method: Method;
  score: ModelScore;
  solver: 'closed-form' | 'newton' | 'quasi-newton';
  /** Steps; 1 for the closed form. */
  iterations: number;
  /** Whether the optimum was reached; if not, this is the best that was. */
  converged: boolean;
  /** Norm of the mean loss's gradient where it ended, of the quasi-Newton method. */
  gradientNorm: number | null;
  /** Rows that the model saw: training records or condensed samples. */
  samples: number;
  /** Smallest and largest weight among them. */
  weights: { least: number; most: number };
  /** Training records left out because of missing cells, and those whose missing cells were filled. */
  leftOut: number;
  filled: number;
  /** Design columns, bias included. */
  width: number;
  /** Ridge added to the diagonal because the system was singular, else 0. */
  ridge: number;
  seconds: number;
}

/** State of a gradient descent; send it back to go on from it. Plain data, a few kilobytes. */
export interface DescentState {
  method: Method;
  score: ModelScore;
  samples: number;
  width: number;
  /** Step size α, worked out where the settings ask for the automatic one. */
  learningRate: number;
  iteration: number;
  /** width coefficients per output: one output, or one per class beyond two classes. */
  theta: Float64Array;
  /** Training loss at iterations lossAt[k]; the spacing widens so that there are at most about 400. */
  lossAt: number[];
  losses: number[];
  /**
   * Test error (mean squared error, or log loss) after at[k] iterations, on all test records or a draw of them; states of
   * earlier versions have none. Evaluating is not counted in `seconds`.
   */
  testCurve?: { at: number[]; errors: number[]; records: number; of: number };
  /** Window of the stop rule: loss 100 iterations ago. */
  windowLoss: number;
  windowIteration: number;
  seconds: number;
  /** Samples read so far: iteration × samples. */
  touched: number;
  stop: 'running' | 'converged' | 'limit';
}

export interface DescendRequest {
  source: DatasetSource;
  settings: ExperimentSettings;
  method: Method;
  /** A draw of a contender in place of the condensed samples, as large as they are. */
  drawn?: { contender: string; draw: number };
  /** Where to go on from; null starts at θ = 0. */
  from: DescentState | null;
  /** Iterations to do in this call; Infinity runs to the stop rule or the limit. */
  budget: number;
}

/** A training of a sweep is done in two parts: the exact optimum first, then gradient descent and the archive's size. */
export type SweepPart = 'exact' | 'descent';

/** One run of a sweep: one method on one split with one choice of every setting. What is not done yet is null. */
export interface SweepCell {
  method: Method;
  split: number;
  /** β that was used; of clusters from bases the number of base bits. */
  beta: number;
  samples: number;
  trainRows: number;
  task: 'regression' | 'classification';
  gd: { test: Metrics; iterations: number; stop: 'converged' | 'limit'; seconds: number } | null;
  /** At the optimum; null in sweeps of earlier versions, where the model was too wide. */
  exact: { test: Metrics; seconds: number } | null;
  /** Always predicting the training mean, or the larger class. */
  floor: Metrics;
  /** Archive bytes of the training part with these settings, samples on demand and samples stored. */
  bytes: number | null;
  bytesStored: number | null;
  rawFloat64Bytes: number;
  /** Bytes of what was trained on, as float64 with a weight for each condensed sample; earlier versions left it out. */
  sampleBytes?: number;
  /** Seconds of encoding and laying out. */
  encodeSeconds: number | null;
}

/** What a check of an archive found; damage is an error instead. */
export interface VerificationReport {
  sections: number;
  blocks: number;
  bytes: number;
  records: number;
  seconds: number;
  /** Id that pictures are said to be made from and that nothing proves: they are held only nearly. Else null. */
  claims: string | null;
}

/** A file made in the worker, to be saved by the page. */
export interface MadeFile {
  name: string;
  file: Blob;
}

export type TableFormat = 'csv' | 'jsonl' | 'parquet';

/** A file of condensed samples: its columns are the features, the targets and the weight, in this order. */
export interface SamplesOutline {
  /** Name of the file without its ending. */
  stem: string;
  rows: number;
  features: string[];
  /** The target's mean, or the share of each class: of two classes that of the second alone. */
  targets: string[];
  weight: string;
  /** The column that says which rows are samples, and its word for them. */
  part: { column: string; train: string };
  /** The classes as the target's column has them; null of a regression. */
  classes: (string | number)[] | null;
}

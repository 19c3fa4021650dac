/** Answers about tables for tests. */
import {
  DEFAULT_SETTINGS,
  type ArchiveListing,
  type ArchiveReport,
  type BitsReport,
  type ClosedFormResult,
  type DatasetSource,
  type DatasetSummary,
  type DescentState,
  type Examination,
  type ExperimentSettings,
  type Method,
  type ModelScore,
  type SweepCell,
  type SweepPart,
} from '../../contracts/codec.ts';
import type { ContestReport, ContestRequest } from '../../contracts/contest.ts';
import type { Coefficients, Predictions } from '../../contracts/fitted.ts';
import type { PeerResult } from '../../contracts/peers.ts';
import type {
  AxisChoice,
  DataAxis,
  ScatterCloud,
  ScatterLines,
  ScatterSamples,
} from '../../contracts/scatter.ts';
import type { WalkReport } from '../../contracts/walk.ts';
import type { FakeLab } from './fakeLab.ts';

export function summaryOf(name: string, change: Partial<DatasetSummary> = {}): DatasetSummary {
  return {
    id: name.padEnd(64, '0').slice(0, 64),
    name,
    fileName: `${name}.csv`,
    sampleId: null,
    rows: 100,
    columns: ['a', 'b', 'y'].map((column) => ({
      name: column,
      kind: 'number',
      time: null,
      min: 0,
      max: 9,
      mean: 4,
      distinct: 10,
      top: [],
      missing: 0,
      mapping: { kind: 'decimal', label: 'integer, 4 bits', bits: 4 },
      histogram: [],
      featureEligible: true,
      featureByDefault: true,
      targetEligible: true,
      targetTask: 'regression',
      reason: null,
    })),
    csvBytes: 1000,
    rawFloat64Bytes: 2400,
    notices: [],
    decisions: [],
    dialect: [],
    doubtfulRow: null,
    format: 'csv',
    preview: [],
    targets: [
      { column: 'y', reason: 'The last column.', rank: 'likely' },
      { column: 'a', reason: 'A number.', rank: 'possible' },
      { column: 'b', reason: 'A number.', rank: 'possible' },
    ],
    suggestedTarget: 'y',
    suggestedBeta: null,
    seconds: 0.1,
    ...change,
  };
}

export function bitsOf(analyticsBits: number): BitsReport {
  return {
    trainRows: 80,
    rows: [],
    ones: new Uint32Array(12),
    entropy: new Float64Array(12),
    role: new Uint8Array(12),
    order: new Uint32Array(analyticsBits),
    condensedSamples: Uint32Array.from({ length: analyticsBits + 1 }, (_, beta) => Math.min(50, 2 ** beta)),
    condenser: 'clusters',
    ownBits: null,
    counts: { constant: 1, base: 4, deviation: 7 },
    hasBases: true,
    seconds: 0.01,
  };
}

export function archiveOf(id: string): ArchiveReport {
  const part = {
    container: 10,
    parameters: 20,
    masks: 5,
    bases: 15,
    baseIds: 25,
    deviations: 100,
    samples: 3,
  };
  return {
    id,
    stored: true,
    storeError: null,
    trainRows: 80,
    testRows: 20,
    columns: 3,
    rawFloat64Bytes: { train: 1920, test: 480 },
    bytes: { train: 178, test: 60 },
    csvBytes: 1000,
    breakdown: { train: part, test: part },
    recordBits: 12,
    bases: {
      equation1Bits: 1400,
      equation1BitsWithSamples: 1500,
      baseCount: 6,
      baseBits: 5,
      constantBits: 1,
      deviationBits: 7,
      curve: {
        baseBits: Uint32Array.from([1]),
        baseCounts: Uint32Array.from([1]),
        size: Float64Array.from([1400]),
        chosen: 0,
        stop: 'plateau',
        objective: 'true',
      },
    },
    columnBits: null,
    roundTrip: 'exact',
    encodeSeconds: 0.01,
    decodeSeconds: 0.01,
  };
}

/** Test errors 1 and 1.1 of the exact solver, 2 and 2.2 of gradient descent; accuracies 0.9 and 0.8. */
function scoreOf(task: ModelScore['task'], method: Method, isExact: boolean): ModelScore {
  if (task === 'classification') {
    const test = {
      accuracy: method === 'full' ? 0.9 : 0.8,
      balancedAccuracy: 0.7,
      logLoss: 0.3,
      rocArea: 0.9,
    };
    return {
      ...{ task, test, train: test, floor: { accuracy: 0.6, balancedAccuracy: 0.5, logLoss: 0.7 } },
      classes: { labels: ['no', 'yes'], confusion: Uint32Array.of(6, 6, 2, 6), roc: null },
    };
  }
  const mse = (isExact ? 1 : 2) * (method === 'full' ? 1 : 1.1);
  return {
    ...{ task, test: { mse, r2: 0.5 }, train: { mse, r2: 0.5 }, floor: { mse: 5, r2: 0 }, classes: null },
  };
}

export function descentOf(
  task: ModelScore['task'],
  method: Method,
  change: Partial<DescentState> = {},
): DescentState {
  return {
    method,
    score: scoreOf(task, method, false),
    samples: 20,
    width: 3,
    learningRate: 0.001,
    iteration: 10_000,
    theta: new Float64Array(3),
    lossAt: [0],
    losses: [1],
    windowLoss: 1,
    windowIteration: 0,
    seconds: 60,
    touched: 200_000,
    stop: 'limit',
    ...change,
  };
}

export function closedFormOf(task: ModelScore['task'], method: Method): ClosedFormResult {
  return {
    method,
    score: scoreOf(task, method, true),
    solver: task === 'regression' ? 'closed-form' : 'newton',
    iterations: task === 'regression' ? 1 : 6,
    converged: true,
    gradientNorm: null,
    samples: 20,
    leftOut: 0,
    weights: { least: 1, most: 9 },
    filled: 0,
    width: 3,
    ridge: 0,
    seconds: 0.001,
  };
}

export function coefficientsOf(task: ModelScore['task'], split: number): Coefficients {
  return {
    ...{ split, task, names: ['bias', 'a', 'b'], outputs: ['y'] },
    ...{ means: new Float64Array(3), scales: new Float64Array(3).fill(1) },
    ...{ full: Float64Array.of(9, 1, split), condensed: Float64Array.of(9, 1.1, split) },
  };
}

export function predictionsOf(method: Method): Predictions {
  return {
    ...{ method, task: 'regression', target: 'y', rows: Uint32Array.of(1, 3), labels: null, of: 2 },
    ...{ truth: Float64Array.of(1, 2), predicted: Float64Array.of(1, method === 'full' ? 2 : 2.5) },
  };
}

/** Three records along the columns that are asked for, else "a" across and "y" upwards. */
export function scatterCloudOf({ x, y }: AxisChoice): ScatterCloud {
  const axis = (column: string): DataAxis => ({
    ...{ column, kind: 'number', low: 0, high: 10, named: null, time: null },
  });
  return {
    columns: [
      { name: 'a', kind: 'number', use: 'feature', strength: 0.9 },
      { name: 'b', kind: 'number', use: 'feature', strength: 0.2 },
      { name: 'y', kind: 'number', use: 'target', strength: null },
    ],
    ...{
      further: 0,
      refused: [{ name: 'note', reason: 'Text with 70 different values.' }],
      refusedFurther: 0,
    },
    axes: { x: axis(x ?? 'a'), y: axis(y ?? 'y') },
    ...{ x: Float32Array.of(0.1, 0.2, 0.9), y: Float32Array.of(0.3, 0.4, 0.8) },
    ...{ trainRows: 4, used: 3, placed: 3 },
  };
}

/** A sample of two records and one of one. */
export function scatterSamplesOf(beta: number, withRandom: boolean): ScatterSamples {
  return {
    ...{ beta, count: 2, placed: 2, total: 3 },
    ...{ x: Float64Array.of(1.5, 9), y: Float64Array.of(3.5, 8), weights: Float64Array.of(2, 1) },
    cuts: { x: { bits: 1, at: Float64Array.of(5) }, y: { bits: 0, at: new Float64Array(0) } },
    random: withRandom ? { x: Float64Array.of(1, 2), y: Float64Array.of(3, 4) } : null,
  };
}

export function scatterLinesOf(withRandom: boolean): ScatterLines {
  const line = (end: number) => Float64Array.of(0, end);
  return { x: line(10), full: line(9), condensed: line(8), random: withRandom ? line(20) : null };
}

export function examinationOf(target: string): Examination {
  return {
    target,
    leaks: [],
    rows: 80,
    isOneByOne: false,
    ids: [],
    trainRows: 80,
    incomplete: 0,
    fault: null,
    doubts: [],
  };
}

export function listingOf(id: string, change: Partial<ArchiveListing> = {}): ArchiveListing {
  return {
    id,
    datasetId: id.padEnd(64, '0'),
    name: id,
    fileName: `${id}.csv`,
    rows: 100,
    columns: 3,
    bytes: 238,
    rawFloat64Bytes: 2400,
    createdAt: 0,
    kept: false,
    codec: 'entrogede',
    settings: { ...DEFAULT_SETTINGS, target: 'y' },
    ...change,
  };
}

/** The part of a training that is asked for. */
export function cellOf(settings: ExperimentSettings, method: Method, part: SweepPart): SweepCell {
  const isExact = part === 'exact';
  return {
    method,
    split: settings.split,
    beta: settings.beta,
    samples: method === 'full' ? 80 : settings.beta,
    trainRows: 80,
    task: 'regression',
    gd: isExact ? null : { test: { mse: 2, r2: 0.5 }, iterations: 100, stop: 'limit', seconds: 0.1 },
    exact: isExact ? { test: { mse: 1, r2: 0.8 }, seconds: 0.001 } : null,
    floor: { mse: 5, r2: 0 },
    bytes: isExact ? null : 178,
    bytesStored: isExact ? null : 190,
    rawFloat64Bytes: 1920,
    sampleBytes: 8 * 4 * settings.beta,
    encodeSeconds: isExact ? null : 0.01,
  };
}

/** A contest of the samples that `bitsOf` has. */
export function contestOf(
  { analyticsBits, task, contestError }: Pick<FakeLab, 'analyticsBits' | 'task' | 'contestError'>,
  { settings, judge, learner, betas, contenders }: ContestRequest,
): ContestReport {
  const counts = bitsOf(analyticsBits).condensedSamples;
  return {
    split: settings.split,
    judge,
    learner,
    metric: task === 'regression' ? 'mse' : 'logLoss',
    trainRows: 80,
    judgeRows: 20,
    full: { error: 1, seconds: 0.001 },
    floor: 5,
    trials: contenders.flatMap(({ name, draws }) =>
      betas.map((beta) => ({
        contender: name,
        beta,
        samples: counts[beta],
        errors: Array.from({ length: draws }, (_, draw) => contestError(name, counts[beta], draw)),
        seconds: { making: 0.001, fitting: 0.001 },
      })),
    ),
  };
}

export function peerOf(name: string, ratio: number): PeerResult {
  return {
    name,
    label: name,
    sentence: '',
    isOurs: name === 'archive',
    randomAccess: name === 'archive',
    bytes: 1920 * ratio,
    ratio,
    encodeMegabytesPerSecond: 10,
    decodeMegabytesPerSecond: 100,
    recordMicroseconds: 5,
    exact: true,
    note: null,
  };
}

/** "file:mine.csv", "sample:diamonds", with how it is read behind it: "file:mine.csv {"header":false}". */
export function sourceKey(source: DatasetSource): string {
  const name = source.kind === 'file' ? `file:${source.file.name}` : `${source.kind}:${source.id}`;
  const reading = source.kind === 'archive' ? undefined : source.reading;
  return reading === undefined ? name : `${name} ${JSON.stringify(reading)}`;
}

/** Two records of one column of two bits, in which nothing is shared. */
export function walkOf(): WalkReport {
  return {
    records: 2,
    recordBits: 2,
    shown: Uint32Array.of(0, 1),
    shownBy: null,
    values: [['0', '3']],
    codes: [Float64Array.of(0, 3)],
    bits: Uint8Array.of(0, 0, 1, 1),
    ones: Uint32Array.of(1, 1),
    entropy: Float64Array.of(1, 1),
    search: null,
    clusters: null,
    rows: [
      {
        ...{ column: 0, label: 'a', mapping: 'integer, 2 bits', kind: 'stored' },
        ...{ start: 0, bits: 2, use: 'feature' },
      },
    ],
  };
}

/** A small codec client for tests: every call is recorded and answered by hand or at once. */
import type { CallOptions, CodecClient } from '../../contracts/calls.ts';
import type {
  ArchiveListing,
  ArchiveReport,
  BitsReport,
  ClosedFormResult,
  DatasetSource,
  DatasetSummary,
  DescentState,
  ExperimentSettings,
  Method,
  ModelScore,
  SweepCell,
} from '../../contracts/codec.ts';
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import type { ImageSummary } from '../../contracts/images.ts';
import type { PeerResult } from '../../contracts/peers.ts';
import type { KindOfFiles } from '../../platform/fileKind.ts';
import type { KeptSweep } from '../../platform/sweepStore.ts';
import type { LabServices, SweepJob } from '../kernel.ts';
import {
  condensedImages,
  imageArchiveOf,
  imageBits,
  imageInspectionOf,
  imageSampleOf,
  imageSourceKey,
  noPictures,
} from './fakePictures.ts';

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
    format: 'csv',
    preview: [],
    suggestedTarget: 'y',
    suggestedBeta: null,
    seconds: 0.1,
    ...change,
  };
}

function bitsOf(analyticsBits: number): BitsReport {
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
    seconds: 0.01,
  };
}

function archiveOf(id: string): ArchiveReport {
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
    equation1Bits: 1400,
    equation1BitsWithSamples: 1500,
    baseCount: 6,
    baseBits: 5,
    constantBits: 1,
    deviationBits: 7,
    recordBits: 12,
    curve: {
      baseBits: Uint32Array.from([1]),
      baseCounts: Uint32Array.from([1]),
      size: Float64Array.from([1400]),
      chosen: 0,
      stop: 'plateau',
      objective: 'true',
    },
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

function descentOf(
  task: ModelScore['task'],
  method: Method,
  change: Partial<DescentState> = {},
): DescentState {
  return {
    method,
    score: scoreOf(task, method, false),
    samples: 20,
    width: 3,
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

function closedFormOf(task: ModelScore['task'], method: Method): ClosedFormResult {
  return {
    method,
    score: scoreOf(task, method, true),
    solver: task === 'regression' ? 'closed-form' : 'newton',
    iterations: task === 'regression' ? 1 : 6,
    samples: 20,
    leftOut: 0,
    weights: { least: 1, most: 9 },
    filled: 0,
    width: 3,
    ridge: 0,
    seconds: 0.001,
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

function cellOf(settings: ExperimentSettings, method: Method): SweepCell {
  return {
    method,
    split: settings.split,
    beta: settings.beta,
    samples: method === 'full' ? 80 : settings.beta,
    trainRows: 80,
    task: 'regression',
    gd: { test: { mse: 2, r2: 0.5 }, iterations: 100, stop: 'limit', seconds: 0.1 },
    exact: { test: { mse: 1, r2: 0.8 }, seconds: 0.001 },
    floor: { mse: 5, r2: 0 },
    bytes: 178,
    bytesStored: 190,
    rawFloat64Bytes: 1920,
    encodeSeconds: 0.01,
  };
}

function peerOf(name: string, ratio: number): PeerResult {
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

export interface FakeLab {
  services: LabServices;
  /** Names of the calls in their order: "analyse", "descend full". */
  calls: string[];
  /** The archives in the store. */
  stored: ArchiveListing[];
  /** Settings that an imported archive brings with it. */
  travelled: ExperimentSettings;
  /** Makes calls of this name wait until they are released, or fail. */
  hold: (name: string) => { release: () => void; fail: (error: LabError) => void };
  /** Datasets by source; a missing one fails. */
  datasets: Map<string, DatasetSummary>;
  /** Pictures by source; missing ones fail. */
  pictures: Map<string, ImageSummary>;
  /** Seconds that encoding pictures reports. */
  encodeSeconds: number;
  /** What dropped files are taken for. */
  kindOfFiles: KindOfFiles;
  /** Seconds that a training on all rows reports. */
  fullSeconds: number;
  /** Task of the models that are trained. */
  task: ModelScore['task'];
  /** Bits that records can be split by. */
  analyticsBits: number;
  /** The sweeps that are kept, by dataset. */
  sweeps: Map<string, KeptSweep>;
  /** Of what a training of a sweep fails by itself, or null. */
  failing: (job: SweepJob) => LabError | null;
}

/** "file:mine.csv", "sample:diamonds", with how it is read behind it: "file:mine.csv {"header":false}". */
function sourceKey(source: DatasetSource): string {
  const name = source.kind === 'file' ? `file:${source.file.name}` : `${source.kind}:${source.id}`;
  const reading = source.kind === 'archive' ? undefined : source.reading;
  return reading === undefined ? name : `${name} ${JSON.stringify(reading)}`;
}

export function createFakeLab(): FakeLab {
  const held = new Map<string, Promise<void>>();
  const fake: FakeLab = {
    calls: [],
    stored: [],
    travelled: { ...DEFAULT_SETTINGS, target: 'b', beta: 5 },
    datasets: new Map([['sample:diamonds', summaryOf('diamonds', { sampleId: 'diamonds' })]]),
    pictures: new Map(),
    encodeSeconds: 1,
    kindOfFiles: 'table',
    fullSeconds: 60,
    task: 'regression',
    analyticsBits: 8,
    sweeps: new Map(),
    failing: () => null,
    hold(name) {
      let release = () => {};
      let fail = (_error: LabError) => {};
      held.set(
        name,
        new Promise<void>((resolve, reject) => {
          release = () => {
            held.delete(name);
            resolve();
          };
          fail = (error) => {
            held.delete(name);
            reject(error);
          };
        }),
      );
      return { release, fail };
    },
    services: undefined as unknown as LabServices,
  };

  async function answer<T>(name: string, value: () => T, options?: CallOptions): Promise<T> {
    fake.calls.push(name);
    const waiting = held.get(name);
    if (waiting !== undefined) {
      const aborted = new Promise<never>((_resolve, reject) => {
        options?.signal?.addEventListener('abort', () => reject(new LabError('CANCELLED', 'Cancelled.')));
      });
      aborted.catch(() => undefined);
      await Promise.race([waiting, aborted]);
    }
    if (options?.signal?.aborted) throw new LabError('CANCELLED', 'Cancelled.');
    return value();
  }

  let archiveCount = 0;
  const client: CodecClient = {
    openDataset: ({ source }, options) =>
      answer(
        'openDataset',
        () => {
          const summary = fake.datasets.get(sourceKey(source));
          if (summary === undefined) throw new LabError('CSV_BINARY', 'This file is not text.');
          return summary;
        },
        options,
      ),
    openImages: ({ source }, options) =>
      answer(
        'openImages',
        () => {
          const summary = fake.pictures.get(imageSourceKey(source));
          if (summary === undefined) throw new LabError('IMAGES_NONE', 'There are no pictures in it.');
          return summary;
        },
        options,
      ),
    pictures: (_request, options) => answer('pictures', noPictures, options),
    analyseImages: ({ table }, options) =>
      answer(`analyseImages ${table}`, () => ({ ...imageBits, table }), options),
    compressImages: ({ source, settings }, options) =>
      answer(
        'compressImages',
        () => {
          const report = imageArchiveOf(`pictures-${++archiveCount}`, fake.encodeSeconds);
          const summary = fake.pictures.get(imageSourceKey(source));
          if (summary !== undefined) {
            fake.pictures.set(`archive:${report.id}`, summary);
            fake.stored.push(
              listingOf(report.id, {
                datasetId: summary.id,
                images: {
                  width: 2,
                  height: 2,
                  channels: 1,
                  classes: 2,
                  trainRecords: 8,
                  fidelity: { kind: 'exact' },
                  settings,
                },
              }),
            );
          }
          return report;
        },
        options,
      ),
    helpEncode: (_request, options) => answer('helpEncode', () => null, options),
    sampleImages: ({ fraction, seed }, options) =>
      answer(`sampleImages ${fraction} ${seed}`, () => imageSampleOf(fraction, seed), options),
    inspectImage: ({ record }, options) =>
      answer(`inspectImage ${record}`, () => imageInspectionOf(record), options),
    condenseImages: ({ settings }, options) =>
      answer(`condenseImages ${settings.beta}`, () => ({ ...condensedImages, beta: settings.beta }), options),
    imageSweepCell: ({ settings, limit }, options) =>
      answer(
        `imageSweepCell ${settings.transform} ${settings.tau}`,
        () => ({
          settings,
          records: limit,
          rawBytes: 4 * limit,
          bytes: 2 * limit,
          equation1Bits: 17 * limit,
          baseCount: 2,
          fidelity: { kind: 'exact' },
          encodeSeconds: 0.1,
          decodeSeconds: 0.1,
        }),
        options,
      ),
    imagePeers: (_request, onPeer, options) =>
      answer(
        'imagePeers',
        () => {
          const row = {
            name: 'png',
            label: 'PNG',
            sentence: '',
            isOurs: false,
            randomAccess: true,
            bytes: 10,
            ratio: 0.5,
            encodeMegabytesPerSecond: 1,
            decodeMegabytesPerSecond: 1,
            pictureMicroseconds: 1,
            fidelity: { kind: 'exact' as const },
            note: null,
          };
          onPeer(row);
          return {
            rows: [row],
            trainRecords: 8,
            measuredRecords: 8,
            rawBytes: 32,
            seconds: 0.1,
            machine: '',
          };
        },
        options,
      ),
    exportImages: (_request, options) =>
      answer('exportImages', () => ({ name: 'pictures.zip', file: new Blob() }), options),
    analyse: (_request, options) => answer('analyse', () => bitsOf(fake.analyticsBits), options),
    compress: ({ source }, options) =>
      answer(
        'compress',
        () => {
          const report = archiveOf(`made-${++archiveCount}`);
          const summary = fake.datasets.get(sourceKey(source));
          if (summary !== undefined) fake.datasets.set(`archive:${report.id}`, summary);
          return report;
        },
        options,
      ),
    closedForm: ({ method }, options) =>
      answer(`closedForm ${method}`, () => closedFormOf(fake.task, method), options),
    descend: ({ method, from, budget }, onState, options) =>
      answer(
        `descend ${method}`,
        () => {
          const start = from?.iteration ?? 0;
          const isWhole = budget === Infinity;
          const state = descentOf(fake.task, method, {
            iteration: isWhole ? 10_000 : start + budget,
            stop: isWhole ? 'limit' : 'running',
            seconds: method === 'full' ? fake.fullSeconds : 0.1,
          });
          onState(state);
          return state;
        },
        options,
      ),
    sweepCell: ({ settings, method }, options) =>
      answer('sweepCell', () => cellOf(settings, method), options),
    inspect: ({ record }, options) =>
      answer(
        'inspect',
        () => ({
          index: record,
          group: 'train' as const,
          position: record,
          baseId: 0,
          sharedBy: 1,
          cells: [],
          bytesTouched: 12,
          blocksRead: 0,
          microseconds: 5,
        }),
        options,
      ),
    listArchives: (options) => answer('listArchives', () => [...fake.stored], options),
    keepArchive: ({ id, kept }, options) =>
      answer(
        'keepArchive',
        () => {
          fake.stored = fake.stored.map((entry) => (entry.id === id ? { ...entry, kept } : entry));
          return null;
        },
        options,
      ),
    deleteArchives: ({ ids }, options) =>
      answer(
        'deleteArchives',
        () => {
          fake.stored = ids === 'all' ? [] : fake.stored.filter(({ id }) => !ids.includes(id));
          return null;
        },
        options,
      ),
    peers: (_request, onPeer, options) =>
      answer(
        'peers',
        () => {
          const rows = [peerOf('archive', 0.3), peerOf('gzip', 0.5)];
          rows.forEach(onPeer);
          return {
            rows,
            trainRows: 80,
            measuredRows: 80,
            columns: 3,
            rawFloat64Bytes: 1920,
            csvBytes: 1000,
            seconds: 0.1,
            machine: 'a test',
          };
        },
        options,
      ),
    exportArchive: ({ id }, options) =>
      answer('exportArchive', () => ({ name: `${id}.dmla`, file: new Blob(['DMLA']) }), options),
    importArchive: ({ file }, options) =>
      answer(
        'importArchive',
        () => {
          const id = file.name.replace('.dmla', '');
          const known = fake.stored.find((entry) => entry.id === id);
          if (known !== undefined) return known;
          const listing = listingOf(id, { kept: true, createdAt: 9, settings: fake.travelled });
          fake.stored = [listing, ...fake.stored];
          fake.datasets.set(`archive:${id}`, summaryOf(id, { id: listing.datasetId }));
          return listing;
        },
        options,
      ),
    verifyArchive: (_request, options) =>
      answer(
        'verifyArchive',
        () => ({ sections: 9, blocks: 12, bytes: 238, records: 100, seconds: 0.1 }),
        options,
      ),
    exportTable: ({ id, format }, options) =>
      answer('exportTable', () => ({ name: `${id}.${format}`, file: new Blob(['a,b']) }), options),
    exportSamples: (_request, options) =>
      answer('exportSamples', () => ({ name: 'samples.csv', file: new Blob(['a,weight']) }), options),
  };
  fake.services = {
    client,
    background: () => client,
    carrier: () => client,
    async sweep(jobs, { signal, onCell, onFailed }) {
      for (const job of jobs) {
        const error = fake.failing(job);
        if (error !== null) onFailed(job, error);
        else onCell(job, await client.sweepCell(job, { signal }));
      }
    },
    encodeHelpers: () => ({ ports: () => [], end: () => {} }),
    kindOfFiles: async () => fake.kindOfFiles,
    extraSamples: async () => [],
    sweepStore: {
      read: async (datasetId) => structuredClone(fake.sweeps.get(datasetId) ?? null),
      write: async (datasetId, sweep) => {
        fake.sweeps.set(datasetId, structuredClone(sweep));
      },
      forget: async (datasetIds) => {
        for (const id of datasetIds === 'all' ? [...fake.sweeps.keys()] : datasetIds) fake.sweeps.delete(id);
      },
    },
    estimateStorage: async () => ({ usage: 1, quota: 100, persisted: false }),
    pageAddress: 'http://localhost/',
    appVersion: '0.0.0',
  };
  return fake;
}

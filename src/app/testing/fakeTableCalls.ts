/** The calls about tables and archives of a codec client for tests. */
import type { CodecClient } from '../../contracts/calls.ts';
import type { DescendRequest, DescentState } from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import { landscapeOf } from '../../stations/learn/testing/landscapes.ts';
import type { Answer } from './fakeAnswers.ts';
import type { FakeLab } from './fakeLab.ts';
import {
  archiveOf,
  bitsOf,
  cellOf,
  closedFormOf,
  coefficientsOf,
  contestOf,
  descentOf,
  examinationOf,
  listingOf,
  peerOf,
  predictionsOf,
  scatterCloudOf,
  scatterLinesOf,
  scatterSamplesOf,
  sourceKey,
  summaryOf,
  walkOf,
} from './fakeTables.ts';

/** Milliseconds between two reports of a descent that takes its time. */
const REPORT_MS = 1_000;

/** Ends at once, or when its iterations have taken their time; stopped, it gives the state that it has reached. */
async function descend(
  fake: FakeLab,
  { method, from, budget, settings }: DescendRequest,
  onState: (state: DescentState) => void,
  signal?: AbortSignal,
): Promise<DescentState> {
  const start = from?.iteration ?? 0;
  const isWhole = budget === Infinity;
  const last = isWhole ? settings.iterations : start + budget;
  const each = fake.iterationMs[method];
  for (
    let iteration = each === 0 ? last : start;
    ;
    iteration = Math.min(last, iteration + REPORT_MS / each)
  ) {
    const isDone = iteration === last;
    const state = descentOf(fake.task, method, {
      iteration,
      stop: isWhole && isDone ? 'limit' : 'running',
      seconds: method === 'full' ? fake.fullSeconds : 0.1,
    });
    onState(state);
    if (isDone || signal?.aborted) return state;
    await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
  }
}

export function tableCalls(fake: FakeLab, answer: Answer) {
  let archiveCount = 0;
  return {
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
    sampleTable: ({ file }, options) =>
      answer(
        'sampleTable',
        () => ({ file: new File(['a'], `sample of ${file.name}`), seen: 5_000, taken: 1_000, seed: 1 }),
        options,
      ),
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
    examine: ({ settings }, options) =>
      answer('examine', () => ({ ...examinationOf(settings.target ?? ''), ...fake.examined }), options),
    closedForm: ({ method }, options) =>
      answer(
        `closedForm ${method}`,
        () => ({ ...closedFormOf(fake.task, method), width: fake.exactWidth }),
        options,
      ),
    descend: (request, onState, options) =>
      answer(`descend ${request.drawn?.contender ?? request.method}`, () => null, options).then(() =>
        descend(fake, request, onState, options?.signal),
      ),
    coefficients: ({ settings }, options) =>
      answer(`coefficients ${settings.split}`, () => coefficientsOf(fake.task, settings.split), options),
    predictions: ({ method }, options) =>
      answer(`predictions ${method}`, () => predictionsOf(method), options),
    landscape: ({ axes, batch, seconds }, onDrawn, options) =>
      answer(
        `landscape ${seconds}`,
        () => {
          const drawn = landscapeOf({ batch, isWhole: seconds === Infinity });
          if (typeof axes !== 'string') drawn.axes = { kind: 'columns', across: axes[0], up: axes[1] };
          onDrawn(drawn);
          return drawn;
        },
        options,
      ),
    scatterCloud: ({ choice }, options) => answer('scatterCloud', () => scatterCloudOf(choice), options),
    scatterSamples: ({ settings, withRandom }, options) =>
      answer(
        `scatterSamples ${settings.beta}`,
        () => (settings.target === null ? null : scatterSamplesOf(settings.beta, withRandom)),
        options,
      ),
    scatterLines: ({ settings, withRandom }, options) =>
      answer(`scatterLines ${settings.beta}`, () => scatterLinesOf(withRandom), options),
    contest: (request, onTrial, options) =>
      answer(
        `contest ${request.judge}`,
        () => {
          const report = contestOf(fake, request);
          report.trials.forEach(onTrial);
          return report;
        },
        options,
      ),
    sweepCell: ({ settings, method, part }, options) =>
      answer('sweepCell', () => cellOf(settings, method, part), options),
    walk: (_request, options) => answer('walk', walkOf, options),
    inspect: ({ record }, options) =>
      answer(
        'inspect',
        () => ({
          index: record ?? 0,
          group: 'train' as const,
          position: record ?? 0,
          base: { id: 0, sharedBy: 1 },
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
        () => ({ sections: 9, blocks: 12, bytes: 238, records: 100, seconds: 0.1, claims: null }),
        options,
      ),
    exportTable: ({ id, format }, options) =>
      answer('exportTable', () => ({ name: `${id}.${format}`, file: new Blob(['a,b']) }), options),
    exportSamples: ({ format }, options) =>
      answer('exportSamples', () => ({ name: `samples.${format}`, file: new Blob(['a,weight']) }), options),
    timings: (_request, options) =>
      answer(
        'timings',
        () => {
          const timing = (median: number) => ({
            ...{ median, quartiles: [median, median] as [number, number], repeats: 5 },
          });
          return { full: timing(0.2), condensed: timing(0.02), making: 0.01 };
        },
        options,
      ),
    exportCoefficients: (_request, options) =>
      answer('exportCoefficients', () => ({ name: 'coefficients.csv', file: new Blob(['name']) }), options),
    exportPredictions: (_request, options) =>
      answer('exportPredictions', () => ({ name: 'predictions.csv', file: new Blob(['record']) }), options),
    outlineSamples: (_request, options) =>
      answer(
        'outlineSamples',
        () => ({
          ...{ stem: 'samples', rows: 2, features: ['a'], targets: ['b'], weight: 'weight', classes: null },
          ...{ part: { column: 'part', train: 'train' } },
        }),
        options,
      ),
  } satisfies Partial<CodecClient>;
}

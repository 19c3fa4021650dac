/** The calls about tables and archives of a codec client for tests. */
import type { CodecClient } from '../../contracts/calls.ts';
import { LabError } from '../../contracts/errors.ts';
import type { Answer } from './fakeAnswers.ts';
import type { FakeLab } from './fakeLab.ts';
import {
  archiveOf,
  bitsOf,
  cellOf,
  closedFormOf,
  descentOf,
  listingOf,
  peerOf,
  sourceKey,
  summaryOf,
} from './fakeTables.ts';

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
    exportSamples: (_request, options) =>
      answer('exportSamples', () => ({ name: 'samples.csv', file: new Blob(['a,weight']) }), options),
  } satisfies Partial<CodecClient>;
}

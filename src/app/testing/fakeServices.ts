/** A small lab for tests: every call is recorded and answered by hand or at once. */
import { CODEC_CALLS, type CodecClient } from '../../contracts/calls.ts';
import type { ContestReport } from '../../contracts/contest.ts';
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import { unexpectedCalls } from '../../platform/testing/unexpectedCalls.ts';
import type { LabServices } from '../storeContext.ts';
import { createAnswers } from './fakeAnswers.ts';
import type { FakeLab } from './fakeLab.ts';
import { pictureCalls } from './fakePictureCalls.ts';
import { tableCalls } from './fakeTableCalls.ts';
import { summaryOf } from './fakeTables.ts';
import { createFakeTraining, fakeRunStore, fakeTrainer } from './fakeTraining.ts';

export type { FakeLab } from './fakeLab.ts';
export { listingOf, summaryOf } from './fakeTables.ts';

export function createFakeLab(): FakeLab {
  const calls: string[] = [];
  const { answer, hold } = createAnswers(calls);
  const fake: FakeLab = {
    calls,
    stored: [],
    travelled: { ...DEFAULT_SETTINGS, target: 'b', beta: 5 },
    datasets: new Map([['sample:diamonds', summaryOf('diamonds', { sampleId: 'diamonds' })]]),
    pictures: new Map(),
    encodeSeconds: 1,
    kindOfFiles: 'table',
    openings: null,
    iterationMs: { full: 0, condensed: 0 },
    fullSeconds: 60,
    exactWidth: 3,
    task: 'regression',
    examined: {},
    analyticsBits: 8,
    isHidden: false,
    isFirstVisit: false,
    isAnswerAsked: false,
    sweeps: new Map(),
    imageSweeps: new Map(),
    failing: () => null,
    contestError: (contender, samples, draw) =>
      1 + (contender === 'condensed' ? 0.3 : 0.5 + draw / 100) / samples,
    training: createFakeTraining(),
    hold,
    services: undefined as unknown as LabServices,
  };

  const client: CodecClient = {
    ...unexpectedCalls(CODEC_CALLS),
    ...tableCalls(fake, answer),
    ...pictureCalls(fake, answer),
  };
  const trainer = fakeTrainer(fake.training, answer);
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
    async contest(jobs, { signal, onTrial }) {
      const reports: ContestReport[] = [];
      for (const job of jobs)
        reports.push(await client.contest(job, (trial) => onTrial(job, trial), { signal }));
      return reports;
    },
    encodeHelpers: () => ({ ports: () => [], end: () => {} }),
    kindOfFiles: async () => fake.kindOfFiles,
    tablesOfFiles: async (files) =>
      fake.openings ?? {
        tables: files.map(({ path, file }, number) => ({
          file: number,
          inside: null,
          path,
          bytes: file.size,
        })),
        pair: null,
        contradiction: null,
      },
    extraSamples: async () => [],
    shippedResults: async () => [],
    sweepStore: storeOver(fake.sweeps),
    imageSweepStore: storeOver(fake.imageSweeps),
    trainer: () => trainer,
    renewTrainer() {
      fake.training.renewals++;
    },
    feeder: () => client,
    runStore: fakeRunStore(fake.training),
    estimateStorage: async () => ({ usage: 1, quota: 1e9, persisted: false }),
    watchVisibility: () => ({ wasHidden: () => fake.isHidden, end: () => undefined }),
    takeFirstVisit: () => fake.isFirstVisit,
    isAnswerAsked: () => fake.isAnswerAsked,
    keepIsAnswerAsked: (isAsked) => void (fake.isAnswerAsked = isAsked),
    forgetEmbeds: async () => undefined,
    pageAddress: 'http://localhost/',
    appVersion: '0.0.0',
  };
  return fake;
}

/** A store of sweeps that forgets nothing but what it is told to. */
function storeOver<T>(kept: Map<string, T>) {
  return {
    read: async (datasetId: string) => structuredClone(kept.get(datasetId) ?? null),
    write: async (datasetId: string, sweep: T) => {
      kept.set(datasetId, structuredClone(sweep));
    },
    forget: async (datasetIds: readonly string[] | 'all') => {
      for (const id of datasetIds === 'all' ? [...kept.keys()] : datasetIds) kept.delete(id);
    },
  };
}

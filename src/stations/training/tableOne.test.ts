import { expect, it } from 'vitest';
import type { SelectionReport } from '../../contracts/training.ts';
import { runWith } from '../testing/training.ts';
import { groupsOf } from './results.ts';
import { tableOneRow } from './tableOne.ts';

const rows = (...runs: Parameters<typeof groupsOf>[0]) =>
  new Map(groupsOf(runs).map((group) => [group.method, tableOneRow(group)]));

const full = runWith({ method: 'full' }, { seconds: { fetch: 5, wait: 1, train: 9 } });

it('the columns of Table 1 are those of the paper', () => {
  const archive = runWith({ fraction: 0.1 }, { seconds: { fetch: 2, wait: 0.1, train: 0.9 } });
  const fixed = runWith({ method: 'random-fixed', fraction: 0.1 });
  const table = rows(full, archive, fixed);
  expect(table.get('full')).toMatchObject({
    ...{ storage: 1, csMemory: null, trainMemory: 1, dataAccess: 1, distinctTrained: 1 },
    time: { mean: 1 },
  });
  expect(table.get('dreamlearning')).toMatchObject({
    ...{ storage: 0.27, csMemory: 0.1, csBytes: null, trainMemory: 0.1, dataAccess: 1, selectSeconds: null },
  });
  // Fetching while training goes on costs no time: 1 s of 10 s an epoch.
  expect(table.get('dreamlearning')?.time?.mean).toBeCloseTo(0.1, 9);
  expect(table.get('random-fixed')).toMatchObject({ storage: 1, csMemory: 0.1, dataAccess: 0.1 });
});

it('selecting is part of the time, and of what is read', () => {
  const selection: SelectionReport = {
    ...{ refreshes: 1, seconds: { features: 6, pick: 4, pretrain: 0 }, pretrained: 0, seen: 900 },
    ...{ bytes: 1_234, distinctRead: 1_000, filled: 0, weights: null },
  };
  const run = runWith({ method: 'grad-match', fraction: 0.1 }, { seconds: { wait: 0, train: 1 } });
  const chosen = {
    ...run,
    selection,
    distinctRecords: 410,
    seconds: { ...run.seconds, select: 10 },
  };
  const row = rows(full, chosen).get('grad-match');
  expect(row).toMatchObject({
    ...{ csMemory: 0.9, csBytes: 1_234, dataAccess: 1, distinctTrained: 0.41, distinctRead: 1 },
    ...{ selectSeconds: { mean: 10 }, seconds: { mean: 20 } },
  });
  expect(row?.time?.mean).toBeCloseTo(0.2, 9);
  // Without full training there are seconds alone.
  expect(rows(chosen).get('grad-match')?.time).toBeNull();
});

import { expect, it } from 'vitest';
import { runWith } from '../testing/training.ts';
import { isNewestOfMany, latestTest, leadingRun } from './leading.ts';

it('the run that is led with is the chosen one, else the newest finished one that saw a share', () => {
  const share = runWith({ fraction: 0.01 }, { id: 'share' });
  const full = runWith({ method: 'full' }, { id: 'full' });
  const half = runWith({}, { id: 'half', epochs: 3 });
  const runs = [share, full, half];
  expect(leadingRun({ runs, selected: 'full' })).toBe(full);
  expect(leadingRun({ runs, selected: 'half' })).toBe(share);
  expect(leadingRun({ runs: [full, half], selected: null })).toBe(full);
  expect(leadingRun({ runs: [half], selected: null })).toBeUndefined();
  expect(isNewestOfMany(full, runs)).toBe(true);
  expect(isNewestOfMany(share, runs)).toBe(false);
  expect(isNewestOfMany(share, [share, half])).toBe(false);
  expect(latestTest(half)).toMatchObject({ epoch: 3, accuracy: 0.9 });
  expect(latestTest(runWith({}, { epochs: 0 }))).toBeNull();
});

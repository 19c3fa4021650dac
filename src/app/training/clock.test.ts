import { expect, it } from 'vitest';
import { runWith } from '../../stations/testing/training.ts';
import { progressWords } from '../../ui/progress.ts';
import { createRunClock } from './clock.ts';

const steps = (epoch: number, done: number, total = 100) => ({
  ...{ phase: `Epoch ${epoch} of 10`, done, total, unit: 'steps' },
});
const said = (progress: Parameters<typeof progressWords>[0]) =>
  progressWords(progress).left.replace(/\u202f/g, ' ');

it('the first epoch is timed, the others go by those before', () => {
  const clock = createRunClock();
  const fresh = runWith({}, { epochs: 0 });
  expect(said(clock(fresh, steps(1, 10), 0))).toBe('');
  const second = clock(fresh, steps(1, 60), 5_000);
  expect(second.share).toBeCloseTo(0.06, 6);
  // 10 s an epoch.
  expect(second.left).toBeCloseTo(94, 6);
  const run = runWith({}, { epochs: 2, seconds: { train: 4, evaluate: 0 } });
  // However long its first steps take: the pace is that of the epochs that are done.
  const third = clock(run, steps(3, 10), 60_000);
  expect(third.left).toBeCloseTo(8 * 4 - 0.4, 6);
  expect(clock(run, steps(3, 11), 64_000).left).toBeCloseTo(8 * 4 - 0.44, 6);
});

it('an epoch that selects, fetches or is evaluated leaves the bar of the run where it is', () => {
  const clock = createRunClock();
  const run = runWith({}, { epochs: 5 });
  const selecting = { phase: 'Epoch 6 of 10: selecting', done: 500, total: 1_000, unit: 'pictures' };
  expect(clock(run, selecting, 0).share).toBeCloseTo(0.5, 6);
  expect(clock(run, steps(6, 50), 10).share).toBeCloseTo(0.55, 6);
  expect(clock(run, steps(6, 100), 20).share).toBeCloseTo(0.6, 6);
  const evaluating = { phase: 'Epoch 6 of 10: evaluating', done: 10, total: 100, unit: 'pictures' };
  expect(clock(run, evaluating, 30).share).toBeCloseTo(0.6, 6);
});

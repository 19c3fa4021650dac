import { expect, it } from 'vitest';
import { descentOf } from '../../../app/testing/fakeTables.ts';
import type { TimedTraining } from '../../lab/learn.ts';
import { descentSaving, optimumSaving } from './saves.ts';

const timing = (median: number) => ({ median, quartiles: [median, median] as [number, number], repeats: 5 });

it('predicts what the paper’s example gives: 165 times fewer operations at its size', () => {
  const full = { samples: 16_512, width: 8, iterations: 1 };
  const { predicted, touched, time } = optimumSaving(full, { ...full, samples: 92 }, null);
  expect(predicted).toBeCloseTo(165.2, 1);
  expect(touched).toBeCloseTo(16_512 / 92, 10);
  expect(time).toBeNull();
});

it('counts every step of Newton’s method, and the medians of both sides', () => {
  const times: TimedTraining = {
    full: timing(0.4),
    condensed: timing(0.1),
    making: 0.05,
    disturbed: null,
  };
  const saving = optimumSaving(
    { samples: 1_000, width: 10, iterations: 6 },
    { samples: 100, width: 10, iterations: 8 },
    times,
  );
  expect(saving.predicted).toBeCloseTo((6 * 101_000) / (8 * 11_000), 10);
  expect(saving.touched).toBeCloseTo(7.5, 10);
  expect(saving.time).toBeCloseTo(4, 10);
});

it('says nothing of a time that the clock cannot tell', () => {
  const times: TimedTraining = { full: timing(0.4), condensed: timing(0), making: 0, disturbed: null };
  const side = { samples: 10, width: 2, iterations: 1 };
  expect(optimumSaving(side, side, times).time).toBeNull();
});

it('compares descents that have come to their end', () => {
  const full = descentOf('regression', 'full', { samples: 80, touched: 800_000, seconds: 8 });
  const condensed = descentOf('regression', 'condensed', { samples: 20, touched: 400_000, seconds: 4 });
  expect(descentSaving(full, condensed)).toEqual({ predicted: 4, touched: 2, time: 2 });
  expect(descentSaving(full, null)).toBeNull();
  expect(descentSaving({ ...full, stop: 'running' }, condensed)).toBeNull();
});

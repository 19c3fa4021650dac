import { describe, expect, it } from 'vitest';
import { countAt, pointAt, stepsAt } from './pace.ts';

const full = { samplesPerStep: 1_000, at: [0, 1, 2, 10, 100] };
const few = { samplesPerStep: 10, at: [0, 1, 5, 50] };
const both = [full, few];

describe('a clock', () => {
  it('counts steps from the first to the last of any descent', () => {
    expect(countAt(both, 'steps', 0)).toBe(0);
    expect(countAt(both, 'steps', 0.5)).toBeCloseTo(10, 10);
    expect(countAt(both, 'steps', 1)).toBe(100);
    expect([full, few].map((path) => stepsAt(path, 'steps', 70))).toEqual([70, 50]);
  });

  it('counts samples touched: who reads few has arrived before who reads all sets out', () => {
    expect(countAt(both, 'touched', 1)).toBe(100_000);
    expect(countAt(both, 'touched', 1e-9)).toBeCloseTo(10, 5);
    expect([full, few].map((path) => stepsAt(path, 'touched', 999))).toEqual([0, 50]);
    expect([full, few].map((path) => stepsAt(path, 'touched', 100_000))).toEqual([100, 50]);
  });

  it('stands still where nothing has moved', () => {
    const still = [{ samplesPerStep: 4, at: [0] }];
    expect(countAt(still, 'touched', 0.5)).toBe(4);
    expect(stepsAt(still[0], 'touched', 4)).toBe(0);
  });
});

it('the last point within so many steps', () => {
  expect([0, 1, 9, 10, 99, 100, 1e9].map((steps) => pointAt(full, steps))).toEqual([0, 1, 2, 3, 3, 4, 4]);
  expect(pointAt({ at: [0] }, 7)).toBe(0);
});

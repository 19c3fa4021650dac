import { describe, expect, it } from 'vitest';
import { DEFAULT_TRAINING_SETTINGS } from '../../../contracts/training.ts';
import {
  epochFacts,
  epochWords,
  methodWords,
  networkOptions,
  nextSeed,
  plannedNetwork,
} from './trainingChoices.ts';

const settings = { ...DEFAULT_TRAINING_SETTINGS, fraction: 0.01, epochs: 100 };

describe('an epoch in numbers', () => {
  it('counts pictures, steps and how many different pictures can be met', () => {
    expect(epochFacts(settings, 60_000)).toEqual({ pictures: 600, steps: 5, distinct: 60_000 });
    expect(epochFacts({ ...settings, epochs: 20 }, 60_000).distinct).toBe(12_000);
    expect(epochFacts({ ...settings, method: 'random-fixed' }, 60_000).distinct).toBe(600);
    expect(epochFacts({ ...settings, method: 'full' }, 60_000)).toEqual({
      ...{ pictures: 60_000, steps: 469, distinct: 60_000 },
    });
  });

  it('says them', () => {
    expect(epochWords({ ...settings, epochs: 20 }, 60_000)).toBe(
      'An epoch is 600 pictures in 5 steps; 20 epochs meet at most 12,000 of all 60,000.',
    );
    expect(epochWords(settings, 60_000)).toBe(
      'An epoch is 600 pictures in 5 steps; 100 epochs may come to meet all 60,000.',
    );
    expect(epochWords({ ...settings, method: 'dreamlearning-fixed' }, 60_000)).toContain(
      'meet the same ones',
    );
    expect(epochWords({ ...settings, epochs: 40, method: 'grad-match' }, 60_000)).toContain(
      'An epoch is 540 pictures in 5 steps; 40 epochs meet at most 1,080 of all 60,000',
    );
    expect(epochWords({ ...settings, method: 'dq' }, 60_000)).toMatch(
      /^5 epochs on every picture come first, to choose by\. An epoch is 600/,
    );
    expect(epochWords({ ...settings, epochs: 1 }, 100)).toBe('An epoch is 1 picture in 1 step.');
    expect(epochWords(settings, 20)).toContain('is none: choose a larger one');
  });
});

describe('networks', () => {
  const digits = { width: 28, height: 28, channels: 1, classes: 10 };

  it('come with their parameters for the open pictures', () => {
    const [lenet5, resnet18] = networkOptions(digits, 8);
    expect(lenet5).toMatchObject({ value: 'lenet5', label: 'LeNet5' });
    expect(lenet5.description).toMatch(/^61,706 parameters\. /);
    expect(resnet18.description).toMatch(/^\d{3},\d{3} parameters\. /);
  });

  it('say why they do not fit', () => {
    const planned = plannedNetwork('lenet5', { ...digits, width: 4, height: 3 }, 8);
    expect(planned.error?.code).toBe('NETWORK_PICTURES_TOO_SMALL');
    expect(networkOptions({ ...digits, width: 4, height: 3 }, 8)[0].description).toBe(planned.error?.what);
  });
});

it('methods say where their pixels come from, raw ones at hand or not', () => {
  expect(methodWords('random', true)).toContain('from raw pixels that are held in memory');
  expect(methodWords('random', false)).toBe(
    'A fresh random share in every epoch. Only the archive is open, so its pixels are decoded from it.',
  );
  expect(methodWords('full', false)).not.toContain('raw');
  expect(methodWords('dreamlearning', false)).toBe(methodWords('dreamlearning', true));
});

it('the dice come by every seed of ten thousand', () => {
  const seen = new Set<number>();
  for (let k = 0, seed = 1; k < 10_000; k++, seed = nextSeed(seed)) seen.add(seed);
  expect(seen.size).toBe(10_000);
});

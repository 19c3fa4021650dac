import { describe, expect, it } from 'vitest';
import type { ClosedFormResult } from '../../../contracts/codec.ts';
import { storedBytes } from './condensedSamples.ts';

function resultOf(samples: number, width: number, labels: string[] | null): ClosedFormResult {
  const classes =
    labels === null ? null : { labels, confusion: new Uint32Array(labels.length ** 2), roc: null };
  return {
    method: 'condensed',
    score: { task: 'regression', test: {}, train: {}, floor: {}, classes },
    solver: 'closed-form',
    iterations: 1,
    converged: true,
    gradientNorm: null,
    samples,
    leftOut: 0,
    weights: { least: 1, most: 9 },
    filled: 0,
    width,
    ridge: 0,
    seconds: 0,
  };
}

describe('bytes of stored samples', () => {
  it.each([
    ['a number', null, 90 * (9 + 1 + 1) * 8],
    ['two classes', ['no', 'yes'], 90 * (9 + 1 + 1) * 8],
    ['three classes', ['a', 'b', 'c'], 90 * (9 + 3 + 1) * 8],
  ])('of %s', (_what, labels, bytes) => {
    expect(storedBytes(resultOf(90, 9, labels))).toBe(bytes);
  });
});

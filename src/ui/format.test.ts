import { describe, expect, it } from 'vitest';
import {
  formatBit,
  formatBytes,
  formatCompact,
  formatCount,
  formatFactor,
  formatMeasured,
  formatPercent,
  formatPlural,
  formatRatio,
  formatSeconds,
  formatTimeLeft,
  formatValue,
} from './format.ts';
import { progressWords } from './progress.ts';

const plain = (text: string) => text.replace(/\u202f/g, ' ');

describe('numbers on the page', () => {
  it('counts', () => {
    expect(formatCount(53_940)).toBe('53,940');
    expect(formatCount(NaN)).toBe('–');
    expect(formatPlural(1, 'row')).toBe('1 row');
    expect(formatPlural(0, 'row')).toBe('0 rows');
  });

  it('number bits from the top, and say so where no list does', () => {
    expect([1, 2, 10, 11].map((place) => formatBit(place, 11))).toEqual([
      'bit 1 of 11 (top)',
      'bit 2 of 11 from the top',
      'bit 10 of 11 from the top',
      'bit 11 of 11 (lowest)',
    ]);
    expect([1, 2, 3].map((place) => formatBit(place, 3, true))).toEqual([
      'bit 1 of 3 (top)',
      'bit 2 of 3',
      'bit 3 of 3 (lowest)',
    ]);
    expect(formatBit(1, 1)).toBe('bit 1 of 1');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [12_345, '12.3 kB'],
    [999_600, '1.00 MB'],
    [2_448_483, '2.45 MB'],
    [10.7e9, '10.7 GB'],
    [-1_500, '−1.50 kB'],
  ])('%d bytes is %s', (bytes, words) => {
    expect(plain(formatBytes(bytes))).toBe(words);
  });

  it.each([
    [1.0358, 2, '× 1.04'],
    [1.0358, 3, '× 1.036'],
    [9.994, 3, '× 9.994'],
    [9.996, 3, '× 10.0'],
    [99.96, 2, '× 100'],
    [999.7, 2, '× 1,000'],
    [1_000.1, 2, '> 1,000'],
    [5.04e31, 2, '> 1,000'],
    [Infinity, 2, 'full is exact'],
    [NaN, 2, '–'],
  ])('writes the ratio %d with %d digits as %s', (ratio, digits, words) => {
    expect(plain(formatRatio(ratio, digits))).toBe(words);
  });

  it.each([
    [0.54371, '0.5437'],
    [71_432, '71,430'],
    [332_612_345, '332.6M'],
    [-1_234_567, '−1.235M'],
    [9.99996e11, '1T'],
    [5e16, '5.000e16'],
    [NaN, '–'],
  ])('writes %d in little room as %s', (value, words) => {
    expect(plain(formatCompact(value))).toBe(words);
  });

  it('writes percentages and factors', () => {
    expect(plain(formatPercent(0.241))).toBe('24.1 %');
    expect(plain(formatPercent(0.00001))).toBe('< 0.1 %');
    expect(plain(formatPercent(0))).toBe('0.0 %');
    expect(plain(formatPercent(NaN))).toBe('–');
    expect(plain(formatFactor(1.0834))).toBe('× 1.08');
  });

  it.each([
    [0.0000042, '4.2 µs'],
    [0.42, '420 ms'],
    [3.21, '3.2 s'],
    [42, '42 s'],
    [75, '1 min 15 s'],
    [3_725, '1 h 2 min'],
    [0, '0 s'],
  ])('%d s is %s', (seconds, words) => {
    expect(plain(formatSeconds(seconds))).toBe(words);
  });

  it('says of a time below the clock’s resolution that it is short, not that it is nothing', () => {
    expect(plain(formatMeasured(0))).toBe('< 0.1 ms');
    expect(plain(formatMeasured(0.42))).toBe('420 ms');
  });

  it('rounds values to what they are worth', () => {
    expect(formatValue(0.543712)).toBe('0.5437');
    expect(formatValue(1_290_412.7)).toBe('1,290,000');
    expect(formatValue(-2.5)).toBe('−2.5');
    expect(formatValue(0.0000123)).toBe('1.230e−5');
  });

  it('says time left in round words', () => {
    expect(plain(formatTimeLeft(13.2))).toBe('about 15 s left');
    expect(plain(formatTimeLeft(3.2))).toBe('about 4 s left');
    expect(plain(formatTimeLeft(600))).toBe('about 10 min left');
    expect(plain(formatTimeLeft(6_240))).toBe('about 1 h 44 min left');
    expect(plain(formatTimeLeft(44_460))).toBe('about 12 h left');
    expect(plain(formatTimeLeft(3_343_680))).toBe('about 39 days left');
    expect(formatTimeLeft(0.2)).toBe('almost done');
  });
});

describe('progress in words', () => {
  const view = {
    phase: 'Reading',
    done: 0,
    total: 1_000,
    unit: 'rows',
    startedAt: 0,
    startedFrom: 0,
    updatedAt: 0,
  };

  it('keeps quiet about a rate that it cannot know yet', () => {
    expect(progressWords(view)).toEqual({ share: 0, amount: '0 of 1,000 rows', rate: '', left: '' });
  });

  it('reckons from where the phase began', () => {
    const words = progressWords({ ...view, done: 600, startedFrom: 400, updatedAt: 2_000 });
    expect(words.rate).toBe('100 rows/s');
    expect(plain(words.left)).toBe('about 4 s left');
    expect(words.share).toBe(0.6);
  });

  it('follows a share of its own where runs are unequal', () => {
    const words = progressWords({ ...view, done: 1, total: 4, unit: 'runs', share: 0.5, updatedAt: 5_000 });
    expect(words.amount).toBe('1 of 4 runs');
    expect(plain(words.left)).toBe('about 5 s left');
  });

  it('does without a total', () => {
    expect(progressWords({ ...view, done: 5, total: null }).share).toBeNull();
  });
});

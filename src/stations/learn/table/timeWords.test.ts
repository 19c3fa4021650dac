import { describe, expect, it } from 'vitest';
import type { TimedTraining } from '../../lab/learn.ts';
import { disturbanceWords, timesWords } from './timeWords.ts';

const plain = (text: string | null) => text?.replaceAll('\u202f', ' ');

function times(full: number, condensed: number, change: Partial<TimedTraining> = {}): TimedTraining {
  const timing = (median: number, repeats: number) => ({
    ...{ median, quartiles: [median, median] as [number, number], repeats },
  });
  return {
    ...{ full: timing(full, 5), condensed: timing(condensed, 25), making: condensed / 2, disturbed: null },
    ...change,
  };
}

describe('what training takes', () => {
  it.each([
    [0.4, 0.02, 'training was 20 times as fast. '],
    [0.05, 0.02, 'training was 2.5 times as fast. '],
    [0.02, 0.021, 'all records 20 ms: training was as fast. '],
    [0.02, 0.05, 'training was 2.5 times as slow. '],
  ])('compares %d s and %d s', (full, condensed, words) => {
    expect(plain(timesWords(times(full, condensed)))).toContain(words);
  });

  it('says what of it went into the samples, and how often it ran', () => {
    expect(plain(timesWords(times(0.4, 0.02)))).toBe(
      'Condensed samples took 20 ms, 10 ms of it to make them; all records 400 ms: ' +
        'training was 20 times as fast. Medians of 25 and 5 runs.',
    );
  });

  it('says where nearly all of it goes into making the samples', () => {
    expect(plain(timesWords(times(0.4, 0.02, { making: 0.0199 })))).toContain(
      'took 20 ms, nearly all of it to make them;',
    );
  });

  it('compares nothing with less than a millisecond, and nothing that was disturbed', () => {
    expect(plain(timesWords(times(0.4, 0.0009)))).toBe(
      'Condensed samples took < 1 ms; all records 400 ms. Medians of 25 and 5 runs.',
    );
    const disturbed = times(0.4, 0.02, { disturbed: 'busy' });
    expect(timesWords(disturbed)).not.toContain('times as');
    expect(disturbanceWords(disturbed)).toBe('Disturbed: something else was at work meanwhile.');
    expect(disturbanceWords(times(1, 1))).toBeNull();
  });
});

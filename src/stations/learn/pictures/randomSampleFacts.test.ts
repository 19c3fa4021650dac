import { describe, expect, it } from 'vitest';
import type { RandomSampleReport } from '../../../contracts/images.ts';
import { picturesOf } from '../../testing/pictures.tsx';
import { fractionWords } from '../../training/words.ts';
import { fractionOptions } from './fractions.ts';
import { residentParts, randomSampleFacts } from './randomSampleFacts.ts';

const report: RandomSampleReport = {
  ...{ fraction: 0.1, seed: 3, records: 100, trainRecords: 1000, rawBytes: 12_000 },
  ...{ archiveBytes: 8_000, blocksRead: 9, bytesRead: 6_000 },
  resident: { subset: 1_200, bases: 300, index: 100, blocks: 200, total: 1_800 },
  seconds: { fetch: 0.001, decode: 0.001, total: 0.002 },
  pictures: picturesOf(60),
};

describe('a sample in numbers', () => {
  it('is measured against the raw set and against the archive', () => {
    expect(randomSampleFacts(report)).toEqual({
      pictureBytes: 12,
      rawSetBytes: 12_000,
      sampleBytes: 1_200,
      readShare: 0.75,
      residentShare: 0.15,
      megabytesPerSecond: 0.6,
    });
  });

  it('has no rate below the tick of the clock', () => {
    const quick = { ...report, seconds: { fetch: 0, decode: 0, total: 0 } };
    expect(randomSampleFacts(quick).megabytesPerSecond).toBeNull();
  });

  it('is resident in parts that add up', () => {
    const parts = residentParts(report, true);
    const total = parts.pop();
    expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(total?.bytes);
    expect(total).toMatchObject({ id: 'total', bytes: 1_800, share: 0.15 });
  });
});

describe('fractions', () => {
  it('are the usual ones and the one that a link brings', () => {
    expect(fractionOptions(0.1).map(({ label }) => label.replace('\u202f', ' '))).toEqual([
      ...['0.5 %', '1 %', '2 %', '5 %', '10 %', '20 %', '50 %', '100 %'],
    ]);
    expect(fractionOptions(0.125).map(({ value }) => value)).toEqual([
      ...['0.005', '0.01', '0.02', '0.05', '0.1', '0.125', '0.2', '0.5', '1'],
    ]);
    expect(fractionWords(0.07)).toBe('7\u202f%');
  });
});

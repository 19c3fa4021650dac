import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../contracts/training.ts';
import { picturesOf } from '../../testing/pictures.tsx';
import { runWith } from '../../testing/training.ts';
import { greatestConfusions, recalls } from './confusions.ts';
import { epochsCsv, runJson } from './runFiles.ts';
import { memoryParts, pixelsWords, timeParts } from './runFacts.ts';

const evaluation: Evaluation = {
  ...{
    epoch: 10,
    accuracy: 0.9,
    loss: 0.3,
    records: 10,
    confusion: Uint32Array.of(4, 1, 0, 5),
    seconds: 0.1,
  },
  worst: {
    pictures: picturesOf(1),
    predicted: Uint16Array.of(1),
    confidence: Float32Array.of(0.75),
    truth: Float32Array.of(0.25),
  },
};

describe('a run as files', () => {
  it('is JSON with plain lists and without pixels', () => {
    const log = JSON.parse(runJson(runWith({}, {}, { evaluation }), '1.2.3')) as Record<string, never>;
    expect(log).toMatchObject({
      app: 'dreaMLearning Lab 1.2.3',
      result: { method: 'dreamlearning', fraction: 0.1, accuracy: 0.9 },
      run: {
        settings: { seed: 1 },
        evaluation: {
          confusion: [4, 1, 0, 5],
          worst: [{ record: 0, class: 0, predicted: 1, confidence: 0.75, truth: 0.25 }],
        },
      },
    });
    expect(JSON.stringify(log)).not.toContain('pixels":{');
  });

  it('is a CSV with an epoch a line and gaps where nothing was measured', () => {
    const run = runWith({ epochs: 2 });
    run.epochs[0].test = null;
    const lines = epochsCsv(run).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0].split(',')).toHaveLength(13);
    expect(lines[1]).toBe('1,1,100,0.05,1,0.9,,,100,0.1,0,1,0.05');
    expect(lines[2].split(',')[6]).toBe('0.9');
  });
});

describe('facts of a run', () => {
  it('divide times by what they are for', () => {
    const run = runWith({ epochs: 4 }, { seconds: { train: 2, evaluate: 0.5 } });
    run.epochs[0].test = null;
    const parts = Object.fromEntries(timeParts(run).map((part) => [part.id, part]));
    expect(parts.train).toMatchObject({ seconds: 8, perEpoch: 2 });
    expect(parts.evaluate.perEpoch).toBeCloseTo(2 / 3, 9);
    expect(parts.warmup).toMatchObject({ seconds: 2, perEpoch: null });
  });

  it('leave out memory that a method does not hold', () => {
    const bytes = { subsets: 78_400, archive: 7_840, rawSet: 0, total: 80_000 };
    const parts = memoryParts(runWith({}, {}, { bytes }));
    expect(parts.map(({ id }) => id)).toEqual(['subsets', 'archive', 'total']);
    expect(parts[0].share).toBeCloseTo(0.1, 9);
  });

  it('say where the pixels come from', () => {
    expect(pixelsWords(runWith())).toContain('decoded from the archive, which takes 27.0');
    const bytes = { subsets: 1, archive: 0, rawSet: 784_000, total: 784_001 };
    expect(pixelsWords(runWith({ method: 'random' }, {}, { bytes }))).toContain('784\u202fkB there');
    expect(pixelsWords(runWith({}, {}, { facts: null }))).toBe('');
  });
});

describe('confusions', () => {
  // Three classes, the last without test pictures.
  const confusion = [6, 4, 0, 1, 9, 0, 0, 0, 0];

  it('come with the greatest first', () => {
    expect(greatestConfusions(confusion, 3, 5)).toEqual([
      { actual: 0, predicted: 1, count: 4, share: 0.4 },
      { actual: 1, predicted: 0, count: 1, share: 0.1 },
    ]);
    expect(greatestConfusions(confusion, 3, 1)).toHaveLength(1);
  });

  it('tell which classes are found least', () => {
    expect(recalls(confusion, 3)).toEqual([
      { label: 0, total: 10, share: 0.6 },
      { label: 1, total: 10, share: 0.9 },
    ]);
  });
});

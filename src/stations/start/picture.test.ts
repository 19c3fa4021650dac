import { describe, expect, it } from 'vitest';
import {
  DEFAULT_SETTINGS,
  type ArchiveReport,
  type ClosedFormResult,
  type Method,
} from '../../contracts/codec.ts';
import { sampleById } from '../../contracts/gallery.ts';
import type { ImageArchiveReport, ImageSummary } from '../../contracts/images.ts';
import type { RecordedResult } from '../../contracts/results.ts';
import { archiveOf, bitsOf, closedFormOf, summaryOf } from '../../app/testing/fakeTables.ts';
import { idleTask, type Task } from '../lab/task.ts';
import { runWith } from '../testing/training.ts';
import { imagesPicture, isComplete, tablePicture, type ImagesShown, type TableShown } from './picture.ts';

function done<T>(value: T, change: Partial<Task<T>> = {}): Task<T> {
  return { ...idleTask<T>(), status: 'done', value, ...change };
}

/** A model at its optimum with this squared error. */
function solved(method: Method, mse: number, change: Partial<ClosedFormResult> = {}): Task<ClosedFormResult> {
  const result = closedFormOf('regression', method);
  return done({ ...result, score: { ...result.score, test: { mse } }, ...change });
}

function table(change: Partial<TableShown> = {}) {
  const shown: TableShown = {
    settings: { ...DEFAULT_SETTINGS, target: 'y', beta: 4 },
    asksTarget: false,
    dataset: done(summaryOf('mine.csv')),
    bits: done(bitsOf(8)),
    archive: done(archiveOf('a')),
    full: solved('full', 1),
    condensed: solved('condensed', 1.25),
    ...change,
  };
  const picture = tablePicture(shown);
  const [bytes, samples, error] = picture.measures;
  return { picture, bytes, samples, error };
}

const plain = (text: string | null) => text?.replace(/\u202f/g, ' ');

describe('the picture of a table', () => {
  it('shows what condensing costs, the longer bar as long as the room', () => {
    const { picture, samples, error } = table();
    expect(isComplete(picture)).toBe(true);
    expect(plain(samples.value)).toBe('20.0 %');
    expect(samples.part).toMatchObject({ amount: '16', length: 0.2 });
    expect(plain(error.value)).toBe('× 1.25');
    expect([error.whole.length, error.part.length]).toEqual([0.8, 1]);
    const better = table({ condensed: solved('condensed', 0.5) }).error;
    expect([better.whole.length, better.part.length]).toEqual([1, 0.5]);
  });

  it('says that full training is exact where its error vanishes', () => {
    const { error } = table({ full: solved('full', 0) });
    expect(error).toMatchObject({ value: 'full is exact', of: 'by the squared test error' });
    expect([error.whole.length, error.part.length]).toEqual([0, 1]);
    expect(error.spoken).toContain('is exact on test records');
  });

  it('compares nothing with an optimum that was not reached', () => {
    const { error, picture } = table({ full: solved('full', 1, { converged: false }) });
    expect(error).toMatchObject({ value: null, waiting: 'no optimum was reached' });
    expect(isComplete(picture)).toBe(false);
  });

  it('shows nothing that is out of date, and says what becomes of it', () => {
    const failed = { code: 'ROWS_TOO_FEW', what: 'There are too few records.', todo: 'Take more.' } as const;
    const { bytes, samples, error } = table({
      bits: done(bitsOf(8), { stale: true, status: 'running' }),
      archive: done(archiveOf('a'), { stale: true, status: 'idle' }),
      condensed: { ...idleTask<ClosedFormResult>(), status: 'failed', error: failed },
    });
    expect([bytes.value, samples.value, error.value]).toEqual([null, null, null]);
    expect(bytes.waiting).toBe('not there yet');
    expect(samples.waiting).toBe('Looking at every bit…');
    expect(error.waiting).toBe('failed: ROWS_TOO_FEW');
  });

  it('says how long what runs still takes', () => {
    const progress = {
      ...{ phase: 'Trying bits', done: 5, total: 10, unit: 'bits' },
      ...{ startedAt: 0, startedFrom: 0, updatedAt: 4_000 },
    };
    const { bytes } = table({ archive: { ...idleTask<ArchiveReport>(), status: 'running', progress } });
    expect(plain(bytes.waiting)).toBe('Compressing, about 4 s left');
  });

  it('makes room for an archive that is larger than what it holds', () => {
    const { bytes } = table({ archive: done({ ...archiveOf('a'), bytes: { train: 3_840, test: 60 } }) });
    expect(plain(bytes.value)).toBe('200.0 %');
    expect([bytes.whole.length, bytes.part.length]).toEqual([0.5, 1]);
  });

  it.each([
    ['no target', { settings: { ...DEFAULT_SETTINGS, target: null } }],
    ['target not said yet', { settings: { ...DEFAULT_SETTINGS, target: null }, asksTarget: true }],
    ['no features chosen', { settings: { ...DEFAULT_SETTINGS, target: 'y', features: [] } }],
    ['nothing to condense', { bits: done(bitsOf(0)) }],
  ])('has no share of the rows where %s', (words, change) => {
    expect(table(change).samples).toMatchObject({ value: null, waiting: words });
  });

  it('knows a sample by what it holds', () => {
    const { picture } = table({
      dataset: done(summaryOf('Diamonds', { id: sampleById('diamonds')?.datasetId })),
    });
    expect(picture).toMatchObject({
      name: 'Diamonds',
      about: 'a built-in sample: 100 records × 3 columns, computed in this browser',
    });
  });
});

const MNIST = sampleById('mnist')?.datasetId ?? '';

function images(change: Partial<ImagesShown> = {}) {
  const summary = {
    ...{ id: MNIST, sampleId: null, name: 'MNIST', records: 70_000, width: 28, height: 28, channels: 1 },
    classes: [{ name: '0', train: 60_000, test: 10_000 }],
  } as unknown as ImageSummary;
  const archive = {
    ...{ rawBytes: { train: 1_000, test: 100 }, bytes: { train: 480, test: 50 } },
    fidelity: { kind: 'exact' },
  } as unknown as ImageArchiveReport;
  const picture = imagesPicture({
    ...{ dataset: done(summary), archive: done(archive), shipped: null },
    training: { runs: [], selected: null },
    ...change,
  });
  const [bytes, pictures, accuracy] = picture.measures;
  return { picture, bytes, pictures, accuracy };
}

function shippedResult(method: string, fraction: number, accuracy: number): RecordedResult {
  return {
    ...{ dataset: 'mnist', model: 'lenet5', width: null, method, fraction, accuracy },
    ...{ trainRecords: 60_000, subsetRecords: 60_000 * fraction },
  } as unknown as RecordedResult;
}

describe('the picture of pictures', () => {
  it('shows the archive while no network is trained', () => {
    const { picture, bytes, pictures, accuracy } = images();
    expect(picture.about).toBe('a built-in sample: 70,000 pictures, 28 × 28 grey');
    expect(plain(bytes.value)).toBe('48.0 %');
    expect(bytes).toMatchObject({ of: 'of the raw pixels', part: { label: 'their archive, lossless' } });
    expect([pictures, accuracy].map(({ value, waiting }) => [value, waiting])).toEqual(
      Array(2).fill([null, 'no network is trained yet']),
    );
  });

  it('shows the best result that comes with the lab and learned from the archive', () => {
    const shipped = [
      shippedResult('dreamlearning', 0.01, 0.98),
      shippedResult('dreamlearning', 0.05, 0.99),
      shippedResult('random', 0.05, 0.999),
      shippedResult('of a later version', 0.05, 0.999),
    ];
    const { picture, pictures, accuracy } = images({ shipped });
    expect(isComplete(picture)).toBe(true);
    expect(plain(pictures.value)).toBe('5.0 %');
    expect(pictures.part.amount).toBe('3,000');
    expect(plain(accuracy.value)).toBe('99.0 %');
    expect(accuracy.whole.amount).toBe('10,000');
    expect(plain(accuracy.part.label)).toBe('LeNet5 · dreaMLearning 5 %');
    expect(accuracy.part.amount).toBe('shipped');
    expect(accuracy.spoken).toContain(', shipped with the lab: ');
  });

  it('prefers a run of this browser', () => {
    const run = runWith({ method: 'dreamlearning', fraction: 0.1 }, { accuracy: 0.9 });
    const shipped = [shippedResult('dreamlearning', 0.05, 0.99)];
    const { pictures, accuracy } = images({ shipped, training: { runs: [run], selected: null } });
    expect(plain(pictures.value)).toBe('10.0 %');
    expect(plain(accuracy.value)).toBe('90.0 %');
    expect(plain(accuracy.part.label)).toBe('LeNet5 · dreaMLearning 10 %');
  });
});

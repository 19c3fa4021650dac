import { describe, expect, it } from 'vitest';
import { sampleById } from '../../../contracts/gallery.ts';
import type { TrainingRun } from '../../../contracts/training.ts';
import type { LineFigureProps } from '../../../ui/charts/figure.tsx';
import { paperResult } from '../../training/paperTable.ts';
import { groupsOf } from '../../training/results.ts';
import { runWith } from '../../testing/training.ts';
import {
  accuracyFigure,
  hasTimeShares,
  residentFigure,
  timeFigure,
  type FigureSubject,
} from './shareFigures.ts';
import { backendWords, headline, paperWords } from './trainingHeadline.ts';

const MNIST = sampleById('mnist')?.datasetId ?? '';
const plain = (text: string) => text.replaceAll('\u202f', ' ');

const full = runWith({ method: 'full' }, { accuracy: 0.99, seconds: { fetch: 0, train: 2 } });
const dream = (fraction: number, seed: number, accuracy: number) =>
  runWith({ method: 'dreamlearning', fraction, seed }, { accuracy, seconds: { fetch: 0.02, train: 0.2 } });
const random = runWith({ method: 'random', fraction: 0.1 }, { accuracy: 0.97, bytes: 784_000 });
const runs = [full, dream(0.01, 1, 0.94), dream(0.1, 1, 0.97), dream(0.1, 2, 0.99), random];

const subjectOf = (some: readonly TrainingRun[], change: Partial<FigureSubject> = {}): FigureSubject => ({
  ...{ groups: groupsOf(some), paper: null, scale: 'log' },
  ...change,
});
const points = ({ series }: LineFigureProps) =>
  series.map(({ name, points: of }) => [name, ...of.map(({ x, y }) => [x, Number(y.toPrecision(6))])]);

describe('the figures of trainings', () => {
  it('draw a line for every method, with the spread over seeds and full training across', () => {
    const figure = accuracyFigure(subjectOf(runs));
    expect(points(figure)).toEqual([
      ['Random', [0.1, 0.97]],
      ['dreaMLearning', [0.01, 0.94], [0.1, 0.98]],
    ]);
    const [, archive] = figure.series;
    expect(archive.points[1].spread).toBeCloseTo(Math.SQRT2 * 0.01, 12);
    expect(plain(archive.points[1].note ?? '')).toBe('97.00 % to 99.00 % over 2 seeds');
    expect(plain(figure.reference?.name ?? '')).toBe('Full training: 99.00 %');
    expect(figure.x).toMatchObject({ kind: 'log', ticks: [0.01, 0.1] });
    expect(plain(figure.summary)).toBe(
      'Test accuracy: Random 97.00 % at 10 %; dreaMLearning 94.00 % at 1 %, 98.00 % at 10 %.',
    );
  });

  it('set the paper beside them, and the ticks that it needs', () => {
    const paper = paperResult(MNIST, 'lenet5', null);
    const figure = accuracyFigure(subjectOf(runs, { paper }));
    const series = figure.series.at(-1);
    expect(series).toMatchObject({
      name: 'The paper, 100 epochs',
      stroke: 'none',
      colour: 'var(--constant)',
    });
    expect(series?.points.map(({ x, y }) => [x, y])).toEqual([
      [0.01, 0.983],
      [0.05, 0.991],
      [0.1, 0.991],
      [0.2, 0.992],
      [1, 0.993],
    ]);
    expect(figure.x.ticks).toEqual([0.01, 0.05, 0.1, 0.2, 1]);
    expect(timeFigure(subjectOf(runs, { paper }), 'share').series.map(({ id }) => id)).toContain('paper');
    expect(timeFigure(subjectOf(runs, { paper }), 'seconds').series.map(({ id }) => id)).not.toContain(
      'paper',
    );
    expect(accuracyFigure(subjectOf(runs, { scale: 'linear' })).x).not.toHaveProperty('ticks');
  });

  it('say time as a share of full training where there is one', () => {
    const subject = subjectOf(runs);
    expect(hasTimeShares(subject.groups)).toBe(true);
    const figure = timeFigure(subject, 'share');
    expect(points(figure).slice(1)).toEqual([
      ['dreaMLearning', [0.01, 0.11], [0.1, 0.11]],
      ['in proportion to the pictures', [0.01, 0.01], [1, 1]],
    ]);
    expect(figure.reference?.y).toBe(1);
    const alone = subjectOf([dream(0.1, 1, 0.9)]);
    expect(hasTimeShares(alone.groups)).toBe(false);
    expect(timeFigure(alone, 'seconds').reference).toBeUndefined();
    expect(points(timeFigure(alone, 'seconds'))).toEqual([['dreaMLearning', [0.1, 0.22]]]);
  });

  it('say memory as a share of the raw set', () => {
    expect(points(residentFigure(subjectOf(runs)))).toEqual([
      ['Random', [0.1, 1]],
      ['dreaMLearning', [0.01, 0.01], [0.1, 0.1]],
      ['in proportion to the pictures', [0.01, 0.01], [1, 1]],
    ]);
  });

  it('draw full training as a point where it stands alone, and variants as lines of their own', () => {
    const figure = accuracyFigure(subjectOf([full]));
    expect(points(figure)).toEqual([['Full', [1, 0.99]]]);
    expect(figure.reference).toBeUndefined();
    const longer = runWith({ method: 'dreamlearning', fraction: 0.1, epochs: 20 }, { accuracy: 0.995 });
    const both = accuracyFigure(subjectOf([dream(0.1, 1, 0.97), longer]));
    expect(points(both)).toEqual([
      ['dreaMLearning (10 epochs)', [0.1, 0.97]],
      ['dreaMLearning (20 epochs)', [0.1, 0.995]],
    ]);
    expect(both.series[0].colour).not.toBe(both.series[1].colour);
  });
});

describe('what the trainings come to', () => {
  it('is said of the archive near a tenth of the pictures', () => {
    expect(plain(headline(groupsOf(runs)))).toBe(
      'dreaMLearning at 10 %: 98.00 % of the test pictures right, full training 99.00 %, in 11.0 % of full training’s time per epoch, with 10.0 % of the raw training set in memory.',
    );
    expect(plain(headline(groupsOf([full])))).toBe('Full: 99.00 % of the test pictures right.');
    expect(headline([])).toContain('No finished runs yet');
  });

  it('names what was computed in more than one place', () => {
    expect(backendWords(groupsOf(runs))).toBe('');
    const elsewhere = runWith({ method: 'dreamlearning', fraction: 0.01, seed: 2 }, { backend: 'webgpu' });
    expect(plain(backendWords(groupsOf([...runs, elsewhere])))).toContain(
      'do not compare: dreaMLearning 1 % on webgpu and wasm.',
    );
    const other = runWith({ method: 'random', fraction: 0.2 }, { backend: 'webgpu' });
    expect(backendWords(groupsOf([...runs, other]))).toContain('within one of them only');
  });

  it('says what the paper’s points are, and why there are none', () => {
    expect(paperWords(MNIST, groupsOf(runs))).toContain('for 100 epochs, these runs for 10;');
    expect(paperWords(MNIST, groupsOf([runWith({ epochs: 100 })]))).toContain('as these runs were');
    const narrow = groupsOf([runWith({ network: 'resnet18', width: 8 })]);
    expect(paperWords(sampleById('cifar10')?.datasetId ?? '', narrow)).toContain(
      'ResNet18, width 64, and are not drawn beside ResNet18, width 8',
    );
    expect(paperWords('a'.repeat(64), groupsOf(runs))).toBe('');
  });
});

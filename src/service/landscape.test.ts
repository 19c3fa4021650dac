import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../contracts/codec.ts';
import type { Descender, Landscape } from '../contracts/landscape.ts';
import { LabError } from '../core/errors.ts';
import { runExact } from '../core/experiment/training.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { createGenerator, splitRecords } from '../core/random.ts';
import { descend, startDescent } from '../core/regression/gradientDescent.ts';
import { stepSize } from '../core/regression/stepSize.ts';
import { codeOf } from '../core/testing/codeOf.ts';
import { numberColumn, tableOf, textColumn } from '../core/testing/randomTables.ts';
import { landscape } from './landscape.ts';

const N = 240;
const generator = createGenerator(11);
const draw = (n: number): number => (generator.next() >>> 0) % n;
const columns = {
  x: Array.from({ length: N }, () => draw(400) / 10),
  w: Array.from({ length: N }, () => draw(90)),
};
const y = columns.x.map((x, i) => 3 * x - 0.2 * columns.w[i] + draw(30) / 10);
/** A test record: what differs in it alone is the same in all training records. */
const [odd] = splitRecords(N, DEFAULT_SETTINGS.testFraction, DEFAULT_SETTINGS.split).test;
const bench = new Workbench(
  tableOf(
    numberColumn('x', columns.x),
    numberColumn('w', columns.w),
    numberColumn(
      'twice',
      columns.x.map((x) => 2 * x),
    ),
    numberColumn(
      'thrice',
      columns.x.map((x) => 3 * x),
    ),
    numberColumn(
      'same',
      Array.from({ length: N }, (_, i) => (i === odd ? 5 : 4)),
    ),
    textColumn(
      'kind',
      y.map((value, i) => ['low', 'middle', 'high'][(value > 40 ? 1 : 0) + (i % 7 === 0 ? 1 : 0)]),
    ),
    numberColumn('y', y),
    numberColumn(
      'large',
      y.map((value, i) => (value + (i % 11) > 60 ? 1 : 0)),
    ),
    numberColumn(
      'apart',
      columns.x.map((x) => (x > 20 ? 1 : 0)),
    ),
  ),
);
const settings: ExperimentSettings = {
  ...{ ...DEFAULT_SETTINGS, target: 'y', features: ['x', 'w'], beta: 6 },
  ...{ learningRate: 'auto', iterations: 2_000 },
};
const request = { settings, axes: 'largest', batch: 16, seconds: Infinity } as const;
const ignore = (): void => undefined;

function drawn(change: Partial<ExperimentSettings> = {}, more = {}, on = bench): Promise<Landscape> {
  return landscape(on, { ...request, settings: { ...settings, ...change }, ...more }, SILENT_PULSE, ignore);
}
const pathOf = ({ paths }: Landscape, descender: Descender) =>
  paths.find((path) => path.descender === descender)!;

describe('the landscape', () => {
  it('has the descents that Learn runs, and ends them where these end', async () => {
    const made = await drawn();
    const design = await bench.design(settings);
    for (const method of ['full', 'condensed'] as const) {
      const samples = method === 'full' ? await bench.full(settings) : await bench.condensed(settings);
      const rate = await stepSize('auto', 'regression', samples);
      const progress = startDescent(samples);
      descend('regression', samples, progress, rate, 2_000, Infinity);
      const { at, a, b, stop, learningRate, samplesPerStep } = pathOf(made, method);
      expect([stop, at.at(-1)]).toEqual([progress.stop, progress.iteration]);
      expect([learningRate, samplesPerStep]).toEqual([rate, samples.rows]);
      expect([a[0], b[0]]).toEqual([0, 0]);
      expect(a.at(-1)).toBeCloseTo(progress.theta[1], 8);
      expect(b.at(-1)).toBeCloseTo(progress.theta[2], 8);
      const { theta } = await runExact(design, samples);
      expect(made.optima[method].a).toBeCloseTo(theta[1], 8);
      expect(made.optima[method].b).toBeCloseTo(theta[2], 8);
    }
    expect(made.optima.condensed.loss).toBeGreaterThanOrEqual(made.optima.full.loss);
    expect(pathOf(made, 'miniBatch')).toMatchObject({ samplesPerStep: 16, stop: 'limit', secondsLeft: null });
    expect(pathOf(made, 'miniBatch').at.at(-1)).toBe(2_000);
  });

  it('is over the features of the largest coefficients unless others are chosen', async () => {
    const made = await drawn();
    expect(made.columns.map(({ name }) => name)).toEqual(['x', 'w', 'intercept']);
    expect(made.axes).toEqual({ kind: 'columns', across: 1, up: 2 });
    expect((await drawn({}, { axes: [0, 2] })).axes).toEqual({ kind: 'columns', across: 0, up: 2 });
    // Columns of another choice of features, or one twice, are no axes.
    for (const axes of [
      [1, 9],
      [2, 2],
      [-1, 1],
    ])
      expect((await drawn({}, { axes })).axes).toEqual({ kind: 'columns', across: 1, up: 2 });
  });

  it('can be over the plane of the path, in which nearly all of it lies', async () => {
    const { axes, optima, bounds } = await drawn({}, { axes: 'principal' });
    expect(axes).toMatchObject({ kind: 'principal', of: 'full' });
    expect(axes.kind === 'principal' && axes.share).toBeGreaterThan(0.9);
    expect([optima.full.a, optima.full.b]).toEqual([0, 0]);
    expect(bounds.a[0]).toBeLessThan(0);
  });

  it('is of the log loss of two classes, and of no more', async () => {
    const made = await drawn({ target: 'large', model: 'logistic' });
    expect(made.task).toBe('classification');
    const { losses } = made.surface;
    expect(Math.min(...losses)).toBeGreaterThanOrEqual(made.optima.full.loss - 1e-9);
    expect(Math.min(...losses)).toBeLessThan(1.2 * made.optima.full.loss + 0.01);
    expect(await codeOf(drawn({ target: 'kind' }))).toBe('INTERNAL');
  });
});

describe('bad input', () => {
  it('of one feature has the intercept as its other axis', async () => {
    const made = await drawn({ features: ['x'] });
    expect(made.axes).toEqual({ kind: 'columns', across: 1, up: 0 });
    expect(made.width).toBe(2);
  });

  it('of columns that follow from each other has a ridge and a finite picture', async () => {
    const made = await drawn({ features: ['x', 'twice'] });
    expect(made.optima.full.ridge).toBeGreaterThan(0);
    expect(made.surface.losses.every(Number.isFinite)).toBe(true);
    // From 0 both columns have moved alike.
    const { a, b } = pathOf(made, 'full');
    expect(a.at(-1)).toBeCloseTo(b.at(-1)!, 6);
  });

  it('leaves out constant columns, and says so where there is no other', async () => {
    const made = await drawn({ features: ['same', 'w'] });
    expect(made.columns.map(({ name }) => name)).toEqual(['w', 'intercept']);
    expect(await codeOf(drawn({ features: ['same'] }))).toBe('FEATURES_NONE');
  });

  it('without target, with few records, or with an odd batch has its code', async () => {
    expect(await codeOf(drawn({ target: null }))).toBe('TARGET_UNKNOWN');
    const few = new Workbench(tableOf(numberColumn('x', [1, 2]), numberColumn('y', [3, 4])));
    expect(await codeOf(drawn({ features: ['x'] }, {}, few))).toBe('ROWS_TOO_FEW');
    for (const batch of [0, 1.5, NaN, 1e9])
      expect(await codeOf(drawn({}, { batch }))).toBe('SETTING_OUT_OF_RANGE');
  });

  it('at too large a rate diverges, and the picture keeps to start and optima', async () => {
    const made = await drawn({ features: ['x', 'twice', 'thrice', 'w'], learningRate: 1 });
    expect(pathOf(made, 'full').stop).toBe('diverged');
    const { full, condensed } = made.optima;
    const spread = Math.max(Math.abs(full.a), Math.abs(condensed.a));
    expect(made.bounds.a[1] - made.bounds.a[0]).toBeLessThan(10 * spread);
    expect(made.surface.losses.every(Number.isFinite)).toBe(true);
  });
});

describe('descents that take long', () => {
  /** A workbench of its own: what another test has descended is kept. */
  const own = () => new Workbench(bench.table);
  // Classes that are told apart without fail have no optimum to converge to.
  const slow: ExperimentSettings = { ...settings, target: 'apart', model: 'logistic', iterations: 400_000 };

  it('stop where they stand, and go on from there when asked to', async () => {
    const table = own();
    const first = await drawn(slow, { seconds: 0 }, table);
    const stopped = pathOf(first, 'full');
    expect(stopped.stop).toBe('running');
    expect(stopped.secondsLeft).toBeGreaterThan(0);
    const again = await drawn(slow, { seconds: 0, axes: 'principal' }, table);
    expect(again.axes).toMatchObject({ kind: 'principal', of: 'condensed' });
    const further = pathOf(again, 'full');
    expect(further.at.length).toBeGreaterThanOrEqual(stopped.at.length);
    expect(further.at.slice(0, stopped.at.length)).toEqual(stopped.at);
  });

  it('tell how they go on, and can be cancelled', async () => {
    const table = own();
    let beats = 0;
    const told: Landscape[] = [];
    const pulse: Pulse = {
      due: () => true,
      beat: async ({ phase }) => {
        await Promise.resolve();
        if (phase === 'Descending on all records' && told.length > 0 && ++beats > 3)
          throw new LabError('CANCELLED', 'The work was cancelled.');
      },
    };
    const work = landscape(table, { ...request, settings: slow }, pulse, (one) => told.push(one));
    expect(await codeOf(work)).toBe('CANCELLED');
    expect(pathOf(told[0], 'full').stop).toBe('running');
    expect(pathOf(told[0], 'condensed').stop).not.toBe('running');
  });
});

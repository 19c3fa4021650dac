import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE } from '../pulse.ts';
import { codeOf } from '../testing/codeOf.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { runExact } from '../experiment/training.ts';
import { drawOf, runContest, type ContestTask, type Trial } from './contest.ts';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** y = 2x + 1, but for a kink that no line follows. */
const LINE = tableOf(
  numberColumn('x', range(40)),
  numberColumn(
    'z',
    range(40).map((i) => (i * 7) % 11),
  ),
  numberColumn(
    'y',
    range(40).map((i) => 2 * i + 1 + (i % 2)),
  ),
);
const SETTINGS: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', features: ['x', 'z'] };

const task = (change: Partial<ContestTask> = {}): ContestTask => ({
  settings: SETTINGS,
  judge: 'test',
  learner: 'regression',
  betas: [4],
  contenders: [
    { name: 'full', draws: 1 },
    { name: 'condensed', draws: 1 },
    { name: 'random', draws: 5 },
  ],
  ...change,
});

describe('a contest', () => {
  it('judges everyone by the error of the same records, and full as full', async () => {
    const bench = new Workbench(LINE);
    const told: Trial[] = [];
    const report = await runContest(bench, task(), SILENT_PULSE, (trial) => told.push(trial));
    expect(report).toMatchObject({ split: 1, judge: 'test', metric: 'mse', trainRows: 32, judgeRows: 8 });
    expect(told).toEqual(report.trials);
    const [full, condensed, random] = report.trials;
    expect(full.errors).toEqual([report.full.error]);
    expect(full.samples).toBe(32);
    const counts = await bench.condensedCounts(SETTINGS);
    expect(condensed.samples).toBe(counts[4]);
    expect(condensed.errors).toHaveLength(1);
    expect(random.samples).toBe(counts[4]);
    expect(random.errors).toHaveLength(5);
    expect(new Set(random.errors).size).toBe(5);
    // The mean of y over the training records, judged on the test records.
    const { split } = await bench.prepare(SETTINGS);
    const y = (LINE.columns[2] as { values: Float64Array }).values;
    const mean = split.train.reduce((sum, row) => sum + y[row], 0) / 32;
    const floor = split.test.reduce((sum, row) => sum + (y[row] - mean) ** 2, 0) / 8;
    expect(report.floor).toBeCloseTo(floor, 8);
    // A line misses the kink by half a unit and little more.
    expect(report.full.error).toBeGreaterThan(0.15);
    expect(report.full.error).toBeLessThan(0.5);
  });

  it('fits trees by the same path: they follow a step that no line does', async () => {
    const step = range(40).map((i) => (i < 20 ? 0 : 10) + (i % 3) / 10);
    const bench = new Workbench(tableOf(LINE.columns[0], LINE.columns[1], numberColumn('y', step)));
    const line = await runContest(bench, task());
    const trees = await runContest(bench, task({ learner: 'trees' }));
    expect(trees.learner).toBe('trees');
    expect(trees.full.error).toBeLessThan(line.full.error / 10);
    expect(trees.trials[0].errors).toEqual([trees.full.error]);
    expect(trees.trials.map(({ samples }) => samples)).toEqual(line.trials.map(({ samples }) => samples));
    expect(trees.floor).toBe(line.floor);
  });

  it('gives the same again, in whatever company', async () => {
    const errors = async (bench: Workbench, change: Partial<ContestTask>) =>
      (await runContest(bench, task(change))).trials.map((trial) => [
        trial.contender,
        trial.beta,
        trial.errors,
      ]);
    const bench = new Workbench(LINE);
    const all = await errors(bench, { betas: [3, 5] });
    const [random] = await errors(new Workbench(LINE), {
      betas: [5],
      contenders: [{ name: 'random', draws: 5 }],
    });
    expect(all).toContainEqual(random);
    expect(await errors(bench, { betas: [3, 5] })).toEqual(all);
    const [otherSeed] = await errors(bench, {
      settings: { ...SETTINGS, seed: 2 },
      betas: [5],
      contenders: [{ name: 'random', draws: 5 }],
    });
    expect(otherSeed).not.toEqual(random);
  });

  it('leaves out who is not for the target, and refuses unknown names and draws without end', async () => {
    const bench = new Workbench(LINE);
    const named = (name: string, draws: number) => task({ contenders: [{ name, draws }] });
    expect((await runContest(bench, named('stratified', 2))).trials).toEqual([]);
    expect(await codeOf(runContest(bench, named('oracle', 2)))).toBe('CONTENDER_UNKNOWN');
    for (const draws of [0, 1.5, 1e9, NaN])
      expect(await codeOf(runContest(bench, named('random', draws)))).toBe('SETTING_OUT_OF_RANGE');
  });

  it('takes draws that lack a class, or separate the classes, as they come', async () => {
    const table = tableOf(
      numberColumn('x', range(60)),
      textColumn(
        'kind',
        range(60).map((i) => (i % 20 === 7 ? 'rare' : i < 30 ? 'low' : 'high')),
      ),
    );
    const report = await runContest(
      new Workbench(table),
      task({
        settings: { ...DEFAULT_SETTINGS, target: 'kind', features: ['x'] },
        betas: [0, 1, 3],
        contenders: ['random', 'stratified', 'k-means', 'greedygd'].map((name) => ({ name, draws: 4 })),
      }),
    );
    expect(report.metric).toBe('logLoss');
    expect(report.trials).toHaveLength(12);
    for (const { errors } of report.trials) expect(errors.every((error) => error > 0)).toBe(true);
  });

  it('stops when it is cancelled, and goes on afterwards', async () => {
    const bench = new Workbench(LINE);
    let beats = 0;
    const pulse = {
      due: () => true,
      beat: () => (++beats === 3 ? Promise.reject(new Error('Stopped.')) : Promise.resolve()),
    };
    await expect(runContest(bench, task(), pulse)).rejects.toThrow('Stopped.');
    expect((await runContest(bench, task(), pulse)).trials).toHaveLength(3);
  });
});

describe('validation', () => {
  it('never sees a test record: other test records change nothing', async () => {
    const bench = new Workbench(LINE);
    const { split } = await bench.prepare(SETTINGS);
    const { split: inner } = await bench.validation().prepare(SETTINGS);
    expect(inner.test.length).toBe(6);
    expect([...inner.train, ...inner.test].sort((a, b) => a - b)).toEqual([...split.train]);
    // Targets of test records inside the range, so that the mappings stay.
    const y = (LINE.columns[2] as { values: Float64Array }).values.slice();
    for (const row of split.test) if (row > 0 && row < 39) y[row] = 5;
    const changed = new Workbench(tableOf(LINE.columns[0], LINE.columns[1], numberColumn('y', [...y])));
    const validated = (one: Workbench) => runContest(one, task({ judge: 'validation', betas: [2, 4] }));
    const errors = async (one: Workbench) => (await validated(one)).trials.map((trial) => trial.errors);
    expect(await errors(changed)).toEqual(await errors(bench));
    expect((await validated(bench)).judgeRows).toBe(6);
  });

  it('takes each record once over its five fifths', async () => {
    const bench = new Workbench(LINE);
    const { split } = await bench.prepare(SETTINGS);
    const validating: number[] = [];
    for (let fifth = 0; fifth < 5; fifth++)
      validating.push(...(await bench.validation(fifth).prepare(SETTINGS)).split.test);
    expect(validating.sort((a, b) => a - b)).toEqual([...split.train]);
    expect(await codeOf(runContest(bench, task({ judge: 'validation', fifth: 5 })))).toBe(
      'SETTING_OUT_OF_RANGE',
    );
  });

  it('differs from split to split, and is a fifth of what comes before a test file too', async () => {
    const bench = new Workbench(LINE, 10);
    const one = await bench.validation().prepare({ ...SETTINGS, split: 1 });
    const first = [...one.split.test];
    const two = await bench.validation().prepare({ ...SETTINGS, split: 2 });
    expect(first).toHaveLength(6);
    expect(Math.max(...first)).toBeLessThan(30);
    expect([...two.split.test]).not.toEqual(first);
  });
});

it('draws alone what a contest draws', async () => {
  const bench = new Workbench(LINE);
  const settings = { ...SETTINGS, beta: 4 };
  const report = await runContest(bench, task({ settings, contenders: [{ name: 'random', draws: 2 }] }));
  const design = await bench.design(settings);
  for (const draw of [0, 1]) {
    const samples = await drawOf(bench, settings, { contender: 'random', draw });
    expect(samples.rows).toBe(report.trials[0].samples);
    expect((await runExact(design, samples)).score.test.mse).toBe(report.trials[0].errors[draw]);
  }
});

import { describe, expect, it } from 'vitest';
import { readLink } from '../../src/contracts/link.ts';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { usesFraction, type TrainingSettings } from '../../src/contracts/training.ts';
import { PAPER_TABLES } from '../../src/stations/training/paper/tables.ts';
import { linkOf } from './plan.ts';
import { gridOf, missingRuns, readTable, tableSubject } from './table.ts';
import { recordedResult } from './testing.ts';

const words = ({ method, fraction, seed }: TrainingSettings): string => `${method} ${fraction} ${seed}`;

describe('the runs of a table', () => {
  it('are those of the paper, with its settings, the small shares first and full training once', () => {
    const { runs, training, out, dataset } = readTable(['4', '--seeds', '1,2', '--methods', 'full,random']);
    expect(runs.map(words)).toEqual([
      ...['random 0.01 1', 'random 0.05 1', 'random 0.2 1', 'full 1 1'],
      ...['random 0.01 2', 'random 0.05 2', 'random 0.2 2'],
    ]);
    expect(runs[0]).toMatchObject({
      network: 'lenet5',
      epochs: 100,
      batch: 128,
      reselect: 20,
      augment: 'none',
    });
    expect(training).toMatchObject({ epochs: 100, evaluateEvery: 10 });
    expect([out, dataset]).toEqual(['public/paper/results.json', { kind: 'sample', id: 'mnist' }]);
  });

  it('are of every method of the table that there is', () => {
    const [table] = PAPER_TABLES;
    const { runs } = readTable(['1']);
    const methods = METHOD_METAS.names.filter((name) => table.rows.some(({ method }) => method === name));
    expect(new Set(runs.map(({ method }) => method))).toEqual(new Set(methods));
    for (const run of runs) expect(run.fraction).toBe(usesFraction(run.method) ? 0.1 : 1);
  });

  it('can be fewer, more or others', () => {
    const args = '2 --epochs 40 --width 8 --methods random-fixed --fractions 0.1,0.05 --seeds 2'.split(' ');
    const { runs } = readTable(args);
    expect(runs.map(words)).toEqual(['random-fixed 0.05 2', 'random-fixed 0.1 2']);
    expect(runs[0]).toMatchObject({ network: 'resnet18', width: 8, epochs: 40, augment: 'crop-flip' });
    const other = readTable(['4', '--dataset', 'cifar10', '--methods', 'random']);
    expect(other.runs[0]).toMatchObject({ network: 'resnet18', width: 64, epochs: 200, fraction: 0.01 });
  });

  it('leave out what gave nothing in the paper', () => {
    const nothing = PAPER_TABLES[5].rows.find(({ values }) => values === null);
    if (nothing === undefined || !METHOD_METAS.has(nothing.method)) return;
    const { runs, leftOut } = readTable(['6', '--dry-run', '--methods', nothing.method]);
    expect(leftOut).toMatchObject([{ method: nothing.method, fraction: nothing.fraction }]);
    expect(runs.map(({ fraction }) => fraction)).toEqual([0.05, 0.2]);
  });

  it('are asked of the page by its link', () => {
    const plan = readTable(['5', '--methods', 'random', '--width', '8', '--backend', 'wasm']);
    const link = linkOf(gridOf(plan, plan.runs[1]), { kind: 'sample', id: 'cifar10' });
    const { experiment, problems } = readLink(link);
    expect(problems).toEqual([]);
    expect(experiment.images).toMatchObject({
      backend: 'wasm',
      grid: { fractions: [0.05], methods: ['random'], seeds: [1] },
      training: { network: 'resnet18', width: 8, epochs: 200, batch: 128, reselect: 20, evaluateEvery: 10 },
    });
  });

  it('of pictures that are no sample want files, and are recorded as the paper’s set', () => {
    expect(() => readTable(['3'])).toThrow('cifar100 is no sample of the lab: name its files');
    const plan = readTable(['3', '--files', '/data/train.bin,/data/test.bin']);
    expect(plan.dataset).toEqual({ kind: 'files', paths: ['/data/train.bin', '/data/test.bin'] });
    expect(tableSubject(plan)).toEqual({
      name: 'cifar100',
      opening: ['table', '3', '--files', 'train.bin,test.bin'],
    });
  });

  it.each([
    [[], 'No table is named'],
    [['7'], 'There is no table 7; the paper has 1, 2, 3, 4, 5, 6.'],
    [['4', 'mnist'], 'files are named with --files'],
    [['4', '--dataset', 'svhn'], '--dataset is svhn'],
    [['4', '--method', 'random'], 'no option --method'],
    [['4', '--epochs', '0'], '--epochs is 0'],
  ])('are refused where the arguments are wrong: %j', (args, what) => {
    expect(() => readTable(args)).toThrow(what);
  });
});

describe('what is missing of a table', () => {
  const plan = readTable(['4', '--methods', 'random', '--fractions', '0.01,0.05', '--resume']);
  const done = recordedResult();

  it('is what the file has not, of the same run', () => {
    expect(missingRuns(plan, []).map(words)).toEqual(['random 0.01 1', 'random 0.05 1']);
    expect(missingRuns(plan, [done]).map(words)).toEqual(['random 0.05 1']);
    for (const change of [{ epochs: 2 }, { dataset: 'cifar10' }, { seed: 2 }, { settings: { batch: 16 } }])
      expect(missingRuns(plan, [{ ...done, ...change }])).toHaveLength(2);
  });

  it('depends on the backend where one is asked for', () => {
    expect(missingRuns({ ...plan, backend: 'wasm' }, [done])).toHaveLength(1);
    expect(missingRuns({ ...plan, backend: 'webgpu' }, [done])).toHaveLength(2);
  });

  it('is everything where nothing is resumed', () => {
    expect(missingRuns({ ...plan, isResumed: false }, [done])).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { readLink } from '../../src/contracts/link.ts';
import { countRuns, linkOf, readReproduction } from './plan.ts';

const MNIST = ['mnist', '--fractions', '0.05,0.01', '--methods', 'dreamlearning,random', '--epochs', '100'];

describe('the arguments of a reproduction', () => {
  it('are read as the lab understands them, by way of its link', () => {
    const plan = readReproduction([...MNIST, '--seeds', '1..3', '--backend', 'wasm', '--json']);
    expect(plan.isJsonOnly).toBe(true);
    expect(countRuns(plan)).toBe(12);
    const { experiment, problems } = readLink(linkOf(plan, { kind: 'sample', id: 'mnist' }));
    expect(problems).toEqual([]);
    expect(experiment.data).toEqual({ kind: 'sample', id: 'mnist' });
    expect(experiment.station).toBe('sweep');
    expect(experiment.images.backend).toBe('wasm');
    expect(experiment.images.grid).toEqual({
      fractions: [0.01, 0.05],
      methods: ['random', 'dreamlearning'],
      seeds: [1, 2, 3],
    });
    // What is not said is left to the page, but for the epochs, and looking at the test pictures once.
    expect(experiment.images.training).toEqual({ epochs: 100, evaluateEvery: 100 });
  });

  it('carry every setting', () => {
    const plan = readReproduction(
      (
        'cifar10 --model resnet18 --width 16 --batch 64 --rate 0.1 --decay none --momentum 0.8 --no-nesterov ' +
        '--weight-decay 0 --augment none --sampling stratified --no-prefetch --evaluate-every 5 --epochs 7'
      ).split(' '),
    );
    const { experiment, problems } = readLink(linkOf(plan, { kind: 'sample', id: 'cifar10' }));
    expect(problems).toEqual([]);
    expect(experiment.images.training).toEqual({
      ...{ network: 'resnet18', width: 16, batch: 64, rate: 0.1, decay: 'none', momentum: 0.8 },
      ...{ nesterov: false, weightDecay: 0, augment: 'none', sampling: 'stratified', prefetch: false },
      ...{ evaluateEvery: 5, epochs: 7 },
    });
  });

  it('run full training once for each seed', () => {
    const plan = readReproduction([
      ...['mnist', '--methods', 'full,random', '--fractions', '0.1,0.2,0.2', '--seeds', '4,5'],
    ]);
    expect(countRuns(plan)).toBe(2 * (1 + 2));
  });

  it('name files where they name no sample', () => {
    expect(readReproduction(['mnist']).dataset).toEqual({ kind: 'sample', id: 'mnist' });
    expect(readReproduction(['a.zip']).dataset).toEqual({ kind: 'files', paths: ['a.zip'] });
    expect(readReproduction(['a.idx', 'b.idx']).dataset).toEqual({
      kind: 'files',
      paths: ['a.idx', 'b.idx'],
    });
    // A table is no picture.
    expect(readReproduction(['diamonds']).dataset).toEqual({ kind: 'files', paths: ['diamonds'] });
  });

  it.each([
    [[], 'No dataset'],
    [['mnist', '--epoch', '3'], 'no option --epoch'],
    [['mnist', '--epochs', '0'], '--epochs is 0; it has to be a whole number from 1 to'],
    [['mnist', '--epochs', '2.5'], '--epochs is 2.5'],
    [['mnist', '--rate', 'fast'], '--rate is fast'],
    [['mnist', '--fractions', '0.1,2'], '--fractions is 2; it has to be from'],
    [['mnist', '--fractions', '0.1,,1'], 'which is no number'],
    [['mnist', '--methods', 'dreaming'], '--methods has “dreaming”; there is full, random'],
    [['mnist', '--seeds', '-1'], '--seeds is -1'],
    [['mnist', '--seeds', '1..99'], 'at most 64'],
    [['mnist', '--width', '9'], '--width has “9”; there is 8, 16, 32, 64'],
    [['mnist', '--model', '__proto__'], '--model has “__proto__”'],
    [['mnist', '--backend', 'cuda'], '--backend is cuda'],
    [['mnist', '--epochs'], '--epochs wants a value'],
  ])('are refused where they are wrong: %j', (args, what) => {
    expect(() => readReproduction(args)).toThrow(what);
  });
});

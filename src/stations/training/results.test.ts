import { describe, expect, it } from 'vitest';
import { fullBeside, groupsOf, tableOf } from './results.ts';
import { runWith } from '../testing/training.ts';

const dream = (fraction: number, seed: number, accuracy: number) =>
  runWith({ method: 'dreamlearning', fraction, seed }, { accuracy, seconds: { fetch: 0.02, train: 0.1 } });

describe('groups of runs', () => {
  it('take runs together that differ in the seed alone', () => {
    const groups = groupsOf([
      dream(0.1, 2, 0.98),
      dream(0.1, 1, 0.96),
      dream(0.1, 3, 0.97),
      dream(0.2, 1, 0.99),
    ]);
    expect(groups.map(({ fraction, runs }) => [fraction, runs.map(({ settings }) => settings.seed)])).toEqual(
      [
        [0.1, [1, 2, 3]],
        [0.2, [1]],
      ],
    );
    expect(groups[0].accuracy.mean).toBeCloseTo(0.97, 12);
    expect(groups[0].accuracy.std).toBeCloseTo(0.01, 12);
    expect(groups[1].accuracy).toMatchObject({ std: 0, count: 1 });
  });

  it('leave out what is not finished', () => {
    const cancelled = runWith({ seed: 2 }, {}, { status: 'cancelled' });
    expect(groupsOf([runWith({ seed: 1 }, { epochs: 3 }), cancelled])).toEqual([]);
  });

  it('do not mind the width of a network without widths, nor how often was evaluated', () => {
    const runs = [
      runWith({ network: 'lenet5', width: 8 }),
      runWith({ network: 'lenet5', width: 64, seed: 2, evaluateEvery: 5 }),
      runWith({ network: 'resnet18', width: 8 }),
      runWith({ network: 'resnet18', width: 64 }),
    ];
    expect(groupsOf(runs).map(({ network, width, runs: own }) => [network, width, own.length])).toEqual([
      ['lenet5', null, 2],
      ['resnet18', 8, 1],
      ['resnet18', 64, 1],
    ]);
  });

  it('say in which settings they differ', () => {
    const groups = groupsOf([
      runWith({ method: 'random', epochs: 10 }),
      runWith({ method: 'random', epochs: 20, sampling: 'stratified' }),
      runWith({ method: 'full', epochs: 20, sampling: 'uniform' }),
    ]);
    expect(groups.map(({ method, variant }) => [method, variant])).toEqual([
      ['full', '20 epochs'],
      ['random', '10 epochs, drawn uniformly'],
      ['random', '20 epochs, drawn class by class'],
    ]);
    expect(groupsOf([runWith()])[0].variant).toBe('');
  });

  it('take divisions of the pictures apart', () => {
    const other = runWith({ seed: 2 }, {}, { division: { split: 2, testFraction: 0.2 } });
    const one = runWith({ seed: 1 }, {}, { division: { split: 1, testFraction: 0.2 } });
    expect(groupsOf([one, other]).map(({ variant }) => variant.replaceAll('\u202f', ' '))).toEqual([
      'split 1, 20.0 % for testing',
      'split 2, 20.0 % for testing',
    ]);
  });

  it('tell archives and decoded pixels apart', () => {
    const near = dream(0.1, 2, 0.9);
    near.archiveId = 'another';
    if (near.facts !== null) Object.assign(near.facts, { storageRatio: 0.1, fidelity: { kind: 'near' } });
    const decoded = runWith({ method: 'random' });
    if (decoded.facts !== null) decoded.facts.pixels = 'decoded';
    const groups = groupsOf([dream(0.1, 1, 0.98), near, decoded, runWith({ method: 'random', seed: 2 })]);
    expect(groups.map(({ variant }) => variant.replaceAll('\u202f', ' '))).toEqual([
      'decoded pixels',
      '',
      'lossless archive of 27.0 % of raw',
      'near-lossless archive of 10.0 % of raw',
    ]);
  });

  it('measure time without waiting and evaluating, against full training wherever it was as long', () => {
    const [full, subset] = groupsOf([
      // Three epochs are enough for a time, whatever the others do.
      runWith({ method: 'full', epochs: 3 }, { seconds: { fetch: 0.2, wait: 5, train: 1, evaluate: 7 } }),
      dream(0.1, 1, 0.98),
    ]);
    expect(full.seconds.mean).toBeCloseTo(1.2, 12);
    expect(full.waitSeconds.mean).toBe(5);
    expect(full.timeShare?.mean).toBe(1);
    expect(subset.seconds.mean).toBeCloseTo(0.12, 12);
    expect(subset.fetchSeconds.mean).toBeCloseTo(0.02, 12);
    expect(subset.timeShare?.mean).toBeCloseTo(0.1, 12);
  });

  it('compare times on the same backend and batch only', () => {
    const full = runWith({ method: 'full' }, { backend: 'webgpu' });
    expect(groupsOf([full, dream(0.1, 1, 0.98)])[1].timeShare).toBeNull();
    const other = runWith({ method: 'full', batch: 32 });
    expect(groupsOf([other, dream(0.1, 1, 0.98)])[1].timeShare).toBeNull();
    // A stopped run of full training has epochs too.
    const stopped = runWith({ method: 'full' }, { epochs: 2 });
    expect(groupsOf([stopped, dream(0.1, 1, 0.98)])[0].timeShare?.mean).toBeCloseTo(0.12 / 1.1, 12);
  });

  it('say memory, storage and access as shares, and where was computed', () => {
    const [group] = groupsOf([
      runWith({ fraction: 0.1, seed: 1 }, { bytes: 78_400, backend: 'wasm' }),
      runWith({ fraction: 0.1, seed: 2 }, { bytes: 156_800, backend: 'webgpu' }),
    ]);
    expect(group.residentShare).toMatchObject({ mean: 0.15000000000000002, min: 0.1, max: 0.2 });
    expect(group.storageRatio?.mean).toBe(0.27);
    expect(group.distinctShare.mean).toBe(1);
    expect(group.backends).toEqual(['webgpu', 'wasm']);
    expect(groupsOf([runWith({ method: 'random' })])[0].storageRatio).toBeNull();
  });
});

describe('the table of results', () => {
  const full = runWith({ method: 'full' }, { accuracy: 0.99 });
  const random = runWith({ method: 'random', fraction: 0.05 }, { accuracy: 0.97 });

  it('has methods down, fractions across and full training at the right', () => {
    const { columns, rows } = tableOf([full, dream(0.1, 1, 0.98), dream(0.01, 1, 0.95), random]);
    expect(columns).toEqual([0.01, 0.05, 0.1, 'all']);
    expect(
      rows.map(({ method, cells }) => [method, ...cells.map((cell) => cell?.accuracy.mean ?? null)]),
    ).toEqual([
      ['random', null, 0.97, null, 0.99],
      ['dreamlearning', 0.95, null, 0.98, 0.99],
    ]);
  });

  it('gives full training a line only where it stands alone', () => {
    const longer = runWith({ method: 'full', epochs: 30 });
    const { columns, rows } = tableOf([full, longer, random]);
    expect(columns).toEqual([0.05, 'all']);
    expect(rows.map(({ method, variant, cells }) => [method, variant, cells.length])).toEqual([
      ['full', '30 epochs', 2],
      ['random', '10 epochs', 2],
    ]);
    expect(tableOf([full]).rows).toHaveLength(1);
    expect(tableOf([])).toEqual({ columns: [], rows: [] });
  });

  it('compares with full training of the same settings only', () => {
    const groups = groupsOf([runWith({ method: 'full', rate: 0.1 }), random]);
    expect(fullBeside(groups[1], groups)).toBeNull();
    // How subsets are drawn and fetched is nothing to full training.
    const drawn = groupsOf([full, runWith({ method: 'random', sampling: 'stratified', prefetch: false })]);
    expect(fullBeside(drawn[1], drawn)?.key).toBe(drawn[0].key);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeLab, type FakeLab } from '../testing/fakeServices.ts';
import { createLabStore } from '../store.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>['store'];

beforeEach(async () => {
  fake = createFakeLab();
  lab = createLabStore(fake.services).store;
  await lab.getState().load({ kind: 'sample', id: 'diamonds' });
});

const fitted = () => lab.getState().fitted;

describe('coefficients', () => {
  it('come split by split, from the split of the settings on', async () => {
    await lab.getState().computeFitted('coefficients');
    expect(fitted().coefficients).toMatchObject({ status: 'done', stale: false });
    expect(fitted().coefficients.value?.map(({ split }) => split)).toEqual([1, 2, 3, 4, 5]);
  });

  it('of splits that are through stay when they are cancelled, and the others follow when asked for', async () => {
    const held = fake.hold('coefficients 3');
    const work = lab.getState().computeFitted('coefficients');
    await vi.waitFor(() => expect(fake.calls).toContain('coefficients 3'));
    lab.getState().cancelFitted('coefficients');
    held.release();
    await work;
    expect(fitted().coefficients.status).toBe('cancelled');
    expect(fitted().coefficients.value).toHaveLength(2);
    await lab.getState().computeFitted('coefficients', true);
    expect(fitted().coefficients.value?.map(({ split }) => split)).toEqual([1, 2, 3, 4, 5]);
  });

  it('are out of date after a change of what condenses, and not after one of the step size', async () => {
    await lab.getState().computeFitted('coefficients');
    await lab.getState().computeFitted('draws');
    lab.getState().change({ iterations: 5_000 });
    expect(fitted().coefficients.stale).toBe(false);
    lab.getState().change({ beta: 3 });
    expect(fitted().coefficients.stale).toBe(true);
    expect(fitted().draws.stale).toBe(true);
    await lab.getState().computeFitted('coefficients');
    expect(fitted().coefficients).toMatchObject({ stale: false });
    expect(fitted().coefficients.value).toHaveLength(5);
  });
});

it('predictions are of both models', async () => {
  await lab.getState().computeFitted('predictions');
  expect(fitted().predictions.value?.condensed.predicted[1]).toBe(2.5);
  expect(fitted().predictions.value?.full.predicted[1]).toBe(2);
});

it('random samples are drawn ten times, and judged on the test records', async () => {
  await lab.getState().computeFitted('draws');
  expect(fitted().draws.value).toMatchObject({ judge: 'test', learner: 'regression' });
  expect(fitted().draws.value?.trials.map(({ contender }) => contender)).toEqual(['random', 'stratified']);
  expect(fitted().draws.value?.trials[0].errors).toHaveLength(10);
});

it('another dataset has nothing of the one before', async () => {
  await lab.getState().computeFitted('predictions');
  await lab.getState().computeFitted('coefficients');
  fake.datasets.set('sample:other', { ...lab.getState().dataset.value!, id: 'other'.padEnd(64, '0') });
  await lab.getState().load({ kind: 'sample', id: 'other' });
  expect(fitted()).toMatchObject({ predictions: { value: null }, coefficients: { value: null } });
});

it('a random sample descends once the condensed samples have, and again with another step size', async () => {
  const descents = () => fake.calls.filter((call) => call === 'descend random');
  await lab.getState().computeFitted('draws');
  await vi.waitFor(() => expect(fitted().drawnDescent.status).toBe('done'));
  expect(descents()).toHaveLength(1);
  lab.getState().change({ learningRate: 0.25 });
  expect(fitted().drawnDescent.stale).toBe(true);
  expect(fitted().draws.stale).toBe(false);
  await vi.waitFor(() => expect(fitted().drawnDescent).toMatchObject({ status: 'done', stale: false }));
  expect(descents()).toHaveLength(2);
});

import { beforeEach, expect, it, vi } from 'vitest';
import { createLabStore } from '../store.ts';
import { createFakeLab, summaryOf, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>['store'];

beforeEach(async () => {
  fake = createFakeLab();
  lab = createLabStore(fake.services).store;
  await lab.getState().load({ kind: 'sample', id: 'diamonds' });
});

const landscape = () => lab.getState().landscape;
const drawings = () => fake.calls.filter((call) => call.startsWith('landscape'));

it('is drawn in the second worker, and its descents take long only when asked to', async () => {
  const background = vi.spyOn(fake.services, 'background');
  await lab.getState().drawLandscape();
  expect(background).toHaveBeenCalled();
  expect(landscape().task).toMatchObject({ status: 'done', stale: false });
  expect(landscape().task.value?.paths[0]).toMatchObject({ stop: 'running', secondsLeft: 120 });
  await lab.getState().drawLandscape({}, true);
  expect(drawings()).toEqual(['landscape 3', 'landscape Infinity']);
  expect(landscape().task.value?.paths[0]).toMatchObject({ stop: 'limit', secondsLeft: null });
  // Over other axes too, until they are other descents.
  await lab.getState().drawLandscape({ axes: 'principal' });
  expect(drawings().at(-1)).toBe('landscape Infinity');
  lab.getState().change({ learningRate: 0.25 });
  await lab.getState().drawLandscape();
  expect(drawings().at(-1)).toBe('landscape 3');
});

it('keeps what was chosen of it', async () => {
  await lab.getState().drawLandscape({ axes: [2, 0] });
  await lab.getState().drawLandscape({ batch: 128 });
  expect(landscape()).toMatchObject({ axes: [2, 0], batch: 128 });
  expect(landscape().task.value?.axes).toEqual({ kind: 'columns', across: 2, up: 0 });
  expect(landscape().task.value?.paths[2].samplesPerStep).toBe(128);
});

it('can be cancelled, from the rail as well', async () => {
  fake.hold('landscape 3');
  const drawing = lab.getState().drawLandscape();
  expect(landscape().task.status).toBe('running');
  lab.getState().cancelStation('learn');
  await drawing;
  expect(landscape().task).toMatchObject({ status: 'cancelled', error: null });
});

it('is out of date with another step size or other samples, not with another search for bases', async () => {
  for (const change of [{ learningRate: 0.25 }, { beta: 3 }, { iterations: 500 }, { split: 9 }]) {
    await lab.getState().drawLandscape();
    lab.getState().change({ tau: 7 + lab.getState().settings.tau });
    expect(landscape().task.stale).toBe(false);
    lab.getState().change(change);
    expect(landscape().task).toMatchObject({ status: 'done', stale: true });
  }
});

it('has axes of its own columns', async () => {
  await lab.getState().drawLandscape({ axes: [2, 0] });
  lab.getState().change({ split: 5 });
  expect(landscape().axes).toEqual([2, 0]);
  lab.getState().change({ features: ['a'] });
  expect(landscape().axes).toBe('largest');
  await lab.getState().drawLandscape({ axes: 'principal' });
  fake.datasets.set('file:next.csv', summaryOf('next.csv'));
  await lab.getState().load({ kind: 'file', file: new File(['a'], 'next.csv') });
  expect(landscape()).toMatchObject({ axes: 'largest', task: { status: 'idle', value: null } });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLabStore } from '../store.ts';
import { imageSummaryOf } from '../testing/fakePictures.ts';
import { createFakeLab, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const training = () => state().images.training;
const settled = () => vi.advanceTimersByTimeAsync(2_000);
const statuses = (): string[] => training().runs.map(({ status }) => status);
const trained = (): string[] => fake.calls.splice(0).filter((name) => name.startsWith('train '));

beforeEach(async () => {
  vi.useFakeTimers();
  fake = createFakeLab();
  const summary = imageSummaryOf('mnist', { sampleId: 'mnist', width: 28, height: 28 });
  fake.pictures.set('sample:mnist', summary);
  lab = createLabStore(fake.services);
  await lab.start('data=mnist');
  await settled();
  state().planTraining({ epochs: 2 });
  state().planTrainingSweep({ fractions: [0.5, 0.1], methods: ['dreamlearning', 'full'], seeds: [2, 1, 1] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the sweep over trainings', () => {
  it('runs every combination once, full once for each seed', async () => {
    expect(training().plan).toEqual({
      fractions: [0.1, 0.5],
      methods: ['full', 'dreamlearning'],
      seeds: [1, 2],
    });
    state().runTrainingSweep();
    expect(training().queue).toHaveLength(5);
    await settled();
    expect(trained()).toEqual([
      ...['train full 1 1', 'train dreamlearning 0.1 1', 'train dreamlearning 0.5 1'],
      ...['train full 1 2', 'train dreamlearning 0.1 2', 'train dreamlearning 0.5 2'],
    ]);
    expect(statuses()).toEqual(Array<string>(6).fill('done'));
  });

  it('skips what is done, and goes on with what is not', async () => {
    state().runTrainingSweep();
    await settled();
    trained();
    state().planTrainingSweep({ seeds: [1, 2, 3] });
    state().runTrainingSweep();
    await settled();
    expect(trained()).toEqual(['train full 1 3', 'train dreamlearning 0.1 3', 'train dreamlearning 0.5 3']);
    expect(training().runs).toHaveLength(9);
    // Another rate is another training.
    state().planTraining({ rate: 0.01 });
    state().planTrainingSweep({ seeds: [1], methods: ['full'] });
    state().runTrainingSweep();
    await settled();
    expect(trained()).toEqual(['train full 1 1']);
  });

  it('trains again from an archive that is another one', async () => {
    state().planTrainingSweep({ seeds: [1], fractions: [0.1] });
    state().runTrainingSweep();
    await settled();
    trained();
    state().changeImages({ tau: 16 });
    await settled();
    state().runTrainingSweep();
    await settled();
    expect(trained()).toEqual(['train dreamlearning 0.1 1']);
    expect(training().runs.map(({ archiveId }) => archiveId)).toEqual([null, 'pictures-1', 'pictures-2']);
  });

  it('is held and gone on with', async () => {
    fake.training.waitAt = 1;
    state().runTrainingSweep();
    await settled();
    const first = training().active;
    fake.training.waitAt = Infinity;
    state().holdTrainingSweep();
    await settled();
    expect(training()).toMatchObject({ active: null, isHeld: true });
    expect(training().queue[0]).toBe(first);
    expect(training().queue).toHaveLength(6);
    expect(statuses()).toEqual(Array<string>(6).fill('waiting'));
    // What is played by hand does not wait for it.
    state().planTraining({ seed: 77, method: 'random' });
    await settled();
    state().startTraining();
    await settled();
    expect(statuses().at(-1)).toBe('done');
    trained();
    state().resumeTrainingSweep();
    await settled();
    expect(trained()[0]).toBe('train full 1 1');
    expect(statuses()).toEqual(Array<string>(7).fill('done'));
    expect(fake.training.requests.find(({ run }) => run.id === first && run.epochs.length > 0)?.fresh).toBe(
      false,
    );
  });

  it('leaves nothing behind of what had not begun when it is cancelled', async () => {
    fake.training.waitAt = 1;
    state().runTrainingSweep();
    await settled();
    state().cancelTrainingSweep();
    await settled();
    expect(training()).toMatchObject({ active: null, queue: [], isHeld: false });
    expect(statuses()).toEqual(['cancelled']);
    expect(training().runs[0].epochs).toHaveLength(1);
    fake.training.waitAt = Infinity;
    state().runTrainingSweep();
    await settled();
    expect(statuses()).toEqual(Array<string>(6).fill('done'));
    expect(training().runs).toHaveLength(6);
  });

  it('refuses a plan of more runs than are kept', () => {
    state().planTrainingSweep({
      methods: ['random', 'dreamlearning', 'full'],
      seeds: Array.from({ length: 64 }, (_, k) => k),
    });
    state().runTrainingSweep();
    expect(training().runs).toEqual([]);
    expect(state().messages.map(({ code }) => code)).toEqual(['SETTING_OUT_OF_RANGE']);
  });
});

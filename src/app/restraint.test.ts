import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../contracts/progress.ts';
import { CODEC_METAS, secondsToEncode } from '../contracts/plugins.ts';
import { createLabStore } from './store.ts';
import { imageSummaryOf } from './testing/fakePictures.ts';
import { createFakeLab, listingOf, summaryOf, type FakeLab } from './testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const seconds = (count: number) => vi.advanceTimersByTimeAsync(1_000 * count);

beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeLab();
  fake.pictures.set('sample:mnist', imageSummaryOf('mnist', { sampleId: 'mnist' }));
  lab = createLabStore(fake.services);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Progress at a tenth of the work a second. */
async function progressing(report: (progress: Progress) => void, count: number, total: number | null) {
  for (let done = 0; done < count; done++) {
    report({ phase: 'At work', done, total, unit: 'steps' });
    await seconds(1);
  }
}

describe('a link that asks for a million iterations', () => {
  beforeEach(async () => {
    fake.iterationMs = { full: 6, condensed: 0.5 };
    await lab.start('data=diamonds&iterations=1000000&rate=0.000001&station=data');
    await seconds(20);
  });

  it('waits for a press that says how long they take, with all else computed', () => {
    expect(state().learn.full).toMatchObject({ playing: false, descent: { value: { stop: 'running' } } });
    expect(state().learn.condensed.playing).toBe(false);
    expect(state().held.map(({ part }) => part)).toEqual(['condensedDescent', 'fullDescent']);
    const [condensed, full] = state().held.map(({ seconds: left }) => left ?? 0);
    expect(condensed).toBeCloseTo(500 - 4, 0);
    expect(full).toBeCloseTo(6_000 - 4, 0);
    for (const part of [state().bits, state().archive]) expect(part).toMatchObject({ status: 'done' });
  });

  it('goes on from where it was ended once it is pressed, and asks no more', async () => {
    const { iteration = 0 } = state().learn.full.descent.value ?? {};
    expect(iteration).toBeGreaterThan(0);
    state().startHeld();
    expect(state().held).toEqual([]);
    await seconds(60);
    expect(state().learn.full.playing).toBe(true);
    expect(state().learn.full.descent.value?.iteration).toBeGreaterThan(iteration + 9_000);
    state().change({ beta: 7 });
    await seconds(60);
    expect(state().learn.condensed.playing).toBe(true);
    expect(state().held).toEqual([]);
  });

  it('asks again after a change of something else, but not of the iterations', async () => {
    state().change({ beta: 7 });
    expect(state().held.map(({ part }) => part)).toEqual(['fullDescent']);
    await seconds(20);
    expect(state().held.map(({ part }) => part)).toEqual(['fullDescent', 'condensedDescent']);
    state().change({ iterations: 999_999 });
    expect(state().held).toEqual([]);
    await seconds(60);
    expect(state().learn.condensed.playing).toBe(true);
  });

  it('can be left, and played by hand', async () => {
    state().leaveHeld();
    expect(state().held).toEqual([]);
    state().play('full');
    await seconds(60);
    expect(state().learn.full.playing).toBe(true);
    expect(state().held).toEqual([]);
  });

  it('does not hand them on to the next dataset without asking', async () => {
    fake.datasets.set('file:two.csv', summaryOf('two'));
    await state().load({ kind: 'file', file: new File(['a'], 'two.csv') });
    state().answerTarget('y');
    expect(state().held).toEqual([]);
    await seconds(20);
    expect(state().settings.iterations).toBe(1_000_000);
    expect(state().held.map(({ part }) => part)).toEqual(['condensedDescent', 'fullDescent']);
  });
});

describe('what a link asks for', () => {
  it('runs by itself within the lab’s own settings, however long that takes', async () => {
    fake.iterationMs = { full: 6, condensed: 0 };
    await lab.start('data=diamonds&split=3&rate=0.01&iterations=9000&features=a&embed=1');
    await seconds(70);
    expect(state().held).toEqual([]);
    expect(state().learn.full.descent.value).toMatchObject({ iteration: 9_000, stop: 'limit' });
  });

  it('runs by itself beyond them where the measured rate makes it short', async () => {
    fake.iterationMs = { full: 1, condensed: 0.1 };
    await lab.start('data=diamonds&iterations=20000&embed=1');
    await seconds(40);
    expect(state().held).toEqual([]);
    expect(state().learn.full.descent.value).toMatchObject({ iteration: 20_000, stop: 'limit' });
  });

  it.each([
    ['analyse', 'bits'],
    ['compress', 'archive'],
    ['closedForm condensed', 'condensedClosedForm'],
  ])('is ended in %s where that would be long, and computed on a press', async (call, part) => {
    const held = fake.hold(call);
    await lab.start('data=diamonds&tau=100000&beta=4000');
    await seconds(2);
    await progressing(held.report, 5, 100);
    held.release();
    await seconds(5);
    expect(state().held).toMatchObject([{ part, seconds: expect.closeTo(96, 0) as number }]);
    const calls = fake.calls.filter((name) => name === call).length;
    state().startHeld();
    await seconds(5);
    expect(fake.calls.filter((name) => name === call)).toHaveLength(calls + 1);
    expect(state().held).toEqual([]);
    for (const { status } of [state().bits, state().archive]) expect(status).toBe('done');
  });

  it('is not ended where its settings make nothing longer', async () => {
    const held = fake.hold('closedForm full');
    await lab.start('data=diamonds&tau=100000&beta=4000');
    await seconds(2);
    await progressing(held.report, 5, 100);
    expect(state().held).toEqual([]);
    expect(state().learn.full.closedForm.status).toBe('running');
  });

  it('is ended where a codec is slow, but not where that says of itself that it is quick on data of this size', async () => {
    const others = CODEC_METAS.all.filter(({ name }) => name !== state().settings.codec);
    const quick = others.find((meta) => (secondsToEncode(meta, 0) ?? Infinity) < 10);
    const untold = others.find(({ speed }) => speed === null);
    for (const [meta, status] of [
      [quick, 'running'],
      [untold, 'cancelled'],
    ] as const) {
      const held = fake.hold('compress');
      await lab.start(`data=diamonds&codec=${meta?.name}`);
      await seconds(2);
      await progressing(held.report, 5, 100);
      expect(state().archive.status, meta?.name).toBe(status);
      held.release();
      await seconds(5);
    }
  });

  it('is ended after half a minute where it cannot be told how long it takes', async () => {
    const held = fake.hold('analyse');
    void lab.start('data=diamonds&tau=100000');
    await seconds(1);
    await progressing(held.report, 29, null);
    expect(state().held).toEqual([]);
    await progressing(held.report, 3, null);
    expect(state().held).toEqual([{ part: 'bits', seconds: null }]);
    expect(state().bits.status).toBe('cancelled');
  });

  it('waits for pictures too, unless somebody asks for their archive', async () => {
    const held = fake.hold('compressImages');
    state().watchEpoch(true);
    await lab.start('data=mnist&tau=100000');
    await seconds(2);
    await progressing(held.report, 6, 100);
    expect(state().images.held).toMatchObject([{ part: 'archive' }]);
    expect(state().images.archive.status).toBe('cancelled');
    state().startHeld();
    await seconds(1);
    await progressing(held.report, 60, 100);
    expect(state().images.archive.status).toBe('running');
    held.release();
    await seconds(2);
    expect(state().images.archive.status).toBe('done');
    expect(state().images.sample.status).toBe('done');
  });

  it('is ended where it draws nearly all pictures, and a large sample drawn by hand is not', async () => {
    state().watchEpoch(true);
    await lab.start('data=mnist&fraction=1');
    const held = fake.hold('sampleImages 1 1');
    await seconds(2);
    await progressing(held.report, 6, 100);
    expect(state().images.held).toMatchObject([{ part: 'sample' }]);
    const drawn = fake.hold('sampleImages 0.9 1');
    void state().drawSample({ fraction: 0.9 });
    await progressing(drawn.report, 40, 100);
    expect(state().images.sample.status).toBe('running');
    expect(state().images.held).toEqual([]);
  });
});

describe('the settings of an archive', () => {
  it('wait as those of a link do, on a later visit too', async () => {
    fake.iterationMs = { full: 6, condensed: 0 };
    const { settings } = listingOf('mine');
    fake.stored = [listingOf('mine', { settings: { ...settings, target: 'y', iterations: 500_000 } })];
    fake.datasets.set('archive:mine', summaryOf('mine'));
    await lab.start('');
    await seconds(20);
    expect(state().held.map(({ part }) => part)).toEqual(['fullDescent']);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLabStore } from '../store.ts';
import { createFakeLab, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const timed = () => fake.calls.filter((call) => call === 'timings').length;

beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeLab();
  lab = createLabStore(fake.services);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Opened, computed and come to rest at Learn. */
async function rest(): Promise<void> {
  await lab.start('#v=1&data=diamonds&target=b&station=learn');
  await wait(6_000);
}

describe('timing by itself', () => {
  it('happens once, when everything has come to rest on Learn', async () => {
    await rest();
    expect(state().times).toMatchObject({
      status: 'done',
      value: { full: { median: 0.2 }, disturbed: null },
    });
    state().goTo('data');
    state().goTo('learn');
    await wait(6_000);
    expect(timed()).toBe(1);
  });

  it('does not happen elsewhere, nor behind another page, nor while a descent runs', async () => {
    fake.isHidden = true;
    await rest();
    expect(timed()).toBe(0);
    fake.isHidden = false;
    state().goTo('bits');
    await wait(6_000);
    expect(timed()).toBe(0);
    fake.iterationMs.full = 10;
    state().rewind('full');
    state().play('full');
    state().goTo('learn');
    await wait(6_000);
    expect(state().learn.full.playing).toBe(true);
    expect(timed()).toBe(0);
  });

  it('begins anew with other results', async () => {
    await rest();
    const held = fake.hold('closedForm condensed');
    state().change({ beta: 3 });
    await wait(1_000);
    expect(state().times.value).toBeNull();
    held.release();
    await wait(6_000);
    expect(timed()).toBe(2);
    expect(state().times.status).toBe('done');
  });
});

describe('timing when asked', () => {
  it('pauses what trains, and goes on with it', async () => {
    await rest();
    fake.iterationMs.full = 10;
    state().rewind('full');
    state().play('full');
    await wait(2_500);
    const held = fake.hold('timings');
    const timing = state().timeTraining();
    await wait(1_000);
    expect([state().learn.full.playing, state().times.status]).toEqual([false, 'running']);
    held.release();
    await wait(0);
    await timing;
    expect(state().times.value?.disturbed).toBeNull();
    expect(state().learn.full.playing).toBe(true);
  });

  it('can be cancelled, and is not begun again by itself', async () => {
    await rest();
    fake.hold('timings');
    const timing = state().timeTraining();
    await wait(1_000);
    state().cancelTiming();
    await timing;
    await wait(6_000);
    expect(state().times.status).toBe('cancelled');
    expect(timed()).toBe(2);
  });

  it('says what disturbed it', async () => {
    await rest();
    fake.isHidden = true;
    await state().timeTraining();
    expect(state().times.value?.disturbed).toBe('hidden');
    fake.isHidden = false;
    const held = fake.hold('timings');
    const timing = state().timeTraining();
    await wait(100);
    fake.hold('peers');
    void state().measurePeers();
    await wait(100);
    held.release();
    await wait(0);
    await timing;
    expect(state().times.value?.disturbed).toBe('busy');
  });
});

// @vitest-environment happy-dom
/** What waits, and what runs, as the rail and the card above every station show it. */
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TaskProgress } from '../stations/lab/task.ts';
import { LabContext } from '../stations/useLab.ts';
import { mountEach } from '../ui/testing/mount.ts';
import { onPhone } from '../ui/testing/phone.ts';
import { HeldWork } from './HeldWork.tsx';
import { Rail } from './Rail.tsx';
import { createLabStore, type LabStore } from './store.ts';
import { createFakeLab, type FakeLab } from './testing/fakeServices.ts';
import { WorkBar } from './WorkBar.tsx';

const mounted = mountEach();
let fake: FakeLab;
let lab: LabStore;
const state = () => lab.store.getState();
const text = () => mounted.place.textContent.replace(/[\u202f\u00a0]/g, ' ');
const labels = () =>
  [...mounted.place.querySelectorAll('.stop-buttons button')].map((one) => one.getAttribute('aria-label'));

/** What answers at once has done so. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

const PROGRESS: TaskProgress = {
  ...{ phase: 'At work', done: 1, total: 10, unit: 'steps' },
  ...{ startedAt: 0, startedFrom: 0, updatedAt: 0 },
};

async function press(name: string): Promise<void> {
  const found = [...mounted.place.querySelectorAll('button')].find(
    (one) => one.textContent.replace(/\u202f/g, ' ') === name || one.getAttribute('aria-label') === name,
  );
  if (found === undefined) throw new Error(`There is no button "${name}".`);
  await act(async () => {
    found.click();
    await settled();
  });
}

beforeEach(async () => {
  fake = createFakeLab();
  lab = createLabStore(fake.services);
  await lab.start('data=diamonds');
  await vi.waitFor(() => expect(state().learn.full.descent.status).toBe('done'), 5_000);
  act(() =>
    mounted.root.render(
      <LabContext value={lab.store}>
        <Rail />
        <HeldWork />
      </LabContext>,
    ),
  );
});

describe('work that is held back', () => {
  const held = [
    { part: 'fullDescent' as const, seconds: 6_240 },
    { part: 'bits' as const, seconds: null },
  ];

  it('is named with its time, and starts on one press', async () => {
    act(() => lab.store.setState({ held }));
    expect(text()).toContain('gradient descent on all records (about 1 h 44 min)');
    expect(text()).toContain('the search for bases and analytics bits (more than 30 s)');
    const waiting = [...mounted.place.querySelectorAll('.stop-mark')].map((mark) => mark.closest('a')?.href);
    expect(waiting.map((href) => href?.split('#')[1])).toEqual(['station=bits', 'station=learn']);
    const calls = fake.calls.length;
    await press('Start them: about 1 h 44 min or more');
    expect(state().held).toEqual([]);
    expect(fake.calls.slice(calls)).toEqual(expect.arrayContaining(['analyse', 'descend full']));
    expect(text()).not.toContain('waits for you');
  });

  it('is left on another', async () => {
    act(() => lab.store.setState({ held }));
    await press('Leave it');
    expect(state().held).toEqual([]);
    expect(text()).not.toContain('waits');
  });
});

describe('what runs', () => {
  it('has no buttons where nothing does', () => {
    expect(labels()).toEqual([]);
  });

  it('is paused where it can be resumed, and cancelled from any station', async () => {
    fake.hold('descend full');
    fake.hold('closedForm condensed');
    await act(async () => {
      state().change({ beta: 5 });
      state().play('full');
      await vi.waitFor(() => expect(state().learn.condensed.closedForm.status).toBe('running'));
    });
    expect(labels()).toEqual(['Pause Learn', 'Cancel Learn']);
    await press('Pause Learn');
    expect(state().learn.full.playing).toBe(false);
    expect(labels()).toEqual(['Cancel Learn']);
    await press('Cancel Learn');
    expect(state().learn.condensed.closedForm.status).toBe('cancelled');
    expect(labels()).toEqual([]);
  });

  it.each([
    ['Bits', () => ({ bits: { ...state().bits, status: 'running' as const, progress: PROGRESS } })],
    ['Archive', () => ({ archive: { ...state().archive, status: 'running' as const } })],
    [
      'Archive',
      () => ({ peers: { ...state().peers, task: { ...state().peers.task, status: 'running' as const } } }),
    ],
    ['Data', () => ({ dataset: { ...state().dataset, status: 'running' as const } })],
  ])('can be cancelled at %s', (title, change) => {
    act(() => lab.store.setState(change()));
    expect(labels()).toEqual([`Cancel ${title}`]);
  });

  it('is a sweep, paused and cancelled', async () => {
    fake.hold('sweepCell');
    act(() => void state().runSweep());
    expect(labels()).toEqual(['Pause Sweep', 'Cancel Sweep']);
    await press('Pause Sweep');
    expect(state().sweep.status).toBe('paused');
    act(() => void state().resumeSweep());
    await press('Cancel Sweep');
    expect(state().sweep.status).toBe('cancelled');
    expect(labels()).toEqual([]);
  });
});

describe('on a phone', () => {
  const bar = () =>
    mounted.place.querySelector('.work-bar')?.textContent.replace(/[\u202f\u00a0]/g, ' ') ?? null;
  const buttons = () =>
    [...mounted.place.querySelectorAll('.work-bar button')].map((one) => one.getAttribute('aria-label'));
  const runs = { status: 'running' as const, progress: { ...PROGRESS, updatedAt: 1_000 } };
  const later = () => act(() => vi.advanceTimersByTimeAsync(1_000).then(() => undefined));

  beforeEach(() => {
    onPhone();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    act(() =>
      mounted.root.render(
        <LabContext value={lab.store}>
          <Rail />
          <WorkBar />
        </LabContext>,
      ),
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('a bar says what has run for a moment, how long still, and cancels it; the tabs have no buttons', async () => {
    const cancelStation = vi.fn();
    act(() => lab.store.setState({ cancelStation, archive: { ...state().archive, ...runs } }));
    expect(bar()).toBeNull();
    await later();
    expect(bar()).toBe('Archiveabout 9 s leftAt work');
    expect([labels(), buttons()]).toEqual([[], ['Cancel Archive']]);
    act(() => mounted.place.querySelector<HTMLButtonElement>('.work-bar button')?.click());
    expect(cancelStation).toHaveBeenCalledWith('archive');
    act(() => lab.store.setState({ archive: { ...state().archive, status: 'done' } }));
    expect(bar()).toBeNull();
  });

  it('the work of the station that is shown comes first, and the rest is counted', async () => {
    act(() =>
      lab.store.setState({
        station: 'bits',
        bits: { ...state().bits, ...runs },
        archive: { ...state().archive, ...runs },
      }),
    );
    await later();
    expect(bar()).toContain('Bitsabout 9 s leftand 1 other');
    act(() => state().goTo('data'));
    await later();
    expect(bar()).toContain('Archive');
  });
});

// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../../contracts/errors.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../../contracts/images.ts';
import type { ImageSweepPlan } from '../../../contracts/imageSweep.ts';
import type { ImageSweepState } from '../../lab/sweep.ts';
import { showStation, type ShownStation } from '../../testing/pictures.tsx';
import { ImageSweep } from './ImageSweep.tsx';
import { cellOf } from './testing.ts';

const actions = {
  planImageSweep: vi.fn(),
  runImageSweep: vi.fn(),
  pauseImageSweep: vi.fn(),
  resumeImageSweep: vi.fn(),
  cancelImageSweep: vi.fn(),
  clearImageSweep: vi.fn(),
};
let shown: ShownStation;
afterEach(() => shown.end());

const plan: ImageSweepPlan = {
  ...{ transforms: ['none', 'dct'], representations: ['zigzag', 'offset'], taus: [16, 64] },
  ...{ classWise: [true], limit: 8 },
};
const idle: ImageSweepState = {
  ...{ plan, status: 'idle', ran: null, cells: [], progress: null, error: null, stale: false },
};
const measured: ImageSweepState = {
  ...idle,
  status: 'done',
  ran: { settings: DEFAULT_IMAGE_SETTINGS, plan },
  cells: [
    cellOf({ transform: 'none', tau: 64 }, 550),
    cellOf({ transform: 'dct', tau: 64 }, 400),
    cellOf({ transform: 'dct', tau: 16, representation: 'offset' }, 420),
  ],
};

async function show(sweep: ImageSweepState): Promise<void> {
  for (const action of Object.values(actions)) action.mockReset();
  shown = await showStation(<ImageSweep />, { sweep }, actions);
}

function tick(label: string): void {
  const box = [...shown.place.querySelectorAll('label')]
    .find(({ textContent }) => textContent === label)
    ?.querySelector<HTMLInputElement>('input');
  act(() => box?.click());
}

describe('the sweep over pictures', () => {
  it('says how many points the plan has, and runs it', async () => {
    await show(idle);
    // Pixels once, frequencies in two representations, at two values of τ each.
    await shown.click('Measure 6 points');
    expect(actions.runImageSweep).toHaveBeenCalled();
    expect(shown.text()).toContain('All of them');
  });

  it('changes the plan in a fixed order, whatever is ticked first', async () => {
    await show({ ...idle, plan: { ...plan, transforms: ['dct'], classWise: [false] } });
    tick('Pixels as they are');
    expect(actions.planImageSweep).toHaveBeenLastCalledWith({ transforms: ['none', 'dct'] });
    tick('A base table for every class');
    expect(actions.planImageSweep).toHaveBeenLastCalledWith({ classWise: [true, false] });
  });

  it('cannot run without a value of each', async () => {
    await show({ ...idle, plan: { ...plan, classWise: [] } });
    const run = [...shown.place.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Measure 0 points',
    );
    expect(run?.disabled).toBe(true);
    expect(shown.text()).toContain('Choose at least one value of each.');
  });

  it('is paused and resumed by the same button, and begun anew by another', async () => {
    await show({ ...measured, status: 'running' });
    await shown.click('Pause');
    expect(actions.pauseImageSweep).toHaveBeenCalled();
    await shown.change({ sweep: { ...measured, status: 'paused' } });
    expect(shown.text()).toContain('Paused: what has finished is kept');
    await shown.click('Resume: 3 points left');
    expect(actions.resumeImageSweep).toHaveBeenCalled();
    await shown.click('Measure 6 points');
    expect(actions.runImageSweep).toHaveBeenCalled();
    await shown.click('Leave the rest undone');
    expect(actions.cancelImageSweep).toHaveBeenCalled();
  });

  it('shows every point with its loss beside its storage', async () => {
    await show(measured);
    const rows = [...shown.place.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent.replace(/\u202f/g, ' ')),
    );
    expect(rows).toHaveLength(3);
    expect(rows[0].slice(0, 8)).toEqual([
      ...['pixels', 'per class', '64', '55.00 %', '60.00 %', 'lossless', '0', '100.0 %'],
    ]);
    expect(rows[1].slice(3, 8)).toEqual([
      ...['40.00 %', '45.00 %', 'near-lossless, PSNR 51.4 dB', '4', '61.0 %'],
    ]);
    expect(shown.text()).toContain('Smallest without loss: 55.0 %');
  });

  it('says what has changed since it ran', async () => {
    const ran = { settings: { ...DEFAULT_IMAGE_SETTINGS, codec: 'greedygd' }, plan };
    await show({ ...measured, stale: true, ran });
    expect(shown.text()).toContain('Out of date: this sweep ran with codec GreedyGD, now EntroGeDe.');
    await shown.change({ sweep: { ...measured, status: 'cancelled' } });
    expect(shown.text()).toContain('Cancelled: the points that had finished are kept below.');
  });

  it('shows an error with its code', async () => {
    const error = new LabError('IMAGES_TOO_LARGE', 'Too many pictures.').report();
    await show({ ...idle, status: 'failed', error });
    expect(shown.place.querySelector('[role="alert"]')?.textContent).toContain('IMAGES_TOO_LARGE');
  });
});

// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../../contracts/errors.ts';
import type { ImageSummary } from '../../../contracts/images.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../../contracts/training.ts';
import { download } from '../../../platform/download.ts';
import { done, showStation, type ShownStation } from '../../testing/pictures.tsx';
import type { TrainingState } from '../../lab/training.ts';
import { idleTraining } from '../../training/state.ts';
import { runWith } from '../../testing/training.ts';
import { PictureSweep } from './PictureSweep.tsx';

vi.mock('../../../platform/download.ts', () => ({ download: vi.fn() }));

const actions = {
  planTrainingSweep: vi.fn(),
  runTrainingSweep: vi.fn(),
  holdTrainingSweep: vi.fn(),
  resumeTrainingSweep: vi.fn(),
  cancelTrainingSweep: vi.fn(),
  goTo: vi.fn(),
};
let shown: ShownStation;
afterEach(() => shown.end());

const settings = { ...DEFAULT_TRAINING_SETTINGS, epochs: 10 };
const plan: TrainingState['plan'] = {
  ...{ fractions: [0.01, 0.1], methods: ['full', 'dreamlearning'], seeds: [1] },
};
const full = runWith({ method: 'full' }, { accuracy: 0.99, seconds: { fetch: 0, train: 2 } });
const small = runWith({ fraction: 0.01 }, { accuracy: 0.95, seconds: { fetch: 0, train: 0.2 } });
const active = runWith({ fraction: 0.1 }, { id: 'active', epochs: 3 }, { status: 'running' });

const summary = {
  ...{ id: 'a'.repeat(64), name: 'Pets', width: 28, height: 28, channels: 1 },
  classes: [
    { name: 'cat', train: 500, test: 50 },
    { name: 'dog', train: 500, test: 50 },
  ],
} as unknown as ImageSummary;

async function show(change: Partial<TrainingState>, pictures: Partial<ImageSummary> = {}): Promise<void> {
  vi.mocked(download).mockReset();
  for (const action of Object.values(actions)) action.mockReset();
  const training = idleTraining({ settings, plan, ...change });
  shown = await showStation(
    <PictureSweep />,
    { dataset: done({ ...summary, ...pictures }), training },
    actions,
  );
}

const status = () => shown.place.querySelector('.training-standing')?.textContent;
/** Numbers of runs follow twice a second, on a busy machine later. */
const standsAt = (words: string) => vi.waitFor(() => expect(status()).toBe(words), { timeout: 10_000 });
const button = (name: string) =>
  [...shown.place.querySelectorAll('button')].find(({ textContent }) => textContent === name);

describe('the sweep of trainings', () => {
  it('stands beside that of storage', async () => {
    await show({ plan: idleTraining().plan });
    expect(shown.text()).toContain('Which way of encoding suits these pictures?');
    await shown.click('Training');
    expect(shown.text()).toContain('How many pictures does an epoch need?');
    await shown.click('Storage');
    expect(shown.text()).toContain('Which way of encoding suits these pictures?');
  });

  it('says what the plan comes to, and runs it', async () => {
    await show({});
    expect(status()).toBe('0 of 3 runs done');
    expect(shown.text()).toContain('2 shares × 1 method and full training, 1 seed: 3 runs.');
    expect(shown.text()).toContain('The time can be told once an epoch of this network has run.');
    expect(shown.text()).toContain('LeNet5');
    await shown.click('Run 3 trainings');
    expect(actions.runTrainingSweep).toHaveBeenCalled();
  });

  it('trains what is missing, with the time that it may take', async () => {
    await show({ runs: [full, small] });
    expect(status()).toBe('2 of 3 runs done');
    expect(shown.text()).toMatch(/It takes about \d+ s in this browser\./);
    expect(button('Run 1 training')?.disabled).toBe(false);
    await shown.change({
      training: idleTraining({ settings, plan, runs: [full, small, runWith({ fraction: 0.1 })] }),
    });
    await standsAt('3 of 3 runs done');
    expect(button('All of these runs are done')?.disabled).toBe(true);
  });

  it('is held, goes on and is cancelled', async () => {
    const next = runWith({ method: 'full' }, { id: 'next', epochs: 0 });
    const running = {
      runs: [small, active, next],
      active: 'active',
      queue: ['next'],
      ofSweep: ['active', 'next'],
    };
    await show(running);
    expect(status()).toBe('1 of 3 runs done');
    expect(shown.text()).toContain('Full, seed 1 waits.');
    await shown.click('Hold');
    expect(actions.holdTrainingSweep).toHaveBeenCalled();
    await shown.change({
      training: idleTraining({
        settings,
        plan,
        ...running,
        active: null,
        queue: ['active', 'next'],
        isHeld: true,
      }),
    });
    await standsAt('1 of 3 runs done, held');
    await shown.click('Resume: 2 runs left');
    expect(actions.resumeTrainingSweep).toHaveBeenCalled();
    await shown.click('Cancel the sweep');
    expect(actions.cancelTrainingSweep).toHaveBeenCalled();
  });

  it('says why runs failed and why none can begin', async () => {
    const error = new LabError('TRAINING_DIVERGED', 'The loss is no number any more.').report();
    await show({ runs: [runWith({ fraction: 0.01 }, { epochs: 1 }, { status: 'failed', error })] });
    expect(status()).toBe('0 of 3 runs done, 1 failed');
    expect(shown.place.querySelector('[role="alert"]')?.textContent).toContain('TRAINING_DIVERGED');
    await shown.change({ dataset: done({ ...summary, width: 4, height: 3 }) });
    expect(shown.place.querySelector('.range-error')?.textContent).toContain('LeNet5 cannot take pictures');
    expect(button('Run 3 trainings')?.disabled).toBe(true);
  });

  it('changes the plan', async () => {
    await show({});
    const chip = [...shown.place.querySelectorAll<HTMLButtonElement>('.training-chip')].find(
      ({ textContent }) => textContent === '5\u202f%',
    );
    act(() => chip?.click());
    expect(actions.planTrainingSweep).toHaveBeenLastCalledWith({ fractions: [0.01, 0.05, 0.1] });
    const box = [...shown.place.querySelectorAll('label')]
      .find(({ textContent }) => textContent === 'Random')
      ?.querySelector<HTMLInputElement>('input');
    act(() => box?.click());
    expect(actions.planTrainingSweep).toHaveBeenLastCalledWith({
      methods: ['full', 'random', 'dreamlearning'],
    });
    await shown.click('Change them in Learn');
    expect(actions.goTo).toHaveBeenCalledWith('learn');
  });

  it('draws what has finished and shows it in numbers', async () => {
    await show({ runs: [full, small] });
    expect(shown.text()).toContain(
      'dreaMLearning at 1 %: 95.00 % of the test pictures right, full training 99.00 %',
    );
    const titles = [...shown.place.querySelectorAll('h3')].map(({ firstChild }) => firstChild?.textContent);
    expect(titles).toEqual(expect.arrayContaining(['Accuracy', 'Time per epoch', 'Training data in memory']));
    await shown.click('Table');
    const rows = [...shown.place.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent.replace(/\u202f/g, ' ')),
    );
    expect(rows).toHaveLength(4);
    expect(rows[1].slice(0, 7)).toEqual([
      ...['dreaMLearning', '1 %', '1', '95.00 %', '−4.00', '200 ms', '10.0 %'],
    ]);
  });

  it('keeps networks apart', async () => {
    const softmax = runWith({ network: 'softmax', fraction: 0.1 }, { accuracy: 0.7 });
    await show({ runs: [full, small, softmax] });
    expect(shown.text()).toContain('95.00 %');
    await shown.click('Softmax regression');
    expect(shown.text()).toContain('70.00 %');
  });

  it('saves the results under names that stay', async () => {
    await show({ runs: [small] });
    await shown.click('Save as JSON');
    const [name, text, type] = vi.mocked(download).mock.calls[0];
    expect([name, type]).toEqual(['pets-training.json', 'application/json']);
    expect(JSON.parse(text as string)).toMatchObject([
      { method: 'dreamlearning', fraction: 0.01, accuracy: 0.95 },
    ]);
    await shown.click('Save as CSV');
    expect(vi.mocked(download).mock.calls[1][0]).toBe('pets-training.csv');
  });
});

// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../../contracts/errors.ts';
import { sampleById } from '../../../contracts/gallery.ts';
import type { ImageArchiveReport, ImageSummary } from '../../../contracts/images.ts';
import type { RecordedResult } from '../../../contracts/results.ts';
import type { BackendChoice, Evaluation, TrainingRun } from '../../../contracts/training.ts';
import { idleTask } from '../../lab/task.ts';
import type { TrainingState } from '../../lab/training.ts';
import { done, picturesOf, showStation, type ShownStation } from '../../testing/pictures.tsx';
import { idleTraining } from '../../training/state.ts';
import { runWith } from '../../testing/training.ts';
import { ImageLearn } from './ImageLearn.tsx';

const actions = {
  ...{ startTraining: vi.fn(), planTraining: vi.fn(), wishBackend: vi.fn(), probeBackend: vi.fn() },
  ...{ playRun: vi.fn(), pauseRun: vi.fn(), stepRun: vi.fn(), rewindRun: vi.fn(), reseedRun: vi.fn() },
  ...{ cancelRun: vi.fn(), deleteRun: vi.fn(), selectRun: vi.fn(), exportModel: vi.fn() },
  ...{ evaluateModel: vi.fn(), cancelEvaluation: vi.fn(), drawSample: vi.fn(), computeImages: vi.fn() },
};
let shown: ShownStation;
afterEach(() => shown.end());

/** Softmax regression: the pictures of the test are too small for the other networks. */
const settings = { ...idleTraining().settings, network: 'softmax' as const };
const archive = done({ stored: true, trainRecords: 1_000 } as ImageArchiveReport);

async function show(training: Partial<TrainingState> = {}, images = {}): Promise<void> {
  for (const action of Object.values(actions)) action.mockReset();
  shown = await showStation(
    <ImageLearn />,
    { training: idleTraining({ settings, ...training }), archive, ...images },
    actions,
  );
}

const train = () =>
  [...shown.place.querySelectorAll('button')].find(({ textContent }) => textContent === 'Train');

const worst = (count: number): Evaluation['worst'] => ({
  pictures: picturesOf(count),
  predicted: new Uint16Array(count).fill(1),
  confidence: new Float32Array(count).fill(0.75),
  truth: new Float32Array(count).fill(0.125),
});

const finished = (change: Partial<TrainingRun> = {}): TrainingRun => {
  const run = runWith({ network: 'softmax', fraction: 0.01 }, { id: 'one', accuracy: 0.9831 }, change);
  return { ...run, evaluation: { ...(run.evaluation as Evaluation), worst: worst(3) } };
};

describe('before the first run', () => {
  it('says what an epoch is, and trains', async () => {
    await show();
    expect(shown.text()).toContain('No network has been trained on these pictures yet');
    expect(shown.text()).toContain('dreaMLearning 10 % · Softmax regression · seed 1');
    expect(shown.text()).toContain(
      'An epoch is 100 pictures in 1 step; 20 epochs may come to meet all 1,000.',
    );
    expect(shown.text()).toContain('26 parameters for these pictures');
    await shown.click('Train');
    expect(actions.startTraining).toHaveBeenCalledWith();
  });

  it('cannot train a network that the pictures are too small for', async () => {
    await show({ settings: { ...settings, network: 'lenet5' } });
    expect(train()?.disabled).toBe(true);
    expect(shown.place.querySelector('[role="alert"]')?.textContent).toContain('NETWORK_PICTURES_TOO_SMALL');
  });

  it('cannot train on a share that is none', async () => {
    await show({ settings: { ...settings, fraction: 0.0001 } });
    expect(train()?.disabled).toBe(true);
    expect(shown.text()).toContain('This share of 1,000 training pictures is none');
  });

  it('says that it could not be resumed where the store has no room', async () => {
    await show();
    expect(shown.text()).not.toContain('could not be resumed');
    act(() => shown.store.setState({ storage: { usage: 900, quota: 1_000, persisted: false } }));
    expect(shown.text()).toContain(
      'A checkpoint takes 208 B, and the browser’s store has 100 B left. This training could not be resumed once the page is closed or reloaded.',
    );
    expect(train()?.disabled).toBe(false);
  });

  it('says that the archive comes first', async () => {
    await show({}, { archive: idleTask() });
    expect(shown.text()).toContain('The archive is made first.');
    expect(train()?.disabled).toBe(false);
    await shown.change({ training: idleTraining({ settings: { ...settings, method: 'random' } }) });
    expect(shown.text()).not.toContain('The archive is made first.');
  });

  it('keeps the rest of the settings in a fold', async () => {
    await show();
    expect(shown.text()).not.toContain('Nesterov');
    await shown.click('More settings');
    for (const label of ['Batch', 'Learning rate', 'Nesterov momentum', 'Weight decay', 'Fetch ahead']) {
      expect(shown.text()).toContain(label);
    }
  });

  it('names the backend and what was tried', async () => {
    await show();
    await shown.click('Try it on this machine');
    expect(actions.probeBackend).toHaveBeenCalled();
    const choice: BackendChoice = {
      ...{ name: 'wasm', device: 'WebAssembly SIMD', forced: false, reason: 'It is the fastest here.' },
      trials: [{ name: 'webgpu', verdict: 'not here', reason: 'No adapter.', gradientError: null }],
    };
    await shown.change({ training: idleTraining({ settings, backend: done(choice) }) });
    expect(shown.text()).toContain('WebAssembly on WebAssembly SIMD. It is the fastest here.');
    expect(shown.text()).toContain('WebGPU: not here. No adapter.');
  });
});

describe('runs', () => {
  it('are listed with their state, their result and what was measured', async () => {
    const waiting = runWith({ method: 'random' }, { id: 'two', epochs: 0 }, { status: 'waiting' });
    const active = runWith({ method: 'full' }, { id: 'three', epochs: 4 }, { status: 'running' });
    await show({ runs: [finished(), waiting, active], active: 'three', queue: ['two'] });
    const cards = [...shown.place.querySelectorAll('.run-card')].map(({ textContent }) =>
      textContent.replace(/\u202f/g, ' '),
    );
    expect(cards).toHaveLength(3);
    expect(cards[0]).toContain('dreaMLearning 1 % · Softmax regression · seed 1');
    expect(cards[0]).toContain('98.31 %');
    expect(cards[0]).toContain('Done, 10 epochs');
    expect(cards[1]).toContain('Waiting, next');
    expect(cards[2]).toContain('Training, epoch 5 of 10');
    expect(shown.place.querySelector('[role="status"]')?.textContent).toBe('Training a run, 1 run waiting.');
    expect(shown.text()).toContain('Random and dreaMLearning differ only in where their pixels come from');
    await shown.click('Cancel: Preparing the device');
    expect(actions.cancelRun).toHaveBeenCalledWith('three');
  });

  it('are played, paused, stepped, rewound, started over and deleted', async () => {
    await show({ runs: [runWith({}, { id: 'one', epochs: 2 })] });
    await shown.click('Go on');
    expect(actions.playRun).toHaveBeenCalledWith('one');
    await shown.click('Step: one epoch');
    expect(actions.stepRun).toHaveBeenCalledWith('one');
    await shown.click('Rewind to the same first weights');
    expect(actions.rewindRun).toHaveBeenCalledWith('one');
    await shown.click('Start over with another seed');
    expect(actions.reseedRun).toHaveBeenCalledWith('one');
    await shown.click('Delete the run');
    expect(actions.deleteRun).toHaveBeenCalledWith('one');
    await shown.change({
      training: idleTraining({ runs: [runWith({}, { id: 'one', epochs: 2 })], active: 'one' }),
    });
    await shown.click('Pause');
    expect(actions.pauseRun).toHaveBeenCalledWith('one');
  });

  it('that failed say why, and can be played again', async () => {
    const error = new LabError('DEVICE_LOST', 'The device was lost: destroyed.').report();
    await show({ runs: [runWith({}, { id: 'one', epochs: 2 }, { status: 'failed', error })] });
    expect(shown.place.querySelector('[role="alert"]')?.textContent).toContain('DEVICE_LOST');
    await act(async () => {
      shown.place.querySelector<HTMLButtonElement>('.run-card .notice button')?.click();
      await Promise.resolve();
    });
    expect(actions.playRun).toHaveBeenCalledWith('one');
  });

  it('are chosen by their name', async () => {
    await show({ runs: [finished(), runWith({ seed: 2 }, { id: 'two' })] });
    const names = [...shown.place.querySelectorAll<HTMLButtonElement>('.run-name')];
    expect(names.map((name) => name.getAttribute('aria-pressed'))).toEqual(['false', 'true']);
    act(() => names[0].click());
    expect(actions.selectRun).toHaveBeenCalledWith('one');
  });
});

describe('what came of them', () => {
  it('is drawn, tabled and told in detail', async () => {
    await show({ runs: [finished()] });
    const figure = [...shown.place.querySelectorAll('[role="img"]')].map((one) =>
      one.getAttribute('aria-label')?.replace(/\u202f/g, ' '),
    );
    expect(figure).toContainEqual(expect.stringContaining('Test accuracy against epochs. dreaMLearning 1 %'));
    expect(shown.text()).toContain('Yours98.31 %dreaMLearning 1 % · Softmax regression · 10 epochs');
    const table = (caption: string) =>
      [...shown.place.querySelectorAll('table')]
        .find((one) => one.caption?.textContent.startsWith(caption))
        ?.textContent.replace(/\u202f/g, ' ');
    // No full training to compare with: seconds alone. 100 of 1,000 pictures were met in ten epochs.
    expect(table('The runs in the columns')).toContain(
      'dreaMLearning 1 %98.31 %1 run10 s27.0 %1.0 %1.0 %7.84 kB held100.0 %10.0 % read',
    );
    await shown.click('Accuracy by share');
    expect(table('Test accuracy by method')).toContain('98.31 %n = 1');
    const text = shown.text();
    expect(text).toContain('Training data in memory');
    expect(text).toContain('Its pixels are decoded from the archive, which takes 27.0 %');
    expect(text).toContain('cat, taken for dog with 75.0 %; 12.5 % for cat; record 0');
    await shown.click('Save the network');
    expect(actions.exportModel).toHaveBeenCalledWith('one');
  });

  it('stands beside what came with the lab, which is marked as such', async () => {
    const datasetId = sampleById('mnist')?.datasetId ?? '';
    const shipped: RecordedResult = {
      ...{
        dataset: 'MNIST',
        model: 'softmax',
        width: null,
        method: 'dreamlearning',
        fraction: 0.01,
        seed: 1,
      },
      ...{ epochs: 100, backend: 'wasm', accuracy: 0.9, selection: null, curve: [] },
      seconds: { fetch: 1, wait: 0, train: 5, evaluate: 3, select: 0, warmup: 1 },
      ...{ residentBytes: 1, tensorBytes: 1, distinctRecordsRead: 1, storageRatio: 0.5 },
      ...{ trainRecords: 60_000, subsetRecords: 600, rawBytes: 1 },
      ...{ date: '2026-11-29', machine: '2 cores', command: 'npm run -s reproduce -- mnist' },
    };
    const full = { ...shipped, method: 'full', fraction: 1, accuracy: 0.92 };
    await show();
    const dataset = done({ ...shown.store.getState().images.dataset.value, id: datasetId } as ImageSummary);
    await shown.change({ dataset });
    act(() =>
      shown.store.setState({ shipped: [shipped, { ...full, seconds: { ...full.seconds, train: 50 } }] }),
    );
    expect(shown.text()).toContain('Shipped with the lab90.00 %');
    expect(shown.text()).toContain('2.00 points below full training’s 92.00 %, in 10.0 % of its time.');
    expect(shown.text()).toContain('Measured on 29 Nov 2026 on 2 cores, withnpm run -s reproduce -- mnist');
    expect(shown.text()).toContain('No network has been trained on these pictures yet');
    await shown.change({ training: idleTraining({ settings, runs: [finished()] }) });
    // Runs are followed at a pace that can be read.
    await vi.waitFor(() => expect(shown.text()).not.toContain('No network has been trained'));
    expect(shown.text()).toContain('Shipped with the lab90.00 %');
  });

  it('says what choosing the pictures took', async () => {
    const selection = {
      ...{
        refreshes: 2,
        seconds: { features: 4, pick: 2, pretrain: 30 },
        pretrained: 3,
        seen: 900,
        bytes: 5e6,
      },
      ...{ distinctRead: 1_000, filled: 7, weights: { least: 0.5, most: 2, effective: 0.8 } },
    };
    await show({ runs: [finished({ selection })] });
    const text = shown.text();
    expect(text).toContain('choosing among them; both 3.0 s a selection');
    expect(text).toContain('900 of 1,000 training pictures');
    expect(text).toContain('0.5 to 2');
    expect(text).toContain('they count as 80.0 % as many pictures of equal weight');
    expect(text).toContain('Filled up at random');
  });

  it('shows the options of the chosen method alone', async () => {
    await show({ settings: { ...settings, method: 'dq' } });
    expect(shown.text()).toContain('Options of DQ');
    expect(shown.text()).toContain('Bins of a class');
    expect(shown.text()).toContain('no parts of pictures are dropped');
    expect(shown.text()).not.toContain('Warm start');
    await shown.change({ training: idleTraining({ settings }) });
    expect(shown.text()).not.toContain('Options of');
  });

  it('is there in numbers as well', async () => {
    await show({ runs: [finished()] });
    await shown.click('Table');
    const table = [...shown.place.querySelectorAll('table')].find(({ caption }) =>
      caption?.textContent.startsWith('Test accuracy and training loss'),
    );
    expect(table?.querySelectorAll('tbody tr')).toHaveLength(10);
  });

  it('is a picture and lists where there are many classes', async () => {
    const run = finished();
    const confusion = new Uint32Array(20 * 20);
    for (let k = 0; k < 20; k++) confusion[k * 20 + k] = 5;
    confusion[3] = 2;
    const evaluation = { ...(run.evaluation as Evaluation), confusion };
    await show({ runs: [{ ...run, evaluation }] });
    expect(shown.place.querySelector('canvas[aria-label^="Confusion matrix"]')).not.toBeNull();
    const lists = [...shown.place.querySelectorAll('.confusion-lists table')];
    expect(lists[0].querySelector('tbody')?.textContent.replace(/\u202f/g, ' ')).toBe('catclass 3228.6 %');
    expect(lists[1].querySelectorAll('tbody tr')).toHaveLength(20);
  });

  it('can be compared with a network from a file', async () => {
    const evaluation = { ...(finished().evaluation as Evaluation), epoch: 0, accuracy: 0.5 };
    await show({ imported: done({ name: 'mine.zip', parameters: 10, layers: 2, evaluation }) });
    expect(shown.text()).toContain('mine.zip, 100 test pictures');
    expect(shown.text()).toContain('10in 2 layers');
    const error = new LabError('MODEL_FILE_MISFIT', 'The model wants 32 × 32.').report();
    await shown.change({
      training: idleTraining({ settings, imported: { ...idleTask(), status: 'failed', error } }),
    });
    expect(shown.place.querySelector('[role="alert"]')?.textContent).toContain('MODEL_FILE_MISFIT');
  });
});

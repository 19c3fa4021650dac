import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import { readLink } from '../../contracts/link.ts';
import type { TrainingRun } from '../../contracts/training.ts';
import { HEADLINES } from '../headlines.ts';
import { createLabStore } from '../store.ts';
import { imageSummaryOf } from '../testing/fakePictures.ts';
import { createFakeLab, type FakeLab } from '../testing/fakeServices.ts';

const saved = vi.hoisted(() => [] as string[]);
vi.mock('../../platform/download.ts', () => ({
  download: (name: string) => {
    saved.push(name);
  },
}));

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const training = () => state().images.training;
const settled = () => vi.advanceTimersByTimeAsync(2_000);
/** Long enough for every undo to have passed. */
const later = () => vi.advanceTimersByTimeAsync(20_000);
const shape = { width: 28, height: 28 };

function freshLab(): void {
  fake = createFakeLab();
  fake.pictures.set('sample:mnist', imageSummaryOf('mnist', { sampleId: 'mnist', ...shape }));
  fake.pictures.set('files:pets.zip', imageSummaryOf('pets', { channels: 3, ...shape }));
  lab = createLabStore(fake.services);
}

async function opened(link = 'data=mnist'): Promise<void> {
  await lab.start(link);
  await settled();
  fake.calls.splice(0);
}

beforeEach(async () => {
  vi.useFakeTimers();
  saved.length = 0;
  freshLab();
  await opened();
});
afterEach(() => {
  vi.useRealTimers();
});

const newCalls = (): string[] => fake.calls.splice(0).filter((name) => name !== 'listArchives');
const statuses = (): string[] => training().runs.map(({ status }) => status);
const epochs = (): number[] => training().runs.map((run) => run.epochs.length);
const onlyId = (): string => training().runs[0].id;
const kept = (id = onlyId()): TrainingRun | undefined => fake.training.kept.get(id);

async function start(change: Parameters<ReturnType<typeof state>['planTraining']>[0] = {}): Promise<string> {
  state().planTraining({ epochs: 3, ...change });
  await settled();
  newCalls();
  state().startTraining();
  const { id } = training().runs[training().runs.length - 1];
  await settled();
  return id;
}

describe('training', () => {
  it('starts with what is usual for the pictures', async () => {
    expect(training().settings).toMatchObject({ network: 'lenet5', augment: 'none', fraction: 0.1 });
    fake.kindOfFiles = 'images';
    await state().loadFiles([{ path: 'pets.zip', file: new File(['a'], 'pets.zip') }]);
    await settled();
    expect(training().settings).toMatchObject({ network: 'resnet18', augment: 'crop-flip' });
  });

  it('learns from the archive, and looks at raw test pictures', async () => {
    const id = await start();
    expect(newCalls()).toEqual(['serve pictures-1', 'serve raw', 'train dreamlearning 0.1 1']);
    expect(training()).toMatchObject({ active: null, queue: [], selected: id, progress: null });
    const [run] = training().runs;
    expect(run).toMatchObject({ status: 'done', archiveId: 'pictures-1', division: { split: 1 } });
    expect(run.epochs).toHaveLength(3);
    expect(run.parameters).toBeGreaterThan(0);
    expect(kept()).toEqual(run);
    expect(fake.training.requests[0]).toMatchObject({ fresh: true, budget: Infinity, wish: 'auto' });
    // Nothing is served any more.
    expect(fake.training.serving).toEqual([]);
  });

  it('takes raw pixels through one port where the method asks for them', async () => {
    await start({ method: 'random' });
    await start({ method: 'full' });
    expect(newCalls()).toEqual(['serve raw', 'train full 1 1']);
    expect(fake.training.requests.map(({ testPixels }) => testPixels)).toEqual([null, null]);
    expect(training().runs.map(({ archiveId }) => archiveId)).toEqual([null, null]);
  });

  it('makes the archive first when it is out of date, and does not replace it while it is learnt from', async () => {
    fake.encodeSeconds = 30;
    state().computeImages('archive');
    await settled();
    state().changeImages({ tau: 128 });
    await settled();
    expect(state().images.archive.stale).toBe(true);
    fake.encodeSeconds = 1;
    const held = fake.hold('compressImages');
    await start();
    expect(newCalls()).toEqual(['compressImages']);
    expect(training().progress?.phase).toContain('archive');
    expect(statuses()).toEqual(['running']);
    fake.training.waitAt = 1;
    held.release();
    await settled();
    expect(training().runs[0]).toMatchObject({ status: 'running', archiveId: 'pictures-3' });
    newCalls();
    state().changeImages({ tau: 32 });
    await settled();
    expect(newCalls()).not.toContain('compressImages');
    expect(state().images.archive.stale).toBe(true);
    expect(statuses()).toEqual(['running']);
  });

  it('fails with what making the archive failed with', async () => {
    state().computeImages('archive');
    fake.hold('compressImages');
    await settled();
    state().cancelImages('archive');
    await settled();
    fake.encodeSeconds = 30;
    state().changeImages({ tau: 99 });
    const held = fake.hold('compressImages');
    await start();
    held.fail(new LabError('WORKER_CRASHED', 'It is gone.'));
    await settled();
    expect(training().runs[0]).toMatchObject({ status: 'failed', error: { code: 'WORKER_CRASHED' } });
  });

  it('refuses pictures that the network cannot take', async () => {
    fake.pictures.set('sample:mnist', imageSummaryOf('mnist', { sampleId: 'mnist' }));
    await opened();
    state().startTraining();
    expect(training().runs).toEqual([]);
    expect(state().messages[0].code).toBe('NETWORK_PICTURES_TOO_SMALL');
  });

  it('keeps settings inside their ranges, and one share with the sample', async () => {
    state().watchEpoch(true);
    await settled();
    newCalls();
    state().planTraining({
      epochs: -3,
      batch: 1e9,
      rate: Number.NaN,
      method: 'all',
      fraction: 0.05,
    });
    expect(training().settings).toMatchObject({
      ...{ epochs: 1, batch: 4096, rate: 0.05, method: 'dreamlearning', fraction: 0.05 },
    });
    expect(state().images.fraction).toBe(0.05);
    await settled();
    expect(newCalls()).toEqual(['sampleImages 0.05 1']);
    await state().drawSample({ fraction: 0.2 });
    expect(training().settings.fraction).toBe(0.2);
  });
});

describe('the queue of runs', () => {
  it('trains one at a time and goes on with the next', async () => {
    fake.training.waitAt = 1;
    const first = await start();
    const second = await start({ seed: 2 });
    expect(training()).toMatchObject({ active: first, queue: [second] });
    expect(statuses()).toEqual(['running', 'waiting']);
    fake.training.waitAt = Infinity;
    state().pauseRun(first);
    await settled();
    expect(statuses()).toEqual(['paused', 'done']);
    expect(kept(first)).toMatchObject({ status: 'paused' });
  });

  it('pauses and goes on where it was', async () => {
    fake.training.waitAt = 1;
    const id = await start();
    expect(training().progress).toMatchObject({ phase: 'Epoch 1 of 3' });
    state().pauseRun(id);
    expect(training().progress).toMatchObject({ phase: 'Pausing' });
    await settled();
    expect([statuses(), epochs()]).toEqual([['paused'], [1]]);
    fake.training.waitAt = Infinity;
    state().playRun(id);
    await settled();
    expect([statuses(), epochs()]).toEqual([['done'], [3]]);
    expect(fake.training.requests.map(({ fresh }) => fresh)).toEqual([true, false]);
    newCalls();
    state().playRun(id);
    await settled();
    expect(newCalls()).toEqual([]);
  });

  it('steps an epoch at a time, also while it plays', async () => {
    fake.training.waitAt = 1;
    const id = await start();
    fake.training.waitAt = Infinity;
    state().stepRun(id);
    await settled();
    expect([statuses(), epochs()]).toEqual([['paused'], [2]]);
    state().stepRun(id);
    await settled();
    expect([statuses(), epochs()]).toEqual([['done'], [3]]);
  });

  it('takes runs out of it, and stops the one at work for good', async () => {
    fake.training.waitAt = 1;
    const first = await start();
    const second = await start({ seed: 2 });
    state().cancelRun(second);
    await settled();
    expect(statuses()).toEqual(['running', 'cancelled']);
    state().cancelRun(first);
    await settled();
    expect(statuses()).toEqual(['cancelled', 'cancelled']);
    expect(kept(first)).toMatchObject({ status: 'cancelled' });
    fake.training.waitAt = Infinity;
    state().playRun(first);
    await settled();
    expect(training().runs[0]).toMatchObject({ status: 'done' });
  });
});

describe('a run that is taken back', () => {
  it('starts at the same weights, unless that is undone', async () => {
    const id = await start();
    state().rewindRun(id);
    await settled();
    expect([statuses(), epochs()]).toEqual([['paused'], [0]]);
    expect(kept()?.epochs).toHaveLength(3);
    state().messages.at(-1)?.undo?.();
    await later();
    expect([statuses(), epochs()]).toEqual([['done'], [3]]);
    expect(fake.training.checkpoints.get(id)).toBe(3);

    state().rewindRun(id);
    await later();
    expect(kept()).toMatchObject({ epochs: [], status: 'paused', archiveId: null });
    expect(fake.training.checkpoints.has(id)).toBe(false);
    state().playRun(id);
    await settled();
    expect(fake.training.requests.at(-1)).toMatchObject({ fresh: true });
    expect(fake.training.requests.at(-1)?.run.epochs).toEqual([]);
    expect([statuses(), epochs()]).toEqual([['done'], [3]]);
  });

  it('is played at once if one wants, and then stays taken back', async () => {
    const id = await start();
    state().rewindRun(id);
    await vi.advanceTimersByTimeAsync(0);
    fake.training.waitAt = 1;
    state().playRun(id);
    await settled();
    expect(state().messages.some(({ undo }) => undo !== null)).toBe(false);
    expect([statuses(), epochs()]).toEqual([['running'], [1]]);
    await later();
    expect(fake.training.checkpoints.get(id)).toBe(1);
  });

  it('takes a seed that no such run has', async () => {
    await start({ seed: 1 });
    await start({ seed: 2 });
    state().reseedRun(onlyId());
    await later();
    expect(training().runs.map(({ settings }) => settings.seed)).toEqual([3, 2]);
    expect(kept()?.settings.seed).toBe(3);
  });

  it('is deleted with its checkpoint, or had back, also while it trains', async () => {
    fake.training.waitAt = 1;
    const id = await start();
    state().deleteRun(id);
    await settled();
    expect(training()).toMatchObject({ runs: [], active: null, selected: null });
    state().messages.at(-1)?.undo?.();
    await later();
    expect([statuses(), epochs()]).toEqual([['paused'], [1]]);
    state().deleteRun(id);
    await later();
    expect(training().runs).toEqual([]);
    expect(fake.training.kept.size).toBe(0);
  });
});

describe('what goes wrong', () => {
  it('stays with the run, whose last state stands', async () => {
    fake.training.failure = { by: 'call', error: new LabError('WORKER_CRASHED', 'It is gone.') };
    const id = await start();
    expect(training().runs[0]).toMatchObject({ status: 'failed', error: { code: 'WORKER_CRASHED' } });
    expect([epochs(), training().active]).toEqual([[1], null]);
    expect(kept()).toMatchObject({ status: 'failed' });
    expect(fake.training.renewals).toBe(0);
    fake.training.failure = null;
    state().playRun(id);
    await settled();
    expect(training().runs[0]).toMatchObject({ status: 'done', error: null });
  });

  it('asks for a fresh worker when the device is lost', async () => {
    fake.training.failure = { by: 'run', error: new LabError('DEVICE_LOST', 'The device is gone.') };
    await start();
    expect(training().runs[0]).toMatchObject({ status: 'failed', error: { code: 'DEVICE_LOST' } });
    expect(fake.training.renewals).toBe(1);
  });

  it('names what serving the pictures failed with', async () => {
    fake.training.waitAt = 1;
    await start();
    fake.training.serving[0].fail(new LabError('ARCHIVE_NOT_FOUND', 'The archive is gone.'));
    await settled();
    expect(training().runs[0]).toMatchObject({ status: 'failed', error: { code: 'ARCHIVE_NOT_FOUND' } });
    expect(epochs()).toEqual([1]);
  });

  it('lets the others go on', async () => {
    fake.training.waitAt = 1;
    await start();
    await start({ seed: 2 });
    fake.training.waitAt = Infinity;
    fake.training.serving[0].fail(new LabError('WORKER_CRASHED', 'It is gone.'));
    await settled();
    expect(statuses()).toEqual(['failed', 'done']);
  });
});

describe('the backend', () => {
  it('is found out when asked, and changed with a fresh worker', async () => {
    await state().probeBackend();
    expect(newCalls()).toEqual(['chooseBackend auto']);
    expect(training().backend.value).toMatchObject({ name: 'wasm' });
    state().wishBackend('cpu');
    expect(training()).toMatchObject({ wish: 'cpu', backend: { value: null } });
    expect(fake.training.renewals).toBe(1);
    fake.training.waitAt = 1;
    await start();
    expect(fake.training.requests[0].wish).toBe('cpu');
    state().wishBackend('wasm');
    expect(fake.training.renewals).toBe(1);
    state().pauseRun(onlyId());
    await settled();
    expect(fake.training.renewals).toBe(2);
  });
});

describe('runs that are kept', () => {
  it('come back with their pictures, and go on', async () => {
    fake.training.waitAt = 1;
    const id = await start();
    state().pauseRun(id);
    await settled();
    const before = fake;
    freshLab();
    fake.training = Object.assign(fake.training, { kept: before.training.kept });
    await opened();
    expect([statuses(), epochs()]).toEqual([['paused'], [1]]);
    state().playRun(id);
    await settled();
    expect(fake.training.requests[0]).toMatchObject({ fresh: false });
    expect([statuses(), epochs()]).toEqual([['done'], [3]]);
  });

  it('are paused and put away when something else is opened', async () => {
    fake.training.waitAt = 1;
    const first = await start();
    const second = await start({ seed: 2 });
    await state().load({ kind: 'sample', id: 'diamonds' });
    await settled();
    expect(training()).toMatchObject({ runs: [], queue: [], active: null, selected: null });
    expect(kept(first)).toMatchObject({ status: 'paused', epochs: [{ epoch: 1 }] });
    expect(kept(second)).toMatchObject({ status: 'paused', epochs: [] });
    fake.training.waitAt = Infinity;
    await state().load({ kind: 'sample', id: 'mnist' });
    await settled();
    expect(statuses()).toEqual(['paused', 'paused']);
    state().playRun(first);
    await settled();
    expect(statuses()).toEqual(['done', 'paused']);
  });

  it('go with everything else', async () => {
    await start();
    await state().deleteEverything();
    await settled();
    expect(training().runs).toEqual([]);
    expect(fake.training.kept.size).toBe(0);
  });
});

describe('networks as files', () => {
  it('are saved, and looked at on the test pictures', async () => {
    const id = await start();
    await state().exportModel(id);
    expect(saved).toEqual([`${id}.tfjs.zip`]);
    newCalls();
    await state().evaluateModel([new File(['PK'], 'other.zip')]);
    expect(newCalls()).toEqual(['serve raw', 'evaluateModel']);
    expect(training().imported.value).toMatchObject({ name: 'other.zip' });
    expect(fake.training.serving).toEqual([]);
  });
});

describe('a store that is full', () => {
  const said = () => state().messages.filter(({ code }) => code?.startsWith('STORAGE'));

  it('is said before the first step of a training that could not be resumed', async () => {
    fake.services.estimateStorage = async () => ({ usage: 900_000, quota: 1_000_000, persisted: false });
    fake.training.waitAt = 0;
    await start();
    expect(epochs()).toEqual([0]);
    expect(said()).toMatchObject([{ tone: 'warning', code: 'STORAGE_FULL' }]);
    expect(said()[0].what.replaceAll('\u202f', ' ')).toBe(
      'This training cannot be resumed once the page is closed or reloaded: ' +
        'A checkpoint takes 488 kB, and the browser’s store has 100 kB left.',
    );
    fake.training.waitAt = Infinity;
    state().pauseRun(onlyId());
    await settled();
    state().playRun(onlyId());
    await settled();
    expect(statuses()).toEqual(['done']);
  });

  it('is said where only a write tells', async () => {
    const error = new LabError('STORAGE_FULL', 'No room is left.');
    vi.spyOn(fake.services.runStore, 'write').mockRejectedValue(error);
    fake.training.waitAt = 0;
    await start();
    expect(epochs()).toEqual([0]);
    expect(said()).toMatchObject([{ code: 'STORAGE_FULL', todo: error.todo }]);
    expect(said()[0].what).toContain('No room is left.');
  });

  it('is no word where there is room', async () => {
    await start();
    expect(said()).toEqual([]);
    expect(statuses()).toEqual(['done']);
  });
});

describe('a link', () => {
  it('carries the run that is shown, and starts nothing', async () => {
    await start({ method: 'random-fixed', fraction: 0.05, seed: 9, rate: 0.1, network: 'softmax' });
    state().planTrainingSweep({ fractions: [0.5, 0.01], methods: ['random'], seeds: [3] });
    state().wishBackend('wasm');
    const { settings } = training().runs[0];
    // What would be trained next is not what is shown.
    state().planTraining({ seed: 1, rate: 0.2 });
    const hash = state().link().split('#')[1];
    expect(readLink(hash).experiment.images).toMatchObject({
      training: { network: 'softmax', method: 'random-fixed', seed: 9, rate: 0.1, epochs: 3 },
      fraction: 0.05,
      backend: 'wasm',
      grid: { fractions: [0.01, 0.5], methods: ['random'], seeds: [3] },
    });
    freshLab();
    await opened(hash);
    expect(training()).toMatchObject({ settings, wish: 'wasm', runs: [] });
    expect(training().plan).toEqual({ fractions: [0.01, 0.5], methods: ['random'], seeds: [3] });
    expect(state().messages).toEqual([]);
  });

  it('leaves out what is usual', () => {
    const { training: said, backend, grid } = readLink(state().link().split('#')[1]).experiment.images;
    expect([said, backend, grid]).toEqual([{}, null, {}]);
  });

  it('does not hand its settings to other pictures', async () => {
    await lab.start('data=mnist&epochs=7');
    await settled();
    expect(training().settings.epochs).toBe(7);
    await state().load({ kind: 'sample', id: 'mnist' });
    await settled();
    expect(training().settings.epochs).toBe(20);
  });
});

describe('the rail', () => {
  const said = (station: 'learn' | 'sweep'): string => {
    const { value, note } = HEADLINES[station](state());
    return `${value} | ${note}`.replaceAll('\u202f', ' ');
  };

  it('says what is trained and what came of it', async () => {
    fake.training.waitAt = 1;
    const id = await start();
    expect(said('learn')).toBe('90.0 % | epoch 2 of 3 · LeNet5 · dreaMLearning 10 %');
    expect(HEADLINES.learn(state())).toMatchObject({ isBusy: true });
    fake.training.waitAt = Infinity;
    state().pauseRun(id);
    await settled();
    state().playRun(id);
    await settled();
    expect(said('learn')).toBe('90.0 % | LeNet5 · dreaMLearning 10 %');
    // The sweep's plan has this very run, but nobody has started a sweep.
    expect(said('sweep')).toMatch(/^not run \| /);
    state().planTrainingSweep({ fractions: [0.1], methods: ['random', 'dreamlearning'] });
    state().runTrainingSweep();
    await settled();
    expect(said('sweep')).toBe('2 of 2 | runs');
    expect(said('learn')).toBe('90.0 % | LeNet5 · dreaMLearning 10 %');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../contracts/images.ts';
import { readLink } from '../../contracts/link.ts';
import { FORMER_READING } from '../../contracts/link/readings.ts';
import { createLabStore } from '../store.ts';
import { imageSweepPoints } from '../../contracts/imageSweep.ts';
import { imageSummaryOf } from '../testing/fakePictures.ts';
import { createFakeLab, listingOf, summaryOf, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const settled = () => vi.advanceTimersByTimeAsync(2_000);
const files = (...paths: string[]) => paths.map((path) => ({ path, file: new File(['a'], path) }));

beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeLab();
  fake.pictures.set('sample:mnist', imageSummaryOf('mnist', { sampleId: 'mnist' }));
  fake.pictures.set('files:pets.zip', imageSummaryOf('pets', { channels: 3 }));
  lab = createLabStore(fake.services);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Calls since the last look. */
function newCalls(): string[] {
  return fake.calls.splice(0).filter((name) => name !== 'listArchives');
}

async function opened(): Promise<void> {
  await lab.start('data=mnist');
  await settled();
}

describe('pictures', () => {
  it('run through the pipeline when their sample is opened', async () => {
    await opened();
    expect(newCalls()).toEqual(['openImages', 'analyseImages 0', 'compressImages', 'inspectImage null']);
    expect(state()).toMatchObject({ kind: 'images', source: null });
    expect(state().images.source).toEqual({ kind: 'sample', id: 'mnist' });
    expect(state().images.settings).toEqual(DEFAULT_IMAGE_SETTINGS);
    expect(state().dataset.value).toBeNull();
  });

  it('open with the transform that suits their channels', async () => {
    fake.kindOfFiles = 'images';
    await state().loadFiles(files('pets.zip'));
    await settled();
    expect(state().images.settings.transform).toBe('dct');
  });

  it('leave what is open alone when they cannot be read', async () => {
    await lab.start('');
    await settled();
    fake.kindOfFiles = 'images';
    await state().loadFiles(files('nothing.zip'));
    expect(state()).toMatchObject({ kind: 'table' });
    expect(state().dataset.value?.name).toBe('diamonds');
    expect(state().messages.map(({ code }) => code)).toEqual(['IMAGES_NONE']);
  });

  it('make room for a table, and the other way round', async () => {
    await opened();
    await state().load({ kind: 'sample', id: 'diamonds' });
    await settled();
    expect(state()).toMatchObject({ kind: 'table' });
    expect(state().images.dataset.value).toBeNull();
    expect(state().images.source).toBeNull();
    await state().load({ kind: 'sample', id: 'mnist' });
    await settled();
    expect(state()).toMatchObject({ kind: 'images' });
    expect(state().bits.value).toBeNull();
  });

  it('are not there in several tables: which is meant is asked, and the first one is not taken for it', async () => {
    fake.kindOfFiles = 'tables';
    fake.datasets.set('file:b.csv', summaryOf('b'));
    await state().loadFiles(files('a.csv', 'b.csv'));
    await settled();
    expect(state()).toMatchObject({ station: 'data', source: null });
    expect(state().choice?.found.tables.map(({ path }) => path)).toEqual(['a.csv', 'b.csv']);
    await state().openFound(1);
    await settled();
    expect(state().dataset.value?.name).toBe('b');
    expect(state().choice).toBeNull();
  });

  it('are not there in a table that is too large, of which a sample is offered', async () => {
    fake.datasets.set('file:sample of huge.csv', summaryOf('some of it'));
    const opening = fake.hold('openDataset');
    const loading = state().loadFiles(files('huge.csv'));
    await settled();
    opening.fail(new LabError('CSV_TOO_LARGE', 'huge.csv has about 900,000,000 cells.'));
    await loading;
    const [message] = state().messages.filter(({ code }) => code === 'CSV_TOO_LARGE');
    expect(message.action?.label).toBe('Open a sample of it');
    message.action?.run();
    await settled();
    expect(fake.calls).toContain('sampleTable');
    expect(state().dataset.value?.name).toBe('some of it');
    expect(state().messages.map(({ what }) => what)).toEqual([
      '1,000 of 5,000 records of huge.csv were drawn at random, seed 1.',
    ]);
  });

  it('are not there in two tables of the same columns: they can be training and test records', async () => {
    fake.kindOfFiles = 'tables';
    const given = files('data.zip', 'test.csv');
    fake.openings = {
      tables: [
        { file: 0, inside: 'in/train.csv', path: 'data.zip/in/train.csv', bytes: 9 },
        { file: 1, inside: null, path: 'test.csv', bytes: 5 },
      ],
      pair: { train: 0, test: 1, isNamed: true },
      contradiction: null,
    };
    fake.datasets.set('file:data.zip', summaryOf('data', { testRows: 3 }));
    await state().loadFiles(given);
    await settled();
    await state().openFound(0, 1);
    await settled();
    expect(state().source).toMatchObject({
      kind: 'file',
      file: given[0].file,
      inside: 'in/train.csv',
      test: { file: given[1].file },
    });
    expect(state().link()).toContain('test-records=3');
    await state().loadFiles(given);
    state().forgetChoice();
    expect(state().choice).toBeNull();
  });

  it('are not there in one table among other files: it is opened, and said', async () => {
    fake.kindOfFiles = 'tables';
    fake.openings = {
      tables: [{ file: 1, inside: null, path: 'b.csv', bytes: 9 }],
      pair: null,
      contradiction: null,
    };
    fake.datasets.set('file:b.csv', summaryOf('b'));
    await state().loadFiles(files('README.md', 'b.csv'));
    await settled();
    expect(state().dataset.value?.name).toBe('b');
    expect(state().messages[0].what).toBe('b.csv is the only table among 2 files, and is opened.');
  });

  it('compute what an epoch sees while someone looks at it, and no longer', async () => {
    await opened();
    newCalls();
    state().watchEpoch(true);
    await settled();
    expect(newCalls()).toEqual(['sampleImages 0.1 1', 'condenseImages 5']);
    state().watchEpoch(false);
    state().watchEpoch(true);
    await settled();
    expect(newCalls()).toEqual([]);
    state().watchEpoch(false);
    state().changeImages({ beta: 7 });
    state().planTraining({ fraction: 0.2 });
    await settled();
    expect(newCalls()).toEqual([]);
    state().watchEpoch(true);
    await settled();
    expect(newCalls()).toEqual(['sampleImages 0.2 1', 'condenseImages 7']);
  });

  it('compute again only what a change puts out of date', async () => {
    await opened();
    state().watchEpoch(true);
    await settled();
    newCalls();
    state().changeImages({ beta: 7 });
    await settled();
    expect(newCalls()).toEqual(['condenseImages 7']);
    state().changeImages({ blockBytes: 16_384 });
    await settled();
    expect(newCalls()).toEqual(['compressImages', 'inspectImage 0', 'sampleImages 0.1 1']);
    // Pixels as they are need no representation.
    state().changeImages({ representation: 'offset' });
    await settled();
    expect(newCalls()).toEqual([]);
    state().changeImages({ tau: 128 });
    await settled();
    expect(newCalls()).toEqual(['analyseImages 0', 'compressImages', 'inspectImage 0', 'sampleImages 0.1 1']);
  });

  it('wait with an archive that takes long until somebody asks', async () => {
    fake.encodeSeconds = 30;
    await opened();
    newCalls();
    state().changeImages({ tau: 128 });
    await settled();
    expect(newCalls()).toEqual(['analyseImages 0']);
    expect(state().images.archive).toMatchObject({ status: 'done', stale: true });
    state().computeImages('archive');
    await settled();
    expect(newCalls()).toEqual(['compressImages', 'inspectImage 0']);
    expect(state().images.archive.stale).toBe(false);
  });

  it('keep to the ranges of their settings', async () => {
    await opened();
    state().changeImages({ tau: -3, testFraction: 7, blockBytes: 5, beta: Number.NaN });
    expect(state().images.settings).toMatchObject({
      tau: 1,
      testFraction: 0.5,
      blockBytes: DEFAULT_IMAGE_SETTINGS.blockBytes,
      beta: DEFAULT_IMAGE_SETTINGS.beta,
    });
  });

  it('show the bits of the class that is chosen', async () => {
    await opened();
    newCalls();
    state().showTable(1);
    await settled();
    expect(newCalls()).toEqual(['analyseImages 1']);
    expect(state().images.bits.value?.table).toBe(1);
  });

  it('give a fresh sample with every draw, and the same one for the same seed', async () => {
    await opened();
    state().watchEpoch(true);
    await settled();
    newCalls();
    await state().drawSample();
    await state().drawSample({ fraction: 0.01 });
    await state().drawSample({ seed: 9 });
    expect(newCalls()).toEqual(['sampleImages 0.1 2', 'sampleImages 0.01 2', 'sampleImages 0.01 9']);
  });

  it('end what is cancelled and keep what was there', async () => {
    await opened();
    fake.hold('compressImages');
    state().computeImages('archive');
    await vi.advanceTimersByTimeAsync(0);
    expect(state().images.archive.status).toBe('running');
    state().cancelImages('archive');
    await settled();
    expect(state().images.archive.status).toBe('cancelled');
    expect(state().images.archive.value).not.toBeNull();
  });

  it('measure the peers in a worker of their own, and forget them with the settings', async () => {
    await opened();
    await state().measureImagePeers();
    expect(state().images.peers.rows.map(({ name }) => name)).toEqual(['png']);
    state().changeImages({ tau: 32 });
    expect(state().images.peers.rows).toEqual([]);
  });
});

describe('archives of pictures', () => {
  const facts = {
    width: 2,
    height: 2,
    channels: 1 as const,
    classes: 2,
    trainRecords: 8,
    fidelity: { kind: 'exact' as const },
    settings: { ...DEFAULT_IMAGE_SETTINGS, tau: 99 },
  };

  it('are opened as pictures, with their settings', async () => {
    fake.stored = [listingOf('kept', { images: facts })];
    fake.pictures.set('archive:kept', imageSummaryOf('pets'));
    await lab.start('');
    await settled();
    expect(state()).toMatchObject({ kind: 'images' });
    expect(state().images.settings.tau).toBe(99);
    // The working archive replaces the one that the pictures came from.
    expect(state().images.source).toMatchObject({ kind: 'archive', id: 'pictures-1' });
  });

  it('close the pictures when they are deleted', async () => {
    fake.stored = [listingOf('kept', { images: facts })];
    fake.pictures.set('archive:kept', imageSummaryOf('pets'));
    await lab.start('');
    await settled();
    await state().deleteEverything();
    expect(state().images.dataset.value).toBeNull();
    expect(state().images.source).toBeNull();
    expect(state().station).toBe('data');
  });
});

describe('links to pictures', () => {
  it('restore what was shared', async () => {
    await opened();
    state().changeImages({ transform: 'dct8', representation: 'offset', tau: 32, classWise: false });
    state().planImageSweep({ taus: [16, 64], transforms: ['dct'] });
    await state().drawSample({ fraction: 0.05, seed: 4 });
    state().goTo('learn');
    const link = state().link();
    const { settings, sweep, fraction } = state().images;

    fake = createFakeLab();
    fake.pictures.set('sample:mnist', imageSummaryOf('mnist', { sampleId: 'mnist' }));
    lab = createLabStore(fake.services);
    await lab.start(link.split('#')[1]);
    await settled();
    expect(state().images.settings).toEqual(settings);
    expect(state().images.sweep.plan).toEqual(sweep.plan);
    expect(state().images.fraction).toBe(fraction);
    expect(state().station).toBe('learn');
    expect(state().messages).toEqual([]);
  });

  it('name files by the hash of what they hold, and check the one that is dropped', async () => {
    const { id } = imageSummaryOf('pets');
    const hash = `data=sha256-${'a'.repeat(64)}&file=pets.zip&tau=32&size=8x8&fit=crop`;
    await lab.start(hash);
    await settled();
    expect(state().awaited?.fileName).toBe('pets.zip');
    fake.kindOfFiles = 'images';
    await state().loadFiles(files('pets.zip'));
    await settled();
    const [message] = state().messages;
    expect(message.code).toBe('LINK_DATASET_MISMATCH');
    expect(state().awaited).not.toBeNull();
    message.action?.run();
    await settled();
    expect(state().awaited).toBeNull();
    expect(state().images.dataset.value?.id).toBe(id);
    // What was set in the link stays.
    expect(state().images.settings.tau).toBe(32);
  });

  it('say that an earlier version may have read the files in another way', async () => {
    await lab.start(`app=0.1.0&data=sha256-${'a'.repeat(64)}&file=pets.zip`);
    await settled();
    fake.kindOfFiles = 'images';
    await state().loadFiles(files('pets.zip'));
    await settled();
    const [{ code, todo, action }] = state().messages;
    expect([code, action?.label]).toEqual(['LINK_DATASET_MISMATCH', 'Go on with it']);
    expect(todo).toBe(FORMER_READING);
  });

  it('read the dropped files as the link says', async () => {
    const { id } = imageSummaryOf('pets');
    fake.pictures.set('files:pets.zip', imageSummaryOf('pets', { id: 'b'.repeat(64) }));
    await lab.start(
      `data=sha256-${'b'.repeat(64)}&file=pets.zip&tau=32&size=8x8&fit=crop&sixteen-bits=stretch&classes-from=last-folders&labels=a%2Fb.csv&label-column=kind`,
    );
    await settled();
    fake.kindOfFiles = 'images';
    await state().loadFiles(files('pets.zip'));
    await settled();
    expect(id).not.toBe('b'.repeat(64));
    expect(state().images.settings.tau).toBe(32);
    const { source } = state().images;
    const reading = {
      size: { width: 8, height: 8 },
      rule: 'crop',
      depth: 'stretch',
      classesFrom: 'last-folders',
      labels: 'a/b.csv',
      labelColumn: 'kind',
    };
    expect(source?.kind === 'files' && source.reading).toEqual(reading);
    const { experiment } = readLink(state().link().split('#')[1]);
    expect(experiment.images.reading).toEqual(reading);
  });
});

describe('the sweep over pictures', () => {
  it('runs every combination once, pixels as they are for one representation only', async () => {
    await opened();
    newCalls();
    state().planImageSweep({
      transforms: ['none', 'dct'],
      representations: ['zigzag', 'offset'],
      taus: [64, 16],
      classWise: [true],
    });
    await state().runImageSweep();
    expect(newCalls()).toEqual([
      'imageSweepCell none 16',
      'imageSweepCell none 64',
      'imageSweepCell dct 16',
      'imageSweepCell dct 64',
      'imageSweepCell dct 16',
      'imageSweepCell dct 64',
    ]);
    expect(state().images.sweep).toMatchObject({ status: 'done', stale: false });
    expect(state().images.sweep.cells).toHaveLength(6);
    const { settings, sweep } = state().images;
    expect(imageSweepPoints(settings, sweep.plan)).toHaveLength(6);
    state().changeImages({ seed: 3 });
    expect(state().images.sweep.stale).toBe(false);
    // It brings its own τ.
    state().changeImages({ tau: 3 });
    expect(state().images.sweep.stale).toBe(false);
    state().changeImages({ objective: 'equation1' });
    expect(state().images.sweep.stale).toBe(true);
    state().changeImages({ objective: 'true' });
    expect(state().images.sweep.stale).toBe(false);
  });

  it('can be paused and resumed, and is measured at no point twice', async () => {
    await opened();
    newCalls();
    const { release } = fake.hold('imageSweepCell dct 64');
    void state().runImageSweep();
    await vi.advanceTimersByTimeAsync(10);
    const { cells } = state().images.sweep;
    expect(cells.length).toBeGreaterThan(0);
    state().pauseImageSweep();
    expect(state().images.sweep).toMatchObject({ status: 'paused', cells });
    newCalls();
    release();
    await state().resumeImageSweep();
    expect(state().images.sweep.status).toBe('done');
    const points = imageSweepPoints(state().images.settings, state().images.sweep.plan);
    expect(state().images.sweep.cells.map(({ settings }) => settings)).toEqual(points);
    expect(newCalls()).toHaveLength(points.length - cells.length);
  });

  it('is kept with its pictures, and goes on after a reload', async () => {
    await opened();
    const { release } = fake.hold('imageSweepCell dct 64');
    state().planImageSweep({ taus: [16, 64], transforms: ['none', 'dct'], classWise: [true] });
    void state().runImageSweep();
    await vi.advanceTimersByTimeAsync(10);
    const { cells, plan } = state().images.sweep;
    state().pauseImageSweep();
    await vi.advanceTimersByTimeAsync(10);
    lab = createLabStore(fake.services);
    await opened();
    expect(state().images.sweep).toMatchObject({ status: 'paused', plan, cells, stale: false });
    newCalls();
    release();
    await state().resumeImageSweep();
    expect(newCalls()).toHaveLength(4 - cells.length);
    expect(state().images.sweep).toMatchObject({ status: 'done' });
    // Others have none; it comes back with these.
    fake.kindOfFiles = 'images';
    await state().loadFiles(files('pets.zip'));
    await settled();
    expect(state().images.sweep).toMatchObject({ status: 'idle', cells: [] });
    await state().loadImages({ kind: 'sample', id: 'mnist' });
    await settled();
    expect(state().images.sweep).toMatchObject({ status: 'done', plan });
    state().clearImageSweep();
    await settled();
    expect(fake.imageSweeps.size).toBe(0);
  });

  it('stops at a failure and says why', async () => {
    await opened();
    const held = fake.hold('imageSweepCell none 64');
    void state().runImageSweep();
    await vi.advanceTimersByTimeAsync(0);
    held.fail(new LabError('WORKER_CRASHED', 'It is gone.'));
    await settled();
    expect(state().images.sweep).toMatchObject({ status: 'failed', error: { code: 'WORKER_CRASHED' } });
  });

  it('keeps what is done when it is cancelled', async () => {
    await opened();
    fake.hold('imageSweepCell dct 64');
    void state().runImageSweep();
    await vi.advanceTimersByTimeAsync(10);
    state().cancelImageSweep();
    await settled();
    expect(state().images.sweep.status).toBe('cancelled');
    expect(state().images.sweep.cells.length).toBeGreaterThan(0);
  });
});

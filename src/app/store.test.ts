import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../contracts/errors.ts';
import { sampleById } from '../contracts/gallery.ts';
import { HEADLINES } from './headlines.ts';
import { createLabStore } from './store.ts';
import { UNDO_TIME } from './slices/messages.ts';
import { createFakeLab, listingOf, summaryOf, type FakeLab } from './testing/fakeServices.ts';

const DIAMONDS = sampleById('diamonds')?.datasetId ?? '';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const settled = () => vi.advanceTimersByTimeAsync(2_000);
const file = (name: string) => ({ kind: 'file' as const, file: new File(['a'], name) });

beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeLab();
  lab = createLabStore(fake.services);
});
afterEach(() => {
  vi.useRealTimers();
});

async function started(hash = ''): Promise<void> {
  await lab.start(hash);
  await settled();
}

/** Calls since the last look, but for those that only follow. */
function newCalls(): string[] {
  const following = ['listArchives', 'inspect', 'contest validation', 'contest test'];
  return fake.calls.splice(0).filter((name) => !following.includes(name));
}

describe('start', () => {
  it('runs the sample through the whole pipeline on a first visit', async () => {
    await started();
    expect(newCalls()).toEqual([
      'openDataset',
      'analyse',
      'compress',
      'examine',
      'closedForm full',
      'closedForm condensed',
      'descend condensed',
      'descend full',
    ]);
    expect(state().asksTarget).toBe(false);
    expect(state().dataset.value?.name).toBe('diamonds');
    expect(state().settings.target).toBe('y');
    expect(state().learn.full.descent).toMatchObject({ status: 'done', stale: false });
    expect(state().learn.condensed.playing).toBe(false);
    expect(state().inspection.value?.index).toBe(0);
  });

  it('opens the newest archive with its settings on a later visit', async () => {
    fake.stored = [
      listingOf('old', { createdAt: 1 }),
      listingOf('new', { createdAt: 2, settings: { ...listingOf('new').settings, target: 'a', beta: 7 } }),
    ];
    fake.datasets.set('archive:new', summaryOf('mine'));
    await started();
    expect(state().dataset.value?.name).toBe('mine');
    expect(state().settings).toMatchObject({ target: 'a', beta: 7 });
    // The working archive was replaced; the source follows it.
    expect(state().source).toEqual({ kind: 'archive', id: 'made-1', datasetId: summaryOf('mine').id });
  });

  it('goes on reading the whole table after an archive without some of its columns was made', async () => {
    fake.stored = [listingOf('new')];
    fake.datasets.set('archive:new', summaryOf('mine'));
    await started();
    const whole = state().source;
    state().change({ drop: ['a'] });
    await settled();
    expect(state().source).toEqual(whole);
    state().change({ drop: [] });
    await settled();
    expect(state().source).not.toEqual(whole);
  });

  it('lets a link win over stored archives', async () => {
    fake.stored = [listingOf('new')];
    await started('data=diamonds&target=a&beta=5&station=learn&hide=bits&embed=1&betas=3..5');
    expect(state().dataset.value?.name).toBe('diamonds');
    expect(state().settings).toMatchObject({ target: 'a', beta: 5 });
    expect(state()).toMatchObject({ station: 'learn', view: { hide: ['bits'], embed: true } });
    expect(state().sweep.plan.axes).toEqual([{ name: 'beta', values: [3, 4, 5] }]);
  });

  it('names what a link says wrongly and keeps the rest', async () => {
    await started('data=diamonds&beta=0&colour=red&tau=9');
    expect(state().settings).toMatchObject({ tau: 9, beta: 13 });
    expect(state().messages.map(({ code }) => code)).toContain('LINK_OUT_OF_RANGE');
  });

  it('takes a column that the table does not have out of the settings', async () => {
    await started('data=diamonds&target=nowhere&features=a,gone');
    expect(state().settings).toMatchObject({ target: 'y', features: ['a'] });
    expect(state().messages.map(({ code }) => code)).toContain('TARGET_UNKNOWN');
  });

  it('takes a column that cannot be a feature out of the features', async () => {
    const { columns } = summaryOf('diamonds');
    columns[1].featureEligible = false;
    fake.datasets.set('sample:diamonds', summaryOf('diamonds', { sampleId: 'diamonds', columns }));
    await started('data=diamonds&features=a,b');
    expect(state().settings.features).toEqual(['a']);
    expect(state().messages.map(({ code }) => code)).toContain('COLUMN_UNKNOWN');
  });
});

it('keeps an experiment without any feature as its link says', async () => {
  await started('data=diamonds&features=');
  expect(state().settings.features).toEqual([]);
  expect(state().messages).toEqual([]);
  expect(state().link()).toContain('features=');
});

describe('addresses edited one after the other', () => {
  it('ends with the last, though one before it had to wait for the list of archives', async () => {
    fake.stored = [listingOf('kept', { datasetId: 'a'.repeat(64) })];
    fake.datasets.set('archive:kept', summaryOf('mine'));
    const list = fake.hold('listArchives');
    const first = lab.start(`data=sha256-${'a'.repeat(64)}`);
    const second = lab.start('data=diamonds');
    await vi.advanceTimersByTimeAsync(10);
    list.release();
    await Promise.all([first, second]);
    await settled();
    expect(state().dataset.value?.name).toBe('diamonds');
  });
});

describe('a link to a dataset that is not at hand', () => {
  const mine = summaryOf('mine', { id: 'a'.repeat(64) });
  const hash = `data=sha256-${mine.id}&file=mine.csv&beta=6`;

  it('asks for the file, checks it and restores the experiment', async () => {
    fake.datasets.set('file:mine.csv', mine);
    await started(hash);
    expect(state().awaited).toEqual({
      fileName: 'mine.csv',
      datasetId: mine.id,
      isOfFormerReading: false,
      other: null,
    });
    expect(state().dataset.value).toBeNull();
    await state().load(file('mine.csv'));
    expect(state().awaited).toBeNull();
    expect(state().settings.beta).toBe(6);
  });

  it('refuses another file but lets the user go on with it', async () => {
    fake.datasets.set('file:other.csv', summaryOf('other'));
    await started(hash);
    await state().load(file('other.csv'));
    expect(state().dataset.error?.code).toBe('LINK_DATASET_MISMATCH');
    expect(state().dataset.value).toBeNull();
    state().acceptOther();
    await settled();
    expect(state().dataset.value?.name).toBe('other');
    expect(state().settings.beta).toBe(6);
    expect(state().archive.status).toBe('done');
  });

  it('knows that an earlier version may have read the file in another way', async () => {
    await started(`app=0.1.0&${hash}`);
    expect(state().awaited).toMatchObject({ fileName: 'mine.csv', isOfFormerReading: true });
  });

  it('finds it among the stored archives first', async () => {
    fake.stored = [listingOf('kept', { datasetId: mine.id })];
    fake.datasets.set('archive:kept', mine);
    await started(hash);
    expect(state().awaited).toBeNull();
    expect(state().dataset.value?.name).toBe('mine');
    expect(state().settings.beta).toBe(6);
  });

  it('writes a link that leads back to the same experiment', async () => {
    fake.datasets.set('file:mine.csv', mine);
    await started();
    await state().load(file('mine.csv'));
    state().answerTarget('y');
    state().change({ beta: 21, tau: 17 });
    const link = state().link();
    expect(link).toContain(`data=sha256-${mine.id}`);
    const other = createLabStore(fake.services);
    fake.stored = [listingOf('kept', { datasetId: mine.id })];
    fake.datasets.set('archive:kept', mine);
    await other.start(link.split('#')[1]);
    expect(other.store.getState().settings).toMatchObject({ beta: 21, tau: 17, target: 'y' });
  });
});

describe('loading', () => {
  it('keeps the previous dataset when a load fails, and says why', async () => {
    await started();
    await state().load(file('broken.bin'));
    expect(state().dataset).toMatchObject({ status: 'failed', error: { code: 'CSV_BINARY' } });
    expect(state().dataset.value?.name).toBe('diamonds');
    expect(state().archive.value).not.toBeNull();
    const message = state().messages.find(({ tone }) => tone === 'error');
    expect(message).toMatchObject({ code: 'CSV_BINARY' });
    expect(message?.todo).toBeTruthy();
  });

  it('ends a load in progress when another begins', async () => {
    await started();
    fake.datasets.set('file:slow.csv', summaryOf('slow'));
    fake.datasets.set('file:fast.csv', summaryOf('fast'));
    const held = fake.hold('openDataset');
    const slow = state().load(file('slow.csv'));
    await vi.advanceTimersByTimeAsync(1);
    const fast = state().load(file('fast.csv'));
    held.release();
    await Promise.all([slow, fast]);
    await settled();
    expect(state().dataset.value?.name).toBe('fast');
    expect(state().messages).toEqual([]);
  });

  it('can be cancelled, keeping what was there', async () => {
    await started();
    fake.hold('openDataset');
    void state().load(file('slow.csv'));
    await vi.advanceTimersByTimeAsync(1);
    expect(state().dataset.status).toBe('running');
    state().cancelLoad();
    await settled();
    expect(state().dataset).toMatchObject({ status: 'cancelled', error: null });
    expect(state().dataset.value?.name).toBe('diamonds');
  });

  it('starts everything anew for another dataset', async () => {
    await started();
    state().change({ target: 'a', drop: ['b'], tau: 9 });
    await settled();
    fake.datasets.set('file:two.csv', summaryOf('two'));
    newCalls();
    await state().load(file('two.csv'));
    state().answerTarget('y');
    await settled();
    expect(newCalls()).toContain('descend full');
    expect(state().settings).toMatchObject({ target: 'y', drop: [], features: null, tau: 9 });
  });
});

describe('what should be predicted', () => {
  const mine = summaryOf('mine.csv', { id: 'c'.repeat(64) });
  const dropped = async () => {
    await state().load(file('mine.csv'));
    await settled();
  };
  /** The link as it stands, opened where the file is in the store. */
  const reopened = async () => {
    const other = createLabStore(fake.services);
    fake.stored = [listingOf('kept', { datasetId: mine.id })];
    fake.datasets.set('archive:kept', mine);
    await other.start(state().link().split('#')[1]);
    return other.store.getState();
  };

  beforeEach(async () => {
    fake.datasets.set('file:mine.csv', mine);
    await started();
    newCalls();
    await dropped();
  });

  it('is asked of a file, which is compressed meanwhile and not trained on', async () => {
    expect(state()).toMatchObject({ asksTarget: true, settings: { target: null } });
    expect(newCalls()).toEqual(['openDataset', 'analyse', 'compress']);
    expect(HEADLINES.learn(state()).note).toBe('target not said yet');
    // An open question is no wish to compress only.
    expect(state().link()).not.toMatch(/compress-only|target=/);
    expect(await reopened()).toMatchObject({ asksTarget: true, settings: { target: null } });
  });

  it('is trained for once it is answered, on all records too', async () => {
    newCalls();
    state().answerTarget('y');
    await settled();
    expect(state()).toMatchObject({ asksTarget: false, settings: { target: 'y' } });
    expect(newCalls()).toEqual(expect.arrayContaining(['examine', 'closedForm full', 'descend full']));
    expect(state().examined.value?.target).toBe('y');
    expect(await reopened()).toMatchObject({ asksTarget: false, settings: { target: 'y' } });
  });

  it('is asked again by undo, with the features as they were', async () => {
    state().change({ features: ['a', 'y'] });
    state().answerTarget('y');
    expect(state().settings.features).toEqual(['a']);
    state().messages.at(-1)?.undo?.();
    await settled();
    expect(state()).toMatchObject({ asksTarget: true, settings: { target: null, features: ['a', 'y'] } });
    expect(state().examined.value).toBeNull();
    expect(state().learn.full.closedForm.value).toBeNull();
  });

  it('may be nothing, which a link says and is not asked about', async () => {
    state().answerTarget(null);
    await settled();
    expect(state()).toMatchObject({ asksTarget: false, settings: { target: null } });
    expect(newCalls()).not.toContain('closedForm full');
    expect(state().link()).toContain('compress-only=1');
    expect(await reopened()).toMatchObject({ asksTarget: false, settings: { target: null } });
  });

  it('can be asked again while the target stays, and is another one then', async () => {
    state().answerTarget('y');
    await settled();
    state().askTarget();
    expect(state()).toMatchObject({ asksTarget: true, station: 'data', settings: { target: 'y' } });
    state().keepTarget();
    expect(state()).toMatchObject({ asksTarget: false, settings: { target: 'y' } });
    state().answerTarget('a');
    await settled();
    expect(state().examined).toMatchObject({ stale: false, value: { target: 'a' } });
    // Whoever takes the role of the target away has none.
    state().change({ target: null });
    expect(state().asksTarget).toBe(true);
  });

  it('is asked of an archive that was made without an answer, and not of one of a sample', async () => {
    const settings = { ...listingOf('x').settings, target: null };
    fake.stored = [listingOf('one', { settings }), listingOf('two', { settings, datasetId: DIAMONDS })];
    fake.datasets.set('archive:one', summaryOf('one'));
    fake.datasets.set('archive:two', summaryOf('two', { id: DIAMONDS, sampleId: 'diamonds' }));
    await state().refreshArchives();
    await state().load({ kind: 'archive', id: 'one' });
    expect(state()).toMatchObject({ asksTarget: true, settings: { target: null } });
    await state().load({ kind: 'archive', id: 'two' });
    expect(state()).toMatchObject({ asksTarget: false, settings: { target: null } });
  });
});

describe('reading a file in another way', () => {
  const asText = { types: [{ column: 'a', type: 'text' as const }] };
  const textColumns = () => {
    const { columns } = summaryOf('mine.csv');
    return [{ ...columns[0], kind: 'text' as const, featureEligible: false }, ...columns.slice(1)];
  };

  beforeEach(async () => {
    fake.datasets.set('file:mine.csv', summaryOf('mine.csv'));
    fake.datasets.set(
      `file:mine.csv ${JSON.stringify(asText)}`,
      summaryOf('mine.csv', { id: 'b'.repeat(64), columns: textColumns() }),
    );
    await started();
    await state().load(file('mine.csv'));
    await settled();
    newCalls();
  });

  it('reads it again, computes everything anew and keeps the settings that fit', async () => {
    state().change({ target: 'b', features: ['a', 'y'], tau: 9, beta: 7 });
    await settled();
    newCalls();
    await state().readAs(asText);
    await settled();
    expect(newCalls()).toEqual(
      expect.arrayContaining(['openDataset', 'analyse', 'compress', 'descend full']),
    );
    expect(state().source).toMatchObject({ kind: 'file', reading: asText });
    expect(state().settings).toMatchObject({ target: 'b', features: ['y'], tau: 9, beta: 7 });
    expect(state().messages.map(({ code }) => code)).toContain('COLUMN_UNKNOWN');
  });

  it('says nothing of what is left to be found out', async () => {
    await state().readAs({ missing: [], types: [] });
    expect(newCalls()).toEqual([]);
    expect(state().source).not.toHaveProperty('reading');
  });

  it('goes back to what was found, by itself or by undo', async () => {
    await state().readAs(asText);
    await settled();
    state()
      .messages.find(({ undo }) => undo !== null)
      ?.undo?.();
    await settled();
    expect(state().source).not.toHaveProperty('reading');
    expect(state().dataset.value?.id).toBe(summaryOf('mine.csv').id);
    await state().readAs(asText);
    await state().readAs({});
    expect(state().source).not.toHaveProperty('reading');
  });

  it('keeps what was open when it cannot be read so, and says why', async () => {
    const before = state();
    await state().readAs({ decimal: ',' });
    expect(state().dataset).toMatchObject({ status: 'failed', error: { code: 'CSV_BINARY' } });
    expect(state().dataset.value).toBe(before.dataset.value);
    expect(state().source).toBe(before.source);
    expect(state().archive).toMatchObject({ status: 'done', stale: false });
    expect(state().messages.map(({ code }) => code)).toContain('CSV_BINARY');
    await state().readAs(asText);
    expect(state().dataset).toMatchObject({ status: 'done', error: null });
  });

  it('can be cancelled, keeping what was open', async () => {
    const { source } = state();
    fake.hold('openDataset');
    void state().readAs(asText);
    await vi.advanceTimersByTimeAsync(1);
    state().cancelLoad();
    await settled();
    expect(state().dataset.status).toBe('cancelled');
    expect(state().source).toBe(source);
  });

  it('computes nothing again when the table is the same', async () => {
    fake.datasets.set('file:mine.csv {"header":true}', summaryOf('mine.csv'));
    await state().readAs({ header: true });
    await settled();
    expect(newCalls()).toEqual(['openDataset']);
    expect(state().source).toHaveProperty('reading', { header: true });
    expect(state().archive.stale).toBe(false);
  });

  it('travels in the link, to the file and to a sample', async () => {
    await state().readAs(asText);
    await settled();
    const hash = state().link().split('#')[1];
    expect(hash).toContain('types=a:text');
    const other = createLabStore(fake.services);
    await other.start(hash);
    expect(other.store.getState().awaited).not.toBeNull();
    await other.store.getState().load(file('mine.csv'));
    expect(other.store.getState().awaited).toBeNull();
    expect(other.store.getState().source).toHaveProperty('reading', asText);
    expect(other.store.getState().dataset.value?.columns[0].kind).toBe('text');

    fake.datasets.set(`sample:diamonds ${JSON.stringify(asText)}`, summaryOf('diamonds'));
    await other.start('data=diamonds&types=a:text');
    expect(other.store.getState().source).toEqual({ kind: 'sample', id: 'diamonds', reading: asText });
  });

  it('leaves a sample as it comes where the reading of a link does not stand', async () => {
    await started('data=diamonds&decimal=comma&beta=5');
    expect(state().source).toEqual({ kind: 'sample', id: 'diamonds' });
    expect(state().settings.beta).toBe(5);
    expect(state().messages.map(({ code }) => code)).toContain('CSV_BINARY');
  });

  it('is not possible of an archive, which says so', async () => {
    fake.datasets.set('archive:one', summaryOf('one'));
    await state().load({ kind: 'archive', id: 'one' });
    await settled();
    newCalls();
    await state().readAs(asText);
    expect(newCalls()).toEqual([]);
    expect(state().messages.some(({ what }) => what.includes('archive'))).toBe(true);
  });
});

describe('a model that was chosen by hand', () => {
  it('is left to the target where the target is words', async () => {
    const { columns } = summaryOf('diamonds');
    columns[1] = { ...columns[1], kind: 'category', targetTask: 'classification' };
    fake.datasets.set('sample:diamonds', summaryOf('diamonds', { sampleId: 'diamonds', columns }));
    await started();
    state().change({ model: 'linear' });
    expect(state().settings.model).toBe('linear');
    state().change({ target: 'b' });
    expect(state().settings.model).toBe('auto');
  });
});

describe('a change of settings', () => {
  it('marks what depends on it and computes the cheap parts once after a moment of quiet', async () => {
    await started();
    newCalls();
    for (let beta = 3; beta <= 8; beta++) {
      state().change({ beta });
      await vi.advanceTimersByTimeAsync(30);
    }
    expect(state().archive).toMatchObject({ stale: true, status: 'done' });
    expect(state().learn.full.descent.stale).toBe(false);
    expect(newCalls()).toEqual([]);
    await settled();
    expect(newCalls().sort()).toEqual(['closedForm condensed', 'compress', 'descend condensed']);
    expect(state().archive.stale).toBe(false);
    expect(state().learn.condensed.descent.stale).toBe(false);
  });

  it('does not make the archive wait for a long training', async () => {
    await started();
    const held = fake.hold('descend condensed');
    state().change({ beta: 7 });
    await settled();
    expect(state().learn.condensed.playing).toBe(true);
    expect(state().archive).toMatchObject({ status: 'done', stale: false });
    held.release();
    await settled();
    expect(state().learn.condensed.descent).toMatchObject({ status: 'done', stale: false });
  });

  it('leaves a long training on all rows to the play button', async () => {
    await started();
    newCalls();
    state().change({ split: 9 });
    await settled();
    expect(newCalls()).not.toContain('descend full');
    expect(state().learn.full.descent).toMatchObject({ stale: true, status: 'done' });
    state().play('full');
    await settled();
    expect(state().learn.full.descent.stale).toBe(false);
  });

  it('leaves the headline at the optimum, whatever the descents come to', async () => {
    const held = fake.hold('descend condensed');
    await lab.start('');
    await vi.advanceTimersByTimeAsync(5_000);
    const said = { value: '×\u202f1.10', note: 'squared error of full', isStale: false };
    expect(state().learn.condensed.playing).toBe(true);
    expect(HEADLINES.learn(state())).toMatchObject({ ...said, isBusy: true });
    held.release();
    await settled();
    expect(state().learn.condensed.descent.value?.score.test.mse).toBeCloseTo(2.2, 12);
    expect(HEADLINES.learn(state())).toMatchObject({ ...said, isBusy: false });
    state().rewind('full');
    state().step('condensed');
    await settled();
    expect(HEADLINES.learn(state())).toMatchObject(said);
  });

  it('has no headline before both models have come to their optimum', async () => {
    const held = fake.hold('closedForm condensed');
    await lab.start('');
    await settled();
    expect(HEADLINES.learn(state())).toMatchObject({ value: '–', note: '', isBusy: true });
    held.release();
    await settled();
    expect(HEADLINES.learn(state()).value).toBe('×\u202f1.10');
  });

  it('repeats a short training on all rows by itself', async () => {
    fake.fullSeconds = 1;
    await started();
    newCalls();
    state().change({ split: 9 });
    await settled();
    expect(newCalls()).toContain('descend full');
    expect(state().learn.full.descent.stale).toBe(false);
  });

  it.each([
    ['full', 'compress'],
    ['condensed', 'closedForm condensed'],
  ] as const)(
    'does not train over what is played and paused by hand before its turn comes: %s',
    async (method, before) => {
      fake.fullSeconds = 1;
      await started();
      const held = fake.hold(before);
      state().change({ tau: 3, split: 9 });
      await vi.advanceTimersByTimeAsync(1_000);
      state().play(method);
      await vi.advanceTimersByTimeAsync(100);
      state().pause(method);
      await vi.advanceTimersByTimeAsync(100);
      newCalls();
      held.release();
      await settled();
      expect(newCalls()).not.toContain(`descend ${method}`);
    },
  );

  it('ends a run in progress before it starts the next', async () => {
    await started();
    const held = fake.hold('compress');
    state().change({ tau: 3 });
    await vi.advanceTimersByTimeAsync(600);
    expect(state().archive.status).toBe('running');
    state().change({ tau: 4 });
    expect(state().archive.status).toBe('done');
    held.release();
    await settled();
    expect(state().archive).toMatchObject({ status: 'done', stale: false });
  });

  it('keeps the last value beside the error of the new run', async () => {
    await started();
    const held = fake.hold('analyse');
    state().change({ tau: 3 });
    await vi.advanceTimersByTimeAsync(200);
    held.fail(new LabError('WORKER_CRASHED', 'The worker ended.'));
    await settled();
    expect(state().bits.error?.code).toBe('WORKER_CRASHED');
    expect(state().bits.value).not.toBeNull();
    state().retry('bits');
    await settled();
    expect(state().bits).toMatchObject({ status: 'done', error: null, stale: false });
  });

  it('keeps numbers in range and columns in one role', async () => {
    await started();
    state().change({ beta: 0, testFraction: 5, features: ['a', 'y', 'b'], drop: ['b'] });
    expect(state().settings).toMatchObject({ beta: 1, testFraction: 0.5, features: ['a'] });
    state().change({ drop: ['y'] });
    expect(state().settings.target).toBeNull();
  });

  it('learns nothing without features, and keeps nothing of before', async () => {
    await started();
    newCalls();
    state().change({ features: [] });
    await settled();
    expect(newCalls().filter((name) => /closedForm|descend/.test(name))).toEqual([]);
    expect(state().learn.full.closedForm).toMatchObject({ value: null, error: null });
    expect(state().learn.condensed.descent.value).toBeNull();
    expect(HEADLINES.learn(state())).toMatchObject({ value: '–', note: 'no features chosen', error: null });
  });

  it('learns nothing without a target', async () => {
    await started();
    newCalls();
    state().change({ target: null });
    await settled();
    expect(newCalls()).toEqual(['analyse', 'compress']);
    expect(state().learn.full.closedForm.value).toBeNull();
    expect(state().learn.condensed.descent.value).toBeNull();
    expect(state().learn.full.descent.value).toBeNull();
  });
});

describe('a model of classes', () => {
  it('is told by its log loss beside that of full training, never by a model of numbers', async () => {
    await started();
    fake.task = 'classification';
    state().change({ model: 'logistic' });
    await vi.advanceTimersByTimeAsync(200);
    state().rewind('condensed');
    state().play('condensed');
    await settled();
    expect(state().learn.full.descent).toMatchObject({
      stale: true,
      value: { score: { task: 'regression' } },
    });
    expect(HEADLINES.learn(state())).toMatchObject({ value: '×\u202f1.00', note: 'log loss of full' });
  });
});

describe('training by hand', () => {
  it('leaves a training on all rows that was played in its head start alone', async () => {
    const condensed = fake.hold('descend condensed');
    await lab.start('');
    await vi.advanceTimersByTimeAsync(1_000);
    const full = fake.hold('descend full');
    state().play('full');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(newCalls().filter((name) => name === 'descend full')).toHaveLength(1);
    full.release();
    condensed.release();
    await settled();
    expect(state().learn.full.descent.status).toBe('done');
  });

  it('steps a hundred iterations, goes on from there, and rewinds to the start', async () => {
    await started();
    state().rewind('condensed');
    expect(state().learn.condensed.descent.value).toBeNull();
    state().step('condensed');
    await settled();
    expect(state().learn.condensed.descent.value).toMatchObject({ iteration: 100, stop: 'running' });
    state().step('condensed');
    await settled();
    expect(state().learn.condensed.descent.value?.iteration).toBe(200);
    expect(state().learn.condensed.playing).toBe(false);
  });

  it('pauses: the value stays and nothing is called an error', async () => {
    await started();
    state().rewind('full');
    fake.hold('descend full');
    state().play('full');
    await vi.advanceTimersByTimeAsync(1);
    expect(state().learn.full.playing).toBe(true);
    state().pause('full');
    await settled();
    expect(state().learn.full.playing).toBe(false);
    expect(state().learn.full.descent.error).toBeNull();
    expect(state().learn.full.descent.status).toBe('cancelled');
  });
});

describe('archives and messages', () => {
  beforeEach(async () => {
    fake.stored = [listingOf('one', { createdAt: 2 }), listingOf('two', { createdAt: 1 })];
    fake.datasets.set('archive:one', summaryOf('one'));
    await started();
    state().messages.forEach(({ id }) => state().dismiss(id));
    newCalls();
  });

  it('deletes after the time of undo', async () => {
    state().deleteArchive('two');
    expect(state().archives.map(({ id }) => id)).toEqual(['one']);
    await vi.advanceTimersByTimeAsync(UNDO_TIME - 100);
    expect(newCalls()).not.toContain('deleteArchives');
    await vi.advanceTimersByTimeAsync(200);
    expect(newCalls()).toContain('deleteArchives');
    expect(fake.stored.map(({ id }) => id)).toEqual(['one']);
    expect(state().messages).toEqual([]);
  });

  it('takes a deletion back', async () => {
    state().deleteArchive('two');
    state().messages[0].undo?.();
    await vi.advanceTimersByTimeAsync(2 * UNDO_TIME);
    expect(newCalls()).not.toContain('deleteArchives');
    expect(state().archives.map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('does not bring a deleted archive back when the list is read again', async () => {
    state().deleteArchive('two');
    await state().refreshArchives();
    expect(state().archives.map(({ id }) => id)).toEqual(['one']);
  });

  it('keeps an archive that was made again after its deletion', async () => {
    fake.stored = [listingOf('made-2'), ...fake.stored];
    await state().refreshArchives();
    state().deleteArchive('made-2');
    state().change({ beta: 5 });
    await settled();
    expect(state().archive.value?.id).toBe('made-2');
    expect(state().archives.map(({ id }) => id)).toContain('made-2');
    await vi.advanceTimersByTimeAsync(2 * UNDO_TIME);
    expect(newCalls()).not.toContain('deleteArchives');
  });

  it('carries a deletion out when its message is dismissed or the page goes', async () => {
    state().deleteArchive('two');
    state().dismiss(state().messages[0].id);
    await settled();
    expect(fake.stored.map(({ id }) => id)).toEqual(['one']);
    state().deleteArchive('one');
    lab.settle();
    await settled();
    expect(fake.stored).toEqual([]);
  });

  it('closes a dataset whose only copy was the deleted archive, and goes on with the next', async () => {
    fake.datasets.set('archive:one', summaryOf('one'));
    fake.datasets.set('file:next.csv', summaryOf('next.csv'));
    await state().load({ kind: 'archive', id: 'one' });
    await settled();
    expect(state().bits.value).not.toBeNull();
    await state().deleteEverything();
    await settled();
    expect(state().source).toBeNull();
    for (const task of [state().dataset, state().bits, state().archive]) expect(task.value).toBeNull();
    expect(state().learn.full.descent.value).toBeNull();
    await state().load(file('next.csv'));
    await settled();
    expect(state().archive.value).not.toBeNull();
  });

  it('keeps a dataset that can be read from its file, but fetches no record any more', async () => {
    fake.datasets.set('file:mine.csv', summaryOf('mine.csv'));
    await state().load(file('mine.csv'));
    await settled();
    await state().deleteEverything();
    expect(state().dataset.value).not.toBeNull();
    expect(state().archive.value?.stored).toBe(false);
  });

  it('deletes everything at once', async () => {
    await state().deleteEverything();
    expect(state().archives).toEqual([]);
    expect(state().messages).toHaveLength(1);
  });

  it('lets remarks go by themselves and keeps errors', async () => {
    state().say({ tone: 'info', code: null, what: 'Copied.', todo: null });
    state().say({ tone: 'error', code: 'INTERNAL', what: 'Broken.', todo: 'Reload.' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state().messages.map(({ what }) => what)).toEqual(['Broken.']);
  });

  it('says the same thing once', () => {
    for (let k = 0; k < 3; k++) state().say({ tone: 'warning', code: null, what: 'Careful.', todo: null });
    expect(state().messages).toHaveLength(1);
  });
});

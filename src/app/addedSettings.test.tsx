// @vitest-environment happy-dom
/** A setting that is in its table alone, of tables, pictures and trainings: in links, controls, staleness and stores. */
import 'fake-indexeddb/auto';
import { act, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readLink, writeLink, emptyExperiment } from '../contracts/link.ts';
import { IMAGE_SETTINGS, settingsSchema, TABLE_SETTINGS, TRAINING_SETTINGS } from '../contracts/settings.ts';
import { trainingKey } from '../stations/training/plan.ts';
import { SettingsOn } from '../stations/settings/SettingControl.tsx';
import { OF_PICTURES, OF_TABLE, OF_TRAINING } from '../stations/settings/homes.ts';
import { runWith } from '../stations/testing/training.ts';
import { settingWords } from '../stations/training/words.ts';
import { LabContext } from '../stations/useLab.ts';
import { createTableSweepStore } from '../platform/storedSweep.ts';
import { checkRun, RUN_VERSION } from '../platform/storedRun.ts';
import { mount, settled } from '../ui/testing/mount.ts';
import { createLabStore, type LabStore } from './store.ts';
import { imageSummaryOf } from './testing/fakePictures.ts';
import { createFakeLab, type FakeLab } from './testing/fakeServices.ts';
import * as v from 'valibot';

let removers: (() => void)[];
let fake: FakeLab;
let lab: LabStore;
let end = (): void => undefined;

beforeEach(() => {
  removers = [
    TABLE_SETTINGS.add('floor', {
      kind: 'amount',
      default: 0,
      min: 0,
      max: 9,
      whole: true,
      key: 'floor',
      panels: ['archive'],
      affects: ['bits'],
      label: 'Floor',
      noun: 'floor',
      hint: 'The least that is kept.',
    }),
    IMAGE_SETTINGS.add('grain', {
      kind: 'choice',
      default: 'fine',
      choices: [
        { value: 'fine', label: 'Fine grain' },
        { value: 'coarse', label: 'Coarse grain' },
      ],
      isOpen: true,
      key: 'grain',
      panels: ['archive'],
      affects: ['condensed'],
      label: 'Grain',
      noun: 'grain',
    }),
    TRAINING_SETTINGS.add('warm', {
      kind: 'flag',
      default: false,
      said: ['cold start', 'warm start'],
      key: 'warm',
      panels: ['details'],
      affects: ['result'],
      label: 'Warm start',
      noun: 'warm start',
    }),
  ];
  fake = createFakeLab();
  fake.pictures.set('sample:mnist', imageSummaryOf('mnist', { sampleId: 'mnist' }));
  lab = createLabStore(fake.services);
});
afterEach(() => {
  end();
  end = () => undefined;
  for (const remove of removers) remove();
});

const state = () => lab.store.getState();
const of = (settings: object) => settings as Record<string, unknown>;

async function show(view: ReactNode): Promise<HTMLElement> {
  const mounted = mount();
  end = mounted.end;
  act(() => mounted.root.render(<LabContext value={lab.store}>{view}</LabContext>));
  await settled(mounted.place);
  return mounted.place;
}

describe('in links', () => {
  const said = 'floor=3&grain=coarse&warm=1';

  it('they are read, written, and left out where they are usual', () => {
    const { experiment, problems } = readLink(`v=1&${said}`);
    expect(problems).toEqual([]);
    expect(of(experiment.settings)).toEqual({ floor: 3 });
    expect(of(experiment.images.settings)).toEqual({ grain: 'coarse' });
    expect(of(experiment.images.training)).toEqual({ warm: true });
    expect(writeLink(experiment)).toBe(`v=1&${said}`);
    const { settings, images, ...usual } = emptyExperiment();
    const defaults = { settings: { floor: 0 }, images: { ...images, settings: { grain: 'fine' } } };
    expect(writeLink({ ...usual, ...settings, ...(defaults as object) } as typeof experiment)).toBe('v=1');
  });

  it('they are refused outside their range, and ignored where they are not known', () => {
    const { problems } = readLink('v=1&floor=10&grain=rough&warm=2');
    expect(problems.map(({ code }) => code)).toEqual(Array(3).fill('LINK_OUT_OF_RANGE'));
    expect(problems[0].what).toContain('a whole number from 0 to 9');
    expect(problems[1].what).toContain('one of fine, coarse');
    for (const remove of removers.splice(0)) remove();
    expect(readLink(`v=1&${said}`).problems.map(({ code }) => code)).toEqual([null, null, null]);
  });

  it('they come with the experiment that is opened, and go with its link', async () => {
    await lab.start('data=mnist&grain=coarse&warm=1');
    await vi.waitFor(() => expect(state().images.archive.status).toBe('done'));
    expect(of(state().images.settings).grain).toBe('coarse');
    expect(of(state().images.training.settings).warm).toBe(true);
    expect(state().link()).toContain('grain=coarse');
    expect(state().link()).toContain('warm=1');
  });
});

describe('on the page', () => {
  it('a setting of a table has a control, is clamped, and puts out of date what depends on it', async () => {
    await lab.start('');
    await vi.waitFor(() => expect(state().archive.status).toBe('done'));
    const place = await show(<SettingsOn home={OF_TABLE} panel="archive" />);
    expect(place.textContent).toContain('The least that is kept.');
    const { bits, learn } = state();
    act(() => state().change({ floor: 40 } as object));
    expect(of(state().settings).floor).toBe(9);
    expect(state().bits.stale).toBe(true);
    // The archive carries all settings; training does not depend on this one.
    expect(state().archive.stale).toBe(true);
    expect(state().learn.full.closedForm).toBe(learn.full.closedForm);
    await vi.waitFor(() => expect(state().bits.stale).toBe(false));
    expect(state().bits.value).not.toBe(bits.value);
    const inputs = [...place.querySelectorAll<HTMLInputElement>('.number-input')];
    expect(inputs.map(({ value }) => value)).toContain('9');
    expect(state().link()).toContain('floor=9');
  });

  it('one of pictures is chosen, and the condensed pictures follow', async () => {
    await lab.start('data=mnist');
    act(() => state().watchEpoch(true));
    await vi.waitFor(() => expect(state().images.condensed.status).toBe('done'));
    const place = await show(<SettingsOn home={OF_PICTURES} panel="archive" />);
    const coarse = [...place.querySelectorAll<HTMLInputElement>('input[type="radio"]')].at(-1);
    const { archive } = state().images;
    act(() => coarse?.click());
    expect(of(state().images.settings).grain).toBe('coarse');
    expect(state().images.condensed.stale).toBe(true);
    expect(state().images.archive).toBe(archive);
  });

  it('one of trainings is switched, said, and makes another training', async () => {
    await lab.start('data=mnist');
    const before = trainingKey(state().images.training.settings);
    const place = await show(<SettingsOn home={OF_TRAINING} panel="details" />);
    const switches = [...place.querySelectorAll<HTMLInputElement>('input[role="switch"]')];
    act(() => switches.at(-1)?.click());
    const { settings } = state().images.training;
    expect(of(settings).warm).toBe(true);
    expect(trainingKey(settings)).not.toBe(before);
    expect(settingWords('warm' as 'decay', settings)).toBe('warm start');
  });
});

describe('in stores', () => {
  it('one of a table is kept with a sweep, and is usual where an older sweep lacks it', async () => {
    const store = createTableSweepStore('added-settings');
    const sweep = {
      plan: { axes: [{ name: 'beta' as const, values: [8] }], splits: [1] },
      ...{ full: [], runs: [], contests: [], failed: [], error: null, isCancelled: false, seconds: 0 },
    };
    const { floor: _, ...older } = of(TABLE_SETTINGS.defaults);
    await store.write('new', { ...sweep, settings: { ...TABLE_SETTINGS.defaults, floor: 4 } as never });
    await store.write('old', { ...sweep, settings: older as never });
    expect(of((await store.read('new'))?.settings ?? {}).floor).toBe(4);
    expect(of((await store.read('old'))?.settings ?? {}).floor).toBe(0);
  });

  it('one of pictures is read from an archive as far as it can be used', () => {
    const read = (stored: object) => of(v.parse(settingsSchema(IMAGE_SETTINGS, 'replace'), stored)).grain;
    expect([read({ grain: 'coarse' }), read({ grain: 'rough' }), read({})]).toEqual([
      'coarse',
      'fine',
      'fine',
    ]);
  });

  it('one of trainings is kept with its run', () => {
    const run = runWith({ warm: true } as object, { accuracy: 0.5 });
    const stored = (settings: object) => checkRun({ version: RUN_VERSION, run: { ...run, settings } });
    expect(of(stored(run.settings)?.settings ?? {}).warm).toBe(true);
    const { warm: _, ...older } = of(run.settings);
    expect(of(stored(older)?.settings ?? {}).warm).toBe(false);
    expect(stored({ ...run.settings, warm: 'yes' })).toBeNull();
  });
});

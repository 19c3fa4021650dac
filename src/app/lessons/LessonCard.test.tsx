// @vitest-environment happy-dom
import { act } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { OWN_LESSON } from '../../contracts/link.ts';
import { LabContext } from '../../stations/useLab.ts';
import { mountEach } from '../../ui/testing/mount.ts';
import { createLabStore, type LabStore } from '../store.ts';
import { createFakeLab, summaryOf, type FakeLab } from '../testing/fakeServices.ts';
import { packLesson, type Lesson } from './lesson.ts';
import { LessonCard } from './LessonCard.tsx';

const mounted = mountEach();
let fake: FakeLab;
let lab: LabStore;
const state = () => lab.store.getState();
const text = () => mounted.place.textContent;
const heading = () => mounted.place.querySelector('h2')?.textContent;

const MINE: Lesson = {
  version: 1,
  id: 'mine',
  title: 'My lesson',
  minutes: 1,
  summary: 'Three steps.',
  steps: [
    { title: 'First', sentence: '<b>Plain</b>', link: '#data=diamonds&target=y&beta=5&station=bits' },
    {
      title: 'Second',
      sentence: 'Turn it.',
      do: 'Set β to 7.',
      link: '#data=diamonds&target=y&beta=6&station=bits',
      check: { is: 'setting', setting: 'beta', equals: 7 },
    },
    { title: 'Third', sentence: 'Look.', link: '#data=diamonds&target=y&beta=7&station=learn' },
  ],
};
const HASH = `lesson=${OWN_LESSON}&lesson-file=${packLesson(MINE)}`;

function show(): void {
  act(() =>
    mounted.root.render(
      <LabContext value={lab.store}>
        <LessonCard />
      </LabContext>,
    ),
  );
}

function press(name: string): void {
  const button = [...mounted.place.querySelectorAll('button')].find((one) => one.textContent === name);
  if (button === undefined) throw new Error(`There is no ${name}.`);
  act(() => button.click());
}

const shows = (title: string) => act(() => vi.waitFor(() => expect(heading()).toBe(title)));

beforeEach(() => {
  fake = createFakeLab();
  lab = createLabStore(fake.services);
});

describe('a lesson', () => {
  it('leads to its first step where the link says no more, and on from there', async () => {
    await lab.start(HASH);
    show();
    await act(() => vi.waitFor(() => expect(state().station).toBe('bits')));
    expect(state().settings).toMatchObject({ beta: 5, target: 'y' });
    expect(text()).toContain('1 of 3');
    expect(text()).toContain('<b>Plain</b>');
    expect(state().view.lesson).toEqual({ id: OWN_LESSON, step: 1 });

    const opened = fake.calls.filter((call) => call === 'openDataset').length;
    press('Next');
    await shows('Second');
    await act(() => vi.waitFor(() => expect(state().settings.beta).toBe(6)));
    expect(fake.calls.filter((call) => call === 'openDataset')).toHaveLength(opened);
    expect(text()).not.toContain('Done.');
    expect(text()).toContain('Skip');
    act(() => state().change({ beta: 7 }));
    await act(() => vi.waitFor(() => expect(text()).toContain('Done.')));

    press('Next');
    await shows('Third');
    await act(() => vi.waitFor(() => expect(state().station).toBe('learn')));
    expect(state().link()).toContain(`lesson=${OWN_LESSON}&step=3&lesson-file=`);
    press('Back');
    await shows('Second');
    // What was done once stays done.
    press('Next');
    await shows('Third');
    press('Finish');
    expect(state().view.lesson).toBeNull();
    expect(state().messages.map(({ what }) => what)).toContain('That was “My lesson”.');
  });

  it('offers its step again from another page or dataset, and not while it is there', async () => {
    await lab.start(HASH);
    show();
    await act(() => vi.waitFor(() => expect(state().station).toBe('bits')));
    expect(text()).not.toContain('Go there');
    act(() => state().goTo('learn'));
    expect(text()).toContain('This step is on the page Bits. Go there');
    press('Go there');
    await act(() => vi.waitFor(() => expect(state().station).toBe('bits')));
    expect(text()).not.toContain('Go there');
    fake.datasets.set('file:mine.csv', summaryOf('mine', { id: 'a'.repeat(64) }));
    await act(() => state().load({ kind: 'file', file: new File(['a'], 'mine.csv') }));
    expect(text()).toContain('This step is about another dataset. Go there');
    press('Go there');
    await act(() => vi.waitFor(() => expect(state().dataset.value?.name).toBe('diamonds')));
  });

  it('stays where a link with an experiment of its own has led', async () => {
    await lab.start(`${HASH}&step=2&data=diamonds&beta=9&station=archive`);
    show();
    await act(() => vi.waitFor(() => expect(heading()).toBe('Second')));
    expect(state()).toMatchObject({ station: 'archive', settings: { beta: 9 } });
  });

  it('that is not there says so, and the lab opens as ever', async () => {
    await lab.start('lesson=no-such-lesson');
    show();
    expect(text()).toContain('LESSON_UNKNOWN');
    await act(() => vi.waitFor(() => expect(state().dataset.value?.name).toBe('diamonds')));
    press('Go on without');
    expect(state().view.lesson).toBeNull();
  });
});

describe('a file', () => {
  it('that is a lesson begins it, and no table is opened', async () => {
    const file = new File([JSON.stringify(MINE)], 'mine.json');
    await state().loadFiles([{ path: file.name, file }]);
    expect(state().view.lesson).toMatchObject({ id: OWN_LESSON, step: 1 });
    expect(fake.calls).toEqual([]);
    show();
    await act(() => vi.waitFor(() => expect(state().dataset.value?.name).toBe('diamonds')));
    expect(heading()).toBe('First');
  });

  it('that is a broken lesson says where, and changes nothing', async () => {
    const file = new File(['{\n  "version": 1\n  "steps": []\n}'], 'mine.lesson.json');
    await state().loadFiles([{ path: file.name, file }]);
    expect(state().view.lesson).toBeNull();
    expect(state().messages).toMatchObject([
      { code: 'LESSON_MALFORMED', what: 'Line 3, column 3: a comma or } should stand here.' },
    ]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createLabStore, type LabStore } from '../store.ts';
import { createFakeLab, summaryOf, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: LabStore;
const state = () => lab.store.getState();
const openings = () => fake.calls.filter((call) => call === 'openDataset').length;

beforeEach(async () => {
  fake = createFakeLab();
  lab = createLabStore(fake.services);
  await lab.start('data=diamonds&target=a&beta=5&tau=9&theme=dark&lesson=what-beta-does&step=2');
});

describe('a visit', () => {
  it('to what is open changes its settings, and what is unsaid is usual again', async () => {
    await state().visit('#data=diamonds&beta=7&station=learn&hide=bits');
    expect(openings()).toBe(1);
    expect(state()).toMatchObject({ station: 'learn', settings: { target: 'y', beta: 7, tau: 64 } });
    expect(state().view).toMatchObject({
      ...{ theme: 'dark', hide: ['bits'], lesson: { id: 'what-beta-does', step: 2 } },
    });
  });

  it('is one change that can be undone, and says that the lesson made it', async () => {
    await state().visit('#data=diamonds&target=a&beta=7&tau=5&station=learn');
    const words = state().changes.stages.map((stage) => stage.words);
    expect(words).toHaveLength(2);
    expect(words[1]).toMatch(/^Lesson: .*; /);
    state().undo();
    expect(state()).toMatchObject({ station: 'learn', settings: { beta: 5, tau: 9 } });
    await state().visit('#data=diamonds&target=a&beta=5&tau=9&station=bits');
    expect(state().changes).toMatchObject({ now: 0, stages: { length: 2 } });
  });

  it('that names no dataset leaves the settings that it does not say', async () => {
    await state().visit('#beta=8&station=sweep&sweep=beta:3..5');
    expect(openings()).toBe(1);
    expect(state()).toMatchObject({ station: 'sweep', settings: { target: 'a', beta: 8, tau: 9 } });
    expect(state().sweep.plan.axes).toEqual([{ name: 'beta', values: [3, 4, 5] }]);
  });

  it('to another dataset opens it, and keeps the lesson', async () => {
    fake.datasets.set('sample:bank-marketing', summaryOf('bank', { sampleId: 'bank-marketing' }));
    await state().visit('#data=bank-marketing&beta=4&station=bits');
    expect(openings()).toBe(2);
    expect(state()).toMatchObject({ dataset: { value: { name: 'bank' } }, settings: { beta: 4 } });
    expect(state().view.lesson).toEqual({ id: 'what-beta-does', step: 2 });
  });

  it('to columns that the table does not have goes without them', async () => {
    await state().visit('#data=diamonds&target=nowhere&features=a,gone&station=bits');
    expect(state().settings).toMatchObject({ features: ['a'] });
  });
});

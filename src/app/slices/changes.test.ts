import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLabStore } from '../store.ts';
import { createFakeLab, summaryOf, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const settled = () => vi.advanceTimersByTimeAsync(2_000);
const words = () => state().changes.stages.map((stage) => stage.words);

beforeEach(async () => {
  vi.useFakeTimers();
  fake = createFakeLab();
  lab = createLabStore(fake.services);
  await lab.start('data=diamonds&target=y&beta=5');
  await settled();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('changes', () => {
  it('begin with the settings that a dataset was opened with', () => {
    expect(words()).toEqual(['As it was opened']);
    state().undo();
    expect(state().settings.beta).toBe(5);
    expect(state().messages).toEqual([]);
  });

  it('are undone and done again, one by one', async () => {
    state().change({ beta: 7 });
    await settled();
    state().change({ tau: 9 });
    await settled();
    expect(words()).toHaveLength(3);
    state().undo();
    expect(state().settings).toMatchObject({ beta: 7, tau: 64 });
    state().undo();
    expect(state().settings).toMatchObject({ beta: 5, tau: 64 });
    expect(state().changes.now).toBe(0);
    expect(state().messages.at(-1)?.what).toMatch(/^Undone: .*5, now 7\.$/);
    state().redo();
    state().redo();
    state().redo();
    expect(state().settings).toMatchObject({ beta: 7, tau: 9 });
    // Going back is no change of its own.
    expect(words()).toHaveLength(3);
  });

  it('compute again what they put out of date', async () => {
    state().change({ beta: 7 });
    await settled();
    state().undo();
    expect(state().learn.condensed.closedForm.stale).toBe(true);
    await settled();
    expect(state().learn.condensed.closedForm.stale).toBe(false);
  });

  it('of one setting in quick succession are one, and none where it ends as it began', async () => {
    for (const beta of [6, 7, 8]) state().change({ beta });
    expect(words()).toHaveLength(2);
    expect(words()[1]).toMatch(/5, now 8$/);
    state().change({ beta: 5 });
    expect(words()).toHaveLength(1);
    state().change({ beta: 6 });
    await settled();
    state().change({ beta: 7 });
    expect(words()).toHaveLength(3);
  });

  it('after an undo take the place of what was undone', async () => {
    state().change({ beta: 7 });
    await settled();
    state().undo();
    await settled();
    state().change({ tau: 9 });
    expect(words()).toHaveLength(2);
    state().redo();
    expect(state().settings).toMatchObject({ beta: 5, tau: 9 });
  });

  it('keep what they came to when they are left', async () => {
    state().change({ beta: 7 });
    await settled();
    const [opened, changed] = state().changes.stages;
    expect(opened.numbers).toMatchObject({ storage: expect.any(Number) as number });
    expect(changed.numbers).toBeNull();
    state().goToStage(opened.id);
    expect(state().changes.stages[1].numbers).not.toBeNull();
    expect(state().settings.beta).toBe(5);
  });

  it('are no more than a hundred', async () => {
    for (let k = 0; k < 120; k++) {
      state().change({ beta: 6 + (k % 2), tau: k + 1 });
      await settled();
    }
    expect(words()).toHaveLength(100);
    expect(state().changes.now).toBe(99);
  });

  it('of another dataset begin anew', async () => {
    state().change({ beta: 7 });
    fake.datasets.set('file:other.csv', summaryOf('other'));
    await state().load({ kind: 'file', file: new File(['a'], 'other.csv') });
    await settled();
    expect(words()).toEqual(['As it was opened']);
    state().undo();
    expect(state().dataset.value?.name).toBe('other');
  });

  it('that come with the answer to what is predicted are undone with it', async () => {
    state().answerTarget('a');
    await settled();
    state().undo();
    expect(state().settings.target).toBe('y');
  });
});

describe('pins', () => {
  it('keep settings, numbers and a link, four at most', async () => {
    for (let k = 0; k < 6; k++) state().pin();
    expect(state().changes.pins).toHaveLength(4);
    const [first] = state().changes.pins;
    expect(first).toMatchObject({ name: 'diamonds', numbers: { storage: expect.any(Number) as number } });
    expect(first.link).toContain('beta=5');
    state().change({ beta: 7 });
    await settled();
    expect(state().changes.pins[0]).toEqual(first);
    state().unpin(first.id);
    expect(state().changes.pins.map(({ id }) => id)).not.toContain(first.id);
  });
});

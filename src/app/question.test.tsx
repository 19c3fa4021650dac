// @vitest-environment happy-dom
/** What should be predicted, as it is asked, answered, and stands beside the dataset's name; and what is said of it. */
import { act } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ExaminationNotice } from '../stations/data/table/ExaminationNotice.tsx';
import { LeftOutProposals } from '../stations/LeftOutProposals.tsx';
import { TargetQuestion } from '../stations/TargetQuestion.tsx';
import { LabContext } from '../stations/useLab.ts';
import { mountEach } from '../ui/testing/mount.ts';
import { createLabStore, type LabStore } from './store.ts';
import { TargetChip } from './TargetChip.tsx';
import { createFakeLab, summaryOf, type FakeLab } from './testing/fakeServices.ts';

const mounted = mountEach();
let fake: FakeLab;
let lab: LabStore;
const state = () => lab.store.getState();
const text = () => mounted.place.textContent.replace(/[\u202f\u00a0]/g, ' ');
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

async function press(name: string): Promise<void> {
  const found = [...mounted.place.querySelectorAll('button')].find((one) => one.textContent.startsWith(name));
  if (found === undefined) throw new Error(`There is no button "${name}".`);
  await act(async () => {
    found.click();
    await settled();
  });
}

/** Drops mine.csv, answers "y", and waits for what is found out about it. */
async function predicting(examined: FakeLab['examined'] = {}): Promise<void> {
  fake.examined = examined;
  await press('y');
  await act(() => vi.waitFor(() => expect(state().examined).toMatchObject({ status: 'done' }), 5_000));
}

beforeEach(async () => {
  fake = createFakeLab();
  const targets = [
    { column: 'y', reason: 'The last column.', rank: 'likely' as const },
    { column: 'a', reason: 'A number.', rank: 'possible' as const },
    { column: 'b', reason: 'It counts the rows.', rank: 'unlikely' as const },
  ];
  fake.datasets.set('file:mine.csv', summaryOf('mine.csv', { targets }));
  lab = createLabStore(fake.services);
  await lab.start('data=diamonds');
  await state().load({ kind: 'file', file: new File(['a'], 'mine.csv') });
  await vi.waitFor(() => expect(state().archive.status).toBe('done'), 5_000);
  act(() =>
    mounted.root.render(
      <LabContext value={lab.store}>
        <TargetChip />
        <TargetQuestion />
        <ExaminationNotice />
        <LeftOutProposals />
      </LabContext>,
    ),
  );
});

describe('the question', () => {
  it('has the focus, and every column with its reason', () => {
    expect(document.activeElement?.textContent).toBe('What should be predicted?');
    expect(mounted.place.querySelector('.target-first')?.textContent).toBe('yThe last column.');
    expect([...mounted.place.querySelectorAll('.target-others li')].map((one) => one.textContent)).toEqual([
      'aA number.',
      'bIt counts the rows.',
    ]);
    expect(mounted.place.querySelector('.target-unlikely')?.textContent).toContain('b');
  });

  it('goes with the answer, which stands in the chip from then on', async () => {
    await predicting();
    expect(text()).toBe('Predicting y· change');
    act(() => state().askTarget());
    expect(text()).toContain('Now it is “y”.');
    await press('Keep “y”');
    expect(text()).toBe('Predicting y· change');
  });

  it('can be answered with nothing', async () => {
    await press('Only compress');
    expect(text()).toBe('Nothing predicted· change');
    expect(state().settings.target).toBeNull();
  });
});

describe('what is found out', () => {
  it('names leaks and identifiers, and leaves them out at a press', async () => {
    await predicting({
      leaks: [{ columns: ['a'], r2: 0.99996, isExact: false, how: 'value' }],
      ids: [{ column: 'b', reason: 'It counts the rows.' }],
    });
    expect(text()).toContain('leak:Predicting y');
    expect(text()).toContain(
      'a gives y nearly exactly (R² 0.99996 on test records): with it in, nothing is left to predict.',
    );
    expect(text()).toContain('b: It counts the rows. It says who a record is, not what it is like.');
    await press('Leave it out');
    expect(state().settings.features).toEqual(['b']);
    // What was found is of other features now.
    expect(text()).not.toContain('leak');
  });

  it('says what missing cells cost, and fills them at a press', async () => {
    await predicting({ incomplete: 17, trainRows: 80 });
    expect(text()).toContain('17 of 80 training records (21 %) have a missing cell in a column that is used');
    await press('Fill with the training mean');
    expect(state().settings.missing).toBe('fill');
  });

  it('says why nothing can be learned, and what makes it doubtful', async () => {
    const fault = { code: 'FEATURES_NONE', what: 'There is no feature.', todo: 'Choose one.' } as const;
    await predicting({ fault });
    expect(text()).toContain('There is no feature.Choose one.FEATURES_NONE');
    act(() => lab.store.setState({ examined: { ...state().examined, stale: true } }));
    expect(text()).not.toContain('FEATURES_NONE');
  });
});

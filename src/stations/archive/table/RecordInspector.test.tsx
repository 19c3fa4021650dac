// @vitest-environment happy-dom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ArchiveReport, RecordInspection } from '../../../contracts/codec.ts';
import type { Lab } from '../../lab.ts';
import { idleTask } from '../../lab/task.ts';
import { LabContext } from '../../useLab.ts';
import { RecordInspector } from './RecordInspector.tsx';
import { mountEach } from '../../../ui/testing/mount.ts';

const view = mountEach();
const inspect = vi.fn();

/** Shows a record of as many columns, whose base as many records share. */
function show(columns: number, sharedBy = 4): void {
  inspect.mockReset();
  const value: RecordInspection = {
    index: 3,
    group: 'train',
    position: 2,
    base: { id: 1, sharedBy },
    cells: Array.from({ length: columns }, (_, c) => ({
      column: `c${c}`,
      value: String(c),
      fields: [{ label: '', bits: '0110', role: Uint8Array.of(0, 1, 1, 2) }],
    })),
    bytesTouched: 9,
    blocksRead: 1,
    microseconds: 12,
  };
  const lab = {
    inspection: { ...idleTask<RecordInspection>(), status: 'done', value },
    inspect,
  };
  const report = { stored: true, trainRows: 8, testRows: 2 } as ArchiveReport;
  const store = createStore(() => lab as unknown as Lab);
  act(() =>
    view.root.render(
      <LabContext value={store}>
        <RecordInspector report={report} />
      </LabContext>,
    ),
  );
}

const words = (): string => view.place.textContent.replaceAll('\u202f', ' ');
const rows = (): number => view.place.querySelectorAll('tbody tr').length;
const more = (): HTMLButtonElement | undefined =>
  [...view.place.querySelectorAll('button')].find((button) => button.textContent === 'Show more columns');

it('shows every column of an ordinary record', () => {
  show(30);
  expect(rows()).toBe(30);
  expect(more()).toBeUndefined();
});

it('shows the first columns of a wide record, and more when asked', () => {
  show(450);
  expect(rows()).toBe(200);
  expect(view.place.textContent).toContain('The first 200 of 450 columns.');
  act(() => more()?.click());
  expect(rows()).toBe(400);
  act(() => more()?.click());
  expect(rows()).toBe(450);
  expect(more()).toBeUndefined();
});

it('says who shares the base, and goes to one that many share', () => {
  show(2);
  expect(words()).toContain('base #1, which 4 training records share ·');
  const button = [...view.place.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'One whose base many share',
  );
  act(() => button?.click());
  expect(inspect).toHaveBeenCalledExactlyOnceWith(null);
  show(2, 1);
  expect(words()).toContain('base #1, which no other record has ·');
});

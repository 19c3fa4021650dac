// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { SqlReport, SqlScripts } from '../../../contracts/sql.ts';
import { LabError } from '../../../contracts/errors.ts';
import { mountEach } from '../../../ui/testing/mount.ts';
import type { Lab } from '../../lab.ts';
import { idleTask, type Task } from '../../lab/task.ts';
import { LabContext } from '../../useLab.ts';
import { exact, errorScore } from '../testing/results.ts';
import { SqlPanel } from './SqlPanel.tsx';

const view = mountEach();
const writeSql = vi.fn<Lab['writeSql']>();
const say = vi.fn<Lab['say']>();
const loadFiles = vi.fn<Lab['loadFiles']>();

/** Everything is near the window. */
class Near {
  readonly #tell: IntersectionObserverCallback;
  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell;
  }
  observe(): void {
    this.#tell([{ isIntersecting: true } as IntersectionObserverEntry], this as never);
  }
  disconnect(): void {
    // Nothing goes on.
  }
}
beforeEach(() => vi.stubGlobal('IntersectionObserver', Near));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

const SCRIPTS: SqlScripts = {
  ...{ condense: 'SELECT condensed', misfits: 'SELECT misfits', sums: null, sumsPerCluster: null },
  ...{ ranges: 'SELECT ranges', ones: 'SELECT ones' },
};
const RANGES = 'plan,records,min_0,max_0\n7,9,1,2\n';
const ONES = 'plan,records,ones_0_0\n7,9,4\n';

async function show(sql: Partial<Task<SqlReport>> = {}): Promise<void> {
  const report = { scripts: SCRIPTS, stem: 'rides', columns: 5 };
  const closedForm = {
    ...idleTask(),
    status: 'done' as const,
    value: exact('condensed', errorScore(0.5), 0.1),
  };
  const lab = {
    dataset: { ...idleTask(), value: { id: 'a', fileName: 'rides.csv', name: 'rides.csv' } },
    learn: { condensed: { closedForm } },
    sql: { ...idleTask<SqlReport>(), status: 'done', value: report, ...sql },
    ...{ writeSql, say, loadFiles, kind: 'table', images: { dataset: idleTask() } },
  };
  const store = createStore(() => lab as unknown as Lab);
  await act(async () => {
    view.root.render(
      <LabContext value={store}>
        <SqlPanel />
      </LabContext>,
    );
    await Promise.resolve();
  });
}

const asked = () => writeSql.mock.lastCall?.[0];
const button = (words: string) =>
  [...view.place.querySelectorAll('button')].find(({ textContent }) => textContent === words)!;

/** Drops files on the text of the query; whether the panel has taken them. */
async function drop(...files: [name: string, text: string][]): Promise<boolean> {
  const given = files.map(([name, text]) => new File([text], name));
  const dataTransfer = {
    ...{ types: ['Files'], files: given },
    items: given.map((file) => ({ kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => null })),
  };
  const event = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer });
  await act(async () => {
    view.place.querySelector('.sql-text')!.dispatchEvent(event);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  return event.defaultPrevented;
}

it('shows the query that is chosen, asks for another engine, and knows what there is no SQL of', async () => {
  await show();
  expect(asked()).toMatchObject({
    dialect: 'duckdb',
    from: { kind: 'csv', path: 'rides.csv' },
    hasPart: false,
  });
  expect(view.place.querySelector('pre')?.textContent).toBe('SELECT condensed');
  expect(view.place.textContent).toContain('Each sample has 5 columns, the weight last.');
  const [part] = view.place.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
  act(() => part.click());
  expect(asked()?.hasPart).toBe(true);
  await show({ status: 'failed', value: null, error: new LabError('SQL_BASES', 'Made of bases.').report() });
  expect(view.place.textContent).toContain('SQL_BASES');
  expect(view.place.querySelector('pre')).toBeNull();
});

it('takes the results of the gathering queries where they are dropped, ranges before ones', async () => {
  await show();
  expect(button('Ones per bit…').disabled).toBe(true);
  expect(await drop(['ones.csv', ONES])).toBe(true);
  expect(say).toHaveBeenLastCalledWith(
    expect.objectContaining({ tone: 'warning', todo: 'Drop the ranges first.' }),
  );
  await drop(['ranges.csv', RANGES]);
  expect(asked()?.gathered).toEqual({ ranges: RANGES, ones: null });
  expect(button('Ones per bit…').disabled).toBe(false);
  await drop(['ones.csv', ONES]);
  expect(asked()?.gathered).toEqual({ ranges: RANGES, ones: ONES });
  // Other ranges make the counts void.
  await drop(['again.csv', RANGES]);
  expect(asked()?.gathered).toEqual({ ranges: RANGES, ones: null });
  await act(async () => {
    button('Back to these records').click();
    await Promise.resolve();
  });
  expect(asked()?.gathered).toEqual({ ranges: null, ones: null });
  await drop(['ones.csv', ONES], ['ranges.csv', RANGES]);
  expect(asked()?.gathered).toEqual({ ranges: RANGES, ones: ONES });
  expect(loadFiles).not.toHaveBeenCalled();
});

it('opens any other file that is dropped on it', async () => {
  await show();
  const before = writeSql.mock.calls.length;
  await drop(['table.csv', 'a,b\n1,2\n']);
  expect(loadFiles.mock.lastCall?.[0].map(({ path }) => path)).toEqual(['table.csv']);
  await drop(['ranges.csv', RANGES], ['table.csv', 'a,b\n1,2\n']);
  expect(loadFiles).toHaveBeenCalledTimes(2);
  expect(writeSql.mock.calls.length).toBe(before);
});

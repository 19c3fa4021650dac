// @vitest-environment happy-dom
import { act } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { BitsReport } from '../../contracts/codec.ts';
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import type { DataAxis, ScatterCloud, ScatterSamples } from '../../contracts/scatter.ts';
import { mountEach, settled } from '../../ui/testing/mount.ts';
import type { Lab } from '../lab.ts';
import type { ScatterState } from '../lab/bits.ts';
import { idleTask } from '../lab/task.ts';
import { LabContext } from '../useLab.ts';
import { ScatterPanel } from './ScatterPanel.tsx';

const view = mountEach();
const actions = {
  watchScatter: vi.fn(),
  changeScatter: vi.fn(),
  retryScatter: vi.fn(),
  change: vi.fn(),
  say: vi.fn(),
};
beforeEach(() => Object.values(actions).forEach((action) => action.mockClear()));

const axis = (column: string): DataAxis => ({
  ...{ column, kind: 'number', low: 0, high: 10, named: null, time: null },
});
const CLOUD: ScatterCloud = {
  columns: [
    { name: 'carat', kind: 'number', use: 'feature', strength: 0.92 },
    { name: 'depth', kind: 'number', use: 'other', strength: 0.01 },
    { name: 'price', kind: 'number', use: 'target', strength: null },
  ],
  ...{ further: 0, refused: [{ name: 'note', reason: 'Text with 70 different values.' }], refusedFurther: 0 },
  axes: { x: axis('carat'), y: axis('price') },
  ...{ x: Float32Array.of(0.1, 0.9, 0.2), y: Float32Array.of(0.1, 0.8, 0.3) },
  ...{ trainRows: 3, used: 3, placed: 3 },
};
const SAMPLES: ScatterSamples = {
  ...{ beta: 4, count: 2, placed: 2, total: 3, random: null },
  ...{ x: Float64Array.of(1.5, 9), y: Float64Array.of(2, 8), weights: Float64Array.of(2, 1) },
  cuts: { x: { bits: 1, at: Float64Array.of(5) }, y: { bits: 0, at: new Float64Array(0) } },
};
const BITS = {
  order: new Uint32Array(6),
  condensedSamples: Uint32Array.of(1, 1, 2, 2, 2, 3, 3),
} as BitsReport;

async function show(scatter: Partial<ScatterState>, target: string | null = 'price'): Promise<void> {
  const lab = {
    ...{ kind: 'table', dataset: idleTask() },
    settings: { ...DEFAULT_SETTINGS, target, beta: 4 },
    bits: { ...idleTask<BitsReport>(), status: 'done', value: BITS },
    learn: { full: { closedForm: idleTask() } },
    scatter: {
      ...{ choice: { x: null, y: null }, withRandom: false, samples: null, lines: null, error: null },
      cloud: { ...idleTask<ScatterCloud>(), status: 'done', value: CLOUD },
      ...scatter,
    },
    ...actions,
  };
  const store = createStore(() => lab as unknown as Lab);
  act(() =>
    view.root.render(
      <LabContext value={store}>
        <ScatterPanel />
      </LabContext>,
    ),
  );
  await settled(view.place);
}

const text = (): string => view.place.textContent.replaceAll('\u202f', ' ');
const select = (label: string): HTMLSelectElement =>
  view.place.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`)!;

describe('the picture of condensing', () => {
  it('is said in words, with what each mark is and how many there are', async () => {
    await show({ samples: SAMPLES });
    const picture = view.place.querySelector('[role=img]')?.getAttribute('aria-label');
    expect(picture).toContain('3 training records by carat and price, and 2 condensed samples');
    expect(text()).toContain('2 condensed samples, area = weight');
    expect(text()).toContain('At β = 4, 1 of the bits cuts carat and none cuts price.');
    expect(view.place.querySelectorAll('canvas')).toHaveLength(2);
  });

  it('is worked out while it is shown', async () => {
    await show({ samples: SAMPLES });
    expect(actions.watchScatter).toHaveBeenLastCalledWith(true);
    act(() => view.root.render(null));
    expect(actions.watchScatter).toHaveBeenLastCalledWith(false);
  });

  it('offers every column with how closely it goes with the target', async () => {
    await show({ samples: SAMPLES });
    const options = [...select('Column across').options].map(({ textContent }) => textContent);
    expect(options).toEqual(['carat · 0.92', 'depth · 0.01', 'price · target']);
    expect(select('Column upwards').value).toBe('price');
    act(() => {
      select('Column across').value = 'depth';
      select('Column across').dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(actions.changeScatter).toHaveBeenCalledWith({ x: 'depth' });
    expect(text()).toContain('Columns that cannot be drawn: 1');
  });

  it('has the heaviest samples as a table', async () => {
    await show({ samples: SAMPLES });
    const button = [...view.place.querySelectorAll('button')].find(({ textContent }) =>
      textContent.includes('The heaviest samples'),
    );
    act(() => button?.click());
    await settled(view.place);
    const rows = [...view.place.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
    expect(rows).toEqual(['21.52', '198']);
  });

  it('says why there are no circles', async () => {
    await show({}, null);
    expect(text()).toContain('There is no target, so nothing is condensed');
    expect(view.place.querySelectorAll('input[type=checkbox]')).toHaveLength(0);
  });

  it('says what it needs where there are not two columns to draw', async () => {
    await show({ cloud: { ...idleTask(), status: 'done', value: { ...CLOUD, axes: null } } });
    expect(text()).toContain('A picture needs two columns that can be drawn');
    expect(view.place.querySelector('canvas')).toBeNull();
  });

  it('says what failed, with a way to try again', async () => {
    await show({ error: { code: 'COLUMN_UNKNOWN', what: 'No such column.', todo: 'Choose another.' } });
    expect(text()).toContain('No such column.');
    const button = [...view.place.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Try again',
    );
    act(() => button?.click());
    expect(actions.retryScatter).toHaveBeenCalledOnce();
  });
});

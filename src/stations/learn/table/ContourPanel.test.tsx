// @vitest-environment happy-dom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { DEFAULT_SETTINGS, type ClosedFormResult } from '../../../contracts/codec.ts';
import type { Landscape } from '../../../contracts/landscape.ts';
import { LabError } from '../../../contracts/errors.ts';
import { mountEach } from '../../../ui/testing/mount.ts';
import type { Lab } from '../../lab.ts';
import type { LandscapeState } from '../../lab/learn.ts';
import { idleTask } from '../../lab/task.ts';
import { LabContext } from '../../useLab.ts';
import { landscapeOf } from '../testing/landscapes.ts';
import { classScore, errorScore, exact } from '../testing/results.ts';
import { ContourFigure } from './contour/ContourFigure.tsx';
import { Replay } from './contour/replay.ts';
import { ContourPanel } from './ContourPanel.tsx';

const view = mountEach();
const drawLandscape = vi.fn<Lab['drawLandscape']>();

async function show(
  task: Partial<LandscapeState['task']>,
  classes = 0,
  seconds = 0.1,
  size: Partial<ClosedFormResult> = {},
): Promise<void> {
  drawLandscape.mockClear();
  const score = classes === 0 ? errorScore(0.5) : classScore([80, 10, 4, 6]);
  if (score.classes !== null) score.classes.labels = Array.from({ length: classes }, (_, k) => `class ${k}`);
  const closedForm = {
    ...idleTask(),
    status: 'done' as const,
    value: { ...exact('full', score, seconds), ...size },
  };
  const run = { closedForm, descent: idleTask(), playing: false };
  const lab = {
    learn: { full: run, condensed: run },
    settings: DEFAULT_SETTINGS,
    landscape: { axes: 'largest', batch: 64, task: { ...idleTask<Landscape>(), ...task } },
    ...{ drawLandscape, cancelLandscape: () => undefined },
    ...{ kind: 'table', dataset: idleTask(), images: { dataset: idleTask() }, say: () => 1 },
  };
  const store = createStore(() => lab as unknown as Lab);
  await act(async () => {
    view.root.render(
      <LabContext value={store}>
        <ContourPanel />
      </LabContext>,
    );
    // The figure is loaded when it is needed.
    await import('./contour/ContourFigure.tsx');
  });
}

const text = () => view.place.textContent.replace(/\u202f/g, ' ');
const select = (label: string) =>
  view.place.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`);
const button = (words: string) =>
  [...view.place.querySelectorAll('button')].find(({ textContent }) => textContent === words);

function choose(label: string, value: string): void {
  const field = select(label)!;
  act(() => {
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

it('says what each descent has touched, and the picture in words', async () => {
  await show({ status: 'done', value: landscapeOf({ batch: 64, isWhole: true }) });
  const rows = [...view.place.querySelectorAll('tbody tr')].map((row) => row.textContent);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toContain('All records80α 0.1100at its limit8,0001');
  expect(rows[2]).toContain('Mini-batches of 6464α 0.1100at its limit6,400');
  expect(view.place.querySelector('[role=img]')?.getAttribute('aria-label')).toContain(
    'Contours of the training loss',
  );
});

it('is over other coefficients when these are chosen', async () => {
  await show({ status: 'done', value: landscapeOf({ batch: 64, isWhole: true }) });
  expect([select('Axis across')?.value, select('Axis upwards')?.value]).toEqual(['1', '2']);
  choose('Axis across', '0');
  expect(drawLandscape).toHaveBeenLastCalledWith({ axes: [0, 2] });
  // The other axis gives way.
  choose('Axis across', '2');
  expect(drawLandscape).toHaveBeenLastCalledWith({ axes: [2, 1] });
  choose('Axis across', 'principal');
  expect(drawLandscape).toHaveBeenLastCalledWith({ axes: 'principal' });
  choose('Records of a mini-batch', '256');
  expect(drawLandscape).toHaveBeenLastCalledWith({ batch: 256 });
});

it('goes on with a descent that was stopped when asked to', async () => {
  await show({ status: 'done', value: landscapeOf({ batch: 64, isWhole: false }) });
  expect(text()).toContain('stopped at step 10');
  expect(text()).toContain('the rest takes about 2 min at most');
  act(() => button('Go on to the end')?.click());
  expect(drawLandscape).toHaveBeenLastCalledWith({}, true);
});

it('waits to be asked for where the optima take long', async () => {
  await show({}, 0, 8);
  expect(text()).toContain('about 20 s');
  act(() => button('Draw the contours')?.click());
  expect(drawLandscape).toHaveBeenCalledExactlyOnceWith();
});

it('waits too where the optima take no time, but the loss all over the plane does', async () => {
  await show({}, 2, 0.1, { samples: 40_000, width: 30 });
  expect(text()).toContain('takes about 3 s');
  await show({}, 0, 0.1, { samples: 40_000, width: 30 });
  expect(button('Draw the contours')).toBeUndefined();
});

it('is not drawn of many classes, and of two it is', async () => {
  await show({}, 3);
  expect(text()).toContain('With 3 classes');
  expect(button('Draw the contours')).toBeUndefined();
  await show(
    { status: 'done', value: { ...landscapeOf({ batch: 64, isWhole: true }), task: 'classification' } },
    2,
  );
  expect(text()).toContain('mean cross-entropy of all 80 training records');
});

it('says why it failed', async () => {
  await show({ status: 'failed', error: new LabError('FEATURES_NONE', 'Nothing varies.').report() });
  expect(view.place.querySelector('[role=alert]')?.textContent).toContain('FEATURES_NONE');
});

it('follows the clock', () => {
  const replay = new Replay();
  const landscape = landscapeOf({ batch: 64, isWhole: true });
  const touched = () =>
    [...view.place.querySelectorAll('tbody tr')].map((row) => row.querySelectorAll('td')[2].textContent);
  act(() => view.root.render(<ContourFigure landscape={landscape} replay={replay} pace="touched" />));
  expect(touched()).toEqual(['8,000', '2,000', '6,400']);
  act(() => replay.moveTo(0));
  expect(touched()).toEqual(['0', '0', '0']);
  // Samples touched go side by side.
  act(() => replay.moveTo(0.5));
  const halfWay = touched().map((words) => Number(words.replace(',', '')));
  expect(Math.max(...halfWay)).toBeLessThan(Math.min(...halfWay) + 81);
  expect(view.place.textContent).not.toContain('at its limit');
});

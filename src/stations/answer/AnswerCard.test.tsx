// @vitest-environment happy-dom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Answer, Point } from '../../contracts/answer.ts';
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import type { ContestReport } from '../../contracts/contest.ts';
import { PLAIN_VIEW } from '../../contracts/link.ts';
import { mountEach } from '../../ui/testing/mount.ts';
import type { Lab } from '../lab.ts';
import { idleTask, type Task } from '../lab/task.ts';
import { LabContext } from '../useLab.ts';
import { AnswerCard } from './AnswerCard.tsx';
import { answerOf, pointOf } from './testing/answers.ts';

const view = mountEach();
const answer = answerOf({
  condensed: [null, pointOf('condensed', 19, 318, 1.014), pointOf('condensed', 17, 201, 1.06)],
  random: [null, null, null],
});

function show(
  task: Partial<Task<Answer>>,
  change: {
    waits?: number;
    isWhenAsked?: boolean;
    rivals?: Point[];
    beta?: number;
    trees?: Task<ContestReport>;
  } = {},
) {
  const {
    waits = null,
    isWhenAsked = false,
    rivals = null,
    beta = 13,
    trees = idleTask<ContestReport>(),
  } = change;
  const solved = { closedForm: { ...idleTask(), status: 'done' } };
  const lab = {
    answer: {
      task: { ...idleTask<Answer>(), ...task },
      waits,
      isWhenAsked,
      rivals: { ...idleTask<Point[]>(), status: rivals === null ? 'idle' : 'done', value: rivals },
    },
    ...{
      settings: { ...DEFAULT_SETTINGS, beta },
      dataset: idleTask(),
      bits: idleTask(),
      archive: idleTask(),
    },
    ...{
      examined: idleTask(),
      peers: { task: idleTask(), rows: [] },
      learn: { full: solved, condensed: solved },
    },
    ...{ trees, view: PLAIN_VIEW },
    ...{ tryTrees: vi.fn(), cancelTrees: vi.fn() },
    ...{ findAnswer: vi.fn(), cancelAnswer: vi.fn(), takeBeta: vi.fn(), findRivals: vi.fn() },
    waitWithAnswer: vi.fn(),
  };
  const store = createStore(() => lab as unknown as Lab);
  act(() =>
    view.root.render(
      <LabContext value={store}>
        <AnswerCard />
      </LabContext>,
    ),
  );
  return lab;
}
const text = () => view.place.textContent.replace(/\u202f/g, ' ');
const button = (name: string) =>
  [...view.place.querySelectorAll('button')].find(({ textContent }) =>
    textContent.replace(/\u202f/g, ' ').startsWith(name),
  );

it('says that the answer follows, or how long it would take', () => {
  show({});
  expect(text()).toContain('The answer follows once both models are solved exactly.');
  const { findAnswer } = show({}, { waits: 37 });
  act(() => button('Find out (about 40 s)')?.click());
  expect(findAnswer).toHaveBeenCalledOnce();
  show({ status: 'cancelled' });
  expect(button('Find out')).toBeDefined();
});

it('comes by itself, unless this browser is told to wait', async () => {
  const press = async (isOn: boolean) => {
    const choice = await vi.waitFor(() => {
      const found = view.place.querySelector<HTMLInputElement>('input[role="switch"]');
      expect(found?.checked).toBe(isOn);
      return found!;
    });
    act(() => choice.click());
  };
  const { waitWithAnswer } = show({ status: 'done', value: answer });
  await press(true);
  expect(waitWithAnswer).toHaveBeenLastCalledWith(true);
  const waiting = show({}, { waits: 4, isWhenAsked: true });
  await press(false);
  expect(waiting.waitWithAnswer).toHaveBeenLastCalledWith(false);
});

it('is one recommendation, with its β to be taken over, and a table of sizes', () => {
  const { takeBeta } = show({ status: 'done', value: answer });
  expect(text()).toContain('Yes318 condensed samples (1.9 % of 16,512 records) have an error 1.4 % above');
  act(() => button('Use it (β = 19)')?.click());
  expect(takeBeta).toHaveBeenCalledWith(19);
  const rows = [...view.place.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent.replace(/\u202f/g, ' ')),
  );
  expect(rows).toEqual([
    ['Condensed', '– not reached up to m = 8,120', '318× 1.01', '201× 1.06'],
    ['Random sample', ...Array<string>(3).fill('– not reached up to m = 8,120')],
  ]);
  show({ status: 'done', value: answer }, { beta: 19 });
  expect(text()).toContain('β = 19 is in use.');
});

it('adds the costlier contender, asked for where it is not there by itself', () => {
  const { findRivals } = show({ status: 'done', value: answer });
  act(() => button('Try k-means')?.click());
  expect(findRivals).toHaveBeenCalledOnce();
  show({ status: 'done', value: answer }, { rivals: [pointOf('k-means', 19, 318, 1.009)] });
  expect(text()).toContain(
    'k-means with 318 centres, which costs far more to make, has an error 0.9 % above',
  );
});

it('shows no answer of other settings, and a failure once', () => {
  show({ status: 'running', value: answer, stale: true });
  expect(text()).not.toContain('318');
  const error = { code: 'ROWS_TOO_FEW', what: 'There are too few records.', todo: 'Take more.' } as const;
  const { findAnswer } = show({ status: 'failed', error });
  expect(text()).toContain('There are too few records.');
  act(() => button('Try again')?.click());
  expect(findAnswer).toHaveBeenCalledOnce();
});

it('offers boosted trees at the recommended size, and says what they come to', () => {
  const { tryTrees, trees } = show({ status: 'done', value: answer });
  act(() => button('Try boosted trees')?.click());
  expect(tryTrees).toHaveBeenCalledWith(19);
  const trial = (contender: string, error: number) => ({
    ...{ contender, beta: 19, samples: 318, errors: [error], seconds: { making: 0.1, fitting: 0.1 } },
  });
  Object.assign(trees, {
    status: 'done',
    value: {
      ...{ metric: 'mse', full: { error: 1, seconds: 1 }, floor: 9, trainRows: 1_000 },
      trials: [trial('condensed', 3), trial('random', 2)],
    },
  });
  show({ status: 'done', value: answer }, { trees });
  expect(text()).toContain('Boosted trees learn better from a random sample than from condensed means here');
});

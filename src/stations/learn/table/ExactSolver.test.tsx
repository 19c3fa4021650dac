// @vitest-environment happy-dom
import { act } from 'react';
import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ClosedFormResult } from '../../../contracts/codec.ts';
import { LabError } from '../../../contracts/errors.ts';
import type { Lab } from '../../lab.ts';
import { idleTask, type Task } from '../../lab/task.ts';
import { LabContext } from '../../useLab.ts';
import { ExactSolver } from './ExactSolver.tsx';
import { classScore, errorScore, exact } from '../testing/results.ts';
import { mountEach } from '../../../ui/testing/mount.ts';

const view = mountEach();

function show(task: 'regression' | 'classification', change: Partial<Task<ClosedFormResult>>): string {
  const closedForm = { ...idleTask<ClosedFormResult>(), ...change };
  const lab = { learn: { full: { method: 'full', closedForm, descent: idleTask(), playing: false } } };
  const store = createStore(() => lab as unknown as Lab);
  act(() =>
    view.root.render(
      <LabContext value={store}>
        <ExactSolver method="full" title="Full" task={task} />
      </LabContext>,
    ),
  );
  return view.place.textContent.replace(/\u202f/g, ' ');
}

it('is the closed form of a regression', () => {
  const text = show('regression', { status: 'done', value: exact('full', errorScore(0.5), 0.01) });
  expect(text).toContain('Closed form');
  expect(text).toContain('Test RMSE0.7071');
  expect(text).toContain('R²0.600');
});

it('is Newton’s method, with its steps, for classes', () => {
  const score = classScore([80, 10, 4, 6]);
  const text = show('classification', { status: 'done', value: exact('full', score, 0.01) });
  expect(text).toContain('Newton’s method');
  expect(text).toContain('Accuracy86.0 %');
  expect(text).toContain('Log loss0.300');
  expect(text).toContain('Coefficients9in 6 steps');
});

it('is the quasi-Newton method of a wide model, which says whether it has converged', () => {
  const value: ClosedFormResult = {
    ...exact('full', classScore([80, 10, 4, 6]), 3),
    ...{ solver: 'quasi-newton', width: 700, gradientNorm: 7.1e-8, converged: true },
  };
  const text = show('classification', { status: 'done', value });
  expect(text).toContain('Quasi-Newton');
  expect(text).toContain('Converged: the gradient’s norm is 7.1e−8.');
  const stuck = { ...value, converged: false, gradientNorm: 0.002, iterations: 2_000 };
  expect(show('classification', { status: 'done', value: stuck })).toContain(
    'Not converged: stopped after 2,000 steps, where the gradient’s norm is 0.002.',
  );
});

it('says why it failed', () => {
  show('classification', { status: 'failed', error: new LabError('MODEL_OVERFLOW', 'Too large.').report() });
  expect(view.place.querySelector('[role="alert"]')?.textContent).toContain('MODEL_OVERFLOW');
});

it('shows nothing of the model that was chosen before', () => {
  const value = exact('full', errorScore(0.5), 0.01);
  expect(show('classification', { status: 'running', value, stale: true })).not.toContain('RMSE');
});

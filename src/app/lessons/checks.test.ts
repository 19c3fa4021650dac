import { beforeEach, expect, it } from 'vitest';
import type { Lab } from '../../stations/lab.ts';
import { idleTask, type Task } from '../../stations/lab/task.ts';
import type { NamedButton } from '../../stations/namedButtons.ts';
import type { TrainingRun } from '../../contracts/training.ts';
import { createLabStore } from '../store.ts';
import { createFakeLab, summaryOf } from '../testing/fakeServices.ts';
import { archiveOf, closedFormOf } from '../testing/fakeTables.ts';
import { isDone, RESULT_NAMES, type Check } from './checks.ts';

let lab: Lab;
beforeEach(() => {
  lab = createLabStore(createFakeLab().services).store.getState();
});

const done = <T>(value: T): Task<T> => ({ ...idleTask<T>(), status: 'done', value });

function judged(check: Check, now: Lab, pressed: NamedButton[] = []): boolean {
  return isDone(check, { lab: now, begun: lab, pressed: new Set(pressed) });
}

const withSettings = (change: Partial<Lab['settings']>): Lab => ({
  ...lab,
  settings: { ...lab.settings, ...change },
});

it('a setting of a table', () => {
  const beta = (bounds: object): Check => ({ is: 'setting', setting: 'beta', ...bounds });
  const ten = withSettings({ beta: 10 });
  expect(judged(beta({ atMost: 10 }), ten)).toBe(true);
  expect(judged(beta({ atMost: 9 }), ten)).toBe(false);
  expect(judged(beta({ atLeast: 10 }), ten)).toBe(true);
  expect(judged(beta({ atLeast: 11 }), ten)).toBe(false);
  expect(judged(beta({ equals: 10 }), ten)).toBe(true);
  expect(judged(beta({ equals: '10' }), ten)).toBe(false);
  expect(judged(beta({ changed: true }), ten)).toBe(true);
  expect(judged(beta({ changed: true }), lab)).toBe(false);
  expect(judged(beta({ changed: true, atLeast: 11 }), ten)).toBe(false);
});

it('columns that were chosen, by whether they are others', () => {
  const features: Check = { is: 'setting', setting: 'features', changed: true };
  expect(judged(features, withSettings({ features: ['a'] }))).toBe(true);
  expect(judged(features, withSettings({ features: null }))).toBe(false);
});

it('a setting of pictures, and of training on them', () => {
  const pictures: Lab = {
    ...lab,
    kind: 'images',
    images: {
      ...lab.images,
      settings: { ...lab.images.settings, tau: 7 },
      training: { ...lab.images.training, settings: { ...lab.images.training.settings, fraction: 0.05 } },
    },
  };
  expect(judged({ is: 'setting', setting: 'tau', equals: 7 }, pictures)).toBe(true);
  expect(judged({ is: 'setting', setting: 'fraction', atMost: 0.05 }, pictures)).toBe(true);
  expect(judged({ is: 'setting', setting: 'fraction', atMost: 0.05 }, lab)).toBe(false);
});

it('a page', () => {
  expect(judged({ is: 'page', page: 'learn' }, { ...lab, station: 'learn' })).toBe(true);
  expect(judged({ is: 'page', page: 'learn' }, { ...lab, station: 'bits' })).toBe(false);
});

it('a sample that is open', () => {
  const open = { ...lab, dataset: done(summaryOf('diamonds', { sampleId: 'diamonds' })) };
  expect(judged({ is: 'data', sample: 'diamonds' }, open)).toBe(true);
  expect(judged({ is: 'data', sample: 'bank-marketing' }, open)).toBe(false);
  expect(judged({ is: 'data', sample: 'diamonds' }, lab)).toBe(false);
});

it('a result that is there and not out of date; none is there at first', () => {
  for (const of of RESULT_NAMES) expect(judged({ is: 'result', of }, lab), of).toBe(false);
  const archive = done(archiveOf('a'));
  expect(judged({ is: 'result', of: 'archive' }, { ...lab, archive })).toBe(true);
  expect(judged({ is: 'result', of: 'archive' }, { ...lab, archive: { ...archive, stale: true } })).toBe(
    false,
  );
  const swept = { ...lab, sweep: { ...lab.sweep, status: 'done' as const } };
  expect(judged({ is: 'result', of: 'sweep' }, swept)).toBe(true);
});

it('the ratio of the errors at the optimum', () => {
  const { full, condensed } = lab.learn;
  // Test errors of 1 and 1.1.
  const learned: Lab = {
    ...lab,
    learn: {
      full: { ...full, closedForm: done(closedFormOf('regression', 'full')) },
      condensed: { ...condensed, closedForm: done(closedFormOf('regression', 'condensed')) },
    },
  };
  expect(judged({ is: 'ratio', atMost: 1.2 }, learned)).toBe(true);
  expect(judged({ is: 'ratio', atMost: 1.05 }, learned)).toBe(false);
  expect(judged({ is: 'ratio', atLeast: 1.05 }, learned)).toBe(true);
  expect(judged({ is: 'ratio', atLeast: 1.05 }, lab)).toBe(false);
});

it('a training that has come so far', () => {
  const run = {
    settings: { ...lab.images.training.settings, method: 'random' },
    epochs: [{}, {}, {}],
  } as unknown as TrainingRun;
  const trained = { ...lab, images: { ...lab.images, training: { ...lab.images.training, runs: [run] } } };
  expect(judged({ is: 'training', epochs: 3 }, trained)).toBe(true);
  expect(judged({ is: 'training', epochs: 4 }, trained)).toBe(false);
  expect(judged({ is: 'training', epochs: 3, method: 'random' }, trained)).toBe(true);
  expect(judged({ is: 'training', epochs: 3, method: 'full' }, trained)).toBe(false);
});

it('a scene of the step-through, or one behind it', () => {
  expect(judged({ is: 'scene', scene: 'search' }, { ...lab, walkScene: 'search' })).toBe(true);
  expect(judged({ is: 'scene', scene: 'search' }, { ...lab, walkScene: 'means' })).toBe(true);
  expect(judged({ is: 'scene', scene: 'search' }, { ...lab, walkScene: 'bits' })).toBe(false);
  expect(judged({ is: 'scene', scene: 'values' }, lab)).toBe(false);
});

it('a button that was pressed', () => {
  expect(judged({ is: 'pressed', button: 'time' }, lab, ['time'])).toBe(true);
  expect(judged({ is: 'pressed', button: 'time' }, lab, ['save'])).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { runWith } from '../../testing/training.ts';
import { runCurve, curveRows } from './runCurves.ts';
import { runLook } from './runLook.ts';
import {
  buttonsOf,
  differenceWords,
  measuredWords,
  placeOf,
  runTitle,
  runTitles,
  standingWords,
} from './runWords.ts';
import { drawnRuns, MOST_DRAWN, shownRun } from './shownRun.ts';

const plain = (text: string) => text.replace(/\u202f/g, ' ');
const idle = { isActive: false, turn: 0, isHeld: false };

describe('titles', () => {
  it('name method, share, network and seed', () => {
    const { settings } = runWith({ fraction: 0.01, seed: 3 });
    expect(plain(runTitle(settings))).toBe('dreaMLearning 1 % · LeNet5 · seed 3');
    expect(runTitle({ ...settings, method: 'full', network: 'resnet18', width: 16 })).toBe(
      'Full · ResNet18, width 16 · seed 3',
    );
  });

  it('add the settings in which runs differ', () => {
    const titles = runTitles([runWith({}, { id: 'a' }), runWith({ epochs: 5 }, { id: 'b' })]);
    expect(titles.get('a')).toMatch(/10 epochs$/);
    expect(titles.get('b')).toMatch(/5 epochs$/);
    expect(runTitles([runWith({}, { id: 'a' })]).get('a')).not.toContain('epochs');
  });
});

describe('where a run stands', () => {
  it('is said in words', () => {
    const run = runWith({ epochs: 20 }, { epochs: 10 });
    expect(standingWords(run, { ...idle, isActive: true })).toBe('Training, epoch 11 of 20');
    expect(standingWords(run, idle)).toBe('Paused after 10 of 20 epochs');
    expect(standingWords(run, placeOf('x', { active: null, queue: ['y', 'x'], isHeld: true }))).toBe(
      'Waiting, number 2 in the queue, held, after 10 of 20 epochs',
    );
    const fresh = runWith({}, { epochs: 0 }, { status: 'waiting' });
    expect(standingWords(fresh, { ...idle, isActive: true })).toBe('Training, epoch 1 of 10');
    expect(standingWords({ ...fresh, facts: null }, { ...idle, isActive: true })).toBe('Starting');
    expect(standingWords(runWith(), idle)).toBe('Done, 10 epochs');
  });

  it('decides what its buttons do', () => {
    expect(buttonsOf(runWith(), idle)).toMatchObject({ main: 'done', canStep: false, canRewind: true });
    expect(buttonsOf(runWith({}, { epochs: 3 }), idle)).toMatchObject({ main: 'play', mainWords: 'Go on' });
    expect(buttonsOf(runWith({}, { epochs: 3 }, { status: 'failed' }), idle).mainWords).toBe('Play again');
    expect(buttonsOf(runWith({}, { epochs: 0 }), { ...idle, turn: 1 })).toMatchObject({
      ...{ main: 'pause', canStep: false, canRewind: false },
    });
  });

  it('says what was measured', () => {
    expect(plain(measuredWords(runWith({}, { seconds: { fetch: 0.2, wait: 0.02, train: 0.3 } })))).toBe(
      '500 ms of fetching and training an epoch, 20 ms of waiting for pictures, 10.0 % of the raw set in memory',
    );
    expect(measuredWords(runWith({}, { epochs: 0 }))).toBe('');
  });
});

it('Random beside dreaMLearning is said to differ in its pixels alone', () => {
  const random = runWith({ method: 'random' });
  expect(differenceWords([random])).toBe('');
  expect(differenceWords([random, runWith()])).toContain('all held in memory');
  const { facts } = random;
  if (facts === null) throw new Error('no facts');
  const decoded = { ...random, facts: { ...facts, pixels: 'decoded' as const } };
  expect(differenceWords([decoded, runWith()])).toContain('decoded from the archive as well');
});

describe('curves', () => {
  const run = runWith({ epochs: 3, fraction: 0.5 }, { seconds: { wait: 0.5, train: 1, evaluate: 9 } });

  it('run against epochs, steps and seconds of training', () => {
    expect(runCurve(run, 'accuracy', 'epochs').map(({ x }) => x)).toEqual([1, 2, 3]);
    expect(runCurve(run, 'loss', 'steps').map(({ x }) => x)).toEqual([4, 8, 12]);
    expect(runCurve(run, 'loss', 'seconds')).toEqual([
      { x: 1.5, y: 1 },
      { x: 3, y: 1 / 2 },
      { x: 4.5, y: 1 / 3 },
    ]);
  });

  it('leave out epochs that were not evaluated', () => {
    const epochs = run.epochs.map((one) => (one.epoch === 2 ? { ...one, test: null } : one));
    expect(runCurve({ ...run, epochs }, 'accuracy', 'epochs').map(({ x }) => x)).toEqual([1, 3]);
  });

  it('are a table of bounded length that keeps the ends', () => {
    const long = runWith({ epochs: 1_001 });
    const rows = curveRows([long, run]);
    expect(rows.length).toBeLessThanOrEqual(202);
    expect(rows.at(-1)).toMatchObject({ epoch: 1_001, cells: [{ loss: 1 / 1_001 }, null] });
    expect(rows.find(({ epoch }) => epoch === 3)?.cells[1]).toEqual({ accuracy: 0.9, loss: 1 / 3 });
  });
});

it('32 runs look different', () => {
  const looks = Array.from({ length: 32 }, (_, k) => JSON.stringify(runLook(k)));
  expect(new Set(looks).size).toBe(32);
});

it('the run that is shown is the chosen one, else the one at work, else the last', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => runWith({}, { id }));
  const runs = [a, b, c];
  expect(shownRun({ runs, selected: 'b', active: 'a' })).toBe(b);
  expect(shownRun({ runs, selected: 'gone', active: 'a' })).toBe(a);
  expect(shownRun({ runs, selected: null, active: null })).toBe(c);
  expect(shownRun({ runs: [], selected: null, active: null })).toBeNull();
});

it('of many runs the last are drawn, and the one that is shown', () => {
  const runs = Array.from({ length: MOST_DRAWN + 5 }, (_, k) => runWith({ seed: k }, { id: String(k) }));
  const ids = (drawn: { run: { id: string } }[]) => drawn.map(({ run }) => run.id);
  expect(ids(drawnRuns(runs, null, true))).toHaveLength(MOST_DRAWN + 5);
  expect(ids(drawnRuns(runs, null, false))).toEqual(runs.slice(5).map(({ id }) => id));
  const drawn = drawnRuns(runs, '1', false);
  expect(drawn[0]).toEqual({ run: runs[1], index: 1 });
  expect(drawn).toHaveLength(MOST_DRAWN + 1);
  expect(drawnRuns(runs.slice(0, 3), null, false)).toHaveLength(3);
});

/** A method that is added to the registry is known everywhere on the page. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyExperiment, readLink, writeLink } from '../contracts/link.ts';
import { METHOD_METAS, type MethodMeta } from '../contracts/methods.ts';
import { DEFAULT_TRAINING_SETTINGS, resultOf, type TrainingRun } from '../contracts/training.ts';
import { checkRun, RUN_VERSION } from '../platform/storedRun.ts';
import { methodWords } from './learn/pictures/trainingChoices.ts';
import { differenceWords, runTitle } from './learn/pictures/runWords.ts';
import { accuracyFigure } from './sweep/pictures/shareFigures.ts';
import { pluginOptions } from './pluginOptions.ts';
import { countTrainings, settingsOfPlan } from './training/plan.ts';
import { groupsOf } from './training/results.ts';
import { runWith } from './testing/training.ts';

const meta: MethodMeta = {
  ...{ name: 'hardest', label: 'Hardest', family: 'Hardest', draw: 'hardest' },
  sentence: 'The pictures of greatest loss, from raw pixels.',
  sweepSentence: 'The greatest losses.',
  archiveSentence: 'The pictures of greatest loss. Decoded.',
  ...{ source: 'raw', isFixed: false, usesFraction: true, needsNetwork: true, options: [] },
  look: { colour: 'var(--series-5)', stroke: 'dotted', marks: 'hollow', shape: 'triangle' },
};

let remove = () => undefined as void;
let run: TrainingRun;
beforeEach(() => {
  remove = METHOD_METAS.add(meta);
  run = runWith({ method: 'hardest', fraction: 0.1 }, { accuracy: 0.9 });
});
afterEach(() => remove());

it('stands in links, alone and in a sweep', () => {
  const { experiment, problems } = readLink('v=1&subset=hardest&train-methods=hardest,random');
  expect(problems).toEqual([]);
  expect(experiment.images.training.method).toBe('hardest');
  // In the order in which they are known.
  expect(experiment.images.grid.methods).toEqual(['random', 'hardest']);
  const images = { ...emptyExperiment().images, training: { method: 'hardest' } };
  expect(writeLink({ ...emptyExperiment(), images })).toBe('v=1&subset=hardest');
  expect(readLink('v=1&subset=easiest').problems[0].what).toContain(', hardest.');
  remove();
  expect(readLink('v=1&subset=hardest').problems[0]).toMatchObject({ code: 'LINK_OUT_OF_RANGE' });
});

it('is read back from the store', () => {
  expect(checkRun({ version: RUN_VERSION, run })?.settings.method).toBe('hardest');
  remove();
  expect(checkRun({ version: RUN_VERSION, run })).toBeNull();
});

it('can be chosen, and is said', () => {
  expect(pluginOptions(METHOD_METAS).at(-1)).toEqual({
    ...{ value: 'hardest', label: 'Hardest', description: meta.sentence },
  });
  expect(methodWords('hardest', false)).toBe(meta.archiveSentence);
  expect(runTitle(run.settings)).toMatch(/^Hardest 10.% · LeNet5/);
  // It picks other pictures than those that are drawn by chance.
  expect(differenceWords([run, runWith({ method: 'dreamlearning' })])).toBe('');
});

it('stands in plans, results and figures', () => {
  const plan = { fractions: [0.1, 0.2], methods: ['full', 'hardest'], seeds: [1] };
  expect(countTrainings(plan)).toBe(3);
  expect(settingsOfPlan(plan, DEFAULT_TRAINING_SETTINGS).map(({ method }) => method)).toEqual([
    ...['full', 'hardest', 'hardest'],
  ]);
  expect(resultOf(run)).toMatchObject({ method: 'hardest', fraction: 0.1 });
  const groups = groupsOf([run, runWith({ method: 'full' })]);
  const [series] = accuracyFigure({ groups, paper: null, scale: 'linear' }).series;
  expect(series).toMatchObject({ name: 'Hardest', ...meta.look });
});

/** What a change of settings puts out of date. */
import type { ExperimentSettings } from '../../contracts/codec.ts';
import { condenserOf } from '../../contracts/plugins.ts';

/** Everything that the pipeline computes, in the order in which it is computed. */
export const PARTS = [
  'bits',
  'archive',
  'fullClosedForm',
  'condensedClosedForm',
  'condensedDescent',
  'fullDescent',
  'sweep',
] as const;
export type Part = (typeof PARTS)[number];

const ALL: readonly Part[] = PARTS;
/** The base search and what it stores. */
const ENCODING: readonly Part[] = ['bits', 'archive', 'sweep'];
/** Which samples are condensed, and how. */
const CONDENSING: readonly Part[] = ['bits', 'archive', 'condensedClosedForm', 'condensedDescent', 'sweep'];
/** And the archive, which carries the whole experiment. */
const DESCENTS: readonly Part[] = ['archive', 'condensedDescent', 'fullDescent', 'sweep'];

const DEPENDENTS: Record<keyof ExperimentSettings, readonly Part[]> = {
  target: ALL,
  features: ALL,
  missing: ALL,
  drop: ALL,
  split: ALL,
  testFraction: ALL,
  ratio: ENCODING,
  tau: ENCODING,
  objective: ENCODING,
  codec: CONDENSING,
  order: CONDENSING,
  code: CONDENSING,
  targetInClusters: CONDENSING,
  seed: CONDENSING,
  condenser: CONDENSING,
  // A sweep brings its own β.
  beta: ['archive', 'condensedClosedForm', 'condensedDescent'],
  samples: ['archive'],
  // Of classes, which records are together in a cluster may depend on it.
  model: ALL,
  learningRate: DESCENTS,
  iterations: DESCENTS,
};

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

/** The fields whose values differ. */
function changedFields(before: ExperimentSettings, after: ExperimentSettings): (keyof ExperimentSettings)[] {
  return (Object.keys(DEPENDENTS) as (keyof ExperimentSettings)[]).filter(
    (field) => !isSame(before[field], after[field]),
  );
}

/** The parts that have to be computed again after a change from one set of settings to another. */
export function outdatedParts(before: ExperimentSettings, after: ExperimentSettings): Set<Part> {
  const outdated = new Set<Part>();
  const [former, condenser] = [condenserOf(before), condenserOf(after)];
  for (const field of changedFields(before, after)) {
    // The seed is drawn on only by the random order.
    if (field === 'seed' && before.order !== 'random' && after.order !== 'random') {
      outdated.add('archive');
      continue;
    }
    // "own" and what it stands for are the same.
    if (field === 'condenser' && former === condenser) {
      outdated.add('archive');
      continue;
    }
    for (const part of DEPENDENTS[field]) outdated.add(part);
    // Samples made of bases change with the base.
    if (DEPENDENTS[field] === ENCODING && condenser !== 'clusters') {
      for (const part of CONDENSING) outdated.add(part);
    }
    // The pool takes ⌈β/d⌉ bits of every column: its order belongs to one β.
    if (field === 'beta' && after.order === 'pool') outdated.add('bits');
  }
  return outdated;
}

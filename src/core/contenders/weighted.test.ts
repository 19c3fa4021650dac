import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTENDERS } from './registry.ts';
import { runContest } from './contest.ts';
import { LabError } from '../errors.ts';
import { SILENT_PULSE } from '../pulse.ts';
import { createGenerator } from '../random.ts';
import { sumOf, totalWeight } from '../regression/weights.ts';
import type { Column, Table } from '../table/table.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { boost, predictTrees, treesError } from '../trees/boost.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { runExact } from '../experiment/training.ts';
import { Workbench } from '../experiment/workbench.ts';

interface Made {
  x: number;
  z: number;
  y: number;
  weight: number;
}

const TRAIN = 24;
const TEST = 8;

/**
 * Records that no model fits exactly, with weights of one to three. Drawn by a seed: numbers that are small and alike
 * would make splits and orders equally good, and rounding would choose among them.
 */
const records = fc.nat().map((seed): Made[] => {
  const generator = createGenerator(seed);
  const below = (n: number): number => (generator.next() >>> 0) % n;
  return Array.from({ length: TRAIN + TEST }, (_, k) => ({
    ...{ x: below(400) / 10, z: below(60) - 30, y: below(90_000) / 800 + 40 * (k % 2) },
    // Of the classes one weighs more: the greater share is the floor's answer.
    weight: k % 2 === 0 ? 1 : 2 + below(2),
  }));
});

function tableFor(made: readonly Made[], isWeighted: boolean): Table {
  const column = (name: 'x' | 'z' | 'y' | 'weight'): Column =>
    numberColumn(
      name,
      made.map((one) => one[name]),
    );
  const kind = textColumn(
    'kind',
    made.map(({ y }, k) => ((y > 75 ? k % 5 > 0 : k % 7 === 1) ? 'high' : 'low')),
  );
  return tableOf(column('x'), column('z'), kind, column('y'), ...(isWeighted ? [column('weight')] : []));
}

/** The same records twice: with a column of weights, and each as often as its weight says. */
function bothOf(made: readonly Made[]): { weighted: Workbench; repeated: Workbench } {
  const places = made.flatMap(({ weight }, k) => new Array<number>(weight).fill(k));
  const weighted = tableFor(made, true);
  const kinds = weighted.columns
    .slice(0, -1)
    .map((column): Column =>
      column.kind === 'number'
        ? { ...column, values: Float64Array.from(places, (k) => column.values[k]) }
        : { ...column, codes: Uint32Array.from(places, (k) => column.codes[k]) },
    );
  return {
    weighted: new Workbench(weighted, TEST),
    repeated: new Workbench({ rows: places.length, columns: kinds }, places.filter((k) => k >= TRAIN).length),
  };
}

const regression: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', features: ['x', 'z'], beta: 4 };
const logistic: ExperimentSettings = { ...regression, target: 'kind' };
const ofWeighted = (settings: ExperimentSettings): ExperimentSettings => ({ ...settings, weight: 'weight' });

function near(actual: ArrayLike<number>, wanted: ArrayLike<number>, digits = 8): void {
  expect(actual.length).toBe(wanted.length);
  for (let k = 0; k < wanted.length; k++) {
    const scale = Math.max(1, Math.abs(wanted[k]));
    expect(Math.abs(actual[k] - wanted[k]) / scale).toBeLessThan(10 ** -digits);
  }
}

describe('a record of weight 3', () => {
  it('is the record three times to least squares and logistic regression, and to what judges them', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (made) => {
        const { weighted, repeated } = bothOf(made);
        for (const settings of [regression, logistic]) {
          const one = ofWeighted(settings);
          const [a, b] = [await weighted.design(one), await repeated.design(settings)];
          near(a.map.means, b.map.means);
          near(a.map.scales, b.map.scales);
          expect([totalWeight(a.train), totalWeight(a.test)]).toEqual([b.train.rows, b.test.rows]);
          const fit = await runExact(a, await weighted.full(one));
          const wanted = await runExact(b, await repeated.full(settings));
          // Classes that a line divides have no optimum.
          if (!wanted.converged) continue;
          near(fit.theta, wanted.theta, 5);
          for (const part of ['test', 'train', 'floor'] as const) {
            const [scores, asked] = [fit.score[part], wanted.score[part]];
            expect(Object.keys(scores)).toEqual(Object.keys(asked));
            // Of classes that weigh the same the floor may answer either: rounding chooses.
            if (part === 'floor' && Math.abs((asked.logLoss ?? 0) - Math.LN2) < 1e-9) continue;
            near(Object.values(scores), Object.values(asked), 5);
          }
          expect(fit.score.classes?.confusion).toEqual(wanted.score.classes?.confusion);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is the record three times to condensing: the same order, clusters, means and weights', async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.constantFrom('layered' as const, 'pool' as const, 'descending' as const),
        fc.constantFrom(1, 3, 6),
        async (made, order, beta) => {
          const { weighted, repeated } = bothOf(made);
          for (const base of [regression, logistic]) {
            const settings = { ...base, order, beta };
            const one = ofWeighted(settings);
            const [samples, wanted] = [
              await weighted.condensedTable(one),
              await repeated.condensedTable(settings),
            ];
            expect(samples.rows).toBe(wanted.rows);
            expect(samples.names).toEqual(wanted.names);
            samples.columns.forEach((column, c) => near(column, wanted.columns[c]));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is the record three times to trees of the same rules', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (made) => {
        const { weighted, repeated } = bothOf(made);
        const rules = { rounds: 4, rate: 0.3, leaves: 4, minWeight: 5, l2: 1 };
        // Of two features that divide the same records alike, rounding would choose.
        const settings = { ...regression, features: ['x'] };
        const one = ofWeighted(settings);
        const a = await boost('regression', await weighted.full(one), rules);
        const b = await boost('regression', await repeated.full(settings), rules);
        // Between two records of a leaf any threshold is as good: they are looked at where records are.
        const [train, all] = [(await weighted.design(one)).train, (await repeated.design(settings)).train];
        near(predictTrees(a.model, train), predictTrees(b.model, train), 6);
        near([treesError(a.model, train)], [treesError(b.model, all)], 6);
      }),
      { numRuns: 25 },
    );
  });

  it('is the record three times in a contest', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (made) => {
        const { weighted, repeated } = bothOf(made);
        const task = {
          ...{ judge: 'test' as const, learner: 'regression' as const, betas: [4] },
          contenders: ['full', 'condensed'].map((name) => ({ name, draws: 1 })),
        };
        const report = await runContest(weighted, { ...task, settings: ofWeighted(regression) });
        const wanted = await runContest(repeated, { ...task, settings: regression });
        near([report.full.error, report.floor], [wanted.full.error, wanted.floor], 6);
        report.trials.forEach(({ errors }, k) => near(errors, wanted.trials[k].errors, 5));
      }),
      { numRuns: 15 },
    );
  });
});

it('leaves every contender the weight of all records', async () => {
  const [made] = fc.sample(records, { numRuns: 1, seed: 5 });
  const { weighted: bench } = bothOf(made);
  for (const base of [regression, logistic]) {
    const settings = ofWeighted(base);
    const design = await bench.design(settings);
    for (const { meta, make } of CONTENDERS.all) {
      if (!meta.tasks.includes(design.task)) continue;
      const request = { bench, settings, design, samples: 6, beta: 4, seed: 3, pulse: SILENT_PULSE };
      expect(sumOf((await make(request)).weights), meta.name).toBeCloseTo(totalWeight(design.train), 8);
    }
  }
});

it('of weight 0 is no record at all', async () => {
  const [made] = fc.sample(records, { numRuns: 1, seed: 9 });
  const zeroed = made.map((one, k) => (k % 4 === 0 ? { ...one, weight: 0 } : one));
  const left = zeroed.filter(({ weight }) => weight > 0);
  const tests = zeroed.slice(TRAIN).filter(({ weight }) => weight > 0).length;
  const others = new Workbench(tableFor(left, true), tests);
  const bench = new Workbench(tableFor(zeroed, true), TEST);
  const settings = ofWeighted(regression);
  const fit = async (one: Workbench) =>
    (await runExact(await one.design(settings), await one.full(settings))).score.test;
  near(Object.values(await fit(bench)), Object.values(await fit(others)));
});

describe('weights that are none', () => {
  const [made] = fc.sample(records, { numRuns: 1, seed: 3 });
  const codeOf = async (weights: (number | null)[], name = 'weight'): Promise<string> => {
    const { columns } = tableFor(made, false);
    const bench = new Workbench(tableOf(...columns, numberColumn('weight', weights)), TEST);
    try {
      await bench.design({ ...regression, weight: name });
      return 'none';
    } catch (thrown) {
      return LabError.from(thrown).code;
    }
  };
  const fine = made.map(({ weight }) => weight);
  const but = (bad: number | null): (number | null)[] => fine.map((weight, k) => (k === 5 ? bad : weight));

  it.each([-1, NaN, Infinity, null])('are refused by a code: %s', async (bad) => {
    expect(await codeOf(but(bad))).toBe('WEIGHTS_INVALID');
  });

  it('are refused where they add up to nothing, or to no number', async () => {
    expect(await codeOf(fine.map((weight, k) => (k < TRAIN ? 0 : weight)))).toBe('WEIGHTS_INVALID');
    expect(await codeOf(fine.map((weight, k) => (k < TRAIN ? weight : 0)))).toBe('WEIGHTS_INVALID');
    expect(await codeOf(fine.map(() => 1e308))).toBe('WEIGHTS_INVALID');
    expect(await codeOf(but(0))).toBe('none');
  });

  it('are refused in a column of text, and one that is not there', async () => {
    expect(await codeOf(fine, 'kind')).toBe('WEIGHTS_INVALID');
    expect(await codeOf(fine, 'nobody')).toBe('COLUMN_UNKNOWN');
  });

  it('leave the bits their order, and the archive as it is', async () => {
    const { columns } = tableFor(made, false);
    const bench = new Workbench(tableOf(...columns, numberColumn('weight', but(-1))), TEST);
    const settings = ofWeighted(regression);
    expect(await bench.canLearn(settings)).toBe(false);
    expect((await bench.analytics(settings))?.order.length).toBeGreaterThan(0);
    expect((await bench.encode(settings)).train).toBeDefined();
  });
});

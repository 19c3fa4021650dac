import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../experiment/settings.ts';
import { runExact } from '../experiment/training.ts';
import { Workbench } from '../experiment/workbench.ts';
import type { Split } from '../random.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import type { Column } from '../table/table.ts';
import { buildDesign, type Design, type MissingPolicy } from './design.ts';

const split = (train: number[], test: number[]): Split => ({
  train: Uint32Array.from(train),
  test: Uint32Array.from(test),
});

/** The last column is the target, all others are features. */
function designOf(columns: Column[], { train, test }: Split, missing: MissingPolicy = 'leave-out'): Design {
  const target = columns.length - 1;
  const features = columns.slice(0, -1).map((_, c) => c);
  return buildDesign(tableOf(...columns), { features, target, task: 'regression' }, { train, test }, missing);
}

const column = (matrix: Design['train'], j: number): number[] =>
  Array.from({ length: matrix.rows }, (_, i) => matrix.x[i * matrix.width + j]);

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (thrown) {
    return (thrown as { code: unknown }).code;
  }
  return 'taken';
};

describe('buildDesign', () => {
  it('standardises by the training records, and the test records by the same numbers', () => {
    const design = designOf(
      [numberColumn('x', [1, 3, 5, 11]), numberColumn('y', [1, 2, 3, 4])],
      split([0, 1, 2], [3]),
    );
    expect(design.map.names).toEqual(['bias', 'x']);
    // Mean 3, population deviation √(8/3).
    const deviation = Math.sqrt(8 / 3);
    const expected = [-2, 0, 2].map((one) => one / deviation);
    column(design.train, 1).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
    expect(column(design.test, 1)[0]).toBeCloseTo(8 / deviation, 12);
    expect(column(design.train, 0)).toEqual([1, 1, 1]);
    expect([...design.train.y, ...design.test.y]).toEqual([1, 2, 3, 4]);
  });

  it('makes a feature that is constant in the training records 0, whatever its value', () => {
    // The mean of 0.1, 0.1, 0.1 is not 0.1 in doubles: a deviation of 10^-17 must not blow a test record up.
    for (const constant of [0.1, 0.7, 1 / 3, 1e300, 0]) {
      const x = numberColumn('x', [constant, constant, constant, 0.5]);
      const design = designOf([x, numberColumn('y', [1, 2, 3, 4])], split([0, 1, 2], [3]));
      expect([constant, ...column(design.train, 1), ...column(design.test, 1)]).toEqual([
        constant,
        0,
        0,
        0,
        0,
      ]);
    }
  });

  it('makes a category one column for each of its values', () => {
    const design = designOf(
      [textColumn('cut', ['a', 'b', 'a', 'c']), numberColumn('y', [1, 2, 3, 4])],
      split([0, 1, 2], [3]),
    );
    expect(design.map.names).toEqual(['bias', 'cut = a', 'cut = b', 'cut = c']);
    // c does not occur in training: a constant 0 there, and for the test record too.
    expect(column(design.train, 3)).toEqual([0, 0, 0]);
    expect(column(design.test, 3)).toEqual([0]);
    expect(column(design.train, 1)[0]).toBeCloseTo(Math.SQRT1_2, 12);
  });

  const gappy = (): Column[] => [
    numberColumn('x', [1, null, 3, 8, Infinity, 100]),
    textColumn('c', ['a', 'b', null, 'a', 'b', 'b']),
    numberColumn('z', [1, 2, 3, 4, 5, 6]),
    numberColumn('y', [1, 2, 3, 4, 5, 6]),
  ];

  it('leaves out records with a missing or non-finite cell, and counts them', () => {
    const design = designOf(gappy(), split([0, 1, 2, 3], [4, 5]));
    expect([...design.used]).toEqual([0, 3]);
    expect(design.incomplete).toEqual({ train: 2, test: 1 });
    expect([...design.train.y]).toEqual([1, 4]);
    expect([...design.test.y]).toEqual([6]);
    expect(design.map.names).toEqual(['bias', 'x', 'c = a', 'c = b', 'z']);
  });

  it('fills with the training mean beside an indicator, for columns that have gaps only', () => {
    const design = designOf(gappy(), split([0, 1, 2, 3], [4, 5]), 'fill');
    expect([...design.used]).toEqual([0, 1, 2, 3]);
    expect(design.incomplete).toEqual({ train: 2, test: 1 });
    expect(design.map.names).toEqual(['bias', 'x', 'x missing', 'c = a', 'c = b', 'c missing', 'z']);
    const { train, test } = design;
    // Present training values 1, 3, 8: a filled cell stands at their mean 4, which is also the column's.
    expect(column(train, 1)[1]).toBeCloseTo(0, 12);
    expect(column(test, 1)[0]).toBeCloseTo(0, 12);
    expect(column(train, 2).map((value) => value > 0)).toEqual([false, true, false, false]);
    expect(column(test, 2).map((value) => value > 0)).toEqual([true, false]);
    // A missing category is none of its values.
    expect(column(train, 3)[2]).toBeLessThan(0);
    expect(column(train, 4)[2]).toBeLessThan(0);
    expect(column(train, 5).map((value) => value > 0)).toEqual([false, false, true, false]);
  });

  it('never fills the target: a record without one teaches nothing', () => {
    const columns = [numberColumn('x', [1, 2, 3, 4, 5]), numberColumn('y', [1, null, 3, 4, null])];
    for (const policy of ['fill', 'leave-out'] as const) {
      const design = designOf(columns, split([0, 1, 2], [3, 4]), policy);
      expect([...design.used]).toEqual([0, 2]);
      expect(design.incomplete).toEqual({ train: 1, test: 1 });
      expect([...design.test.y]).toEqual([4]);
    }
  });

  it('refuses what no model can learn, by a code', () => {
    const x = numberColumn('x', [1, 2, 3, 4]);
    const here = split([0, 1, 2], [3]);
    const refusal = (columns: Column[], how = here): unknown => codeOf(() => designOf(columns, how));
    expect(refusal([x, numberColumn('y', [5, 5, 5, 9])])).toBe('TARGET_CONSTANT');
    expect(refusal([x, textColumn('y', ['a', 'b', 'c', 'd'])])).toBe('TARGET_NOT_NUMBER');
    expect(refusal([x])).toBe('FEATURES_NONE');
    expect(refusal([numberColumn('x', [1, null, null, 2]), numberColumn('y', [1, 2, 3, 4])])).toBe(
      'ROWS_TOO_FEW',
    );
    expect(refusal([numberColumn('x', [1, 2, 3, null]), numberColumn('y', [1, 2, 3, 4])])).toBe(
      'ROWS_TOO_FEW',
    );
    const words = Array.from({ length: 70 }, (_, i) => `word ${i}`);
    const many = split(
      Array.from({ length: 60 }, (_, i) => i),
      [60],
    );
    const y = numberColumn(
      'y',
      words.map((_, i) => i),
    );
    expect(refusal([textColumn('t', words), y], many)).toBe('COLUMN_UNKNOWN');
    const wide = Array.from({ length: 2000 }, (_, c) => numberColumn(`x${c}`, [1, 2, 3, c]));
    expect(refusal([...wide, numberColumn('y', [1, 2, 3, 4])])).toBe('CSV_TOO_WIDE');
  });

  it('gives a test error that a feature constant in training cannot spoil', async () => {
    const n = 40;
    const settings = { ...DEFAULT_SETTINGS, target: 'y' };
    const { test } = (
      await new Workbench(
        tableOf(
          numberColumn(
            'i',
            Array.from({ length: n }, (_, i) => i * i),
          ),
        ),
      ).prepare(settings)
    ).split;
    // 0.1 everywhere but in one test record.
    const odd = numberColumn(
      'odd',
      Array.from({ length: n }, (_, i) => (i === test[0] ? 0.5 : 0.1)),
    );
    const x = numberColumn(
      'x',
      Array.from({ length: n }, (_, i) => (i * 7) % 13),
    );
    const y = numberColumn(
      'y',
      Array.from({ length: n }, (_, i) => 2 * ((i * 7) % 13) + (i % 2)),
    );
    const bench = new Workbench(tableOf(x, odd, y));
    const run = await runExact(await bench.design(settings), await bench.full(settings));
    expect(run.score.test.mse).toBeLessThan(1);
    expect(run.score.test.r2).toBeGreaterThan(0.9);
  });
});

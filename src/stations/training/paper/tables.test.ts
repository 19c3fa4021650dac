import { describe, expect, it } from 'vitest';
import {
  isPaperSet,
  PAPER_FIGURE1,
  PAPER_FRACTION,
  PAPER_TABLES,
  paperMethods,
  paperSetting,
  paperValue,
} from './tables.ts';
import written from './tables.json' with { type: 'json' };

describe("the paper's tables", () => {
  it('are six, full training first and every method at every share', () => {
    expect(PAPER_TABLES.map(({ number, set }) => [number, set])).toEqual([
      [1, 'mnist'],
      [2, 'cifar10'],
      [3, 'cifar100'],
      [4, 'mnist'],
      [5, 'cifar10'],
      [6, 'cifar100'],
    ]);
    for (const { rows } of PAPER_TABLES) {
      expect(rows[0].fraction).toBe(1);
      expect(rows.slice(1).every(({ fraction }) => fraction < 1)).toBe(true);
    }
    expect(PAPER_TABLES[0].rows).toHaveLength(7);
    expect(PAPER_TABLES[3].rows).toHaveLength(19);
    expect(PAPER_TABLES[0].measures).toEqual([
      ...['accuracy', 'time', 'storage', 'csMemory', 'trainMemory', 'dataAccess'],
    ]);
    expect(PAPER_TABLES[4].measures).toEqual(['accuracy', 'seconds']);
  });

  it('give every number that is written, shares from 0 to 1', () => {
    expect(paperValue('mnist', 'grad-match', 0.01, 'accuracy')).toEqual({ mean: 0.934, std: 0.0169 });
    expect(paperValue('mnist', 'tdds', 0.05, 'seconds')).toEqual({ mean: 1541, std: 129.3 });
    expect(paperValue('cifar10', 'dreamlearning', PAPER_FRACTION, 'storage')).toEqual({
      mean: 0.8,
      std: null,
    });
    expect(paperValue('mnist', 'full', 1, 'csMemory')).toBeNull();
    const numbers = PAPER_TABLES.flatMap(({ rows }) =>
      rows.flatMap(({ values }) =>
        Object.values(values ?? {}).flatMap(({ mean, std }) => (std === null ? [mean] : [mean, std])),
      ),
    );
    const tables = [1, 2, 3, 4, 5, 6].map((k) => written[`table${k}` as keyof typeof written]);
    const inRows = (of: unknown): number =>
      Array.isArray(of)
        ? of.filter((one) => typeof one === 'number').length
        : of !== null && typeof of === 'object'
          ? Object.values(of).reduce((sum: number, one) => sum + inRows(one), 0)
          : 0;
    expect(numbers).toHaveLength(tables.reduce((sum, table) => sum + inRows(table), 0));
    expect(numbers.every(Number.isFinite)).toBe(true);
  });

  it('have nothing where the paper has nothing', () => {
    expect(paperValue('cifar100', 'dq', 0.01, 'accuracy')).toBeNull();
    expect(
      PAPER_TABLES[5].rows.find(({ method, fraction }) => method === 'dq' && fraction === 0.01)?.values,
    ).toBeNull();
    expect(paperValue('mnist', 'craig', 0.1, 'accuracy')).toBeNull();
    expect(paperValue('mnist', 'random', 0.02, 'accuracy')).toBeNull();
  });

  it('say what was trained', () => {
    expect(paperSetting('mnist')).toEqual({
      ...{ network: 'lenet5', width: null, epochs: 100, batch: 128, reselectEvery: 20 },
    });
    expect(paperSetting('cifar100')).toMatchObject({ network: 'resnet18', width: 64, epochs: 200 });
    expect(paperMethods('mnist')).toEqual(['random', 'grad-match', 'glister', 'dq', 'tdds', 'dreamlearning']);
    expect(isPaperSet('__proto__')).toBe(false);
    expect(PAPER_FIGURE1.axes).toHaveLength(6);
  });
});

import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from './settings.ts';
import { isRowNumber } from './identifiers.ts';
import { rankTargets } from './targetRanking.ts';
import { eligibility, resolveVariables } from './variables.ts';

const words = Array.from({ length: 70 }, (_, i) => `word ${i}`);
const range = (from: number): number[] => words.map((_, i) => from + i);
const TABLE = tableOf(
  numberColumn('id', range(1)),
  numberColumn(
    'x',
    range(0).map((i) => (i * 7) % 13),
  ),
  textColumn(
    'cut',
    words.map((_, i) => `c${i % 3}`),
  ),
  textColumn('name', words),
  numberColumn(
    'same',
    range(0).map(() => 4),
  ),
  textColumn(
    'word',
    words.map(() => 'w'),
  ),
  numberColumn(
    'y',
    range(0).map((i) => (i * 5) % 11),
  ),
  numberColumn('row', range(-3)),
  numberColumn(
    'gone',
    range(0).map((i) => (i === 5 ? 1 : null)),
  ),
);

const resolve = (settings: Partial<ExperimentSettings>): unknown => {
  try {
    return resolveVariables(TABLE, { ...DEFAULT_SETTINGS, ...settings });
  } catch (thrown) {
    return LabError.from(thrown).code;
  }
};

describe('columns', () => {
  it('that count the rows are no features unless they are named, and no suggested target', () => {
    expect(TABLE.columns.filter(isRowNumber).map((column) => column.name)).toEqual(['id', 'row']);
    expect(rankTargets(TABLE)[0].column).toBe('y');
    expect(resolve({ target: 'y' })).toEqual({ target: 6, features: [1, 2], task: 'regression' });
    expect(resolve({ target: 'y', features: ['row', 'x'] })).toEqual({
      target: 6,
      features: [1, 7],
      task: 'regression',
    });
    expect(resolve({ target: 'row' })).toEqual({ target: 7, features: [1, 2, 6], task: 'regression' });
  });

  it('are offered by what they hold', () => {
    const offered = (name: string): [boolean, boolean] => {
      const { feature, target, reason } = eligibility(TABLE.columns.find((column) => column.name === name)!);
      expect(reason === null).toBe(feature && target);
      return [feature, target];
    };
    expect(offered('x')).toEqual([true, true]);
    expect(offered('cut')).toEqual([true, true]);
    expect(offered('name')).toEqual([false, false]);
    expect(offered('same')).toEqual([false, false]);
    expect(offered('word')).toEqual([false, false]);
    expect(offered('gone')).toEqual([false, false]);
    expect(eligibility(numberColumn('x', [0, -0])).feature).toBe(true);
    expect(eligibility(numberColumn('x', [NaN, NaN])).feature).toBe(false);
  });

  it('that cannot be what they are asked to be are refused by a code', () => {
    expect(resolve({ target: null })).toBeNull();
    expect(resolve({ target: 'nobody' })).toBe('TARGET_UNKNOWN');
    expect(resolve({ target: 'cut' })).toMatchObject({ target: 2, task: 'classification' });
    expect(resolve({ target: 'cut', model: 'linear' })).toBe('TARGET_NOT_NUMBER');
    expect(resolve({ target: 'y', model: 'logistic' })).toMatchObject({ task: 'classification' });
    expect(resolve({ target: 'id', model: 'logistic' })).toBe('TARGET_NOT_CLASSES');
    expect(resolve({ target: 'name' })).toBe('TARGET_NOT_CLASSES');
    expect(resolve({ target: 'same' })).toBe('TARGET_CONSTANT');
    expect(resolve({ target: 'y', features: ['nobody'] })).toBe('COLUMN_UNKNOWN');
    expect(resolve({ target: 'y', features: ['name'] })).toBe('COLUMN_UNKNOWN');
    expect(resolve({ target: 'y', features: [] })).toBe('FEATURES_NONE');
    expect(resolve({ target: 'y', features: ['y'] })).toBe('FEATURES_NONE');
    expect(resolve({ target: 'y', features: ['x', 'y', 'x'] })).toEqual({
      target: 6,
      features: [1],
      task: 'regression',
    });
    expect(rankTargets(tableOf(textColumn('a', ['x', 'x'])))[0].rank).toBe('unlikely');
  });
});

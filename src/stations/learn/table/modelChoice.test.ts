import { describe, expect, it } from 'vitest';
import type { ColumnSummary } from '../../../contracts/codec.ts';
import { choiceWords, plannedTask, possibleModels } from './modelChoice.ts';

function column(change: Partial<ColumnSummary>): ColumnSummary {
  return {
    ...{
      name: 'y',
      kind: 'number',
      time: null,
      min: 0,
      max: 1,
      mean: 0,
      distinct: null,
      top: [],
      missing: 0,
    },
    ...{ mapping: { kind: 'decimal', label: 'integer, 1 bit', bits: 1 }, histogram: [], reason: null },
    ...{ featureEligible: true, featureByDefault: true, targetEligible: true, targetTask: 'regression' },
    ...change,
  };
}

const price = column({ name: 'price' });
const flag = column({ name: 'flag', distinct: 2, targetTask: 'classification' });
const stars = column({ name: 'stars', distinct: 5 });
const fruit = column({ name: 'fruit', kind: 'category', distinct: 3, targetTask: 'classification' });

describe('the choice of a model', () => {
  it('goes by the target unless someone chose', () => {
    expect([price, flag, stars, fruit].map((target) => plannedTask('auto', target))).toEqual([
      'regression',
      'classification',
      'regression',
      'classification',
    ]);
    expect(plannedTask('linear', flag)).toBe('regression');
    expect(plannedTask('logistic', stars)).toBe('classification');
    expect(plannedTask('auto', null)).toBeNull();
  });

  it('offers what the target can be', () => {
    expect(possibleModels(price)).toEqual({ linear: true, logistic: false });
    expect(possibleModels(flag)).toEqual({ linear: true, logistic: true });
    expect(possibleModels(stars)).toEqual({ linear: true, logistic: true });
    expect(possibleModels(fruit)).toEqual({ linear: false, logistic: true });
  });

  it('says what was chosen and why', () => {
    expect(choiceWords('auto', price)).toBe(
      'Chose linear regression, because “price” is a number with more than 1,000 different values.',
    );
    expect(choiceWords('auto', flag)).toBe('Chose logistic regression, because “flag” takes two values.');
    expect(choiceWords('auto', fruit)).toBe('Chose logistic regression, because “fruit” names 3 classes.');
    expect(choiceWords('linear', fruit)).toContain('holds words');
    expect(choiceWords('linear', flag)).toContain('as a number');
    expect(choiceWords('logistic', price)).toContain('up to 20 classes');
    expect(choiceWords('logistic', stars)).toContain('each of the 5 values');
  });
});

import { describe, expect, it } from 'vitest';
import {
  DEFAULT_SETTINGS,
  TABLE_SETTINGS,
  type ExperimentSettings,
  type TablePart,
} from './experiment/settings.ts';

describe('a table of settings', () => {
  it('takes the ends of every range and nothing beyond', () => {
    for (const [name, setting] of TABLE_SETTINGS.all) {
      if (setting.kind !== 'amount') continue;
      const { min, max, whole } = setting;
      const check = (value: unknown) => () => TABLE_SETTINGS.check({ ...DEFAULT_SETTINGS, [name]: value });
      expect(check(min)).not.toThrow();
      expect(check(max)).not.toThrow();
      const outside = [min - 1e-9, max + 1, NaN, Infinity, -Infinity, undefined, 'x'];
      if (whole) outside.push(min + 0.5);
      for (const value of outside) {
        expect(check(value), `${name} = ${String(value)}`).toThrow(
          expect.objectContaining({ code: 'SETTING_OUT_OF_RANGE' }),
        );
      }
    }
  });

  it('takes words that it knows and no others, whatever they are made of', () => {
    const wrong: Record<string, unknown[]> = {
      target: [3, undefined],
      features: ['a', [1]],
      drop: [null, [null]],
      codec: [7, null],
      ratio: ['yes', 1],
      order: ['__proto__', 'layers', null],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        expect(() => TABLE_SETTINGS.check({ ...DEFAULT_SETTINGS, [name]: value }), name).toThrow(
          expect.objectContaining({ code: 'SETTING_OUT_OF_RANGE' }),
        );
      }
    }
    expect(() =>
      TABLE_SETTINGS.check({ ...DEFAULT_SETTINGS, target: 'y', features: [], drop: ['a'], codec: 'later' }),
    ).not.toThrow();
  });

  it('brings values into range and gives the default for what is not offered', () => {
    const tidied = TABLE_SETTINGS.tidy({
      ...DEFAULT_SETTINGS,
      tau: 0.4,
      testFraction: 7,
      beta: NaN,
      order: 'none' as 'pool',
      ratio: 3 as unknown as boolean,
      target: 'y',
    });
    expect(tidied).toEqual({ ...DEFAULT_SETTINGS, tau: 1, testFraction: 0.5, target: 'y' });
  });

  it('knows which settings may make a part longer than it usually is', () => {
    const longer = (part: TablePart, change: Partial<ExperimentSettings>) =>
      TABLE_SETTINGS.longer(part, { ...DEFAULT_SETTINGS, ...change }, DEFAULT_SETTINGS);
    expect(longer('fullDescent', {})).toEqual([]);
    expect(longer('fullDescent', { iterations: 10_001, beta: 20, tau: 65 })).toEqual(['iterations']);
    expect(
      longer('fullDescent', { iterations: 9_999, split: 3, learningRate: 0.5, features: ['a'] }),
    ).toEqual([]);
    expect(longer('condensedDescent', { beta: 20, model: 'logistic' })).toEqual(['beta', 'model']);
    expect(longer('bits', { tau: 65, objective: 'equation1', condenser: 'clusters' })).toEqual([
      'tau',
      'objective',
    ]);
  });
});

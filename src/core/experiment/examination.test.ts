import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../pulse.ts';
import type { Column } from '../table/table.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { examine, type Examination } from './examination.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from './settings.ts';
import { Workbench } from './workbench.ts';

const ROWS = 300;
/** The same whole numbers below `most` every time. */
function numbers(seed: number, most = 1000): number[] {
  let state = seed;
  return Array.from({ length: ROWS }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  });
}
const [a, b, c, noise] = [1, 2, 3, 4].map((seed) => numbers(seed));
const each = (make: (i: number) => number): number[] => Array.from({ length: ROWS }, (_, i) => make(i));

function look(columns: Column[], settings: Partial<ExperimentSettings> = {}): Promise<Examination> {
  const bench = new Workbench(tableOf(...columns));
  return examine(bench, { ...DEFAULT_SETTINGS, target: 'y', ...settings }, SILENT_PULSE);
}
const leaks = async (columns: Column[], settings: Partial<ExperimentSettings> = {}) =>
  (await look(columns, settings)).leaks.map(({ columns: names, how, isExact }) => [names, how, isExact]);

describe('leaks of a number', () => {
  it('are features that add up to it, and none of those beside them', async () => {
    const columns = [numberColumn('casual', a), numberColumn('c', c), numberColumn('registered', b)];
    const y = numberColumn(
      'y',
      each((i) => a[i] + b[i]),
    );
    expect(await leaks([...columns, y])).toEqual([[['casual', 'registered'], 'value', true]]);
    expect(await leaks([...columns, y], { features: ['c', 'casual'] })).toEqual([]);
    const nearly = numberColumn(
      'y',
      each((i) => a[i] + b[i] + noise[i] / 1000),
    );
    expect(await leaks([...columns, nearly])).toEqual([[['casual', 'registered'], 'value', false]]);
    const far = numberColumn(
      'y',
      each((i) => a[i] + b[i] + noise[i] / 10),
    );
    expect(await leaks([...columns, far])).toEqual([]);
  });

  it('are copies of it in other units or in another order of magnitude, each by itself', async () => {
    const y = each((i) => 1000 + 7 * a[i] + b[i] / 1000);
    const found = await leaks([
      numberColumn(
        'euros',
        y.map((value) => 0.9 * value - 3),
      ),
      numberColumn('log', y.map(Math.log)),
      numberColumn('c', c),
      numberColumn('y', y),
    ]);
    expect(found).toEqual([
      [['euros'], 'value', true],
      [['log'], 'order', true],
    ]);
  });

  it('count the part of a category', async () => {
    const kind = numbers(9, 3);
    const columns = [
      textColumn(
        'kind',
        kind.map((k) => ['plain', 'fine', 'rare'][k]),
      ),
      ...[numberColumn('a', a), numberColumn('b', b)],
    ];
    const y = numberColumn(
      'y',
      each((i) => 3 * a[i] + 400 * kind[i] ** 2),
    );
    expect(await leaks([...columns, y])).toEqual([[['kind', 'a'], 'value', true]]);
  });
});

describe('leaks of classes', () => {
  const y = textColumn(
    'y',
    a.map((value) => (value > 600 ? 'yes' : 'no')),
  );

  it('are a threshold on a number, and a category with one class each', async () => {
    const columns = [
      numberColumn('a', a),
      numberColumn('c', c),
      textColumn(
        'alive',
        a.map((value, i) => (value > 600 ? `dead ${i % 2}` : 'alive')),
      ),
      numberColumn(
        'code',
        a.map((value, i) => (value > 600 ? 2 : i % 2 ? 1 : 3)),
      ),
    ];
    expect(await leaks([...columns, y])).toEqual([
      [['a'], 'classes', true],
      [['alive'], 'classes', true],
      [['code'], 'classes', true],
    ]);
  });

  it('are none where a feature only helps', async () => {
    const helps = numberColumn(
      'a',
      a.map((value, i) => value + noise[i] / 3),
    );
    expect(await leaks([helps, numberColumn('c', c), y])).toEqual([]);
  });

  it('are found together, too', async () => {
    const part = a.map((value, i) => (value > 600 ? 1 : 0) - c[i]);
    expect(await leaks([numberColumn('part', part), numberColumn('c', c), numberColumn('b', b), y])).toEqual([
      [['part', 'c'], 'value', true],
    ]);
  });
});

describe('an examination', () => {
  const y = numberColumn('y', noise);

  it('names identifiers among the features, and no others', async () => {
    const ids = each((i) => 50_000 + ((i * 7) % ROWS));
    const columns = [numberColumn('user id', ids), numberColumn('a', a), y];
    expect((await look(columns)).ids).toEqual([
      { column: 'user id', reason: 'Every record has a number of its own.' },
    ]);
    expect((await look(columns, { features: ['a'] })).ids).toEqual([]);
  });

  it('counts training records with missing cells in what the model uses', async () => {
    const gaps = numberColumn(
      'gaps',
      a.map((value, i) => (i % 5 === 0 ? null : value)),
    );
    const columns = [gaps, numberColumn('b', b), y];
    const { trainRows, incomplete } = await look(columns);
    expect(trainRows).toBe(240);
    expect(incomplete).toBeGreaterThan(30);
    expect((await look(columns, { missing: 'fill' })).incomplete).toBe(incomplete);
    expect((await look(columns, { features: ['b'] })).incomplete).toBe(0);
  });

  it('says why nothing can be learned, once', async () => {
    const code = async (columns: Column[], settings: Partial<ExperimentSettings> = {}) =>
      (await look(columns, settings)).fault?.code ?? null;
    expect(await code([numberColumn('a', a), y])).toBeNull();
    expect(await code([numberColumn('a', a), y], { features: [] })).toBe('FEATURES_NONE');
    expect(
      await code([
        numberColumn('a', a),
        numberColumn(
          'y',
          each(() => 4),
        ),
      ]),
    ).toBe('TARGET_CONSTANT');
    const gone = numberColumn(
      'a',
      a.map((value, i) => (i < 2 ? value : null)),
    );
    expect(await code([gone, y])).toBe('ROWS_TOO_FEW');
    await expect(look([y], { target: null })).rejects.toMatchObject({ code: 'TARGET_UNKNOWN' });
  });

  it('doubts a model with more coefficients than records, and a class that no test record has', async () => {
    const few = Array.from({ length: 30 }, (_, k) => numberColumn(`x${k}`, numbers(k + 20).slice(0, 25)));
    expect((await look([...few, numberColumn('y', noise.slice(0, 25))])).doubts).toEqual([
      { kind: 'wide', records: 20, coefficients: 31 },
    ]);
    const rare = textColumn(
      'y',
      each((i) => i).map((i) => (i === 3 ? 'rare' : i % 2 ? 'odd' : 'even')),
    );
    expect((await look([numberColumn('a', a), rare])).doubts).toMatchObject([{ classes: ['rare'] }]);
  });
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../contracts/codec.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import { SILENT_PULSE } from '../core/pulse.ts';
import { numberColumn, tableOf, textColumn } from '../core/testing/randomTables.ts';
import { coefficients, predictions } from './fitted.ts';

const N = 200;
const x = Array.from({ length: N }, (_, i) => (i * 7) % 40);
const kind = Array.from({ length: N }, (_, i) => ['a', 'b', 'c'][(i * 5) % 3]);
const bench = new Workbench(
  tableOf(
    numberColumn('x', x),
    // A record without a target judges nothing.
    numberColumn(
      'y',
      x.map((value, i) => (i === 150 ? null : 3 + 2 * value)),
    ),
    textColumn('kind', kind),
  ),
);
const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', features: ['x'], beta: 6 };

describe('coefficients', () => {
  it('are of standardised columns, and give the line back in raw ones', async () => {
    const made = await coefficients(bench, settings, SILENT_PULSE);
    expect(made).toMatchObject({ split: 1, task: 'regression', names: ['bias', 'x'], outputs: ['y'] });
    for (const theta of [made.full, made.condensed]) {
      expect(theta[1] * made.scales[1]).toBeCloseTo(2, 8);
      expect(theta[0] - theta[1] * made.scales[1] * made.means[1]).toBeCloseTo(3, 6);
    }
  });

  it('have an output for every class beyond two', async () => {
    const made = await coefficients(bench, { ...settings, target: 'kind' }, SILENT_PULSE);
    expect(made.outputs).toEqual(['kind = a', 'kind = b', 'kind = c']);
    expect(made.full).toHaveLength(3 * made.names.length);
  });
});

describe('predictions', () => {
  it('stand beside the rows and truths of the test records', async () => {
    const made = await predictions(bench, settings, { method: 'full', most: null }, SILENT_PULSE);
    const { split } = await bench.prepare(settings);
    expect([...made.rows]).toEqual([...split.test].filter((row) => row !== 150));
    expect(made.of).toBe(made.rows.length);
    made.rows.forEach((row, k) => {
      expect(made.truth[k]).toBe(3 + 2 * x[row]);
      expect(made.predicted[k]).toBeCloseTo(made.truth[k], 8);
    });
  });

  it('can be of a draw, the same for both methods', async () => {
    const all = await predictions(bench, settings, { method: 'full', most: null }, SILENT_PULSE);
    const full = await predictions(bench, settings, { method: 'full', most: 10 }, SILENT_PULSE);
    const condensed = await predictions(bench, settings, { method: 'condensed', most: 10 }, SILENT_PULSE);
    expect(full.rows).toHaveLength(10);
    expect(full.of).toBe(all.of);
    expect([...condensed.rows]).toEqual([...full.rows]);
    full.rows.forEach((row, k) =>
      expect(full.predicted[k]).toBeCloseTo(all.predicted[all.rows.indexOf(row)], 10),
    );
  });

  it('of classes are probabilities, and the truth a place among the labels', async () => {
    const made = await predictions(
      bench,
      { ...settings, target: 'kind' },
      { method: 'full', most: null },
      SILENT_PULSE,
    );
    expect(made.labels).toEqual(['a', 'b', 'c']);
    expect(made.predicted).toHaveLength(3 * made.rows.length);
    made.rows.forEach((row, k) => {
      expect(made.labels![made.truth[k]]).toBe(kind[row]);
      const [a, b, c] = made.predicted.subarray(3 * k, 3 * k + 3);
      expect(a + b + c).toBeCloseTo(1, 10);
    });
  });
});

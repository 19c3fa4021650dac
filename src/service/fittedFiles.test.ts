import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type DatasetSummary, type ExperimentSettings } from '../contracts/codec.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import { SILENT_PULSE } from '../core/pulse.ts';
import { numberColumn, tableOf, textColumn } from '../core/testing/randomTables.ts';
import { exportCoefficients, exportPredictions } from './fittedFiles.ts';

const N = 120;
const x = Array.from({ length: N }, (_, i) => (i * 7) % 40);
const z = x.map((_, i) => (i * i) % 11);
const y = x.map((value, i) => 3 + 2 * value + (i % 5));
const kind = x.map((value, i) => ['a', 'b "b"', 'c'][(value + i) % 3]);
const dataset = {
  workbench: new Workbench(
    tableOf(numberColumn('x', x), numberColumn('full', y), textColumn('kind', kind), numberColumn('z', z)),
  ),
  summary: { name: 'my table.csv' } as DatasetSummary,
  reading: {},
};
const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'full', features: ['x', 'z'], beta: 4 };

async function read(made: Promise<{ name: string; file: Blob }>) {
  const { name, file } = await made;
  const [header, ...lines] = (await file.text())
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const column = (wanted: string) => lines.map((cells) => cells[header.indexOf(wanted)]);
  return { name, header, lines, column, numbers: (wanted: string) => column(wanted).map(Number) };
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, k) => sum + value * b[k], 0);

describe('the file of coefficients', () => {
  it('gives the predictions back, in the data’s own units and standardised', async () => {
    const made = await read(exportCoefficients(dataset, settings, SILENT_PULSE));
    expect(made.name).toBe('my-table-coefficients.csv');
    expect(made.header.join()).toBe(
      'name,full,condensed,full standardised,condensed standardised,mean,standard deviation',
    );
    expect(made.column('name')).toEqual(['intercept', 'x', 'z']);
    expect(made.column('mean')[0]).toBe('');
    const predicted = await read(exportPredictions(dataset, settings, SILENT_PULSE));
    const records = predicted.numbers('record');
    const means = made.numbers('mean');
    const deviations = made.numbers('standard deviation');
    for (const [method, wanted] of [
      ['full', 'full (2)'],
      ['condensed', 'condensed'],
    ]) {
      const raw = made.numbers(method);
      const standardised = made.numbers(`${method} standardised`);
      predicted.numbers(wanted).forEach((value, k) => {
        const cells = [1, x[records[k]], z[records[k]]];
        const standard = cells.map((cell, j) => (j === 0 ? 1 : (cell - means[j]) / deviations[j]));
        expect(dot(raw, cells)).toBeCloseTo(value, 8);
        expect(dot(standardised, standard)).toBeCloseTo(value, 8);
      });
    }
  });

  it('has a column for each of several classes', async () => {
    const made = await read(exportCoefficients(dataset, { ...settings, target: 'kind' }, SILENT_PULSE));
    expect(made.header.filter((name) => name.startsWith('condensed: '))).toHaveLength(2);
    expect(made.header.filter((name) => name.startsWith('"condensed: '))).toHaveLength(1);
  });
});

describe('the file of predictions', () => {
  it('has the truth of every test record, and what is left of it', async () => {
    const made = await read(exportPredictions(dataset, settings, SILENT_PULSE));
    expect(made.name).toBe('my-table-predictions.csv');
    expect(made.header.join()).toBe('record,full,full (2),condensed,full residual,condensed residual');
    expect(made.lines).toHaveLength(N * 0.2);
    const truth = made.numbers('full');
    expect(truth).toEqual(made.numbers('record').map((record) => y[record]));
    made.numbers('condensed residual').forEach((left, k) => {
      expect(left).toBeCloseTo(truth[k] - made.numbers('condensed')[k], 10);
    });
  });

  it('of classes has the likeliest and the probabilities of all', async () => {
    const made = await read(exportPredictions(dataset, { ...settings, target: 'kind' }, SILENT_PULSE));
    expect(made.header.slice(0, 4)).toEqual(['record', 'kind', 'full', 'condensed']);
    const shares = ['a', 'c'].map((label) => made.numbers(`full: p(${label})`));
    const middle = made.lines.map((cells) => Number(cells[5]));
    made.column('full').forEach((label, k) => {
      const all = [shares[0][k], middle[k], shares[1][k]];
      expect(all.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
      expect(label).toBe(['a', '"b ""b"""', 'c'][all.indexOf(Math.max(...all))]);
    });
    expect(made.column('kind')[0]).toBe(
      kind[made.numbers('record')[0]].includes('"') ? '"b ""b"""' : kind[made.numbers('record')[0]],
    );
  });
});

/** Fitted models as CSV files: their coefficients, and what they predict of every test record. */
import type { ExperimentSettings, MadeFile } from '../contracts/codec.ts';
import type { Coefficients, Predictions } from '../contracts/fitted.ts';
import type { Pulse } from '../core/pulse.ts';
import { rawCoefficients } from '../core/regression/rawCoefficients.ts';
import { columnNames } from '../core/table/names.ts';
import type { Column, NumberColumn, Table, TextColumn } from '../core/table/table.ts';
import type { OpenDataset } from './datasets.ts';
import { fileStem, tableFile } from './exports.ts';
import { coefficients, predictions } from './fitted.ts';

const METHODS = ['full', 'condensed'] as const;

/** Both models' coefficients, in the data's own units and of standardised columns, with what standardises them. */
export async function exportCoefficients(
  dataset: OpenDataset,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<MadeFile> {
  const made = await coefficients(dataset.workbench, settings, pulse);
  return tableFile(`${fileStem(dataset.summary.name)}-coefficients`, coefficientTable(made), 'csv', pulse);
}

/** What both models predict of every test record, beside its number in the file, from 0, and its truth. */
export async function exportPredictions(
  dataset: OpenDataset,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<MadeFile> {
  const { workbench, summary } = dataset;
  const full = await predictions(workbench, settings, { method: 'full', most: null }, pulse);
  const condensed = await predictions(workbench, settings, { method: 'condensed', most: null }, pulse);
  return tableFile(
    `${fileStem(summary.name)}-predictions`,
    predictionTable({ full, condensed }),
    'csv',
    pulse,
  );
}

function coefficientTable(made: Coefficients): Table {
  const { names, outputs, means, scales } = made;
  const width = names.length;
  const columns: Column[] = [];
  for (const form of ['', ' standardised']) {
    for (const method of METHODS) {
      outputs.forEach((output, k) => {
        const theta = made[method].subarray(k * width, (k + 1) * width);
        const values = form === '' ? rawCoefficients(theta, means, scales) : theta;
        columns.push(numbers(`${method}${form}${outputs.length === 1 ? '' : `: ${output}`}`, values));
      });
    }
  }
  // The intercept stands for no column: it has no mean, and no deviation.
  const deviations = scales.map((scale) => (scale === 0 ? 0 : 1 / scale));
  const none = Uint8Array.from(names, (_, j) => (j === 0 ? 1 : 0));
  return tableOf(width, [
    words('name', ['intercept', ...names.slice(1)]),
    ...columns,
    { ...numbers('mean', means), missing: none },
    { ...numbers('standard deviation', deviations), missing: none },
  ]);
}

function predictionTable(made: Record<(typeof METHODS)[number], Predictions>): Table {
  const { rows, truth, target, labels } = made.full;
  const record = numbers('record', Float64Array.from(rows));
  if (labels === null) {
    return tableOf(rows.length, [
      record,
      numbers(target, truth),
      ...METHODS.map((method) => numbers(method, made[method].predicted)),
      ...METHODS.map((method) =>
        numbers(
          `${method} residual`,
          truth.map((value, i) => value - made[method].predicted[i]),
        ),
      ),
    ]);
  }
  const count = labels.length;
  const shares = (method: (typeof METHODS)[number], k: number) =>
    Float64Array.from(rows, (_, i) => made[method].predicted[i * count + k]);
  return tableOf(rows.length, [
    record,
    words(
      target,
      [...truth].map((k) => labels[k]),
    ),
    ...METHODS.map((method) => words(method, likeliest(made[method].predicted, labels))),
    ...METHODS.flatMap((method) =>
      labels.map((label, k) => numbers(`${method}: p(${label})`, shares(method, k))),
    ),
  ]);
}

/** The likeliest class of every record, the first of several. */
function likeliest(probabilities: Float64Array, labels: readonly string[]): string[] {
  const count = labels.length;
  return Array.from({ length: probabilities.length / count }, (_, i) => {
    let best = 0;
    for (let k = 1; k < count; k++) {
      if (probabilities[i * count + k] > probabilities[i * count + best]) best = k;
    }
    return labels[best];
  });
}

/** A table whose columns all have names of their own: a target may be called as another column is. */
function tableOf(rows: number, columns: readonly Column[]): Table {
  const header = columns.map(({ name }) => name);
  const names = columnNames(header, header.length, []);
  return { rows, columns: columns.map((column, c) => ({ ...column, name: names[c] })) };
}

function numbers(name: string, values: Float64Array): NumberColumn {
  return { kind: 'number', name, values, missing: null };
}

function words(name: string, texts: readonly string[]): TextColumn {
  const dictionary = [...new Set(texts)];
  const place = new Map(dictionary.map((text, code) => [text, code]));
  return {
    ...{ kind: 'text', name, dictionary, missing: null },
    codes: Uint32Array.from(texts, (text) => place.get(text) ?? 0),
  };
}

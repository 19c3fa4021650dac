/** The condensed samples as a file, and what a program that reads the file has to know of it. */
import type { ExperimentSettings, MadeFile, SamplesOutline, TableFormat } from '../contracts/codec.ts';
import type { CondensedTable } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { PART, TRAIN, withPart } from '../core/table/part.ts';
import type { Column } from '../core/table/table.ts';
import type { OpenDataset } from './datasets.ts';
import { fileStem, tableFile } from './exports.ts';

function stemOf({ summary }: OpenDataset, { rows }: CondensedTable): string {
  return `${fileStem(summary.name)}-condensed-${rows}`;
}

/** How the samples are written. */
export interface SamplesForm {
  format: TableFormat;
  /** Whether the test records stand behind them. */
  withTest: boolean;
}

/**
 * The condensed samples in the data's own units, "part" first and the weights last; every double with all of its digits.
 */
export async function exportSamples(
  dataset: OpenDataset,
  settings: ExperimentSettings,
  { format, withTest }: SamplesForm,
  pulse: Pulse,
): Promise<MadeFile> {
  const samples = await dataset.workbench.condensedTable(settings);
  const test = withTest ? await dataset.workbench.testTable(settings) : { rows: 0, columns: [] };
  const rows = samples.rows + test.rows;
  const columns = samples.names.map((name, c): Column => {
    const values = new Float64Array(rows);
    values.set(samples.columns[c]);
    if (withTest) values.set(test.columns[c], samples.rows);
    return { kind: 'number', name, values, missing: null };
  });
  const tested = Array.from({ length: test.rows }, (_, k) => samples.rows + k);
  const stem = `${stemOf(dataset, samples)}${withTest ? '-and-test' : ''}`;
  return tableFile(stem, withPart({ rows, columns }, tested), format, pulse);
}

/** The columns of that file, by what they are. */
export async function outlineSamples(
  dataset: OpenDataset,
  settings: ExperimentSettings,
): Promise<SamplesOutline> {
  const samples = await dataset.workbench.condensedTable(settings);
  const { names, rows, targets, labels } = samples;
  const { table } = await dataset.workbench.prepare(settings);
  const target = table.columns.find(({ name }) => name === settings.target);
  const last = names.length - 1;
  return {
    stem: stemOf(dataset, samples),
    rows,
    features: names.slice(0, last - targets),
    targets: names.slice(last - targets, last),
    weight: names[last],
    part: { column: PART, train: TRAIN },
    classes: labels === null ? null : target?.kind === 'number' ? labels.map(Number) : labels,
  };
}

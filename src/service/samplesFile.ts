/** The condensed samples as a file, and what a program that reads the file has to know of it. */
import type { ExperimentSettings, MadeFile, SamplesOutline, TableFormat } from '../contracts/codec.ts';
import type { CondensedTable } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import type { OpenDataset } from './datasets.ts';
import { fileStem, tableFile } from './exports.ts';

function stemOf({ summary }: OpenDataset, { rows }: CondensedTable): string {
  return `${fileStem(summary.name)}-condensed-${rows}`;
}

/** The condensed samples in the data's own units, a column of weights last; every double with all of its digits. */
export async function exportSamples(
  dataset: OpenDataset,
  settings: ExperimentSettings,
  format: TableFormat,
  pulse: Pulse,
): Promise<MadeFile> {
  const samples = await dataset.workbench.condensedTable(settings);
  const { names, rows, columns } = samples;
  return tableFile(
    stemOf(dataset, samples),
    {
      rows,
      columns: names.map((name, c) => ({ kind: 'number', name, values: columns[c], missing: null })),
    },
    format,
    pulse,
  );
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
    classes: labels === null ? null : target?.kind === 'number' ? labels.map(Number) : labels,
  };
}

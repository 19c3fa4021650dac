/** What the page shows of a table: facts per column, first rows, notices. */
import type { ColumnSummary, DatasetSummary, Notice } from '../contracts/codec.ts';
import { eligibility, isRowNumber, suggestTarget } from '../core/experiment/variables.ts';
import { describeMapping, fitMapping, mappingBits, type Mapping } from '../core/table/mapping.ts';
import {
  cellText,
  isCategory,
  missingCount,
  rawFloat64Bytes,
  type Column,
  type NumberColumn,
  type Table,
  type TextColumn,
} from '../core/table/table.ts';

const PREVIEW_ROWS = 100;
const HISTOGRAM_BINS = 24;
const MAX_DISTINCT = 1_000;
const TOP_VALUES = 8;

interface NumberFacts {
  min: number | null;
  max: number | null;
  mean: number | null;
  distinct: number | null;
  histogram: number[];
}

function numberFacts({ values, missing }: NumberColumn): NumberFacts {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let count = 0;
  const distinct = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    if (missing !== null && missing[i] === 1) continue;
    const v = values[i];
    if (distinct.size <= MAX_DISTINCT) distinct.add(v);
    if (v - v !== 0) continue; // NaN and infinities have no place in a range
    if (v < min) min = v;
    if (v > max) max = v;
    sum += v;
    count++;
  }
  if (count === 0) return { min: null, max: null, mean: null, distinct: distinct.size, histogram: [] };
  const histogram = new Array<number>(HISTOGRAM_BINS).fill(0);
  // A huge range is halved to stay finite, one whose inverse would not be finite is enlarged.
  const unit = max / 2 - min / 2 < 2 ** -1000 ? 2 ** 512 : 0.5;
  const scale = max > min ? HISTOGRAM_BINS / (max * unit - min * unit) : 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    if ((missing !== null && missing[i] === 1) || v - v !== 0) continue;
    histogram[Math.min(HISTOGRAM_BINS - 1, Math.floor((v * unit - min * unit) * scale))]++;
  }
  return {
    min,
    max,
    mean: Number.isFinite(sum) ? sum / count : null,
    distinct: distinct.size > MAX_DISTINCT ? null : distinct.size,
    histogram,
  };
}

function topValues(column: TextColumn): { value: string; count: number }[] {
  // The dictionary is ordered by frequency.
  const counts = new Array<number>(Math.min(TOP_VALUES, column.dictionary.length)).fill(0);
  for (let i = 0; i < column.codes.length; i++) {
    if (column.missing !== null && column.missing[i] === 1) continue;
    if (column.codes[i] < counts.length) counts[column.codes[i]]++;
  }
  return counts.map((count, code) => ({ value: column.dictionary[code], count }));
}

function summariseColumn(column: Column, mapping: Mapping): ColumnSummary {
  const { feature, target, reason } = eligibility(column);
  const facts: NumberFacts =
    column.kind === 'number'
      ? numberFacts(column)
      : { min: null, max: null, mean: null, distinct: column.dictionary.length, histogram: [] };
  return {
    name: column.name,
    kind: column.kind === 'number' ? 'number' : isCategory(column) ? 'category' : 'text',
    ...facts,
    top: column.kind === 'text' ? topValues(column) : [],
    missing: missingCount(column),
    mapping: { kind: mapping.kind, label: describeMapping(mapping), bits: mappingBits(mapping) },
    featureEligible: feature,
    featureByDefault: feature && !isRowNumber(column),
    targetEligible: target,
    reason,
  };
}

function rowNumberNotices(table: Table): Notice[] {
  return table.columns.filter(isRowNumber).map((column) => ({
    code: 'row-number',
    column: column.name,
    text: 'It counts the rows, so it is left out of the features unless you choose it.',
  }));
}

export interface SummaryLabel {
  id: string;
  name: string;
  fileName: string;
  sampleId: string | null;
  csvBytes: number | null;
  notices: Notice[];
  /** Target and β that the gallery names, if any. */
  target: string | null;
  beta: number | null;
  startedAt: number;
}

/** @param label what the dataset is called and where it came from; startedAt is a performance.now() */
export function summarise(table: Table, label: SummaryLabel): DatasetSummary {
  const previewRows = Math.min(PREVIEW_ROWS, table.rows);
  return {
    id: label.id,
    name: label.name,
    fileName: label.fileName,
    sampleId: label.sampleId,
    rows: table.rows,
    columns: table.columns.map((column) => summariseColumn(column, fitMapping(column, true).mapping)),
    csvBytes: label.csvBytes,
    rawFloat64Bytes: rawFloat64Bytes(table.rows, table.columns.length),
    notices: [...label.notices, ...rowNumberNotices(table)],
    preview: Array.from({ length: previewRows }, (_, row) =>
      table.columns.map((column) => cellText(column, row)),
    ),
    suggestedTarget:
      label.target !== null && table.columns.some((column) => column.name === label.target)
        ? label.target
        : suggestTarget(table),
    suggestedBeta: label.beta,
    seconds: (performance.now() - label.startedAt) / 1000,
  };
}

/** What the page shows of a table: facts per column, first rows, notices. */
import type { ColumnSummary, DatasetSummary, Notice } from '../contracts/codec.ts';
import { isRowNumber } from '../core/experiment/identifiers.ts';
import { rankTargets } from '../core/experiment/targetRanking.ts';
import { eligibility } from '../core/experiment/variables.ts';
import type { Pulse } from '../core/pulse.ts';
import { targetTask } from '../core/regression/targets.ts';
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
/** Of a wider table the first columns are shown as records: every cell is an element of the page. */
const PREVIEW_COLUMNS = 60;
/** Longer texts are cut where they are only looked at. */
const MAX_TEXT = 300;
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

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function topValues(column: TextColumn): { value: string; count: number }[] {
  // The dictionary is ordered by frequency.
  const counts = new Array<number>(Math.min(TOP_VALUES, column.dictionary.length)).fill(0);
  for (let i = 0; i < column.codes.length; i++) {
    if (column.missing !== null && column.missing[i] === 1) continue;
    if (column.codes[i] < counts.length) counts[column.codes[i]]++;
  }
  return counts.map((count, code) => ({ value: cut(column.dictionary[code]), count }));
}

function kindOf(column: Column): ColumnSummary['kind'] {
  if (column.kind === 'text') return isCategory(column) ? 'category' : 'text';
  return column.time === undefined ? 'number' : 'time';
}

function summariseColumn(column: Column, mapping: Mapping): ColumnSummary {
  const { feature, target, reason } = eligibility(column);
  const facts: NumberFacts =
    column.kind === 'number'
      ? numberFacts(column)
      : { min: null, max: null, mean: null, distinct: column.dictionary.length, histogram: [] };
  return {
    name: column.name,
    kind: kindOf(column),
    time: column.kind === 'number' ? (column.time ?? null) : null,
    ...facts,
    top: column.kind === 'text' ? topValues(column) : [],
    missing: missingCount(column),
    mapping: { kind: mapping.kind, label: describeMapping(mapping), bits: mappingBits(mapping) },
    featureEligible: feature,
    featureByDefault: feature && !isRowNumber(column),
    targetEligible: target,
    targetTask: target ? targetTask(column) : null,
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

/** First rows as text; a cell that is missing is null. */
function previewOf({ rows, columns }: Table): DatasetSummary['preview'] {
  const shown = columns.slice(0, PREVIEW_COLUMNS);
  return Array.from({ length: Math.min(PREVIEW_ROWS, rows) }, (_, row) =>
    shown.map((column) => {
      const text = cellText(column, row);
      return text === null ? null : cut(text);
    }),
  );
}

export interface SummaryLabel extends Pick<
  DatasetSummary,
  | 'id'
  | 'name'
  | 'fileName'
  | 'sampleId'
  | 'testRows'
  | 'weight'
  | 'csvBytes'
  | 'notices'
  | 'decisions'
  | 'dialect'
  | 'doubtfulRow'
  | 'format'
  | 'sheets'
> {
  /** Target and β that the gallery names, if any. */
  target: string | null;
  beta: number | null;
  /** A performance.now(). */
  startedAt: number;
}

/**
 * @param label what the dataset is called, where it came from, and what is to be said of its reading
 * @throws CANCELLED by the pulse
 */
export async function summarise(table: Table, label: SummaryLabel, pulse: Pulse): Promise<DatasetSummary> {
  const { target, beta, startedAt, notices, doubtfulRow, ...shown } = label;
  const columns: ColumnSummary[] = [];
  const look = async (): Promise<void> => {
    const [done, total] = [columns.length, table.columns.length];
    if (pulse.due()) await pulse.beat({ phase: 'Looking at the columns', done, total, unit: 'columns' });
  };
  for (const column of table.columns) {
    const { mapping } = fitMapping(column, true);
    // A column may be as long as a table can be: both halves of the work take seconds then.
    await look();
    columns.push(summariseColumn(column, mapping));
    await look();
  }
  const targets = rankTargets(table).filter(({ column }) => column !== shown.weight);
  const able = new Set(columns.flatMap((column) => (column.targetEligible ? [column.name] : [])));
  const likeliest = targets.find(({ column, rank }) => able.has(column) && rank !== 'unlikely');
  return {
    ...shown,
    rows: table.rows,
    columns,
    rawFloat64Bytes: rawFloat64Bytes(table.rows, columns.length),
    notices: [...notices, ...rowNumberNotices(table)],
    preview: previewOf(table),
    doubtfulRow: doubtfulRow?.slice(0, PREVIEW_COLUMNS).map(cut) ?? null,
    targets,
    suggestedTarget: target !== null && able.has(target) ? target : (likeliest?.column ?? null),
    suggestedBeta: beta,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

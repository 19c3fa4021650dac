/** What the panel of SQL says of engines, sources and queries. */
import type { SqlScripts, SqlSource } from '../../../contracts/sql.ts';
import type { Option } from '../../../ui/controls/index.ts';

export const SOURCES: Option<SqlSource['kind']>[] = [
  { value: 'parquet', label: 'Parquet files' },
  { value: 'csv', label: 'CSV files' },
  { value: 'table', label: 'A table' },
];

export const QUERIES: Option<keyof SqlScripts>[] = [
  { value: 'condense', label: 'Condensed samples', description: 'Means and weights, saved as Parquet.' },
  {
    value: 'misfits',
    label: 'What does not fit',
    description: 'Counts of clamped, unseen and missing values.',
  },
  { value: 'ranges', label: 'Ranges of all records', description: 'First step of choosing on all records.' },
  { value: 'ones', label: 'Ones per bit', description: 'Second step: order the bits by all records.' },
  { value: 'sums', label: 'Sums (least squares only)', description: 'One row of d² sums.' },
  {
    value: 'sumsPerCluster',
    label: 'Sums per cluster (least squares only)',
    description: 'The same sums for each condensed sample.',
  },
];

const SUMS =
  'These d² sums give the same model as training on every record, at any number of clusters m, even 1. They serve least squares alone; condensed samples serve any model.';

/** What there is to know of a query, under its text. */
export const ABOUT_QUERY: Record<keyof SqlScripts, string> = {
  condense:
    'Values beyond the ranges here are clamped to them, words not seen here share a code and have no share of their own, and records that lack a value are left out as here. “What does not fit” counts them.',
  misfits: 'One row, to be read where it is run.',
  ranges: 'Run it first and choose its file below: the plan then has the ranges of all records.',
  ones: 'Run it after the ranges and choose its file below: the order of the bits is then that of all records.',
  sums: SUMS,
  sumsPerCluster: SUMS,
};

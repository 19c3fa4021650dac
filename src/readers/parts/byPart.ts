/** A table whose column "part" says which of its records are training and which are test records. */
import { PART } from '../../core/table/part.ts';
import { takeRows, type Table } from '../../core/table/table.ts';
import type { ColumnDecision, TableNotice, TableReading } from '../tableReading.ts';
import { withClasses } from './classes.ts';
import { isTestRecord, partOf, sampleWeight } from './marks.ts';

/** A reading with the number of test records at its end; null where they are drawn. */
export interface DividedReading extends TableReading {
  testRows: number | null;
  /** Column of weights, where the file is one of condensed samples. */
  weight?: string;
}

/** "part", a feature and a target at least. */
const LEAST_COLUMNS = 3;
/** Columns that a notice names. */
const MOST_NAMED = 3;

function weightNotice(weight: string): TableNotice {
  const text =
    'This is a file of condensed samples, so it is taken for how many records each stands for. If it is anything else, give it another role.';
  return { code: 'weight', column: weight, text };
}

function classNotice(target: string, from: readonly string[]): TableNotice {
  const text = `Made of the shares in ${from.slice(0, MOST_NAMED).join(', ')}${from.length > MOST_NAMED ? ', …' : ''}: a sample is a row for each class that it has records of, weighted by their number.`;
  return { code: 'classes', column: target, text };
}

/** The reading of condensed samples, with their weight and, where they have any, classes. */
export function asWeighted(reading: DividedReading, weight: string): DividedReading {
  const notices = [...reading.notices, weightNotice(weight)];
  const unfolded = withClasses(reading.table);
  if (unfolded === null) return { ...reading, notices, weight };
  const { table, target, from } = unfolded;
  const others = reading.decisions.filter(({ column }) => !from.includes(column));
  const decision: ColumnDecision = {
    column: target,
    type: 'text',
    chosen: false,
    why: 'the class of a share',
  };
  return {
    ...{ ...reading, table, weight },
    decisions: [...others.slice(0, -1), decision, ...others.slice(-1)],
    notices: [...notices, classNotice(target, from)],
  };
}

/** A reading without its column "part". */
export function withoutPart(reading: TableReading, table: Table): TableReading {
  return {
    ...reading,
    table: { ...table, columns: table.columns.filter(({ name }) => name !== PART) },
    decisions: reading.decisions.filter(({ column }) => column !== PART),
    notices: reading.notices.filter(({ column }) => column !== PART),
  };
}

/**
 * The training records in their order, then the test records, without the column; of condensed samples with their weight.
 *
 * @returns null where the table has no such column, or other words in it, or one word in all of it that divides nothing
 */
export function byPart(reading: TableReading): DividedReading | null {
  const { table } = reading;
  const part = partOf(table);
  if (part === null || table.columns.length < LEAST_COLUMNS) return null;
  const weight = sampleWeight(table);
  const own = withoutPart(reading, table);
  if (part.dictionary.length < 2)
    return weight === null ? null : asWeighted({ ...own, testRows: null }, weight);
  const isTest = isTestRecord(part);
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const train = all.filter((row) => !isTest(row));
  const test = all.filter(isTest);
  const order = new Uint32Array(table.rows);
  order.set(train);
  order.set(test, train.length);
  const text = `Its column “${PART}” says which records are training (${train.length.toLocaleString('en')}) and which are test records (${test.length.toLocaleString('en')}).`;
  const divided: DividedReading = {
    ...own,
    table: takeRows(own.table, order),
    notices: [...own.notices, { code: 'given-test', column: null, text }],
    testRows: test.length,
  };
  return weight === null ? divided : asWeighted(divided, weight);
}

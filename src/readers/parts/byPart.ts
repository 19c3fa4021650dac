/** A table whose column "part" says which of its records are training and which are test records. */
import { PART } from '../../core/table/part.ts';
import { takeRows, type Table } from '../../core/table/table.ts';
import type { TableNotice, TableReading } from '../tableReading.ts';
import { isTestRecord, partOf, sampleWeight } from './marks.ts';

/** A reading with the number of test records at its end; null where they are drawn. */
export interface DividedReading extends TableReading {
  testRows: number | null;
  /** Column of weights, where the file is one of condensed samples. */
  weight?: string;
}

/** "part", a feature and a target at least. */
const LEAST_COLUMNS = 3;

export function weightNotice(weight: string): TableNotice {
  const text =
    'This is a file of condensed samples, so it is taken for how many records each stands for. If it is anything else, give it another role.';
  return { code: 'weight', column: weight, text };
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
  const notices = weight === null ? [] : [weightNotice(weight)];
  const marked = weight === null ? {} : { weight };
  if (part.dictionary.length < 2) {
    if (weight === null) return null;
    const own = withoutPart(reading, table);
    return { ...own, notices: [...own.notices, ...notices], testRows: null, ...marked };
  }
  const isTest = isTestRecord(part);
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const train = all.filter((row) => !isTest(row));
  const test = all.filter(isTest);
  const order = new Uint32Array(table.rows);
  order.set(train);
  order.set(test, train.length);
  const own = withoutPart(reading, table);
  const text = `Its column “${PART}” says which records are training (${train.length}) and which are test records (${test.length}).`;
  return {
    ...own,
    table: takeRows(own.table, order),
    notices: [...own.notices, { code: 'given-test', column: null, text }, ...notices],
    testRows: test.length,
    ...marked,
  };
}

/** A table whose test records come in a file of their own: both read in one way, the test records behind the others. */
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { missingCount, type Column, type Table } from '../core/table/table.ts';
import { finishText } from '../core/table/textColumn.ts';
import { appendRows } from './appendRows.ts';
import { asWeighted, byPart, withoutPart, type DividedReading } from './parts/byPart.ts';
import { partOf, sampleWeight } from './parts/marks.ts';
import { asSamples } from './parts/testRecords.ts';
import { readTable } from './readTable.ts';
import type { ColumnType, ReadingOptions, TableFile, TableNotice, TableReading } from './tableReading.ts';

/** A table as it was given: a file, or one of a zip or tar. */
export interface TablePlace {
  file: TableFile;
  inside: string | null;
}

type Types = NonNullable<ReadingOptions['types']>;

const typeOf = (column: Column): ColumnType =>
  column.kind === 'text' ? 'text' : column.time === undefined ? 'number' : 'time';

/** What of two readings of a column cannot stand side by side is text in both; a column without a value follows. */
function commonTypes(a: Table, b: Table): Types {
  const types: { column: string; type: ColumnType }[] = [];
  for (const column of a.columns) {
    const other = b.columns.find(({ name }) => name === column.name);
    if (other === undefined) continue;
    const isAlike =
      column.kind === other.kind &&
      (column.kind === 'text' || other.kind === 'text' || column.time === other.time);
    if (isAlike) continue;
    if (missingCount(column) === a.rows) types.push({ column: column.name, type: typeOf(other) });
    else if (missingCount(other) === b.rows) types.push({ column: column.name, type: typeOf(column) });
    else types.push({ column: column.name, type: 'text' });
  }
  return types;
}

/** The table with the times of another where its own column has no value that could show one. */
function withTimes(table: Table, other: Table): Table {
  const columns = table.columns.map((column): Column => {
    const like = other.columns.find(({ name }) => name === column.name);
    if (column.kind !== 'number' || like?.kind !== 'number' || missingCount(column) < table.rows)
      return column;
    return like.time === undefined ? column : { ...column, time: like.time };
  });
  return { ...table, columns };
}

/** The dictionary as one reading of both would have it: by frequency, then by first appearance. */
function inOrder(column: Column): Column {
  if (column.kind !== 'text') return column;
  const { name, dictionary, missing } = column;
  const place = new Int32Array(dictionary.length).fill(-1);
  const entries: string[] = [];
  const codes = column.codes.map((code, row) => {
    if (missing !== null && missing[row] === 1) return 0;
    if (place[code] < 0) place[code] = entries.push(dictionary[code]) - 1;
    return place[code];
  });
  return finishText(name, entries, codes, missing);
}

/** Both tables with the features of either: what LIBSVM does not name is 0. */
function withFeatures(table: Table, other: Table): Table {
  const all = new Set([...table.columns, ...other.columns].map(({ name }) => name));
  const rank = (name: string): number =>
    name === 'qid' ? -1 : name === 'label' ? Infinity : Number(name.replace(/^f/, ''));
  const columns = [...all]
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .map(
      (name): Column =>
        table.columns.find((column) => column.name === name) ?? {
          kind: 'number',
          name,
          values: new Float64Array(table.rows),
          missing: null,
        },
    );
  return { ...table, columns };
}

/**
 * How many of the last records are test records.
 *
 * @param asked what the user or a link says; 0 has them drawn
 * @param brought how many came in a file of their own, or null
 * @throws LabError SETTING_OUT_OF_RANGE
 */
function testRowsOf(rows: number, asked: number | undefined, brought: number | null): number | null {
  const testRows = asked ?? brought ?? 0;
  if (testRows >= rows)
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `The last ${testRows} records were to be test records, but the table has ${rows}.`,
    );
  return testRows === 0 ? null : testRows;
}

const testNotice = (testRows: number, name: string): TableNotice => ({
  code: 'given-test',
  column: null,
  text: `The ${testRows} records of ${name} are the test records.`,
});

/**
 * Condensed samples with a table of records to test on behind them.
 *
 * @returns null where the first table is none of condensed samples, or has test records of its own
 * @throws COLUMN_UNKNOWN where the records lack what a column of the samples is made of
 */
function besideSamples(
  samples: TableReading,
  records: Table,
  name: string,
  asked: number | undefined,
): DividedReading | null {
  const weight = sampleWeight(samples.table);
  if (weight === null || partOf(samples.table)?.dictionary.length !== 1) return null;
  const own = withoutPart(samples, samples.table);
  const names = own.table.columns.map((column) => column.name);
  const table = appendRows(own.table, asSamples(names, records));
  const testRows = testRowsOf(table.rows, asked, records.rows);
  const said = testRows === null ? [] : [testNotice(testRows, name)];
  return asWeighted({ ...own, table, notices: [...own.notices, ...said], testRows }, weight);
}

/**
 * Reads a table, and its test records where they are a table of their own.
 *
 * @param test null where there is none
 * @throws LabError those of `readTable`; COLUMN_UNKNOWN where the tables do not have the same columns
 */
export async function readDivided(
  train: TablePlace,
  test: TablePlace | null,
  options: ReadingOptions,
  pulse: Pulse,
): Promise<DividedReading> {
  const read = ({ file, inside }: TablePlace, types: Types = []): Promise<TableReading> => {
    const reading =
      types.length === 0 ? options : { ...options, types: [...(options.types ?? []), ...types] };
    return readTable(file, reading, pulse, inside);
  };
  let first = await read(train);
  if (test === null) {
    const parted = options.testRows === 0 ? null : byPart(first);
    if (parted !== null)
      return { ...parted, testRows: testRowsOf(parted.table.rows, options.testRows, parted.testRows) };
    return { ...first, testRows: testRowsOf(first.table.rows, options.testRows, null) };
  }
  let second = await read(test);
  const name = test.inside ?? test.file.name;
  const tested = besideSamples(first, second.table, name, options.testRows);
  if (tested !== null) return { ...tested, bytes: first.bytes + second.bytes };
  const types = commonTypes(first.table, second.table);
  if (types.length > 0) {
    first = await read(train, types);
    second = await read(test, types);
  }
  const notices: TableNotice[] = types
    .filter(({ type }) => type === 'text')
    .map(({ column }) => ({
      code: 'test-differs',
      column,
      text: 'Kept as text: the training and the test records do not agree on what it is.',
    }));
  let { table } = first;
  let other = second.table;
  if (first.format === 'libsvm' && second.format === 'libsvm')
    [table, other] = [withFeatures(table, other), withFeatures(other, table)];
  const appended = appendRows(withTimes(table, other), withTimes(other, table));
  const joined = { ...appended, columns: appended.columns.map(inOrder) };
  const testRows = testRowsOf(joined.rows, options.testRows, other.rows);
  if (testRows !== null) notices.push(testNotice(testRows, name));
  const said = new Set(first.notices.map(({ code, column, text }) => JSON.stringify([code, column, text])));
  for (const notice of second.notices)
    if (!said.has(JSON.stringify([notice.code, notice.column, notice.text])))
      notices.push({ ...notice, text: `In ${name}: ${notice.text}` });
  return {
    ...first,
    table: joined,
    notices: [...first.notices, ...notices],
    decisions: joined.columns.map(
      (column) =>
        first.decisions.find((decision) => decision.column === column.name) ?? {
          column: column.name,
          type: typeOf(column),
          chosen: false,
          why: 'the values of its index; 0 where a line has none',
        },
    ),
    bytes: first.bytes + second.bytes,
    testRows,
  };
}

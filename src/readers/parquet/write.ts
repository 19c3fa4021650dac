/** A table as a Parquet file, for whatever carries on from there. */
import type { CompressionCodec, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer';
import type { Column, NumberColumn, Table, TextColumn } from '../../core/table/table.ts';
import { writeTime } from '../../core/table/time.ts';
import { patternRemarks } from './patterns.ts';
import { writtenTime } from './times.ts';

export interface ParquetOptions {
  codec: 'UNCOMPRESSED' | 'SNAPPY' | 'ZSTD';
  /** Compressors by codec: needed for all but UNCOMPRESSED and SNAPPY. */
  compressors?: Partial<Record<CompressionCodec, (bytes: Uint8Array) => Uint8Array>>;
  /**
   * Whatever makes the file smallest: every column is written in each encoding that its type has and keeps the smallest,
   * chunks are one page, and no statistics are kept.
   */
  smallest?: boolean;
}

type ColumnEncoding = ColumnSource['encoding'];

/** Encodings that a column of a physical type may have; undefined is a dictionary where it halves the values. */
const ANY: readonly ColumnEncoding[] = [undefined, 'PLAIN', 'RLE_DICTIONARY'];
const ENCODINGS: Partial<Record<string, readonly ColumnEncoding[]>> = {
  DOUBLE: [...ANY, 'BYTE_STREAM_SPLIT'],
  INT32: [...ANY, 'DELTA_BINARY_PACKED'],
  INT64: [...ANY, 'DELTA_BINARY_PACKED'],
  BYTE_ARRAY: [...ANY, 'DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY'],
};
/** No chunk is larger. */
const ONE_PAGE = 2 ** 30;

/** Most records of a row group, and most cells: what is held as values of JavaScript at a time. */
const GROUP_ROWS = 131_072;
const GROUP_CELLS = 2 ** 21;

/** One column on its way: its place in the schema and its values from one record to another. */
interface ColumnPlan {
  element: SchemaElement;
  encoding?: ColumnEncoding;
  values(from: number, to: number): ColumnSource['data'];
}

const INT32_LIMIT = 2 ** 31;

/** Whether all values are integers that a signed integer of 32 or of 64 bits holds, −0 being none. */
function integerType({ values, missing }: NumberColumn): 'INT32' | 'INT64' | null {
  let type: 'INT32' | 'INT64' = 'INT32';
  for (let i = 0; i < values.length; i++) {
    if (missing !== null && missing[i] === 1) continue;
    const value = values[i];
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return null;
    if (value < -INT32_LIMIT || value >= INT32_LIMIT) type = 'INT64';
  }
  return type;
}

/** The values of some records by `convert`, null where a cell is missing. */
function gather<T>(
  missing: Uint8Array | null,
  from: number,
  to: number,
  convert: (row: number) => T,
): (T | null)[] {
  const out = new Array<T | null>(to - from);
  for (let i = from; i < to; i++) out[i - from] = missing !== null && missing[i] === 1 ? null : convert(i);
  return out;
}

function planNumbers(column: NumberColumn, element: SchemaElement): ColumnPlan {
  const { values, missing } = column;
  const integer = integerType(column);
  if (integer === 'INT64') {
    return {
      element: { ...element, type: integer },
      values: (from, to) => gather(missing, from, to, (i) => BigInt(values[i])),
    };
  }
  // A dictionary would take −0 for 0.
  const signedZero = integer === null && values.some((value) => Object.is(value, -0));
  return {
    element: { ...element, type: integer ?? 'DOUBLE' },
    encoding: signedZero ? 'PLAIN' : undefined,
    values: (from, to) =>
      missing === null ? values.subarray(from, to) : gather(missing, from, to, (i) => values[i]),
  };
}

function planTimes(column: NumberColumn, time: string, element: SchemaElement): ColumnPlan {
  const { values, missing } = column;
  const integer = integerType(column);
  const found = writtenTime(time);
  // Numbers that are no times, whatever their column says, stay numbers.
  if (integer === null || (found?.element.type === 'INT32' && integer === 'INT64'))
    return planNumbers(column, element);
  if (found === null) {
    return {
      element: { ...element, type: 'BYTE_ARRAY', converted_type: 'UTF8' },
      values: (from, to) => gather(missing, from, to, (i) => writeTime(values[i], time)),
    };
  }
  const factor = BigInt(found.factor);
  return {
    element: { ...element, ...found.element },
    values: (from, to) =>
      found.element.type === 'INT32'
        ? gather(missing, from, to, (i) => values[i] * found.factor)
        : gather(missing, from, to, (i) => BigInt(values[i]) * factor),
  };
}

function planText({ codes, dictionary, missing }: TextColumn, element: SchemaElement): ColumnPlan {
  return {
    element: { ...element, type: 'BYTE_ARRAY', converted_type: 'UTF8' },
    values: (from, to) => gather(missing, from, to, (i) => dictionary[codes[i]]),
  };
}

function plan(column: Column): ColumnPlan {
  const hasMissing = column.missing !== null && column.missing.includes(1);
  const element: SchemaElement = {
    name: column.name,
    repetition_type: hasMissing ? 'OPTIONAL' : 'REQUIRED',
  };
  if (column.kind === 'text') return planText(column, element);
  return column.time === undefined ? planNumbers(column, element) : planTimes(column, column.time, element);
}

/** Puts the columns one after the other, row group by row group. */
function writeColumns(
  plans: readonly ColumnPlan[],
  rows: number,
  groupRows: number,
  remarks: ReturnType<typeof patternRemarks>,
  { codec, compressors, smallest }: ParquetOptions,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(1 << 20);
  const parquet = new ParquetWriter({
    writer,
    schema: [{ name: 'root', num_children: plans.length }, ...plans.map(({ element }) => element)],
    codec,
    compressors,
    createdBy: 'dreaMLearning Lab',
    kvMetadata: remarks,
    ...(smallest === true && { statistics: false }),
  });
  for (let from = 0; from < rows; from += groupRows) {
    const to = Math.min(rows, from + groupRows);
    // The writer is synchronous: it returns a promise only for writers that flush by one.
    void parquet.write({
      columnData: plans.map((column) => ({
        name: column.element.name,
        data: column.values(from, to),
        encoding: column.encoding,
      })),
      rowGroupSize: groupRows,
      ...(smallest === true && { pageSize: ONE_PAGE }),
    });
  }
  void parquet.finish();
  return new Uint8Array(writer.getBuffer());
}

/**
 * Writes a table as Parquet: integers as INT32 or INT64 where they fit, other numbers as DOUBLE, dates as DATE,
 * moments as TIMESTAMP, text as strings, missing cells as null. Row groups are of bounded size.
 *
 * @returns the file; the same bytes for the same table and compressors
 */
export function writeParquet(table: Table, options: ParquetOptions): Uint8Array<ArrayBuffer> {
  const plans = table.columns.map(plan);
  const groupRows = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_CELLS / Math.max(1, plans.length))));
  const write = (columns: readonly ColumnPlan[], remarks: ReturnType<typeof patternRemarks> = []) =>
    writeColumns(columns, table.rows, groupRows, remarks, options);
  if (options.smallest === true) {
    for (const column of plans) {
      const { type } = column.element;
      let least = write([column]).length;
      // One that has to be plain keeps its signed zeros in no dictionary.
      const isPlain = column.encoding !== undefined;
      // Of what is missing there are no bytes to split.
      const hasNone = column.element.repetition_type === 'OPTIONAL';
      for (const encoding of (type !== undefined && ENCODINGS[type]) || []) {
        if (isPlain && encoding !== 'BYTE_STREAM_SPLIT') continue;
        if (hasNone && encoding === 'BYTE_STREAM_SPLIT') continue;
        const { length } = write([{ ...column, encoding }]);
        if (length >= least) continue;
        least = length;
        column.encoding = encoding;
      }
    }
  }
  return write(plans, patternRemarks(table.columns));
}

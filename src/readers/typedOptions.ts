/** What the user says about a table whose format brings types of its own: other types, further missing values. */
import { LabError } from '../core/errors.ts';
import { readNumber, TEXT_WORD } from './csv/cells.ts';
import type { ColumnType, ReadingOptions, TableReading } from './tableReading.ts';
import { cellText, type Column, type NumberColumn, type TextColumn } from '../core/table/table.ts';
import { finishText } from '../core/table/textColumn.ts';
import { patternOfShape, readTime } from '../core/table/time.ts';

function rowsOf(column: Column): number {
  return column.kind === 'text' ? column.codes.length : column.values.length;
}

/** The column with the cells missing that `gone` names. */
function withMissing(column: Column, gone: (row: number) => boolean): Column {
  const missing = column.missing?.slice() ?? new Uint8Array(rowsOf(column));
  let count = 0;
  for (let i = 0; i < missing.length; i++) {
    if (missing[i] === 1 || !gone(i)) continue;
    missing[i] = 1;
    count++;
    if (column.kind === 'number') column.values[i] = 0;
  }
  if (count === 0) return column;
  // A dictionary without the entries that are gone.
  if (column.kind === 'text') return finishText(column.name, column.dictionary, column.codes, missing);
  return { ...column, missing };
}

function markMissing(column: Column, markers: readonly string[]): Column {
  if (column.kind === 'text') {
    const gone = column.dictionary.map((entry) => markers.includes(entry.trim()));
    return withMissing(column, (i) => gone[column.codes[i]]);
  }
  const out = { value: 0 };
  const values = new Set(
    markers.flatMap((marker) => (readNumber(marker.trim(), out) === 0 ? [out.value] : [])),
  );
  return values.size === 0 ? column : withMissing(column, (i) => values.has(column.values[i]));
}

function asText(column: Column): TextColumn {
  if (column.kind === 'text') return column;
  const index = new Map<string, number>();
  const codes = new Uint32Array(column.values.length);
  for (let i = 0; i < codes.length; i++) {
    const text = cellText(column, i);
    if (text === null) continue;
    let code = index.get(text);
    if (code === undefined) {
      code = index.size;
      index.set(text, code);
    }
    codes[i] = code;
  }
  return finishText(column.name, [...index.keys()], codes, column.missing);
}

/** A column by what each of its distinct texts is, NaN for a text that is none. */
function fromTexts(column: TextColumn, type: ColumnType, read: (text: string) => number): NumberColumn {
  const numbers = Float64Array.from(column.dictionary, read);
  const wrong = numbers.findIndex((value) => value !== value);
  if (wrong >= 0) {
    const row = column.codes.findIndex((code, i) => code === wrong && column.missing?.[i] !== 1);
    throw new LabError(
      'CSV_TYPE',
      `Column ${column.name} cannot be read as ${type}: record ${row} has "${column.dictionary[wrong]}".`,
    );
  }
  const values = Float64Array.from(column.codes, (code, i) =>
    column.missing?.[i] === 1 ? 0 : numbers[code],
  );
  return { kind: 'number', name: column.name, values, missing: column.missing };
}

function asNumber(column: Column): NumberColumn {
  if (column.kind === 'number') {
    const { kind, name, values, missing } = column;
    return { kind, name, values, missing };
  }
  const out = { value: 0 };
  return fromTexts(column, 'number', (text) => {
    const cell = text.trim();
    const why = cell === '' ? TEXT_WORD : readNumber(cell, out);
    return why === TEXT_WORD ? NaN : why === 0 ? out.value : Number(cell);
  });
}

/** A column of numbers has no clock to read. */
function asTime(column: Column): NumberColumn {
  if (column.kind === 'text') return readTimes(column);
  if (column.time !== undefined) return column;
  throw new LabError('CSV_TYPE', `Column ${column.name} holds numbers, which are not read as times.`);
}

/** Texts that are times of one pattern, or null. */
export function textAsTime(column: TextColumn): NumberColumn | null {
  try {
    return readTimes(column);
  } catch (thrown) {
    if (thrown instanceof LabError) return null;
    throw thrown;
  }
}

function readTimes(column: TextColumn): NumberColumn {
  const encoder = new TextEncoder();
  const cell = { value: 0, shape: 0 };
  let shape = -1;
  const times = fromTexts(column, 'time', (text) => {
    const bytes = encoder.encode(text);
    if (!readTime(bytes, 0, bytes.length, cell) || (shape >= 0 && cell.shape !== shape)) return NaN;
    shape = cell.shape;
    return cell.value;
  });
  return shape < 0 ? times : { ...times, time: patternOfShape(shape) };
}

const CONVERT = { number: asNumber, text: asText, time: asTime };

/**
 * Applies the user's markers of missing values and types to a table whose format has types.
 *
 * @throws CSV_TYPE when a column cannot be read as the user says
 */
export function applyChoices(
  reading: TableReading,
  { missing = [], types = [] }: ReadingOptions,
): TableReading {
  const chosen = new Map(types.map(({ column, type }) => [column, type]));
  const decisions = reading.decisions.map((decision) => {
    const type = chosen.get(decision.column);
    return type === undefined ? decision : { ...decision, type, chosen: true, why: 'chosen' };
  });
  const columns = reading.table.columns.map((column) => {
    const marked = missing.length > 0 ? markMissing(column, missing) : column;
    const type = chosen.get(column.name);
    return type === undefined ? marked : CONVERT[type](marked);
  });
  return { ...reading, table: { rows: reading.table.rows, columns }, decisions };
}

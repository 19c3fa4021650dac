/**
 * Patterns of dates and times in a file's own remarks: Parquet's types say what a column counts, and not how it was
 * spelt. With them a table that was written here comes back as the same dataset.
 */
import type { KeyValue } from 'hyparquet';
import type { Column, NumberColumn } from '../../core/table/table.ts';
import { isTimePattern } from '../../core/table/time.ts';
import { textAsTime } from '../typedOptions.ts';

const KEY = 'dreaMLearning.times';

/** The patterns of a table's columns as a remark; none when there is none. */
export function patternRemarks(columns: readonly Column[]): KeyValue[] {
  const patterns = columns.flatMap((column) =>
    column.kind === 'number' && column.time !== undefined ? [[column.name, column.time]] : [],
  );
  return patterns.length === 0 ? [] : [{ key: KEY, value: JSON.stringify(patterns) }];
}

/** Inverse of patternRemarks, by column; what is no pattern is passed over. */
export function readPatterns(remarks: readonly KeyValue[] | undefined): Map<string, string> {
  const patterns = new Map<string, string>();
  const text = remarks?.find(({ key }) => key === KEY)?.value;
  let found: unknown;
  try {
    found = JSON.parse(text ?? '[]');
  } catch {
    // Whatever another program has put there: the types say enough.
  }
  if (!Array.isArray(found)) return patterns;
  for (const entry of found as unknown[]) {
    const [name, pattern] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof name === 'string' && typeof pattern === 'string' && isTimePattern(pattern))
      patterns.set(name, pattern);
  }
  return patterns;
}

const CLOCK = /^(YYYY-MM-DD[T ])?hh:mm(:ss(?:\.(f{1,9})0*)?)?(Z?)$/;

/** What a pattern without an offset counts: whether it has a date and a Z, and its units in a minute. */
function clockOf(pattern: string): { date: boolean; utc: boolean; perMinute: number } | null {
  const match = CLOCK.exec(pattern) as (string | undefined)[] | null;
  if (match === null) return null;
  const [, date, seconds, fraction = '', zone] = match;
  const perMinute = seconds === undefined ? 1 : 60 * 10 ** fraction.length;
  return { date: date !== undefined, utc: zone === 'Z', perMinute };
}

/** The column in another pattern, or null when its values are not whole in it or it counts something else. */
function inPattern(column: NumberColumn, pattern: string): NumberColumn | null {
  const from = column.time === undefined ? null : clockOf(column.time);
  const to = clockOf(pattern);
  if (from === null || to === null || from.date !== to.date || from.utc !== to.utc) return null;
  const { perMinute } = to;
  // A missing cell holds 0, which stays 0.
  const values =
    perMinute >= from.perMinute
      ? column.values.map((value) => value * (perMinute / from.perMinute))
      : column.values.map((value) => value / (from.perMinute / perMinute));
  return values.every(Number.isSafeInteger) ? { ...column, values, time: pattern } : null;
}

/** A column as it was spelt when it was written; left as it is where that does not fit what it holds. */
export function respell(column: Column, pattern: string): Column {
  if (column.kind === 'number') return inPattern(column, pattern) ?? column;
  const timed = textAsTime(column);
  return timed?.time === pattern ? timed : column;
}

/** Dates and times of Parquet beside the patterns of time.ts: which type a pattern has, and which pattern a type. */
import type { LogicalType, SchemaElement } from 'hyparquet';
import type { NumberColumn } from '../../core/table/table.ts';

type Unit = 'MILLIS' | 'MICROS' | 'NANOS';

/** Digits of the fraction of a second that a unit counts. */
const DIGITS: Record<Unit, number> = { MILLIS: 3, MICROS: 6, NANOS: 9 };

/** How a column of dates or times is written. */
interface WrittenTime {
  element: Pick<SchemaElement, 'type' | 'converted_type' | 'logical_type'>;
  /** Units of the file in one unit of the pattern. */
  factor: number;
}

const PATTERN = /^(?:YYYY-MM-DD[T ])?hh:mm(:ss(?:\.(f{1,9})0*)?)?(Z?)$/;

/**
 * The Parquet type that holds what a pattern counts, exactly.
 *
 * @returns null where no type fits: moments with an offset are written as text
 */
export function writtenTime(pattern: string): WrittenTime | null {
  if (pattern === 'YYYY-MM-DD') {
    const element = { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } } as const;
    return { element, factor: 1 };
  }
  const match = PATTERN.exec(pattern) as (string | undefined)[] | null;
  if (match === null) return null;
  const [, seconds, fraction = '', zone] = match;
  const unit: Unit = fraction.length <= 3 ? 'MILLIS' : fraction.length <= 6 ? 'MICROS' : 'NANOS';
  const type = pattern.startsWith('h') ? 'TIME' : 'TIMESTAMP';
  const logical_type: LogicalType = { type, isAdjustedToUTC: zone === 'Z', unit };
  const factor = seconds === undefined ? 60 * 10 ** DIGITS[unit] : 10 ** (DIGITS[unit] - fraction.length);
  const short = type === 'TIME' && unit === 'MILLIS';
  return { element: { type: short ? 'INT32' : 'INT64', logical_type }, factor };
}

/** What a column of dates or times counts. */
export interface ReadTime {
  kind: 'date' | 'time' | 'moment';
  /** Digits of the fraction of a second that its unit has. */
  digits: number;
  /** Whether it counts in UTC. */
  utc: boolean;
}

/** What the numbers of a column count, or null when they are plain numbers. */
export function readTimeType({ type, converted_type, logical_type }: SchemaElement): ReadTime | null {
  if (type === 'INT96') return { kind: 'moment', digits: 9, utc: false };
  if (logical_type?.type === 'TIME' || logical_type?.type === 'TIMESTAMP') {
    const kind = logical_type.type === 'TIME' ? 'time' : 'moment';
    return { kind, digits: DIGITS[logical_type.unit], utc: logical_type.isAdjustedToUTC };
  }
  if (logical_type?.type === 'DATE') return { kind: 'date', digits: 0, utc: false };
  switch (converted_type) {
    case 'DATE':
      return { kind: 'date', digits: 0, utc: false };
    case 'TIME_MILLIS':
      return { kind: 'time', digits: 3, utc: true };
    case 'TIME_MICROS':
      return { kind: 'time', digits: 6, utc: true };
    case 'TIMESTAMP_MILLIS':
      return { kind: 'moment', digits: 3, utc: true };
    case 'TIMESTAMP_MICROS':
      return { kind: 'moment', digits: 6, utc: true };
    default:
      return null;
  }
}

/** Pattern for a unit of 10^−digits seconds. */
export function patternOf({ kind, utc }: ReadTime, digits: number): string {
  if (kind === 'date') return 'YYYY-MM-DD';
  const time = `hh:mm:ss${digits > 0 ? `.${'f'.repeat(digits)}` : ''}`;
  if (kind === 'time') return time;
  return utc ? `YYYY-MM-DDT${time}Z` : `YYYY-MM-DD ${time}`;
}

const LARGEST_32 = 2 ** 31 - 1;
const LARGEST_64 = 2n ** 63n - 1n;

/**
 * What databases write for a date or moment without end, and numpy for none: the largest integer and its negative, and
 * the smallest.
 */
export function infinityOf(value: number | bigint): 'infinity' | '-infinity' | null {
  if (typeof value === 'number') {
    if (value === LARGEST_32) return 'infinity';
    return value === -LARGEST_32 || value === -LARGEST_32 - 1 ? '-infinity' : null;
  }
  if (value === LARGEST_64) return 'infinity';
  return value === -LARGEST_64 || value === -LARGEST_64 - 1n ? '-infinity' : null;
}

/** Places of infinite dates and moments among values of 32 or 64 bits. */
export function infinitePlaces(values: Int32Array | BigInt64Array): number[] {
  const places: number[] = [];
  if (values instanceof Int32Array) {
    for (let k = 0; k < values.length; k++) if (infinityOf(values[k]) !== null) places.push(k);
    return places;
  }
  // By the high words first: a bigint for each would be slow.
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let k = 0; k < values.length; k++) {
    const high = words[2 * k + 1];
    if ((high === LARGEST_32 || high === -LARGEST_32 - 1) && infinityOf(values[k]) !== null) places.push(k);
  }
  return places;
}

/** Days of 0001-01-01 and of 9999-12-31, between which a pattern spells dates. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

/**
 * Gives a column its pattern, in the coarsest of seconds, milliseconds, microseconds and nanoseconds in which its
 * values are whole.
 *
 * @param digits digits of a second that its numbers count now
 * @returns false when a value lies outside of what patterns spell; the column is then left as it is
 */
export function setPattern(column: NumberColumn, time: ReadTime, digits: number): boolean {
  const { values, missing } = column;
  const perDay = time.kind === 'date' ? 1 : 86_400 * 10 ** digits;
  const first = time.kind === 'time' ? 0 : FIRST_DAY * perDay;
  const end = time.kind === 'time' ? perDay : (LAST_DAY + 1) * perDay;
  for (let i = 0; i < values.length; i++) {
    if (missing !== null && missing[i] === 1) continue;
    if (values[i] < first || values[i] >= end) return false;
  }
  // A missing cell holds 0, which any unit divides.
  let coarser = 0;
  while (coarser < digits && values.some((value) => value % 10 ** (digits - coarser) !== 0)) coarser += 3;
  const divisor = 10 ** (digits - coarser);
  if (divisor > 1) for (let i = 0; i < values.length; i++) values[i] /= divisor;
  column.time = patternOf(time, coarser);
  return true;
}

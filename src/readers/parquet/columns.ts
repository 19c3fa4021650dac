/** What a column of a Parquet file becomes: ways to hold its values, tried in turn until one holds them all. */
import type { SchemaElement } from 'hyparquet';
import { parseFloat16 } from 'hyparquet/src/convert.js';
import { POWER_OF_TEN } from '../../core/table/mapping.ts';
import { writeTime } from '../../core/table/time.ts';
import { patternOf, readTimeType, type ReadTime } from './times.ts';
import type { PageValues } from './values.ts';

/** Thrown by a way of holding values for a value that it cannot hold. */
export class Unfit extends Error {}

/** Value k of a page. */
type ReadNumber = (k: number) => number;

/** Numbers: `reader` gives the values of a page as the doubles that hold them exactly, or throws Unfit. */
export interface NumberWay {
  kind: 'number';
  why: string;
  reader: (values: PageValues) => ReadNumber;
  /** For dates and times: what they are, and in which unit `read` gives them. */
  time?: ReadTime & { unitDigits: number };
}

/** Text: `spell` gives value k of a page as text, or throws Unfit. */
export interface TextWay {
  kind: 'text';
  why: string;
  spell: (values: PageValues, k: number) => string;
}

export type Way = NumberWay | TextWay;

const TWO_32 = 2 ** 32;
/** High words of integers within ±2^53. */
const SAFE_HIGH = 2 ** 21;

function viewOf({ bytes }: PageValues): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A reader of values of one width through a view of them. */
function fromView(read: (view: DataView, k: number) => number): NumberWay['reader'] {
  return (values) => {
    const view = viewOf(values);
    return (k) => read(view, k);
  };
}

const int32 = fromView((view, k) => view.getInt32(k * 4, true));
const uint32 = fromView((view, k) => view.getUint32(k * 4, true));
const int64 = fromView((view, k) => {
  const high = view.getInt32(k * 8 + 4, true);
  if (high < -SAFE_HIGH || high >= SAFE_HIGH) throw new Unfit();
  return high * TWO_32 + view.getUint32(k * 8, true);
});
const uint64 = fromView((view, k) => {
  const high = view.getUint32(k * 8 + 4, true);
  if (high >= SAFE_HIGH) throw new Unfit();
  return high * TWO_32 + view.getUint32(k * 8, true);
});
const float32 = fromView((view, k) => view.getFloat32(k * 4, true));
const float64 = fromView((view, k) => view.getFloat64(k * 8, true));
const float16 = ({ bytes }: PageValues): ReadNumber => {
  return (k) => parseFloat16(bytes.subarray(k * 2, k * 2 + 2))!;
};

/** Nanoseconds since 1970 of Impala's and Spark's moments: nanoseconds of the day, then the Julian day. */
function int96(view: DataView, k: number): bigint {
  const day = BigInt(view.getInt32(k * 12 + 8, true) - 2_440_588);
  return day * 86_400_000_000_000n + view.getBigInt64(k * 12, true);
}

/** A signed integer of any width as a bigint; strings are big-endian, as decimals are written. */
function anyInteger(values: PageValues, k: number, bigEndian: boolean): bigint {
  const from = values.kind === 'fixed' ? k * values.width : values.starts[k];
  const to = values.kind === 'fixed' ? from + values.width : values.ends[k];
  let value = 0n;
  for (let i = 0; i < to - from; i++)
    value = (value << 8n) | BigInt(values.bytes[bigEndian ? from + i : to - 1 - i]);
  return BigInt.asIntN((to - from) * 8, value);
}

function spellDecimal(unscaled: bigint, scale: number): string {
  if (scale === 0) return String(unscaled);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const at = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, at)}.${digits.slice(at)}`;
}

/** Decimals of up to 15 digits are doubles that keep them all; longer ones stay text. */
function decimalWays(element: SchemaElement): Way[] {
  const { type, logical_type } = element;
  const scale = element.scale ?? (logical_type?.type === 'DECIMAL' ? logical_type.scale : 0);
  // The format allows 38 digits at most in what is widely read.
  if (!(scale >= 0 && scale <= 1000)) return [];
  const bigEndian = type !== 'INT32' && type !== 'INT64';
  const why = `decimals with ${scale} digits behind the point`;
  const reader = (values: PageValues): ReadNumber => {
    const integer: ReadNumber =
      type === 'INT32'
        ? int32(values)
        : type === 'INT64'
          ? int64(values)
          : (k) => Number(anyInteger(values, k, bigEndian));
    return (k) => {
      const unscaled = integer(k);
      if (Math.abs(unscaled) >= 1e15) throw new Unfit();
      return scale <= 15 ? unscaled / POWER_OF_TEN[scale] : Number(`${unscaled}e-${scale}`);
    };
  };
  return [
    { kind: 'number', why, reader },
    {
      kind: 'text',
      why: `${why}, some with more digits than a double holds`,
      spell: (values, k) => spellDecimal(anyInteger(values, k, bigEndian), scale),
    },
  ];
}

/** Dates and times as numbers of their unit, or of a coarser one where a double does not count so far. */
function timeWays(time: ReadTime, type: SchemaElement['type']): Way[] {
  const why = { date: 'dates', time: 'times of the day', moment: 'moments' }[time.kind];
  const way = (reader: NumberWay['reader'], unitDigits: number): Way => {
    return { kind: 'number', why, reader, time: { ...time, unitDigits } };
  };
  if (type === 'INT32') return [way(int32, time.digits)];
  const exact = (view: DataView, k: number): bigint =>
    type === 'INT96' ? int96(view, k) : view.getBigInt64(k * 8, true);
  const divided = (digits: number): Way => {
    const divisor = 10n ** BigInt(time.digits - digits);
    const reader = fromView((view, k) => {
      const value = exact(view, k);
      const whole = value / divisor;
      if (whole * divisor !== value || whole > Number.MAX_SAFE_INTEGER || whole < Number.MIN_SAFE_INTEGER)
        throw new Unfit();
      return Number(whole);
    });
    return way(reader, digits);
  };
  const ways: Way[] = [];
  // Patterns of moments count microseconds at the finest.
  if (time.digits <= 6 || time.kind === 'time')
    ways.push(type === 'INT64' ? way(int64, time.digits) : divided(time.digits));
  else ways.push(divided(6));
  if (time.kind === 'moment' && time.digits > 3) ways.push(divided(0));
  const perSecond = 10n ** BigInt(time.digits);
  const seconds = patternOf({ ...time, utc: false }, 0);
  ways.push({
    kind: 'text',
    why: `${why}, some finer or further away than numbers can count`,
    spell: (values, k) => {
      const value = exact(viewOf(values), k);
      const fraction = ((value % perSecond) + perSecond) % perSecond;
      const text = writeTime(Number((value - fraction) / perSecond), seconds);
      return `${text}.${String(fraction).padStart(time.digits, '0')}${time.utc && time.kind === 'moment' ? 'Z' : ''}`;
    },
  });
  return ways;
}

function integerWays(element: SchemaElement): Way[] {
  const { type, converted_type, logical_type } = element;
  const unsigned =
    converted_type?.startsWith('UINT_') === true ||
    (logical_type?.type === 'INTEGER' && !logical_type.isSigned);
  const why = 'integers';
  if (type === 'INT32') return [{ kind: 'number', why, reader: unsigned ? uint32 : int32 }];
  const spell = (values: PageValues, k: number): string => {
    const value = anyInteger(values, k, false);
    return String(unsigned ? BigInt.asUintN(64, value) : value);
  };
  return [
    { kind: 'number', why, reader: unsigned ? uint64 : int64 },
    { kind: 'text', why: 'integers, some with more digits than a double holds', spell },
  ];
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function spellString(values: PageValues, k: number): string {
  const from = values.kind === 'fixed' ? k * values.width : values.starts[k];
  const to = values.kind === 'fixed' ? from + values.width : values.ends[k];
  try {
    return decoder.decode(values.bytes.subarray(from, to));
  } catch {
    throw new Unfit();
  }
}

function spellUuid(values: PageValues, k: number): string {
  const hex = Array.from(values.bytes.subarray(k * 16, k * 16 + 16), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(''))
    .join('-');
}

/**
 * Ways to hold a column that is not nested, the best first.
 *
 * @returns none for a type that no table holds
 */
export function waysOf(element: SchemaElement): Way[] {
  const { type, converted_type, logical_type } = element;
  if (converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL') return decimalWays(element);
  const time = readTimeType(element);
  if (time !== null) return timeWays(time, type);
  switch (type) {
    case 'BOOLEAN':
      return [{ kind: 'text', why: 'true or false', spell: (v, k) => (v.bytes[k] === 1 ? 'true' : 'false') }];
    case 'INT32':
    case 'INT64':
      return integerWays(element);
    case 'FLOAT':
      return [{ kind: 'number', why: 'floats of 32 bits', reader: float32 }];
    case 'DOUBLE':
      return [{ kind: 'number', why: 'floats of 64 bits', reader: float64 }];
    case 'BYTE_ARRAY':
      if (converted_type === 'BSON' || logical_type?.type === 'BSON') return [];
      return [{ kind: 'text', why: 'strings', spell: spellString }];
    case 'FIXED_LEN_BYTE_ARRAY':
      if (logical_type?.type === 'UUID') return [{ kind: 'text', why: 'UUIDs', spell: spellUuid }];
      if (logical_type?.type === 'FLOAT16')
        return [{ kind: 'number', why: 'floats of 16 bits', reader: float16 }];
      if (converted_type === 'INTERVAL') return [];
      return [{ kind: 'text', why: 'strings', spell: spellString }];
    default:
      return [];
  }
}

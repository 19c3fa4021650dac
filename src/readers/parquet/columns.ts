/** What a column of a Parquet file becomes: ways to hold its values, tried in turn until one holds them all. */
import type { SchemaElement } from 'hyparquet';
import { DEFAULT_PARSERS, parseFloat16 } from 'hyparquet/src/convert.js';
import { POWER_OF_TEN } from '../../core/table/mapping.ts';
import { writeTime } from '../../core/table/time.ts';
import { viewOf } from './thrift.ts';
import { infinityOf, patternOf, readTimeType, type ReadTime } from './times.ts';
import type { Value, Values } from './values.ts';

/** Thrown by a way of holding values for a value that it cannot hold. */
export class Unfit extends Error {}

/** Numbers: `numbers` gives values as the doubles that hold them exactly, or throws Unfit. */
interface NumberWay {
  kind: 'number';
  why: string;
  numbers: (values: Values) => ArrayLike<number>;
  /** For dates and times: what they are, and in which unit `numbers` gives them. */
  time?: ReadTime & { unitDigits: number };
}

/** Text: `spell` gives a value as text, or throws Unfit. */
export interface TextWay {
  kind: 'text';
  why: string;
  spell: (value: Value) => string;
}

export type Way = NumberWay | TextWay;

const TWO_32 = 2 ** 32;
/** High words of integers within ±2^53. */
const SAFE_HIGH = 2 ** 21;
/** Most bytes of a decimal that is read. */
const MAX_DECIMAL_BYTES = 1024;

function mapped<T>(values: ArrayLike<T>, read: (value: T) => number): Float64Array {
  const out = new Float64Array(values.length);
  for (let k = 0; k < out.length; k++) out[k] = read(values[k]);
  return out;
}

const asTheyAre = (values: Values): ArrayLike<number> => values as Float64Array;
const uint32 = (values: Values): ArrayLike<number> => {
  const { buffer, byteOffset, length } = values as Int32Array;
  return new Uint32Array(buffer, byteOffset, length);
};

/** Integers of 64 bits by their words: a bigint for each would be slow. */
function from64(values: Values, unsigned: boolean): Float64Array {
  const { buffer, byteOffset, length } = values as BigInt64Array;
  const words = new Uint32Array(buffer, byteOffset, length * 2);
  const out = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    const high = unsigned ? words[2 * k + 1] : words[2 * k + 1] | 0;
    if (high < -SAFE_HIGH || high >= SAFE_HIGH) throw new Unfit();
    out[k] = high * TWO_32 + words[2 * k];
  }
  return out;
}
const int64 = (values: Values): Float64Array => from64(values, false);
const uint64 = (values: Values): Float64Array => from64(values, true);

/** Nanoseconds since 1970 of Impala's and Spark's moments: nanoseconds of the day, then the Julian day. */
function int96(bytes: Uint8Array): bigint {
  const view = viewOf(bytes);
  const day = BigInt(view.getInt32(8, true) - 2_440_588);
  return day * 86_400_000_000_000n + view.getBigInt64(0, true);
}

/** The unscaled integer of a decimal, big-endian where it is bytes. */
function unscaledOf(value: Value): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value);
  if (value.length > MAX_DECIMAL_BYTES) throw new Unfit();
  let unscaled = 0n;
  for (const byte of value) unscaled = (unscaled << 8n) | BigInt(byte);
  return BigInt.asIntN(value.length * 8, unscaled);
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
  const why = `decimals with ${scale} digits behind the point`;
  const integers = (values: Values): ArrayLike<number> =>
    type === 'INT32'
      ? asTheyAre(values)
      : type === 'INT64'
        ? int64(values)
        : mapped(values as Uint8Array[], (value) => Number(unscaledOf(value)));
  const numbers = (values: Values): Float64Array =>
    mapped(integers(values), (unscaled) => {
      if (Math.abs(unscaled) >= 1e15) throw new Unfit();
      return scale <= 15 ? unscaled / POWER_OF_TEN[scale] : Number(`${unscaled}e-${scale}`);
    });
  return [
    { kind: 'number', why, numbers },
    {
      kind: 'text',
      why: `${why}, some with more digits than a double holds`,
      spell: (value) => spellDecimal(unscaledOf(value), scale),
    },
  ];
}

/** Dates and times as numbers of their unit, or of a coarser one where a double does not count so far. */
function timeWays(time: ReadTime, type: SchemaElement['type']): Way[] {
  const why = { date: 'dates', time: 'times of the day', moment: 'moments' }[time.kind];
  const way = (numbers: NumberWay['numbers'], unitDigits: number): Way => {
    return { kind: 'number', why, numbers, time: { ...time, unitDigits } };
  };
  if (type === 'INT32') {
    const ways = [way(asTheyAre, time.digits)];
    // For who wants the days as text, infinite ones among them.
    if (time.kind === 'date')
      ways.push({
        kind: 'text',
        why,
        spell: (day) => infinityOf(Number(day)) ?? writeTime(Number(day), patternOf(time, 0)),
      });
    return ways;
  }
  const exact = (value: Value): bigint => (type === 'INT96' ? int96(value as Uint8Array) : (value as bigint));
  const divided = (digits: number): Way => {
    const divisor = 10n ** BigInt(time.digits - digits);
    const whole = (value: Value): number => {
      const units = exact(value);
      const quotient = units / divisor;
      if (quotient * divisor !== units || !Number.isSafeInteger(Number(quotient))) throw new Unfit();
      return Number(quotient);
    };
    return way((values) => mapped<Value>(values, whole), digits);
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
    spell: (value) => {
      const units = exact(value);
      const infinity = time.kind === 'moment' && type === 'INT64' ? infinityOf(units) : null;
      if (infinity !== null) return infinity;
      const fraction = ((units % perSecond) + perSecond) % perSecond;
      const text = writeTime(Number((units - fraction) / perSecond), seconds);
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
  if (type === 'INT32') return [{ kind: 'number', why, numbers: unsigned ? uint32 : asTheyAre }];
  return [
    { kind: 'number', why, numbers: unsigned ? uint64 : int64 },
    {
      kind: 'text',
      why: 'integers, some with more digits than a double holds',
      spell: (value) => String(unsigned ? BigInt.asUintN(64, value as bigint) : value),
    },
  ];
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function spellString(value: Value): string {
  try {
    return decoder.decode(value as Uint8Array);
  } catch {
    throw new Unfit();
  }
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
      return [{ kind: 'text', why: 'true or false', spell: (value) => String(Boolean(value)) }];
    case 'INT32':
    case 'INT64':
      return integerWays(element);
    case 'FLOAT':
      return [{ kind: 'number', why: 'floats of 32 bits', numbers: asTheyAre }];
    case 'DOUBLE':
      return [{ kind: 'number', why: 'floats of 64 bits', numbers: asTheyAre }];
    case 'BYTE_ARRAY':
      if (converted_type === 'BSON' || logical_type?.type === 'BSON') return [];
      return [{ kind: 'text', why: 'strings', spell: spellString }];
    case 'FIXED_LEN_BYTE_ARRAY':
      if (logical_type?.type === 'UUID')
        return [
          {
            kind: 'text',
            why: 'UUIDs',
            spell: (value) => DEFAULT_PARSERS.uuidFromBytes(value as Uint8Array) as string,
          },
        ];
      if (logical_type?.type === 'FLOAT16')
        return [
          {
            kind: 'number',
            why: 'floats of 16 bits',
            numbers: (values) => mapped(values as Uint8Array[], (bytes) => parseFloat16(bytes)!),
          },
        ];
      if (converted_type === 'INTERVAL') return [];
      return [{ kind: 'text', why: 'strings', spell: spellString }];
    default:
      return [];
  }
}

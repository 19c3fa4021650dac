/**
 * Dates and times as integers. A column of them has one pattern, which spells every one of its numbers back exactly:
 *
 *     YYYY-MM-DD                                  days since 1970-01-01
 *     YYYY-MM-DD hh:mm   YYYY-MM-DDThh:mm         minutes since 1970-01-01 00:00
 *     …:ss   …:ss.f … :ss.ffffff                  seconds, or the smallest fraction that is written
 *     …:ss.ffffff0 … :ss.ffffff000                microseconds whose further digits are zeros
 *     hh:mm   hh:mm:ss   hh:mm:ss.f … .fffffffff  the same since midnight
 *
 * A date with a time may end in Z or in one offset for the whole column (+02:00). The numbers count by the clock that
 * is written: the offset belongs to the pattern and is not taken off. Years are 0001 … 9999 of the Gregorian calendar.
 */

interface TimeFormat {
  /** Whether there is a date. */
  date: boolean;
  /** Between date and time: "T", a space, or nothing without a time. */
  separator: string;
  /** Units of a day: 1 for a date, 1440 for minutes, 86400 × 10^digits below. */
  unitsPerDay: number;
  seconds: boolean;
  /** Digits of the fraction that count, and zeros that are written behind them. */
  digits: number;
  zeros: number;
  zone: string;
}

const PATTERN =
  /^(?:(YYYY-MM-DD)(?:([T ])hh:mm(?:(:ss)(?:\.(f{1,5}|f{6}(0{0,3})))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?|hh:mm(?:(:ss)(?:\.(f{1,9}))?)?)$/;

function parsePattern(pattern: string): TimeFormat | null {
  const match = PATTERN.exec(pattern);
  if (match === null) return null;
  const [
    ,
    date,
    separator = '',
    dateSeconds,
    dateFraction,
    zeros = '',
    zone = '',
    clockSeconds,
    clockFraction,
  ] = match as (string | undefined)[];
  const seconds = (dateSeconds ?? clockSeconds) !== undefined;
  const digits = (dateFraction ?? clockFraction ?? '').length - zeros.length;
  const dayOnly = date !== undefined && separator === '';
  return {
    date: date !== undefined,
    separator,
    unitsPerDay: dayOnly ? 1 : seconds ? 86_400 * 10 ** digits : 1440,
    seconds,
    digits,
    zeros: zeros.length,
    zone,
  };
}

const MOST_FORMATS = 100;
/** Formats by pattern; tables have few of them. */
const formats = new Map<string, TimeFormat | null>();

function formatOf(pattern: string): TimeFormat | null {
  let format = formats.get(pattern);
  if (format === undefined) {
    format = parsePattern(pattern);
    if (formats.size === MOST_FORMATS) formats.clear();
    formats.set(pattern, format);
  }
  return format;
}

/**
 * What of a moment a pattern writes: a date, seconds, and how many digits of their fraction count.
 *
 * @param pattern one that `isTimePattern` knows
 */
export function timeParts(pattern: string): Pick<TimeFormat, 'date' | 'seconds' | 'digits'> {
  return formatOf(pattern) ?? { date: false, seconds: false, digits: 0 };
}

/** Whether a text is the pattern of a column of dates or times. */
export function isTimePattern(text: string): boolean {
  return formatOf(text) !== null;
}

/** Days from 1970-01-01 to a day of the Gregorian calendar; months count from 1. */
function daysFromDate(year: number, month: number, day: number): number {
  // Years that begin in March have their leap day at the end; 400 of them have 146,097 days.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const FIRST_DAY = daysFromDate(1, 1, 1);
const LAST_DAY = daysFromDate(9999, 12, 31);

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Inverse of daysFromDate, spelt YYYY-MM-DD. */
function writeDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/**
 * Spells a number of a time column.
 *
 * @param value units of the pattern since 1970 or midnight; what is no time (a fraction, a year beyond 9999) is spelt
 * as a number
 */
export function writeTime(value: number, pattern: string): string {
  const format = formatOf(pattern);
  const days = format === null ? NaN : Math.floor(value / format.unitsPerDay);
  const isTime =
    format !== null &&
    Number.isSafeInteger(value) &&
    !Object.is(value, -0) &&
    (format.date ? days >= FIRST_DAY && days <= LAST_DAY : days === 0);
  if (!isTime) return Object.is(value, -0) ? '-0' : String(value);
  const date = format.date ? writeDate(days) : '';
  if (format.unitsPerDay === 1) return date;
  const rest = value - days * format.unitsPerDay;
  const perMinute = format.unitsPerDay / 1440;
  const minutes = Math.floor(rest / perMinute);
  let text = `${date}${format.separator}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
  if (format.seconds) {
    const perSecond = perMinute / 60;
    const left = rest - minutes * perMinute;
    const seconds = Math.floor(left / perSecond);
    text += `:${pad(seconds, 2)}`;
    if (format.digits > 0)
      text += `.${pad(left - seconds * perSecond, format.digits)}${'0'.repeat(format.zeros)}`;
  }
  return text + format.zone;
}

/** What readTime finds: the number, and the pattern as a small integer that patternOfShape spells. */
export interface TimeCell {
  value: number;
  shape: number;
}

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Two digits at a place, or −1. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - 48;
  const ones = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

const COLON = 58;
const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const ZONE_Z = 1;
const ZONE_PLUS = 2;
const ZONE_MINUS = ZONE_PLUS + 1440;

/**
 * Reads a date, a time, or both from ASCII bytes.
 *
 * @param out receives the number in units of its own pattern, and the pattern's shape
 * @returns whether it is one: impossible days and what a double cannot count exactly are none
 */
export function readTime(bytes: Uint8Array, from: number, to: number, out: TimeCell): boolean {
  let at = from;
  let days = 0;
  let separator = 0;
  const date = to - from >= 10 && bytes[from + 4] === MINUS && bytes[from + 7] === MINUS;
  if (date) {
    const century = twoDigits(bytes, at);
    const ofCentury = twoDigits(bytes, at + 2);
    const month = twoDigits(bytes, at + 5);
    const day = twoDigits(bytes, at + 8);
    if (century < 0 || ofCentury < 0 || month < 1 || month > 12 || day < 1) return false;
    const year = century * 100 + ofCentury;
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    if (year === 0 || day > DAYS_IN_MONTH[month - 1] || (month === 2 && day === 29 && !leap)) return false;
    days = daysFromDate(year, month, day);
    at += 10;
    if (at === to) {
      out.value = days;
      out.shape = 1;
      return true;
    }
    separator = bytes[at] === 84 ? 1 : bytes[at] === 32 ? 2 : 0;
    if (separator === 0) return false;
    at++;
  }
  if (to - at < 5 || bytes[at + 2] !== COLON) return false;
  const hour = twoDigits(bytes, at);
  const minute = twoDigits(bytes, at + 3);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  let value = days * 1440 + hour * 60 + minute;
  let precision = 1;
  at += 5;
  if (at < to && bytes[at] === COLON) {
    const second = to - at < 3 ? -1 : twoDigits(bytes, at + 1);
    if (second < 0 || second > 59) return false;
    value = value * 60 + second;
    precision = 2;
    at += 3;
    if (at < to && bytes[at] === DOT) {
      const first = at + 1;
      for (at = first; at < to && bytes[at] >= 48 && bytes[at] <= 57; at++) {
        // With a date, digits beyond the microseconds would exceed what a double counts: they have to be zeros.
        if (date && at - first >= 6) {
          if (bytes[at] !== 48) return false;
        } else {
          value = value * 10 + (bytes[at] - 48);
        }
      }
      const digits = at - first;
      if (digits < 1 || digits > 9) return false;
      precision += digits;
    }
  }
  let zone = 0;
  if (at < to) {
    if (!date) return false;
    if (bytes[at] === 90 && at + 1 === to) {
      zone = ZONE_Z;
    } else {
      if (to - at !== 6 || bytes[at + 3] !== COLON) return false;
      const hours = twoDigits(bytes, at + 1);
      const minutes = twoDigits(bytes, at + 4);
      if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
      if (bytes[at] === PLUS) zone = ZONE_PLUS;
      else if (bytes[at] === MINUS) zone = ZONE_MINUS;
      else return false;
      zone += hours * 60 + minutes;
    }
  }
  if (!Number.isSafeInteger(value)) return false;
  out.value = value;
  out.shape = ((zone * 12 + precision) * 3 + separator) * 2 + (date ? 1 : 0);
  return true;
}

/** The pattern of a shape that readTime gave. */
export function patternOfShape(shape: number): string {
  const date = shape % 2 === 1;
  const separator = ['', 'T', ' '][Math.floor(shape / 2) % 3];
  const precision = Math.floor(shape / 6) % 12;
  const zone = Math.floor(shape / 72);
  let pattern = date ? `YYYY-MM-DD${separator}` : '';
  if (precision >= 1) pattern += 'hh:mm';
  if (precision >= 2) pattern += ':ss';
  if (precision >= 3) {
    const digits = precision - 2;
    const counted = date ? Math.min(6, digits) : digits;
    pattern += `.${'f'.repeat(counted)}${'0'.repeat(digits - counted)}`;
  }
  if (zone === ZONE_Z) return `${pattern}Z`;
  if (zone < ZONE_PLUS) return pattern;
  const minutes = zone - (zone >= ZONE_MINUS ? ZONE_MINUS : ZONE_PLUS);
  return `${pattern}${zone >= ZONE_MINUS ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

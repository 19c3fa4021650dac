/**
 * What one cell of a CSV file is: missing, a number that a double holds without loss, or text. These are the rules, on
 * strings; numbers.ts reads most numbers by a shorter way with the same outcome.
 */

/** Spellings that always stand for a missing value, beside the empty cell. */
export const MISSING_MARKERS: readonly string[] = ['NA', 'N/A', 'null', 'NULL', 'NaN', 'nan', '?'];

/**
 * Spellings that stand for a missing value in a column of numbers or times, and are words in a column of text: what
 * pandas, Excel and C libraries write. Each counts in lower case, in upper case, and as it stands here.
 */
const MISSING_WORDS_AS_WRITTEN: readonly string[] = [
  'None',
  'Na',
  'n/a',
  'n.a.',
  'NaN',
  'Null',
  'Nil',
  'NaT',
  '<NA>',
  '-NaN',
  '+NaN',
  '-nan(ind)',
  'nan(ind)',
  '-nan(snan)',
  'nan(snan)',
  '1.#QNAN',
  '-1.#QNAN',
  '1.#SNAN',
  '-1.#SNAN',
  '1.#IND',
  '-1.#IND',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '#NULL!',
  '#DIV/0!',
  '#VALUE!',
  '#REF!',
  '#NAME?',
  '#NUM!',
];
export const MISSING_WORDS: readonly string[] = [
  ...new Set(MISSING_WORDS_AS_WRITTEN.flatMap((word) => [word, word.toLowerCase(), word.toUpperCase()])),
].filter((word) => !MISSING_MARKERS.includes(word));

/** Whether a (trimmed) cell stands for a missing value. */
export function isMissing(cell: string): boolean {
  return cell === '' || (cell.length <= 4 && MISSING_MARKERS.includes(cell));
}

// No digit can be matched in two ways, or a long row of digits with a letter behind it would take its square in time.
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^[+-]?(?:inf|Inf|INF|infinity|Infinity)$/;
const LEADING_ZERO = /^[+-]?0\d/;

/** A cell's reading: its number, or why it has to stay text. */
export const TEXT_WORD = 1;
export const TEXT_LEADING_ZERO = 2;
export const TEXT_DIGITS = 3;

/** Smallest double with full precision. */
const MIN_NORMAL = 2 ** -1022;

/** Digits of a decimal literal without sign, point, exponent and leading or trailing zeros. */
function significantDigits(cell: string): string {
  const mantissa = cell.replace(/[eE].*$/, '').replace(/[+-]/, '');
  const digits = mantissa.replace('.', '').replace(/^0+/, '');
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

/**
 * Whether a double's own digits, rounded to as many as there are in the literal, are those of the literal; or its
 * shortest print, which beside a power of two may be no such rounding (2^-44 is 5.684341886080802e-14).
 */
function keepsDigits(cell: string, value: number): boolean {
  const digits = significantDigits(cell);
  if (digits === '') return true;
  if (digits.length > 100 || value === 0) return false;
  if (digits.length <= 15 && Math.abs(value) >= MIN_NORMAL) return true;
  return (
    significantDigits(value.toPrecision(digits.length)) === digits ||
    significantDigits(String(value)) === digits
  );
}

/**
 * Reads a trimmed, non-missing cell.
 *
 * A long id or a zip code with leading zeros would lose digits as a double, so such a cell is text. Digits beyond a
 * double's precision that merely spell out the same double ("0.10000000000000001") lose nothing.
 *
 * @param out receives the number
 * @returns 0 for a number, else why the cell is text
 */
export function readNumber(cell: string, out: { value: number }): number {
  if (!NUMBER.test(cell)) {
    if (!INFINITE.test(cell)) return TEXT_WORD;
    out.value = cell.startsWith('-') ? -Infinity : Infinity;
    return 0;
  }
  if (LEADING_ZERO.test(cell)) return TEXT_LEADING_ZERO;
  const value = Number(cell);
  out.value = value;
  if (value - value !== 0) return TEXT_DIGITS; // 1e999 is no Infinity that anyone wrote
  // Up to 15 significant digits every decimal survives a double, unless it is too small for full precision; without
  // an exponent it takes more than 15 characters to be that.
  if (cell.length <= 15 && (Math.abs(value) >= MIN_NORMAL || !/[eE]/.test(cell))) return 0;
  return keepsDigits(cell, value) ? 0 : TEXT_DIGITS;
}

/**
 * Numbers straight from the bytes of a cell, with the outcome of cells.ts: digits are gathered as integers, and one
 * exact division or multiplication by a power of ten makes the double. What that cannot do with certainty goes to
 * cells.ts as a string.
 *
 * A column's numbers have one style: a decimal point or comma, and thousands separated by the other of the two or not
 * at all. A cell such as 1,234 fits several styles; which one holds is found out over the whole column.
 */
import { readNumber, TEXT_WORD } from './cells.ts';

const POINT = 46;
const COMMA = 44;

/** Styles as bits of a set: the decimal sign, and with "grouped" the other sign between thousands. */
export const POINT_PLAIN = 1;
export const COMMA_PLAIN = 2;
export const POINT_GROUPED = 4;
export const COMMA_GROUPED = 8;
export const ALL_STYLES = POINT_PLAIN | COMMA_PLAIN | POINT_GROUPED | COMMA_GROUPED;

/** Powers of ten that are doubles exactly, each split in two halves of 26 bits for exact products. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const SPLITTER = 134_217_729; // 2^27 + 1, after Veltkamp and Dekker
const POWERS_HIGH = POWERS.map((power) => SPLITTER * power - (SPLITTER * power - power));
const POWERS_LOW = POWERS.map((power, k) => power - POWERS_HIGH[k]);

const latin1 = (bytes: Uint8Array, from: number, to: number, decimal: number): string => {
  let text = '';
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    // The other decimal sign is none here: any character that is in no number will do for it.
    text += byte === decimal ? '.' : byte === POINT ? ',' : String.fromCharCode(byte);
  }
  return text;
};

export class NumberReader {
  /** The number that was read last. */
  value = 0;
  /** Digits behind the decimal sign of the number read last, −1 when it has none; before it. */
  fraction = -1;
  whole = 0;
  /** Whether leading zeros and digits beyond a double's are taken for a number: the user has said that it is one. */
  private readonly lax: boolean;
  private readonly slow = { value: 0 };
  private readonly ungrouped = new Uint8Array(64);

  constructor(lax = false) {
    this.lax = lax;
  }

  /**
   * Reads a trimmed, non-empty cell without separators of thousands.
   *
   * @param decimal byte of the decimal sign, point or comma
   * @returns 0 for a number, else why the cell is text (codes of cells.ts)
   */
  read(bytes: Uint8Array, from: number, to: number, decimal: number): number {
    let at = from;
    const negative = bytes[from] === 45;
    if (negative || bytes[from] === 43) at++;
    const first = at;
    let mantissa = 0;
    let digit: number;
    while (at < to && (digit = bytes[at] - 48) >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      at++;
    }
    const whole = at - first;
    let fraction = 0;
    this.whole = whole;
    this.fraction = -1;
    if (at < to && bytes[at] === decimal) {
      at++;
      const start = at;
      while (at < to && (digit = bytes[at] - 48) >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        at++;
      }
      fraction = at - start;
      this.fraction = fraction;
    }
    if (whole + fraction === 0) return this.readSlowly(bytes, from, to, decimal);
    if (whole > 1 && bytes[first] === 48) {
      // Only a number can lose its zeros: 01-02 is a word.
      return this.readSlowly(bytes, from, to, decimal);
    }
    let power = -fraction;
    if (at < to) {
      const exponent = this.exponent(bytes, at, to);
      if (exponent !== exponent) return this.readSlowly(bytes, from, to, decimal);
      power += exponent;
    } else if (whole + fraction > 15 && fraction > 0 && fraction <= 22) {
      const wide = divideWide(bytes, first, to, decimal, fraction);
      if (wide !== wide) return this.readSlowly(bytes, from, to, decimal);
      this.value = negative ? -wide : wide;
      return 0;
    }
    // Up to 15 digits are an integer below 2^53 and 10^22 is a double: the one operation rounds correctly.
    if (whole + fraction > 15 || power > 22 || power < -22) return this.readSlowly(bytes, from, to, decimal);
    const value = power < 0 ? mantissa / POWERS[-power] : power > 0 ? mantissa * POWERS[power] : mantissa;
    this.value = negative ? -value : value;
    return 0;
  }

  /** The exponent from its letter on, NaN when it is none or of more than three digits. */
  private exponent(bytes: Uint8Array, from: number, to: number): number {
    if (bytes[from] !== 101 && bytes[from] !== 69) return NaN;
    let at = from + 1;
    const negative = bytes[at] === 45;
    if (negative || bytes[at] === 43) at++;
    if (at >= to || to - at > 3) return NaN;
    let exponent = 0;
    for (; at < to; at++) {
      const digit = bytes[at] - 48;
      if (digit < 0 || digit > 9) return NaN;
      exponent = exponent * 10 + digit;
    }
    return negative ? -exponent : exponent;
  }

  private readSlowly(bytes: Uint8Array, from: number, to: number, decimal: number): number {
    const first = bytes[from];
    // A digit, a sign, a decimal sign, or the I of infinity: any other word is told from its first letter.
    const possible = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === decimal;
    if (!possible && first !== 73 && first !== 105) return TEXT_WORD;
    const cell = latin1(bytes, from, to, decimal);
    const why = readNumber(cell, this.slow);
    if (why === 0) {
      this.value = this.slow.value;
      return 0;
    }
    if (why === TEXT_WORD || !this.lax) return why;
    this.value = Number(cell);
    return this.value - this.value === 0 ? 0 : why;
  }

  /**
   * Reads a trimmed, non-empty cell in a style.
   *
   * @returns 0 for a number, else why the cell is text
   */
  readStyled(bytes: Uint8Array, from: number, to: number, style: number): number {
    const decimal = style === POINT_PLAIN || style === POINT_GROUPED ? POINT : COMMA;
    const why = this.read(bytes, from, to, decimal);
    if (why === 0 || style === POINT_PLAIN || style === COMMA_PLAIN) return why;
    const length = this.ungroup(bytes, from, to, decimal);
    return length === 0 ? why : this.read(this.ungrouped, 0, length, decimal);
  }

  /**
   * Every style in which a trimmed, non-empty cell is a number.
   *
   * @param out receives why the cell is text where there is none
   */
  stylesOf(bytes: Uint8Array, from: number, to: number, out: { why: number }): number {
    const point = this.read(bytes, from, to, POINT);
    if (point === 0 && this.fraction < 0) return ALL_STYLES;
    const comma = this.read(bytes, from, to, COMMA);
    out.why = point === TEXT_WORD ? comma : point;
    let styles = 0;
    if (point === 0) styles |= POINT_PLAIN | POINT_GROUPED;
    else if (this.ungroup(bytes, from, to, POINT) > 0) styles |= POINT_GROUPED;
    if (comma === 0) styles |= COMMA_PLAIN | COMMA_GROUPED;
    else if (this.ungroup(bytes, from, to, COMMA) > 0) styles |= COMMA_GROUPED;
    return styles;
  }

  /**
   * Copies a number with separated thousands (1,234 or 12.345,6) without them.
   *
   * @returns the length of the copy, 0 when the cell has no such groups
   */
  private ungroup(bytes: Uint8Array, from: number, to: number, decimal: number): number {
    // Beyond 15 digits a double may lose some; such a cell is not taken apart.
    if (to - from > 24) return 0;
    const separator = decimal === POINT ? COMMA : POINT;
    const out = this.ungrouped;
    let at = from;
    let length = 0;
    if (bytes[at] === 45 || bytes[at] === 43) out[length++] = bytes[at++];
    const start = length;
    let group = 0;
    let groups = 0;
    for (; at < to; at++) {
      const byte = bytes[at];
      if (byte === separator) {
        if (groups === 0 ? group < 1 || group > 3 : group !== 3) return 0;
        groups++;
        group = 0;
        continue;
      }
      if (byte < 48 || byte > 57) break;
      out[length++] = byte;
      group++;
    }
    if (groups === 0 || group !== 3 || out[start] === 48) return 0;
    if (at < to) {
      if (bytes[at] !== decimal) return 0;
      out[length++] = decimal;
      for (at++; at < to; at++) {
        if (bytes[at] < 48 || bytes[at] > 57) return 0;
        out[length++] = bytes[at];
      }
    }
    return length - start > 16 ? 0 : length;
  }
}

/**
 * The double nearest to 16 … 19 significant digits over 10^fraction, in doubled precision; NaN when it lies so near to
 * the middle of two that this cannot tell, or when the double's own digits would not be those of the cell.
 */
function divideWide(bytes: Uint8Array, from: number, to: number, decimal: number, fraction: number): number {
  let high = 0;
  let low = 0;
  let lowPower = 0;
  let significant = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === decimal) continue;
    if (significant === 0 && byte === 48) continue;
    significant++;
    if (significant <= 15) {
      high = high * 10 + (byte - 48);
    } else {
      low = low * 10 + (byte - 48);
      lowPower++;
    }
  }
  const divisor = POWERS[fraction];
  if (lowPower === 0) return high / divisor;
  if (lowPower > 4) return NaN;
  // All digits as a sum of two doubles: high × 10^lowPower has at most 64 bits, and is added up from two exact parts.
  const factor = POWERS[lowPower];
  const upper = Math.floor(high / 67_108_864);
  const big = upper * factor * 67_108_864;
  const small = (high - upper * 67_108_864) * factor + low;
  const digits = big + small;
  const digitsRest = small - (digits - big);
  // Quotient, and its remainder by the exact product (Dekker): quotient + rest is the value to about 100 bits.
  const quotient = digits / divisor;
  const product = quotient * divisor;
  const quotientHigh = SPLITTER * quotient - (SPLITTER * quotient - quotient);
  const quotientLow = quotient - quotientHigh;
  const divisorHigh = POWERS_HIGH[fraction];
  const divisorLow = POWERS_LOW[fraction];
  const productRest =
    quotientHigh * divisorHigh -
    product +
    quotientHigh * divisorLow +
    quotientLow * divisorHigh +
    quotientLow * divisorLow;
  const rest = (digits - product + (digitsRest - productRest)) / divisor;
  const value = quotient + rest;
  const error = quotient - value + rest;
  // Widened by far more than its uncertainty, the error must not move the sum; else the middle is too near.
  if (value + error * 1.000_001 !== value) return NaN;
  // The digits are kept when the value rounds to them: it is nearer than half a unit of the last.
  return Math.abs(error) * divisor < 0.499 ? value : NaN;
}

/** Whether a plain number with a decimal sign might be one of separated thousands: 1,234 but not 12,5 or 0,123. */
export function mayBeGrouped(numbers: NumberReader, bytes: Uint8Array, from: number, to: number): boolean {
  const { whole, fraction } = numbers;
  if (fraction !== 3 || whole < 1 || whole > 3) return false;
  const start = bytes[from] === 45 || bytes[from] === 43 ? from + 1 : from;
  return bytes[start] !== 48 && to - start === whole + 4;
}

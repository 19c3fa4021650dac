import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber, TEXT_LEADING_ZERO } from './cells.ts';
import {
  ALL_STYLES,
  COMMA_GROUPED,
  COMMA_PLAIN,
  mayBeGrouped,
  NumberReader,
  POINT_GROUPED,
  POINT_PLAIN,
} from './numbers.ts';

const utf8 = new TextEncoder();
const reader = new NumberReader();
const out = { why: 0 };

/** Outcome of the rules on strings, and of the reader on bytes. */
function both(cell: string): [unknown, unknown] {
  const slow = { value: NaN };
  const why = readNumber(cell, slow);
  const bytes = utf8.encode(`x${cell}9`);
  const fastWhy = reader.read(bytes, 1, bytes.length - 1, 46);
  const commas = utf8.encode(cell.replaceAll('.', ';').replaceAll(',', '.').replaceAll(';', ','));
  expect(reader.read(commas, 0, commas.length, 44)).toBe(fastWhy);
  reader.read(bytes, 1, bytes.length - 1, 46);
  const said = (reason: number, value: number): unknown =>
    reason !== 0 ? `why ${reason}` : Object.is(value, -0) ? '-0' : value;
  return [said(fastWhy, reader.value), said(why, slow.value)];
}

describe('numbers from bytes', () => {
  it('are those of the rules on strings, for every print of every double', () => {
    const check = (cell: string): void => {
      const [fast, slow] = both(cell);
      expect([cell, fast]).toEqual([cell, slow]);
    };
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.integer({ min: 1, max: 21 }), (value, digits) => {
        check(String(value));
        if (!Number.isFinite(value)) return;
        check(value.toPrecision(digits));
        check(value.toExponential(digits - 1));
      }),
      { numRuns: 800 },
    );
    // Numbers of everyday size, with up to 19 digits: the way through doubled precision.
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.integer({ min: 10, max: 20 }),
        (value, digits) => {
          check(String(value));
          check(value.toFixed(digits));
        },
      ),
      { numRuns: 1500 },
    );
    const digits = fc.stringMatching(/^\d{1,22}$/);
    const sign = fc.constantFrom('', '-', '+');
    fc.assert(
      fc.property(sign, digits, digits, fc.integer({ min: -340, max: 330 }), (s, whole, fraction, power) => {
        for (const cell of [`${whole}`, `${whole}.${fraction}`, `.${fraction}`, `${whole}.`, `0.${fraction}`])
          for (const end of ['', `e${power}`]) check(s + cell + end);
      }),
      { numRuns: 1500 },
    );
  });

  it('near the middle of two doubles are rounded as the rules do', () => {
    // Odd integers above 2^53 lie exactly between two doubles; so do these scaled by powers of ten.
    for (const cell of [
      '900719925474099.3',
      '9007199254740.993',
      '0.9007199254740993',
      '0.00009007199254740993',
      '1.00000000000000011102230246251565',
      '9.9999999999999999',
      '0.99999999999999994',
      '4503599627370497.5',
      '450359962737049.75',
      '1.7976931348623157e308',
      '2.2250738585072014e-308',
      '0.1234567890123456789',
    ]) {
      const [fast, slow] = both(cell);
      expect([cell, fast]).toEqual([cell, slow]);
    }
  });

  it('have the same outcome as the rules for whatever is no number', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '9',
      '.',
      ',',
      '-',
      '+',
      'e',
      'E',
      ' ',
      'x',
      'inf',
      'Infinity',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const cell = pieces.join('');
        const [fast, slow] = both(cell);
        expect([cell, fast]).toEqual([cell, slow]);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('styles of numbers', () => {
  const stylesOf = (cell: string): number => {
    const bytes = utf8.encode(cell);
    return reader.stylesOf(bytes, 0, bytes.length, out);
  };
  const POINT = POINT_PLAIN | POINT_GROUPED;
  const COMMAS = COMMA_PLAIN | COMMA_GROUPED;

  it('are all those in which a cell is a number', () => {
    const known: [string, number][] = [
      ['41', ALL_STYLES],
      ['-1e6', ALL_STYLES],
      ['Infinity', ALL_STYLES],
      ['3.14', POINT],
      ['3,14', COMMAS],
      ['.5', POINT],
      ['1.234', POINT | COMMA_GROUPED],
      ['1,234', COMMAS | POINT_GROUPED],
      ['-12,345', COMMAS | POINT_GROUPED],
      ['1,234,567', POINT_GROUPED],
      ['1,234.5', POINT_GROUPED],
      ['1.234,5', COMMA_GROUPED],
      ['0,123', COMMAS],
      ['0.123', POINT],
      ['1234,567', COMMAS],
      ['1,23', COMMAS],
      ['1,2345', COMMAS],
      ['1,234,56', 0],
      ['12,34,567', 0],
      ['1,234,', 0],
      [',234,567', 0],
      ['1,,234', 0],
      ['1.234.5', 0],
      ['1,234,567,890,123,456,789', 0],
      ['word', 0],
    ];
    for (const [cell, styles] of known) expect([cell, stylesOf(cell)]).toEqual([cell, styles]);
  });

  it('say why there is none', () => {
    expect(stylesOf('007')).toBe(0);
    expect(out.why).toBe(TEXT_LEADING_ZERO);
    expect(stylesOf('01,5')).toBe(0);
    expect(out.why).toBe(TEXT_LEADING_ZERO);
  });

  it('read each its own number', () => {
    const value = (cell: string, style: number): number => {
      const bytes = utf8.encode(cell);
      expect(reader.readStyled(bytes, 0, bytes.length, style)).toBe(0);
      return reader.value;
    };
    expect(value('1,234', COMMA_PLAIN)).toBe(1.234);
    expect(value('1,234', POINT_GROUPED)).toBe(1234);
    expect(value('-1.234.567,25', COMMA_GROUPED)).toBe(-1234567.25);
    expect(value('+12,345.75', POINT_GROUPED)).toBe(12345.75);
  });

  it('are told apart in a plain number by whether its sign may separate thousands', () => {
    const cell = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        fc.stringMatching(/^[1-9]\d{0,4}$|^0$/),
        fc.stringMatching(/^\d{0,4}$/),
      )
      .map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`);
    fc.assert(
      fc.property(cell, (text) => {
        const bytes = utf8.encode(text);
        expect(reader.read(bytes, 0, bytes.length, 46)).toBe(0);
        expect(mayBeGrouped(reader, bytes, 0, bytes.length)).toBe((stylesOf(text) & COMMA_GROUPED) !== 0);
      }),
      { numRuns: 500 },
    );
    const power = utf8.encode('1.234e5');
    reader.read(power, 0, power.length, 46);
    expect(mayBeGrouped(reader, power, 0, power.length)).toBe(false);
  });
});

describe('a lax reader', () => {
  it('takes leading zeros and long digits for numbers, and no words', () => {
    const lax = new NumberReader(true);
    const read = (cell: string): number | null => {
      const bytes = utf8.encode(cell);
      return lax.read(bytes, 0, bytes.length, 46) === 0 ? lax.value : null;
    };
    expect(read('007')).toBe(7);
    expect(read('12345678901234567890')).toBe(Number('12345678901234567890'));
    expect(read('12a')).toBeNull();
    expect(read('1e999')).toBeNull();
  });
});

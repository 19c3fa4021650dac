import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMissing, readNumber, TEXT_DIGITS, TEXT_LEADING_ZERO, TEXT_WORD } from './cells.ts';

/** The number that a cell is, or why it stays text. */
const read = (cell: string): number | string => {
  const out = { value: NaN };
  const why = readNumber(cell, out);
  if (why === 0) return out.value;
  return (
    { [TEXT_WORD]: 'word', [TEXT_LEADING_ZERO]: 'leading zero', [TEXT_DIGITS]: 'digits' }[why] ?? 'unknown'
  );
};

describe('a cell', () => {
  it('is a number in every usual spelling', () => {
    const spellings: [string, number][] = [
      ['0', 0],
      ['-0', -0],
      ['+5', 5],
      ['1.', 1],
      ['.5', 0.5],
      ['-.5e-3', -0.0005],
      ['1E6', 1e6],
      ['41.0', 41],
      ['0.0000', 0],
      ['0e-999', 0],
      ['Infinity', Infinity],
      ['-inf', -Infinity],
      ['1e308', 1e308],
      ['5e-324', 5e-324],
      ['4.9406564584124654e-324', 5e-324],
    ];
    for (const [cell, value] of spellings) expect([cell, read(cell)]).toEqual([cell, value]);
  });

  it('is text when it is a word, a date, or a number with something beside it', () => {
    for (const cell of [
      'abc',
      '1,5',
      '1 000',
      '2024-01-01',
      '0x10',
      '1e',
      'e5',
      '.',
      '-',
      '--1',
      '1.2.3',
      '12px',
      '١',
    ]) {
      expect([cell, read(cell)]).toEqual([cell, 'word']);
    }
  });

  it('is text when a double would lose its leading zeros', () => {
    for (const cell of ['007', '-01', '00', '01.5', '+00.1']) expect(read(cell)).toBe('leading zero');
  });

  it('is text when a double would lose its digits', () => {
    for (const cell of [
      '12345678901234567',
      '9007199254740993',
      '3.14159265358979323846',
      '1e999',
      '-1e400',
      '1e-400',
      '1.2345e-320',
      '0.1234567890123456789',
      `1${'2'.repeat(200)}`,
    ]) {
      expect([cell, read(cell)]).toEqual([cell, 'digits']);
    }
  });

  it('is a number when more digits only spell out the same double', () => {
    expect(read('0.10000000000000001')).toBe(0.1);
    expect(read('0.1000000000000000055511151231257827')).toBe(0.1);
    expect(read('9007199254740992')).toBe(2 ** 53);
    expect(read('1.10000000000000000000')).toBe(1.1);
    expect(read('0.50000000000000000000')).toBe(0.5);
    expect(read('0.00000000000000000000')).toBe(0);
    expect(read('-100000000000000000000')).toBe(-1e20);
  });

  it('is the same double in every print of 15 to 17 digits that names it', () => {
    const normal = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((x) => Math.abs(x) > 1e-300 || Object.is(x, 0));
    fc.assert(
      fc.property(normal, (value) => {
        expect(read(String(value))).toBe(value);
        expect(read(value.toPrecision(17))).toBe(Number(value.toPrecision(17)));
        expect(read(value.toExponential(16))).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  it('is a number in its shortest print, at every power of two and for subnormal numbers', () => {
    for (let power = -1074; power < 1024; power++) {
      for (const value of [2 ** power, -(2 ** power), 3 * 2 ** power]) {
        if (Number.isFinite(value)) expect(read(String(value))).toBe(value);
      }
    }
  });

  it('loses nothing when it is a number: its digits are those of the double, as far as they are spelled', () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,24}$/);
    fc.assert(
      fc.property(digits, fc.integer({ min: -330, max: 300 }), (mantissa, exponent) => {
        const value = read(`${mantissa}e${exponent}`);
        if (typeof value === 'string') return;
        const significant = mantissa.replace(/0+$/, '');
        expect(
          value
            .toPrecision(significant.length)
            .replace(/e.*$/, '')
            .replace('.', '')
            .replace(/^0+/, '')
            .replace(/0+$/, ''),
        ).toBe(significant);
      }),
      { numRuns: 500 },
    );
  });

  it('of a million characters is read in no time that grows with their square', () => {
    const many = 300_000;
    for (const cell of [
      `${'1'.repeat(many)}x`,
      `${'0'.repeat(many)}x`,
      `1.${'0'.repeat(many)}1`,
      `1.${'0'.repeat(many)}1e`,
      `0.${'10'.repeat(many)}`,
      `1e${'1'.repeat(many)}x`,
      'e'.repeat(many),
    ]) {
      expect(typeof read(cell)).toBe('string');
    }
  });
});

describe('isMissing', () => {
  it('knows its markers and nothing like them', () => {
    for (const cell of ['', 'NA', 'N/A', 'null', 'NULL', 'NaN', 'nan', '?'])
      expect(isMissing(cell)).toBe(true);
    for (const cell of ['na', 'Null', 'none', '-', '0', '??', 'constructor'])
      expect(isMissing(cell)).toBe(false);
  });
});

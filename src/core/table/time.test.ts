import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTimePattern, patternOfShape, readTime, writeTime } from './time.ts';

const ascii = new TextEncoder();

/** A time and its pattern, or null. */
function read(cell: string): [value: number, pattern: string] | null {
  const out = { value: NaN, shape: NaN };
  const bytes = ascii.encode(`"${cell},`);
  return readTime(bytes, 1, bytes.length - 1, out) ? [out.value, patternOfShape(out.shape)] : null;
}

describe('a time', () => {
  it('counts the smallest unit that is written', () => {
    const known: [string, number, string][] = [
      ['1970-01-01', 0, 'YYYY-MM-DD'],
      ['2000-02-29', 11016, 'YYYY-MM-DD'],
      ['1969-12-31', -1, 'YYYY-MM-DD'],
      ['0001-01-01', -719162, 'YYYY-MM-DD'],
      ['9999-12-31', 2932896, 'YYYY-MM-DD'],
      ['1970-01-02 00:01', 1441, 'YYYY-MM-DD hh:mm'],
      ['2024-01-31T23:59:59', 1706745599, 'YYYY-MM-DDThh:mm:ss'],
      ['2024-01-31T23:59:59Z', 1706745599, 'YYYY-MM-DDThh:mm:ssZ'],
      ['1970-01-01 00:00:01.5', 15, 'YYYY-MM-DD hh:mm:ss.f'],
      ['1970-01-01 00:00:01.000002', 1000002, 'YYYY-MM-DD hh:mm:ss.ffffff'],
      ['1970-01-01 00:00:01.000002000', 1000002, 'YYYY-MM-DD hh:mm:ss.ffffff000'],
      ['1970-01-01T00:01+05:30', 1, 'YYYY-MM-DDThh:mm+05:30'],
      ['1970-01-01T00:01-00:00', 1, 'YYYY-MM-DDThh:mm-00:00'],
      ['07:30', 450, 'hh:mm'],
      ['23:59:59', 86399, 'hh:mm:ss'],
      ['00:00:01.000000001', 1000000001, 'hh:mm:ss.fffffffff'],
    ];
    for (const [cell, value, pattern] of known) {
      expect([cell, read(cell)]).toEqual([cell, [value, pattern]]);
      expect(writeTime(value, pattern)).toBe(cell);
      expect(isTimePattern(pattern)).toBe(true);
    }
  });

  it('is none when the day or the hour does not exist, or its form is another', () => {
    for (const cell of [
      '2023-02-29',
      '1900-02-29',
      '2024-04-31',
      '2024-13-01',
      '2024-00-10',
      '2024-01-00',
      '0000-01-01',
      '24-01-01',
      '2024-1-01',
      '2024/01/01',
      '2024-01-01x',
      '2024-01-01 ',
      '2024-01-01 24:00',
      '2024-01-01 12:60',
      '2024-01-01 12:00:60',
      '2024-01-01 12:00:00.',
      '2024-01-01 12:00:00.0123456789',
      '2024-01-01 12:00:00.123456789',
      '2024-01-01T12:00+24:00',
      '2024-01-01T12:00+1:00',
      '2024-01-01T12:00z',
      '2024-01-01Z',
      '12:00Z',
      '7:30',
      '12:5',
      '12',
      '12:00:00.',
      '-1:00',
      '',
    ]) {
      expect([cell, read(cell)]).toEqual([cell, null]);
    }
  });

  it('that a double could not count exactly is none', () => {
    expect(read('2255-06-05 23:47:34.740992')).toBeNull();
    expect(read('2255-06-05 23:47:34.740991')).toEqual([
      Number.MAX_SAFE_INTEGER,
      'YYYY-MM-DD hh:mm:ss.ffffff',
    ]);
    expect(read('0001-01-01 00:00:00.000')).not.toBeNull();
    expect(read('0001-01-01 00:00:00.000000')).toBeNull();
  });

  it('agrees with the calendar of Date', () => {
    const day = fc.integer({ min: -719162, max: 2932896 });
    fc.assert(
      fc.property(day, (days) => {
        const iso = new Date(days * 86_400_000).toISOString().slice(0, 10);
        expect(writeTime(days, 'YYYY-MM-DD')).toBe(iso);
        expect(read(iso)).toEqual([days, 'YYYY-MM-DD']);
      }),
      { numRuns: 500 },
    );
  });

  it('is spelt back as it was written, whatever its form', () => {
    const two = (n: number): string => String(n).padStart(2, '0');
    const clock = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((parts) => parts.map(two));
    const date = fc
      .tuple(
        fc.integer({ min: 1685, max: 2254 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
      )
      .map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`);
    const zone = fc.oneof(
      fc.constantFrom('', 'Z'),
      fc
        .tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59))
        .map(([sign, h, m]) => `${sign}${two(h)}:${two(m)}`),
    );
    const digits = fc.stringMatching(/^\d{1,6}$/);
    const micro = fc.stringMatching(/^\d{6}0{1,3}$/);
    const time = fc.oneof(
      date,
      fc
        .tuple(
          date,
          fc.constantFrom(' ', 'T'),
          clock,
          fc.constantFrom(0, 1, 2),
          fc.oneof(digits, micro),
          zone,
        )
        .map(([d, separator, [h, m, s], precision, f, z]) => {
          const text = [`${h}:${m}`, `${h}:${m}:${s}`, `${h}:${m}:${s}.${f}`][precision];
          return `${d}${separator}${text}${z}`;
        }),
      fc
        .tuple(clock, fc.constantFrom(0, 1, 2), fc.stringMatching(/^\d{1,9}$/))
        .map(([[h, m, s], precision, f]) => {
          return [`${h}:${m}`, `${h}:${m}:${s}`, `${h}:${m}:${s}.${f}`][precision];
        }),
    );
    fc.assert(
      fc.property(time, (cell) => {
        const [value, pattern] = read(cell)!;
        expect(isTimePattern(pattern)).toBe(true);
        expect(writeTime(value, pattern)).toBe(cell);
      }),
      { numRuns: 800 },
    );
  });
});

describe('a pattern', () => {
  it('is one only in a form that a column can have', () => {
    for (const text of [
      '',
      'YYYY',
      'YYYY-MM-DD ',
      'YYYY-MM-DDhh:mm',
      'YYYY-MM-DD hh',
      'YYYY-MM-DD hh:mm:ss.',
      'YYYY-MM-DD hh:mm:ss.fffffff',
      'YYYY-MM-DD hh:mm:ss.fff000',
      'YYYY-MM-DDZ',
      'YYYY-MM-DD hh:mm+24:00',
      'YYYY-MM-DD hh:mm+00:60',
      'hh:mmZ',
      'hh:mm:ss.ffffffffff',
      '__proto__',
    ]) {
      expect([text, isTimePattern(text)]).toEqual([text, false]);
    }
  });

  it('spells what is no time of its own as a number', () => {
    expect(writeTime(0.5, 'YYYY-MM-DD')).toBe('0.5');
    expect(writeTime(NaN, 'YYYY-MM-DD')).toBe('NaN');
    expect(writeTime(-0, 'YYYY-MM-DD')).toBe('-0');
    expect(writeTime(2932897, 'YYYY-MM-DD')).toBe('2932897');
    expect(writeTime(-719163, 'YYYY-MM-DD')).toBe('-719163');
    expect(writeTime(1440, 'hh:mm')).toBe('1440');
    expect(writeTime(-1, 'hh:mm')).toBe('-1');
    expect(writeTime(5, 'no pattern')).toBe('5');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRange, parseRange } from './sweepRange.ts';

const limits = { name: 'β', min: 1, max: 108, count: 20 };
const values = (text: string) => {
  const parsed = parseRange(text, limits);
  return parsed.ok ? parsed.values : parsed.message;
};

describe('parseRange', () => {
  it('reads lists, ranges and steps, sorted and without repetition', () => {
    expect(values('8..12')).toEqual([8, 9, 10, 11, 12]);
    expect(values(' 13, 5,8 ,5 ')).toEqual([5, 8, 13]);
    expect(values('8..20 step 4')).toEqual([8, 12, 16, 20]);
    expect(values('8–20:5')).toEqual([8, 13, 18]);
    expect(values('1, 4-6; 40 to 42')).toEqual([1, 4, 5, 6, 40, 41, 42]);
    expect(values('8...10')).toEqual([8, 9, 10]);
  });

  it('says what is wrong and how to write it', () => {
    expect(values('')).toContain('at least one value');
    expect(values(' , ')).toContain('at least one value');
    expect(values('abc')).toContain('“abc” is neither');
    expect(values('1.5')).toContain('neither');
    expect(values('-3')).toContain('neither');
    expect(values('20..8')).toContain('write 8..20');
    expect(values('0..5')).toContain('0 is out of range: β goes from 1 to 108');
    expect(values('5, 109')).toContain('109 is out of range');
    expect(values('8..20 step 0')).toContain('step');
    expect(values('1..108')).toContain('more than 20 values');
    expect(values(`${'9'.repeat(400)}`)).toContain('out of range');
  });
});

describe('formatRange', () => {
  it('writes runs as ranges', () => {
    expect(formatRange([8, 9, 10, 11, 12])).toBe('8..12');
    expect(formatRange([8, 12, 16, 20])).toBe('8..20 step 4');
    expect(formatRange([5, 8, 13])).toBe('5, 8, 13');
    expect(formatRange([1, 2])).toBe('1, 2');
    expect(formatRange([])).toBe('');
  });

  it('is read back as the same values', () => {
    const list = fc.uniqueArray(fc.integer({ min: 1, max: 108 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(list, (numbers) => {
        const sorted = [...numbers].sort((a, b) => a - b);
        expect(parseRange(formatRange(sorted), limits)).toEqual({ ok: true, values: sorted });
      }),
    );
  });
});

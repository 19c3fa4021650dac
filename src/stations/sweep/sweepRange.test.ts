import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRange, parseRange } from './sweepRange.ts';

const limits = { name: 'β', min: 1, max: 108, count: 20, whole: true };
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

  it('says where there is nothing to choose from', () => {
    const parsed = parseRange('1', { ...limits, max: 0 });
    expect(parsed).toEqual({ ok: false, message: expect.stringContaining('what should be predicted') });
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

describe('numbers with decimals', () => {
  const rates = { name: 'α', min: 1e-6, max: 1, count: 4, whole: false };

  it('are read one by one', () => {
    expect(parseRange('0.01, .001,1e-4, 0.01', rates)).toEqual({ ok: true, values: [1e-4, 0.001, 0.01] });
    expect(formatRange([1e-4, 0.001], false)).toBe('0.0001, 0.001');
    expect(formatRange([1e-7], false)).toBe('1e-7');
  });

  it('are refused with a reason', () => {
    const message = (text: string) => {
      const parsed = parseRange(text, rates);
      return parsed.ok ? parsed.values : parsed.message;
    };
    expect(message('')).toContain('at least one value');
    expect(message('0.1..0.5')).toContain('not a number');
    expect(message('2')).toContain('out of range');
    expect(message('0')).toContain('out of range');
    expect(message('0.1, 0.2, 0.3, 0.4, 0.5')).toContain('more than 4 values');
  });

  it('come back from their own text', () => {
    const list = fc.uniqueArray(fc.double({ min: 1e-6, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(list, (numbers) => {
        const values = [...numbers].sort((a, b) => a - b);
        expect(parseRange(formatRange(values, false), rates)).toEqual({ ok: true, values });
      }),
    );
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

import { describe, expect, it } from 'vitest';
import { ERROR_ADVICE, LabError, type ErrorCode } from './errors.ts';

describe('LabError', () => {
  it('crosses a boundary as plain data and back', () => {
    const error = new LabError('CSV_EMPTY', 'It is empty.');
    const again = LabError.fromReport(structuredClone(error.report()));
    expect(again).toBeInstanceOf(LabError);
    expect(again.report()).toEqual(error.report());
  });

  it('wraps whatever is thrown, and leaves its own kind alone', () => {
    const error = new LabError('CANCELLED', 'Stopped.');
    expect(LabError.from(error)).toBe(error);
    expect(LabError.from(new RangeError('no')).report()).toMatchObject({
      code: 'INTERNAL',
      what: 'RangeError: no',
    });
    expect(LabError.from(undefined)).toMatchObject({ code: 'INTERNAL', message: 'undefined' });
  });

  it('has one sentence of advice for every code', () => {
    for (const code of Object.keys(ERROR_ADVICE)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
      expect(new LabError(code as ErrorCode, '').todo).toMatch(/^[A-Z].*\.$/);
    }
  });
});

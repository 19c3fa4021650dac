import { describe, expect, it } from 'vitest';
import { codeOf } from '../testing/codeOf.ts';
import { MOST_RESULT_CHARACTERS, parseResult } from './result.ts';

describe('the result of a query', () => {
  it('is names and numbers, as either engine writes them', () => {
    expect(parseResult('plan,min_0\n7,-1.5e-3\n')).toEqual({
      names: ['plan', 'min_0'],
      rows: [[7, -0.0015]],
    });
    expect(parseResult('\ufeffplan,min_0\r\n7,')).toEqual({ names: ['plan', 'min_0'], rows: [[7, NaN]] });
  });

  it('is refused where it is anything else', async () => {
    const wrong = [
      '',
      'plan',
      'plan,min_0\n1',
      'a b\n1',
      '"plan"\n1',
      'a'.repeat(MOST_RESULT_CHARACTERS + 1),
    ];
    for (const text of wrong) expect(await codeOf((async () => parseResult(text))())).toBe('SQL_RESULT');
  });
});

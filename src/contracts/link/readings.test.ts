import { describe, expect, it } from 'vitest';
import { isOfFormerReading } from './readings.ts';

describe('a link of an earlier version', () => {
  it.each(['0.1.0', '0.1.99', '0.0.3', '0.1.0-beta.2'])('%s may have read a file in another way', (app) => {
    expect(isOfFormerReading(app)).toBe(true);
  });

  it.each(['0.2.0', '0.2.1', '0.10.0', '1.0.0', 'latest', '0.1', null])(
    '%s has not, or says nothing',
    (app) => {
      expect(isOfFormerReading(app)).toBe(false);
    },
  );
});

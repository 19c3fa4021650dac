import { describe, expect, it } from 'vitest';
import { FUZZ_GENERATORS } from './registry.ts';
import { runFuzz } from './runFuzz.ts';

/** `npm run bench -- fuzz` reads many more. */
const INPUTS = 100;

describe.each(FUZZ_GENERATORS)('the fuzzer of $name', (generator) => {
  it('gets nothing out of the reader but pictures, tables and coded errors', async () => {
    const { uncoded, taken, refused } = await runFuzz(generator, INPUTS, 1);
    expect(uncoded).toEqual([]);
    // One that is always refused, or never, looks at little.
    expect(taken).toBeGreaterThan(0);
    if (generator.name !== 'jpeg-header') expect(Object.keys(refused).length).toBeGreaterThan(0);
  });
});

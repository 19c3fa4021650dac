import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinaryContexts, BinaryDecoder, BinaryEncoder } from './binaryCoder.ts';

const CONTEXTS = 4;
const step = fc.record({ context: fc.nat({ max: CONTEXTS }), value: fc.nat({ max: 2 ** 30 }) });
type Step = { context: number; value: number };

/** Context 0 is for thirty plain bits. */
function encode(steps: readonly Step[]): Uint8Array {
  const encoder = new BinaryEncoder();
  const contexts = new BinaryContexts(CONTEXTS);
  for (const { context, value } of steps) {
    if (context === 0) encoder.plain(value % 2 ** 30, 30);
    else encoder.bit(contexts, context - 1, value & 1);
  }
  return encoder.finish();
}

function decode(bytes: Uint8Array, steps: readonly Step[]): number[] {
  const decoder = new BinaryDecoder(bytes, 'its model');
  const contexts = new BinaryContexts(CONTEXTS);
  const values = steps.map(({ context }) =>
    context === 0 ? decoder.plain(30) : decoder.bit(contexts, context - 1),
  );
  decoder.end();
  return values;
}

describe('the coder of models', () => {
  it('gives back every bit, and knows its end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const values = steps.map(({ context, value }) => (context === 0 ? value % 2 ** 30 : value & 1));
        expect(decode(encode(steps), steps)).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  it('carries over any number of full bytes', () => {
    const steps = Array.from({ length: 400 }, () => ({ context: 0, value: 2 ** 30 - 1 }));
    expect(decode(encode(steps), steps)).toEqual(steps.map(({ value }) => value));
  });

  it('learns: what is nearly always so takes hardly anything', () => {
    const steps = Array.from({ length: 4000 }, (_, k) => ({ context: 1, value: k % 100 === 50 ? 1 : 0 }));
    // Its entropy is 323 bits; a probability that keeps learning pays for it.
    expect(8 * encode(steps).length).toBeLessThan(450);
  });

  it('refuses what ends early, and what is too long', () => {
    const steps = Array.from({ length: 40 }, (_, k) => ({ context: 0, value: k * 7_919_111 }));
    const bytes = encode(steps);
    expect(() => decode(bytes.subarray(0, 60), steps)).toThrow(/ends early/);
    expect(() => decode(Uint8Array.of(...bytes, 1, 1, 1, 1, 1), steps)).toThrow(/longer than/);
  });
});

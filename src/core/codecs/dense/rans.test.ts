import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { describe, expect, it } from 'vitest';
import { scaleCounts } from './frequencies.ts';
import { RansDecoder, RansEncoder } from './rans.ts';
import { createGenerator, type Generator } from '../../random.ts';

const below = (generator: Generator, n: number): number => uniformInt(generator, 0, n - 1);

const BITS = 12;

/** Frequencies of some symbols with where each begins. */
function partsOf(counts: readonly number[]) {
  const lengths = new Uint16Array(counts.length);
  scaleCounts(counts, BITS, lengths);
  const starts = lengths.map((_, s) => lengths.subarray(0, s).reduce((sum, one) => sum + one, 0));
  return { starts, lengths };
}

function encode({ starts, lengths }: ReturnType<typeof partsOf>, symbols: readonly number[]): Uint8Array {
  const encoder = new RansEncoder();
  for (const s of symbols.toReversed()) encoder.put(starts[s], lengths[s], BITS);
  return encoder.finish();
}

function decode({ starts, lengths }: ReturnType<typeof partsOf>, stream: Uint8Array, count: number) {
  const decoder = new RansDecoder();
  decoder.load(stream, 0, stream.length);
  const symbols = Array.from({ length: count }, () => {
    const slot = decoder.peek(BITS);
    const s = starts.findLastIndex((start, k) => start <= slot && lengths[k] > 0);
    decoder.take(starts[s], lengths[s], BITS);
    return s;
  });
  return { symbols, isAtEnd: decoder.isAtEnd };
}

describe('symbols in as many bits as they are worth', () => {
  it('come back, and the decoder ends where the encoder began', () => {
    const someCounts = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(someCounts, fc.array(fc.nat(), { maxLength: 200 }), (counts, drawn) => {
        const parts = partsOf(counts);
        const symbols = drawn.map((one) => one % counts.length);
        const stream = encode(parts, symbols);
        expect(decode(parts, stream, symbols.length)).toEqual({ symbols, isAtEnd: true });
      }),
    );
  });

  it('take no more than 1 % above their entropy', () => {
    const counts = [3000, 700, 250, 120, 20, 6];
    const parts = partsOf(counts);
    const generator = createGenerator(5);
    const symbols: number[] = [];
    let bits = 0;
    for (let k = 0; k < 20_000; k++) {
      const slot = below(generator, 1 << BITS);
      const s = parts.starts.findLastIndex((start) => start <= slot);
      symbols.push(s);
      bits += BITS - Math.log2(parts.lengths[s]);
    }
    expect(8 * encode(parts, symbols).length).toBeLessThan(1.01 * bits);
  });

  it('tell by their end that a bit of them was turned, nearly always', () => {
    const parts = partsOf([90, 5, 3, 2]);
    const symbols = Array.from({ length: 300 }, (_, k) => (k % 7 === 0 ? 1 + (k % 3) : 0));
    const stream = encode(parts, symbols);
    let unnoticed = 0;
    for (let bit = 0; bit < 8 * stream.length; bit++) {
      const turned = stream.slice();
      turned[bit >>> 3] ^= 1 << (bit & 7);
      if (decode(parts, turned, symbols.length).isAtEnd) unnoticed++;
    }
    expect(unnoticed).toBeLessThanOrEqual(1);
  });

  it('are scaled so that what is rare keeps a part', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 ** 30 }), { minLength: 1, maxLength: 256 }), (counts) => {
        fc.pre(counts.some((count) => count > 0));
        const scaled = new Uint32Array(counts.length);
        scaleCounts(counts, BITS, scaled);
        expect(scaled.reduce((sum, one) => sum + one, 0)).toBe(1 << BITS);
        counts.forEach((count, s) => expect(scaled[s] > 0).toBe(count > 0));
      }),
    );
  });
});

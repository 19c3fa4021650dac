import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BinaryDecoder, BinaryEncoder } from '../binaryCoder.ts';
import { SymbolDecoder, SymbolEncoder } from './symbolCoder.ts';
import { cheapestSteps, readSteps, stepsOfCounts, SymbolTables, writeSteps } from './symbolTables.ts';

const forms = fc.record({
  contexts: fc.integer({ min: 1, max: 4 }),
  symbols: fc.constantFrom(2, 17, 256, 511),
  bits: fc.constantFrom(13, 14),
  fineness: fc.integer({ min: 0, max: 3 }),
});

test('frequencies come back from a model, and every symbol from a stream', () => {
  fc.assert(
    fc.property(
      forms,
      fc.infiniteStream(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(1e6))),
      (form, stream) => {
        const counts = Uint32Array.from(
          { length: form.contexts * form.symbols },
          () => stream.next().value as number,
        );
        const steps = stepsOfCounts(form, counts);
        const encoder = new BinaryEncoder();
        writeSteps(encoder, form, steps);
        const decoder = new BinaryDecoder(encoder.finish(), 'the model');
        expect(readSteps(decoder, form)).toEqual(steps);
        decoder.end();

        const tables = new SymbolTables(form, steps);
        const contexts = Uint16Array.from({ length: 600 }, (_, k) => k % form.contexts);
        const symbols = Uint16Array.from(contexts, (_, k) => k % form.symbols);
        const bytes = new SymbolEncoder(tables).encode(contexts, symbols);
        const source = new SymbolDecoder(tables);
        source.load(bytes, 0, bytes.length);
        expect(
          contexts.map((context, k) => (k % 2 === 0 ? source.next(context) : source.nextMostlyZero(context))),
        ).toEqual(symbols);
        source.end();
      },
    ),
    { numRuns: 40 },
  );
});

test('steps that leap come back: what is expected is no more than the largest', () => {
  const form = { contexts: 2, symbols: 3, bits: 13, fineness: 0 };
  const steps = Uint8Array.of(1, 14, 1, 1, 14, 1, 14, 1);
  const encoder = new BinaryEncoder();
  writeSteps(encoder, form, steps);
  expect(readSteps(new BinaryDecoder(encoder.finish(), 'the model'), form)).toEqual(steps);
});

test('a stream is within a hundredth of its entropy', () => {
  // Two contexts: one of a flat slope of frequencies, one of a steep slope.
  const symbols = new Uint16Array(60_000);
  const contexts = symbols.map((_, k) => k & 1);
  const counts = new Uint32Array(2 * 256);
  for (let k = 0, state = 1; k < symbols.length; k++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const share = (state >>> 8) / 2 ** 24;
    symbols[k] = Math.floor(contexts[k] === 0 ? 200 * share * share : 20 * share ** 6);
    counts[contexts[k] * 256 + symbols[k]]++;
  }
  let bits = 0;
  counts.forEach((count) => (bits -= count === 0 ? 0 : count * Math.log2(count / (symbols.length / 2))));
  const form = { contexts: 2, symbols: 256, bits: 13 };
  const { steps, fineness } = cheapestSteps(form, counts, 1);
  const stream = new SymbolEncoder(new SymbolTables({ ...form, fineness }, steps)).encode(contexts, symbols);
  expect(8 * stream.length).toBeLessThan(1.01 * bits);
  expect(8 * stream.length).toBeGreaterThan(0.999 * bits);
});

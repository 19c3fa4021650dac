import fc from 'fast-check';
import { deflateRaw } from 'pako';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anyText } from '../../../testing/anyText.ts';
import { ByteWriter } from '../../../bits/bytes.ts';
import { LabError } from '../../../errors.ts';
import { SILENT_PULSE } from '../../../pulse.ts';
import { createGenerator, type Generator } from '../../../random.ts';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { MOST_STRETCH, SQUASHED, STRETCHED } from './logistic.ts';
import { denseStrings } from './strings.ts';

const below = (g: Generator, n: number): number => uniformInt(g, 0, n - 1);

const encode = async (columns: string[][]): Promise<Uint8Array> =>
  (await denseStrings.encode(columns, SILENT_PULSE))!.coded;
const decode = (coded: Uint8Array, counts: number[]): Promise<string[][]> =>
  denseStrings.decode(coded, counts, SILENT_PULSE);

/** Titles as people make them: few words, in all combinations. */
function titles(count: number, seed = 1): string[] {
  const g = createGenerator(seed);
  const words = [
    'The',
    'Night',
    'of',
    'Long',
    'Return',
    'König',
    'second',
    'Days',
    '2',
    'House',
    'River',
    'lost',
  ];
  return Array.from({ length: count }, (_, k) =>
    [...Array.from({ length: 2 + below(g, 4) }, () => words[below(g, words.length)]), k].join(' '),
  );
}

async function outcome(coded: Uint8Array, counts: number[]): Promise<string> {
  try {
    denseStrings.claim(coded, counts);
    await decode(coded, counts);
    return 'taken';
  } catch (thrown) {
    return thrown instanceof LabError ? thrown.code : `uncoded: ${String(thrown)}`;
  }
}

afterEach(() => void vi.restoreAllMocks());

describe('the strings of categories', () => {
  it('come back as they were, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyText(), { maxLength: 20 }), { maxLength: 4 }),
        async (columns) => {
          const coded = await encode(columns);
          expect(
            await decode(
              coded,
              columns.map(({ length }) => length),
            ),
          ).toEqual(columns);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('take less than deflated, and less still of those that are like each other', async () => {
    const some = titles(800);
    const deflated = deflateRaw(new TextEncoder().encode(some.join('\n')), { level: 9 }).length;
    const coded = await encode([some]);
    expect(coded.length).toBeLessThan(0.8 * deflated);
    expect((await encode([some, titles(800, 2)])).length).toBeLessThan(2 * coded.length);
  });

  it('are deflated where the model would take seconds, and are not coded where UTF-8 has no word for them', async () => {
    const long = [['x'.repeat(1_500_000), 'é'.repeat(400_000), ''], ['end']];
    const coded = await encode(long);
    expect(coded.length).toBeLessThan(10_000);
    expect(await decode(coded, [3, 1])).toEqual(long);
    expect(await outcome(coded, [3, 2])).toBe('ARCHIVE_CORRUPT');
    expect(await outcome(coded, [3, 0])).toBe('ARCHIVE_CORRUPT');
    expect(await denseStrings.encode([['a', '\ud800']], SILENT_PULSE)).toBeNull();
  });

  it('take the same bytes where logarithms and powers are a little wrong, and always these', async () => {
    const columns = [titles(60), ['', 'a', 'ä', '💎']];
    const before = await encode(columns);
    vi.resetModules();
    for (const name of ['log', 'log2', 'exp', 'expm1', 'pow', 'tanh'] as const) {
      const right: (...values: number[]) => number = Math[name];
      vi.spyOn(Math, name).mockImplementation((...values: number[]) => right(...values) * (1 + 1e-9));
    }
    const anew = (await import('./strings.ts')).denseStrings;
    expect((await anew.encode(columns, SILENT_PULSE))?.coded).toEqual(before);
    let hash = 0;
    for (const byte of before) hash = (Math.imul(hash, 31) + byte) | 0;
    expect([before.length, hash]).toMatchInlineSnapshot(`
      [
        302,
        -551198214,
      ]
    `);
  });

  it('say it with a code where they are damaged, and always end', async () => {
    const columns = [titles(40), ['one', 'two']];
    const coded = await encode(columns);
    const g = createGenerator(3);
    for (let k = 0; k < 300; k++) {
      const copy = coded.slice(0, below(g, 4) === 0 ? below(g, coded.length) : undefined);
      for (let n = below(g, 3); n >= 0 && copy.length > 0; n--) copy[below(g, copy.length)] = below(g, 256);
      expect(['taken', 'ARCHIVE_CORRUPT']).toContain(await outcome(copy, [40, 2]));
    }
    for (const counts of [[40], [40, 3], [41, 2], [40, 2, 0, 1], [2 ** 31], [0]])
      expect([counts, await outcome(coded, counts)]).toEqual([counts, 'ARCHIVE_CORRUPT']);
  });

  it('say beforehand what they would take', () => {
    const boasting = new ByteWriter()
      .varint(2 ** 50)
      .uint8(1)
      .bytes(new Uint8Array(9))
      .finish();
    expect(denseStrings.claim(boasting, [3])).toBeGreaterThan(2 ** 50);
  });
});

describe('the logistic function', () => {
  it('is what it says to a step, falls nowhere, and is undone', () => {
    for (let x = -MOST_STRETCH; x <= MOST_STRETCH; x++) {
      const p = SQUASHED[MOST_STRETCH + x];
      expect(Math.abs(p - 65_536 / (1 + Math.exp(-x / 256)))).toBeLessThan(25);
      if (x > -MOST_STRETCH) expect(p).toBeGreaterThanOrEqual(SQUASHED[MOST_STRETCH + x - 1]);
    }
    for (let p = 64; p < 4096 - 64; p++)
      expect(Math.abs(SQUASHED[MOST_STRETCH + STRETCHED[p]] - (16 * p + 8))).toBeLessThan(140);
  });
});

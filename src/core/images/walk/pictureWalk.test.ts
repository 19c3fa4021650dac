import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import { codeOf } from '../../testing/codeOf.ts';
import { encodeTable } from '../encodeTable.ts';
import { pictureBytes, type ImageShape } from '../imageSet.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../settings.ts';
import { madeFrom } from '../testing/imageArchives.ts';
import { randomImages } from '../testing/randomImages.ts';
import { TRANSFORMS } from '../transforms/registry.ts';
import { openImageArchive } from '../archive/read.ts';
import { picturesToWalk, takeApart, walkClass, type WalkedClass } from './pictureWalk.ts';

const GREY = { width: 6, height: 5, channels: 1 } as const;

function pixelsOf(shape: ImageShape, records: number, seed = 7): Uint8Array {
  return randomImages({ seed, shape, records, classes: 1, given: 'none' }).pixels;
}

const walk = (
  shape: ImageShape,
  pixels: Uint8Array,
  change: Partial<ImageSettings> = {},
): Promise<WalkedClass> =>
  walkClass({ shape, className: 'one', pixels }, { ...DEFAULT_IMAGE_SETTINGS, ...change }, SILENT_PULSE);

/** Bits of a code at the positions of a column that are in the base. */
function baseMask({ widths, inBase }: WalkedClass, column: number): number {
  let start = 0;
  for (let k = 0; k < column; k++) start += widths[k];
  let mask = 0;
  for (let k = 0; k < widths[column]; k++) mask = mask * 2 + inBase[start + k];
  return mask;
}

describe('a walk through a class', () => {
  it.each([
    ['none', 'true'],
    ['none', 'equation1'],
    ['dct', 'true'],
  ] as const)('has the search of the encoder, by %s and %s', async (transform, objective) => {
    const pixels = pixelsOf(GREY, 60);
    const settings = { ...DEFAULT_IMAGE_SETTINGS, transform, objective, tau: 8 };
    const { search, widths, ones, inBase, baseCount } = await walk(GREY, pixels, settings);
    const job = { shape: GREY, settings, table: 0, train: pixels, test: new Uint8Array(0), shared: null };
    const encoded = await encodeTable(job, SILENT_PULSE);
    const trace = encoded.bases!.trace;
    expect({ widths, ones, inBase }).toEqual({
      ...{ widths: encoded.widths, ones: encoded.ones, inBase: encoded.bases!.inBase },
    });
    expect(baseCount).toBe(trace.baseCounts[trace.chosen]);
    expect(objective === 'true' ? search.trueBits : search.equation1Bits).toEqual(trace.size);
    expect(search).toMatchObject({
      ...{ records: 60, chosen: trace.chosen, stop: trace.stop, tau: 8, objective },
      ...{ baseBits: trace.baseBits, baseCounts: trace.baseCounts },
      ...{ recordBits: encoded.recordBits, constantBits: encoded.bases!.constantBits },
    });
    trace.added.forEach((position, k) => expect(search.addedAt[position]).toBe(k + 1));
    search.addedAt.forEach((at, position) => {
      expect(at <= search.chosen).toBe(inBase[position] === 1);
      expect(at === 0).toBe(ones[position] === 0 || ones[position] === 60);
    });
  });

  it('numbers bases as the archive of a data set does, and finds who shares them', async () => {
    const set = randomImages({ seed: 9, shape: GREY, records: 80, classes: 2, given: 'tail' });
    const { source, settings } = await madeFrom(set);
    const archive = await openImageArchive(source);
    const numbers = archive.split.train.filter((record) => set.labels[record] === 1);
    const pixels = new Uint8Array(numbers.length * 30);
    numbers.forEach((record, k) => pixels.set(set.pixels.subarray(record * 30, (record + 1) * 30), k * 30));
    const walked = await walk(GREY, pixels, settings);
    for (const [k, record] of numbers.entries()) {
      const inspected = await archive.inspect(record);
      const taken = await takeApart(walked, k);
      expect(taken.base.id).toBe(inspected.base?.id);
      expect(taken.base.pixels).toEqual(inspected.base?.pixels);
      expect(taken.decoded).toEqual(inspected.pixels);
      expect(taken.base.sharedBy).toBe((await archive.sharing(record, 99)).count);
      expect(taken.base.sharing[0]).toBe(k);
    }
  });

  it('begins with a picture of the base that most share', async () => {
    const walked = await walk(GREY, pixelsOf(GREY, 60));
    const { index, base } = await takeApart(walked, null);
    const counts = await Promise.all(
      Array.from({ length: 60 }, async (_, k) => (await takeApart(walked, k)).base.sharedBy),
    );
    expect(base.sharedBy).toBe(Math.max(...counts));
    expect(counts.indexOf(base.sharedBy)).toBe(index);
  });

  const cases = fc.record({
    width: fc.integer({ min: 1, max: 5 }),
    height: fc.integer({ min: 1, max: 5 }),
    channels: fc.constantFrom(1 as const, 3 as const),
    records: fc.integer({ min: 1, max: 40 }),
    seed: fc.nat(1_000),
    transform: fc.constantFrom(...TRANSFORMS.names),
    tau: fc.constantFrom(1, 4, 100_000),
    isConstant: fc.boolean(),
  });

  it('puts every picture together again, whatever the pictures and τ', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ records, seed, transform, tau, isConstant, ...shape }) => {
        const pixels = isConstant
          ? new Uint8Array(records * pictureBytes(shape)).fill(seed % 256)
          : pixelsOf(shape, records, seed);
        const walked = await walk(shape, pixels, { transform, tau });
        const bytes = pictureBytes(shape);
        const plan = TRANSFORMS.byName(transform).plan(shape);
        const { codes, base, decoded, index, ...taken } = await takeApart(walked, null);
        const values = new Int32Array(plan.columns);
        const expected = new Uint8Array(bytes);
        plan.forward(pixels, index, 1, values);
        plan.inverse(values, 1, expected, 0);
        expect(taken.pixels).toEqual(pixels.slice(index * bytes, (index + 1) * bytes));
        expect(decoded).toEqual(expected);
        if (plan.isIdentity) {
          expect(decoded).toEqual(taken.pixels);
          expect(taken.fidelity).toEqual({ kind: 'exact' });
          expect([...codes]).toEqual([...taken.pixels]);
          base.pixels.forEach((level, column) =>
            expect(level).toBe(codes[column] & baseMask(walked, column)),
          );
        }
        const { search } = walked;
        expect(walked.baseCount).toBe(search.baseCounts[search.chosen]);
        expect(search.trueBits[search.chosen]).toBe(Math.min(...search.trueBits));
      }),
      { numRuns: 60 },
    );
  });

  it('of one picture has all its bits in one base', async () => {
    const walked = await walk(GREY, pixelsOf(GREY, 1));
    const { search } = walked;
    expect(search).toMatchObject({ chosen: 0, stop: 'exhausted', constantBits: 240, recordBits: 240 });
    expect([...search.trueBits]).toEqual([0]);
    expect((await takeApart(walked, null)).base).toMatchObject({ id: 0, sharedBy: 1 });
  });

  it('refuses a picture that is not there, and ends when it is cancelled', async () => {
    const walked = await walk(GREY, pixelsOf(GREY, 5));
    for (const index of [-1, 5, 1.5]) {
      expect(await codeOf(takeApart(walked, index))).toBe('RECORD_OUT_OF_RANGE');
    }
    const pulse = {
      due: () => true,
      beat: () => Promise.reject(new LabError('CANCELLED', 'Stopped.')),
    };
    const pictures = { shape: GREY, className: 'one', pixels: pixelsOf(GREY, 50) };
    expect(await codeOf(walkClass(pictures, DEFAULT_IMAGE_SETTINGS, pulse))).toBe('CANCELLED');
  });
});

describe('how many pictures are walked', () => {
  const of = (width: number, channels: 1 | 3, count: number): number =>
    picturesToWalk({ width, height: width, channels }, 'one', count);

  it('is a whole class of MNIST and of CIFAR-10, and no more than memory wants', () => {
    expect(of(28, 1, 6_742)).toBe(6_742);
    expect(of(32, 3, 5_000)).toBe(5_000);
    expect(of(1, 1, 1e6)).toBe(7_000);
    expect(of(100, 3, 5_000)).toBe(559);
  });

  it('is none of pictures that are too large, or where there are none', () => {
    expect(() => of(182, 1, 5)).toThrow('33,124 values');
    expect(() => of(28, 1, 0)).toThrow('no picture');
  });
});

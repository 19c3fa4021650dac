import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { emptyPlanes } from '../../../bits/bitPlanes.ts';
import { layOut } from '../../../bits/lanes.ts';
import { LabError } from '../../../errors.ts';
import { SILENT_PULSE } from '../../../pulse.ts';
import { measureStreams } from '../measure.ts';
import { createGenerator, type Generator } from '../../../random.ts';
import type { RecordGroup } from '../../codec.ts';
import { denseTables } from './index.ts';
import { BLOCK_RECORDS } from './plan.ts';

const below = (generator: Generator, n: number): number => uniformInt(generator, 0, n - 1);

interface Recipe {
  seed: number;
  records: number;
  /** Width and kind of each column. */
  columns: { width: number; kind: 'noise' | 'few' | 'step' | 'same' | 'near' | 'window' | 'constant' }[];
}

const column = fc.record({
  width: fc.integer({ min: 1, max: 32 }),
  kind: fc.constantFrom(
    'noise' as const,
    'few' as const,
    'step' as const,
    'same' as const,
    'near' as const,
    'window' as const,
    'constant' as const,
  ),
});

const recipes: fc.Arbitrary<Recipe> = fc.record({
  seed: fc.nat({ max: 1e6 }),
  records: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 6, max: 400 })),
  columns: fc.array(column, { minLength: 1, maxLength: 6 }),
});

/** Columns that follow others in all the ways that a model looks for, and some that do not. */
function groupOf({ seed, records, columns }: Recipe): RecordGroup {
  const generator = createGenerator(seed);
  const layout = layOut(columns.map(({ width }, c) => ({ column: c, width })));
  const codes: Uint32Array[] = [];
  columns.forEach(({ width, kind }, c) => {
    const room = 2 ** width;
    const lane = new Uint32Array(records);
    for (let i = 0; i < records; i++) {
      const left = c === 0 ? 0 : codes[c - 1][i];
      const windowed = c === 0 || i === 0 ? below(generator, room) : codes[c - 1][i - 1];
      const drawn = { noise: room, few: Math.min(room, 5), near: Math.min(room, 4) };
      const code = {
        noise: () => below(generator, drawn.noise),
        few: () => Math.floor(room / 7) * below(generator, drawn.few),
        step: () => (i === 0 ? 0 : lane[i - 1] + 3),
        same: () => (below(generator, 3) === 0 ? below(generator, room) : left + 11),
        near: () => left + below(generator, drawn.near),
        window: () => windowed,
        constant: () => room - 1,
      }[kind]();
      lane[i] = code % room;
    }
    codes.push(lane);
  });
  return {
    of: 'table',
    picture: null,
    records,
    layout,
    planes: emptyPlanes(0, records),
    codes,
    pixels: null,
  };
}

const fit = (group: RecordGroup): Promise<Uint8Array> =>
  denseTables.fit(
    { of: 'table', picture: null, tables: 1, group: () => Promise.resolve(group) },
    'fast',
    SILENT_PULSE,
  );

function encodeAll(model: Uint8Array, group: RecordGroup): Uint8Array[] {
  const encode = denseTables.open(model, group).encoder(group);
  const streams: Uint8Array[] = [];
  for (let first = 0; first < group.records; first += BLOCK_RECORDS) {
    streams.push(encode(first, Math.min(BLOCK_RECORDS, group.records - first)));
  }
  return streams;
}

function expectBack(
  model: Uint8Array,
  streams: readonly Uint8Array[],
  { layout, codes, records }: RecordGroup,
): void {
  const decoder = denseTables.open(model, { layout, picture: null }).decoder();
  streams.forEach((stream, s) => {
    const first = s * BLOCK_RECORDS;
    const count = Math.min(BLOCK_RECORDS, records - first);
    decoder.decode(stream, 0, stream.length, count);
    codes!.forEach((lane, l) => {
      const at = l * decoder.laneStride;
      expect(decoder.codes.slice(at, at + count)).toEqual(lane.slice(first, first + count));
    });
  });
}

const FIXED: Recipe = {
  seed: 3,
  records: 500,
  columns: [
    { width: 20, kind: 'few' },
    { width: 14, kind: 'near' },
    { width: 12, kind: 'same' },
    { width: 12, kind: 'window' },
    { width: 9, kind: 'step' },
    { width: 32, kind: 'noise' },
  ],
};

afterEach(() => vi.restoreAllMocks());

describe('tables in the dense codec', () => {
  it('come back record for record, also those that the model was not fitted to', async () => {
    await fc.assert(
      fc.asyncProperty(recipes, fc.nat({ max: 1e6 }), async (recipe, seed) => {
        const train = groupOf(recipe);
        const model = await fit(train);
        expectBack(model, encodeAll(model, train), train);
        // Records of a test part: the same columns, other codes.
        const kinds = recipe.columns.map(({ width }) => ({ width, kind: 'noise' as const }));
        const test = groupOf({ seed, records: 70, columns: kinds });
        expectBack(model, encodeAll(model, test), test);
      }),
      { numRuns: 40 },
    );
  });

  it('find what repeats: a column that is another one, and a window that moves on', async () => {
    const group = groupOf(FIXED);
    const bits = (lanes: readonly number[]): number =>
      lanes.reduce((sum, l) => sum + FIXED.columns[l].width, 0);
    const streams = encodeAll(await fit(group), group);
    const bytes = streams.reduce((sum, { length }) => sum + length, 0);
    // The noise cannot be made smaller; the others take less than a third of their bits.
    expect(bytes).toBeGreaterThan((500 * bits([5])) / 8);
    expect(bytes).toBeLessThan((500 * (bits([5]) + bits([0, 1, 2, 3, 4]) / 3)) / 8);
  });

  it('say of each lane what it takes: together what the streams do, and noise as many bits as it has', async () => {
    const group = groupOf(FIXED);
    const bytes = await fit(group);
    const size = encodeAll(bytes, group).reduce((sum, { length }) => sum + length, 0);
    const model = denseTables.open(bytes, group);
    const bits = await measureStreams(model, group, FIXED.columns.length, SILENT_PULSE);
    const sum = bits.reduce((total, one) => total + one, 0);
    expect(sum / 8 / size).toBeGreaterThan(0.99);
    expect(sum / 8 / size).toBeLessThan(1.01);
    expect(bits[5] / group.records).toBeCloseTo(32, 0);
    // Two bits are new in the one, and a third of the other is noise; telling which takes 0.92 bits.
    expect((bits[1] + bits[2]) / group.records).toBeLessThan(2 + 12 / 3 + 1.5);
  });

  it('tell which code is a copy in about as many bits as that is worth', async () => {
    const columns = [
      { width: 20, kind: 'noise' as const },
      { width: 20, kind: 'same' as const },
    ];
    const group = groupOf({ seed: 5, records: 2000, columns });
    const model = denseTables.open(await fit(group), group);
    const bits = await measureStreams(model, group, columns.length, SILENT_PULSE);
    // A third of the codes is noise; telling which takes 0.92 bits.
    expect(Math.min(...bits) / group.records).toBeLessThan(20 / 3 + 1.2);
  });

  it('take the same bytes where logarithms and powers are a little wrong', async () => {
    const group = groupOf(FIXED);
    const model = await fit(group);
    const streams = encodeAll(model, group);
    for (const name of ['log', 'log2', 'log10', 'exp', 'pow', 'log1p'] as const) {
      const right: (...values: number[]) => number = Math[name];
      vi.spyOn(Math, name).mockImplementation((...values: number[]) => right(...values) * (1 + 1e-13));
    }
    expect(await fit(group)).toEqual(model);
    expect(encodeAll(model, group)).toEqual(streams);
  });

  it('say it with a code where a model or a stream is damaged, and always end', async () => {
    const group = groupOf({ ...FIXED, records: 130 });
    const model = await fit(group);
    const streams = encodeAll(model, group);
    const generator = createGenerator(8);
    const attempt = (bytes: Uint8Array, stream: Uint8Array): void => {
      try {
        denseTables.open(bytes, group).decoder().decode(stream, 0, stream.length, BLOCK_RECORDS);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(LabError);
        expect((thrown as LabError).code).toBe('ARCHIVE_CORRUPT');
      }
    };
    const damaged = (bytes: Uint8Array): Uint8Array => {
      const copy = bytes.slice(0, below(generator, 4) === 0 ? below(generator, bytes.length) : undefined);
      for (let k = below(generator, 4); k >= 0 && copy.length > 0; k--) {
        copy[below(generator, copy.length)] = below(generator, 256);
      }
      return copy;
    };
    for (let k = 0; k < 150; k++) {
      attempt(damaged(model), streams[0]);
      attempt(model, damaged(streams[0]));
    }
    expect(() => denseTables.open(new Uint8Array(0), group)).toThrow(LabError);
  });

  it('refuse a model that claims more nodes than it has room for', async () => {
    const layout = layOut(Array.from({ length: 4000 }, (_, column) => ({ column, width: 32 })));
    // All zeros: whatever is asked is answered with no or none, or with yes and all, cheaply.
    for (const fill of [0, 255]) {
      const bytes = new Uint8Array(40).fill(fill);
      bytes[0] = 39;
      try {
        denseTables.open(bytes, { layout, picture: null });
      } catch (thrown) {
        expect((thrown as LabError).code).toBe('ARCHIVE_CORRUPT');
      }
    }
  });
});

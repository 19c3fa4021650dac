import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellCode,
  coefficientTiles,
  columnSums,
  countChannels,
  countPlanes,
  entropyOf,
  HUE,
  hueOf,
  levelOf,
  mostTelling,
  LEVELS,
  planCells,
  planeTiles,
} from './cells.ts';
import { bitsOfColumn, describeCoefficient, describePlaneBit, placeWords } from './describeCell.ts';
import { frequencyBits, pixelBits } from './testing/bits.ts';

describe('cells', () => {
  it('keep hue and strength in one byte', () => {
    for (const hue of Object.values(HUE)) {
      for (let level = 0; level <= LEVELS; level++) {
        const code = cellCode(hue, level);
        expect([hueOf(code), levelOf(code), code < 256]).toEqual([hue, level, true]);
      }
    }
  });

  it('stand where their columns say, in any order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (width, height) => {
        const columns = width * height;
        // Columns from the last pixel to the first.
        const place = {
          channel: new Uint8Array(columns),
          y: Uint16Array.from({ length: columns }, (_, k) => Math.floor((columns - 1 - k) / width)),
          x: Uint16Array.from({ length: columns }, (_, k) => (columns - 1 - k) % width),
        };
        const plan = planCells(pixelBits({ columns, place }));
        expect([plan.width, plan.height]).toEqual([width, height]);
        plan.columnAt.forEach((column, cell) => expect(column).toBe(columns - 1 - cell));
      }),
      { numRuns: 30 },
    );
  });

  it('have the entropy of their bit', () => {
    expect(entropyOf(0, 10)).toBe(0);
    expect(entropyOf(10, 10)).toBe(0);
    expect(entropyOf(5, 10)).toBe(1);
    expect(entropyOf(1, 10)).toBeCloseTo(0.469, 3);
    expect(entropyOf(0, 0)).toBe(0);
  });
});

describe('the column that tells the most', () => {
  it('is the one with the greatest entropy over all its bits, the first of several', () => {
    const bits = pixelBits();
    expect(mostTelling(bits)).toBe(0);
    bits.ones[8 * 5 + 1] = 50;
    expect(mostTelling(bits)).toBe(5);
    // Width counts: five bits of a coefficient tell more than two fair ones.
    expect(mostTelling(frequencyBits())).toBe(0);
    expect(mostTelling(pixelBits({ columns: 0 }))).toBeNull();
  });
});

describe('bit planes', () => {
  const bits = pixelBits();
  const plan = planCells(bits);
  const tiles = planeTiles(bits, plan);

  it('run from the most significant bit down, with role and entropy of each', () => {
    expect(tiles.map(({ significance }) => significance)).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
    const hues = tiles.map(({ codes }) => new Set(codes.map(hueOf)));
    expect(hues.map((set) => [...set])).toEqual([
      [HUE.constant],
      ...[0, 0, 0].map(() => [HUE.base]),
      ...[0, 0, 0, 0].map(() => [HUE.deviation]),
    ]);
    expect(levelOf(tiles[7].codes[0])).toBe(LEVELS);
    expect(levelOf(tiles[1].codes[0])).toBe(Math.round(entropyOf(10, 100) * LEVELS));
  });

  it('leave out what a narrower column does not have', () => {
    const narrow = pixelBits({ widths: new Uint8Array(12).fill(8).fill(3, 0, 1) });
    const [top, , , , , low] = planeTiles(narrow, planCells(narrow));
    expect(hueOf(top.codes[0])).toBe(HUE.absent);
    expect(hueOf(low.codes[0])).not.toBe(HUE.absent);
    // Its top bit has the number of its plane.
    expect(low.title).toBe('bit 6 of 8');
    expect(describePlaneBit(narrow, 0, 2).name).toContain('bit 6 of 8 from the top');
  });

  it('are counted by role', () => {
    const counts = countPlanes(bits);
    expect(
      counts.map(({ significance, constant, base, deviation }) => [significance, constant, base, deviation]),
    ).toEqual([
      [7, 12, 0, 0],
      ...[6, 5, 4].map((plane) => [plane, 0, 12, 0]),
      ...[3, 2, 1, 0].map((plane) => [plane, 0, 0, 12]),
    ]);
    expect(counts[7].meanEntropy).toBe(1);
  });

  it('say what a bit is', () => {
    expect(describePlaneBit(bits, 5, 6)).toEqual({
      name: 'Pixel row 1, column 1, bit 2 of 8 from the top',
      numbers: 'share of ones p = 0.1, entropy H = 0.469 bit',
      role: 'base',
      roleWords: 'base: shared by all pictures with the same base',
    });
    expect(describePlaneBit(bits, 0, 7).name).toContain('bit 1 of 8 (top)');
    expect(describePlaneBit(bits, 0, 9)).toMatchObject({ role: null });
    expect(bitsOfColumn(bits, 0).map(({ significance }) => significance)).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  });
});

describe('coefficients', () => {
  const bits = frequencyBits();
  const plan = planCells(bits);

  it('sum their bits', () => {
    expect(columnSums(bits, 0)).toMatchObject({ width: 5, constant: 1, base: 2, deviation: 2 });
    expect(columnSums(bits, 2).meanEntropy).toBe(1);
    expect(columnSums(bits, 3)).toEqual({ width: 0, constant: 0, base: 0, deviation: 0, meanEntropy: 0 });
  });

  it('are drawn by width, by entropy or by their bits in the base', () => {
    const levels = (measure: 'width' | 'entropy' | 'base', channel: number) =>
      [...coefficientTiles(bits, plan, measure)[channel].codes].map(levelOf);
    // Widths from 1 (Cr) to 5.
    expect(levels('width', 0)).toEqual([LEVELS, LEVELS / 2]);
    expect(levels('entropy', 1)).toEqual([LEVELS, 0]);
    expect(levels('base', 0)).toEqual([Math.round((2 / 5) * LEVELS), Math.round(LEVELS / 3)]);
    // One value in all pictures, and a bit that never changes.
    const [, cb, cr] = coefficientTiles(bits, plan, 'width');
    expect([...cb.codes, ...cr.codes].map(hueOf)).toEqual([HUE.plain, ...[0, 0, 0].map(() => HUE.constant)]);
  });

  it('are counted by channel', () => {
    expect(countChannels(bits).map(({ name, columns, bits: all }) => [name, columns, all])).toEqual([
      ['Y', 2, 8],
      ['Cb', 2, 2],
      ['Cr', 2, 1],
    ]);
  });

  it('are named by their frequency', () => {
    expect(placeWords(bits, 0)).toBe('Y, the mean');
    expect(placeWords(bits, 3)).toBe('Cb, frequency 1 across and 0 down');
    const place = {
      ...bits.place,
      y: Uint16Array.of(9, 0, 0, 0, 0, 0),
      x: Uint16Array.of(16, 0, 0, 0, 0, 0),
    };
    expect(placeWords({ ...bits, transform: 'dct8', place }, 0)).toBe(
      'Y, block row 1, column 2, frequency 0 across and 1 down',
    );
    expect(describeCoefficient(bits, 0)).toMatchObject({
      numbers: '5 bits, mean entropy 0.617 bit',
      roleWords: '2 base, 2 deviation, 1 constant',
    });
    expect(describeCoefficient(bits, 3).numbers).toBe('one value in every picture: no bits');
  });
});

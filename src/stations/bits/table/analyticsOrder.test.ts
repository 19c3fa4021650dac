import { describe, expect, it } from 'vitest';
import { BIT_ROLE, type BitsReport } from '../../../contracts/codec.ts';
import {
  betaAt,
  clampBeta,
  countNearlyConstant,
  isNearlyConstant,
  layerStarts,
  ranksOf,
  ringRuns,
  rowOfCells,
  stripLength,
} from './analyticsOrder.ts';
import { condensedAt, describeBit, ordinal } from './describeBit.ts';

const { constant, base, deviation, none } = BIT_ROLE;

/** Two features of four bits, the second clustered on a quantised row of three; then a target of two. */
const report: BitsReport = {
  trainRows: 1000,
  rows: [
    {
      column: 0,
      label: 'age',
      mapping: 'integer, 4 bits',
      kind: 'stored',
      start: 0,
      bits: 4,
      use: 'feature',
    },
    { column: 1, label: 'rate', mapping: 'float', kind: 'stored', start: 4, bits: 4, use: 'feature' },
    { column: 1, label: 'rate ≈', mapping: '3 bits', kind: 'quantised', start: 8, bits: 3, use: 'feature' },
    { column: 2, label: 'price', mapping: '2 bits', kind: 'stored', start: 11, bits: 2, use: 'target' },
  ],
  ones: Uint32Array.of(0, 10, 400, 500, 3, 5, 200, 300, 100, 450, 500, 500, 480),
  entropy: Float64Array.of(0, 0.08, 0.97, 1, 0.03, 0.05, 0.72, 0.88, 0.47, 0.99, 1, 1, 1),
  role: Uint8Array.of(
    ...[constant, base, deviation, deviation],
    ...[base, base, deviation, deviation],
    ...[none, none, none],
    ...[deviation, deviation],
  ),
  order: Uint32Array.of(8, 1, 9, 2, 10, 3),
  condensedSamples: Uint32Array.of(1, 2, 3, 6, 11, 20, 38),
  condenser: 'clusters',
  ownBits: null,
  counts: { constant: 1, base: 3, deviation: 6 },
  hasBases: true,
  seconds: 0.1,
};
const ranks = ranksOf(report);

describe('the analytics order on the map', () => {
  it('ranks the cells of the order and no others', () => {
    expect([...ranks]).toEqual([-1, 1, 3, 5, -1, -1, -1, -1, 0, 2, 4, -1, -1]);
  });

  it('rings neighbouring analytics bits together', () => {
    expect(ringRuns(report.rows[0], ranks, 4)).toEqual([[1, 3]]);
    expect(ringRuns(report.rows[2], ranks, 1)).toEqual([[0, 1]]);
    expect(ringRuns(report.rows[2], ranks, 6)).toEqual([[0, 3]]);
    expect(ringRuns(report.rows[1], ranks, 6)).toEqual([]);
    expect(ringRuns(report.rows[0], ranks, 0)).toEqual([]);
  });

  it('begins a layer where the order goes on to the next bits of all columns', () => {
    expect(layerStarts(report)).toEqual([0, 2, 4]);
  });

  it('knows the row of every cell', () => {
    expect([...rowOfCells(report.rows, 13)]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3]);
  });
});

describe('nearly constant bits', () => {
  it('differ in fewer than one record in 1,000, in ones or in zeros, but in at least one', () => {
    const bits = { trainRows: 10_000, ones: Uint32Array.of(0, 9, 10, 5_000, 9_991, 10_000) };
    expect([0, 1, 2, 3, 4, 5].map((cell) => isNearlyConstant(bits, cell))).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  it('are counted among the first β of the order', () => {
    const bits = { trainRows: 10_000, ones: Uint32Array.of(9, 5_000, 3), order: Uint32Array.of(1, 0, 2) };
    expect([0, 1, 2, 3, 9].map((beta) => countNearlyConstant(bits, beta))).toEqual([0, 0, 1, 2, 2]);
  });
});

describe('β from a place on the strip', () => {
  it('takes the nearest boundary and stays inside the order', () => {
    expect(betaAt(46, 46, 600, 6)).toBe(1);
    expect(betaAt(46 + 310, 46, 600, 6)).toBe(3);
    expect(betaAt(5000, 46, 600, 6)).toBe(6);
    expect(clampBeta(13, 0)).toBe(0);
    expect(clampBeta(0, 6)).toBe(1);
  });

  it('shows the order up to the last bit that splits anything, and further only where β is', () => {
    const flat = { order: report.order, condensedSamples: Uint32Array.of(1, 2, 3, 6, 6, 6, 6) };
    expect(stripLength(flat, 2)).toBe(3);
    expect(stripLength(flat, 3)).toBe(3);
    expect(stripLength(flat, 4)).toBe(6);
    expect(stripLength(report, 1)).toBe(6);
  });
});

describe('describeBit', () => {
  it('names position, share of ones, entropy, role and rank', () => {
    const words = describeBit(report, ranks, { row: 0, bit: 2 }, 4);
    expect(words.name).toBe('age, bit 3 of 4 from the top');
    expect(words.numbers).toBe('share of ones p = 0.4, entropy H = 0.97 bit');
    expect(words.role).toBe('deviation');
    expect(words.rank).toBe('4th of 6 in the analytics order, the last analytics bit now');
    expect(words.beta).toBe(4);
  });

  it('marks a bit in which hardly any record differs', () => {
    const few = { ...report, trainRows: 100_000 };
    expect(describeBit(few, ranks, { row: 0, bit: 1 }, 4).numbers).toContain(', nearly constant');
    expect(describeBit(few, ranks, { row: 0, bit: 2 }, 4).numbers).not.toContain('nearly');
  });

  it('says why a bit can be no analytics bit', () => {
    const rank = (row: number, bit: number) => describeBit(report, ranks, { row, bit }, 4);
    expect(rank(0, 0).beta).toBeNull();
    expect(rank(0, 0).rank).toContain('splits nothing');
    expect(rank(1, 1).rank).toContain('quantised row');
    expect(rank(3, 0).rank).toContain('target');
    expect(rank(2, 2).rank).toContain('one at β = 5');
  });

  it('counts condensed samples, and says where they are not exact', () => {
    expect(condensedAt(report, 2, 'layered', 4)).toBe('3 condensed samples');
    expect(condensedAt(report, 0, 'layered', 4)).toBe('1 condensed sample');
    expect(condensedAt(report, 2, 'pool', 4)).toBe('about 3 condensed samples');
    expect(condensedAt(report, 4, 'pool', 4)).toBe('11 condensed samples');
  });

  it('writes ordinals', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th'.split(' '),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { BitsReport } from '../../../contracts/codec.ts';
import { orderWords } from './orderWords.ts';

/** Three bits in their order: in the second and third of them 9 and 3 of 10,000 records differ. */
const report = {
  trainRows: 10_000,
  ones: Uint32Array.of(5_000, 9, 9_997),
  order: Uint32Array.of(0, 1, 2),
  condensedSamples: Uint32Array.of(1, 2, 3, 4),
  condenser: 'clusters',
} as unknown as BitsReport;

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('the caption of the order', () => {
  it('says why top bits come first, and what the first β make', () => {
    const words = plain(orderWords(report, 'layered', 1));
    expect(words).toContain('the top bit of every column first, because it halves the range, even when few');
    expect(words).toContain('The first β make 2 condensed samples now, 0.02 % of 10,000 training records.');
    expect(words).not.toContain('nearly');
  });

  it('counts the bits in which hardly any record differs', () => {
    expect(orderWords(report, 'layered', 2)).toContain(
      '1 of the first 2 bits is nearly constant, marked by a dot: fewer than 1 record in 1,000 differs in it',
    );
    expect(orderWords(report, 'layered', 3)).toContain('2 of the first 3 bits are nearly constant');
  });

  it('says the rule of the order that is chosen, and that of a codec’s own bases', () => {
    expect(orderWords(report, 'random', 1)).toContain('drawn at random');
    const own = { ...report, condenser: 'bases-zero' } as BitsReport;
    expect(orderWords(own, 'layered', 1)).toMatch(/^The bits stand as the codec’s search adds them/);
  });
});

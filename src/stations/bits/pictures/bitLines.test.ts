import { expect, it } from 'vitest';
import { pixelBits } from '../../pictures/testing/bits.ts';
import { bitLines } from './bitLines.ts';

it('numbers the bits of a file as the page does, a narrow pixel’s by its planes', () => {
  const bits = pixelBits({ widths: new Uint8Array(12).fill(8).fill(3, 0, 1) });
  const [header, first] = bitLines(bits);
  expect(header.slice(3, 5)).toEqual(['bit_from_top', 'bits']);
  expect(first.slice(3, 5)).toEqual([6, 8]);
});

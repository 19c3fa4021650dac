import { expect, it } from 'vitest';
import { addErrors, fidelityOf, measureError, noErrors } from './fidelity.ts';

it('is exact where nothing differs, and where there is nothing', () => {
  const sums = noErrors();
  expect(fidelityOf(sums)).toEqual({ kind: 'exact' });
  measureError(Uint8Array.of(1, 255, 0), Uint8Array.of(1, 255, 0), sums);
  expect(fidelityOf(sums)).toEqual({ kind: 'exact' });
});

it('adds up over parts', () => {
  const first = noErrors();
  measureError(Uint8Array.of(0, 10), Uint8Array.of(255, 10), first);
  const second = noErrors();
  measureError(Uint8Array.of(7, 8), Uint8Array.of(4, 8), second);
  expect(second).toEqual({ values: 2, squared: 9, largest: 3, exact: 1 });
  addErrors(second, first);
  expect(second).toEqual({ values: 4, squared: 255 * 255 + 9, largest: 255, exact: 2 });
  expect(fidelityOf(second)).toEqual({
    kind: 'near',
    psnr: 10 * Math.log10((4 * 255 * 255) / (255 * 255 + 9)),
    maxError: 255,
    exactShare: 0.5,
  });
});

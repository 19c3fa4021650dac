import { expect, it } from 'vitest';
import { MOST_QR_BYTES, qrCodeOf, qrSvg } from './qr.ts';

/** The modules of a code, read back from its path. */
function modulesOf({ size, path }: { size: number; path: string }): boolean[][] {
  const rows = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    rows[Number(y)].fill(true, Number(x), Number(x) + Number(length));
  return rows;
}

it('is a code with its three finders and a light border', () => {
  const code = qrCodeOf('https://lab.example/#v=1&data=diamonds&beta=12');
  if (code === null) throw new Error('no code');
  // Versions have 21, 25, 29 … modules of a side.
  expect((code.size - 8 - 17) % 4).toBe(0);
  const rows = modulesOf(code);
  expect(
    rows
      .slice(0, 4)
      .flat()
      .concat(rows.map(([first]) => first)),
  ).not.toContain(true);
  const last = code.size - 4 - 7;
  for (const [top, left] of [
    [4, 4],
    [4, last],
    [last, 4],
  ]) {
    expect(rows[top].slice(left, left + 7)).toEqual(new Array<boolean>(7).fill(true));
    expect(rows[top + 1].slice(left, left + 7)).toEqual([true, false, false, false, false, false, true]);
  }
  expect(qrSvg(code)).toContain(`viewBox="0 0 ${code.size} ${code.size}"`);
});

it('is none of a link that no phone reads any more', () => {
  expect(qrCodeOf('a'.repeat(MOST_QR_BYTES))).not.toBeNull();
  expect(qrCodeOf('a'.repeat(MOST_QR_BYTES + 1))).toBeNull();
  expect(qrCodeOf('é'.repeat(MOST_QR_BYTES / 2 + 1))).toBeNull();
});

/** Reports about the bits of small pictures, for tests. */
import { BIT_ROLE } from '../../../contracts/codec.ts';
import type { ImageBitsReport } from '../../../contracts/images.ts';

function countsOf(role: Uint8Array): ImageBitsReport['counts'] {
  const counts = { constant: 0, base: 0, deviation: 0 };
  for (const one of role) {
    if (one === BIT_ROLE.base) counts.base++;
    else if (one === BIT_ROLE.deviation) counts.deviation++;
    else counts.constant++;
  }
  return counts;
}

/** Grey pictures of 4 × 3: the first bit of every pixel never changes, the next three are base, the rest deviation. */
export function pixelBits(change: Partial<ImageBitsReport> = {}): ImageBitsReport {
  const columns = 12;
  const role = new Uint8Array(columns * 8);
  const ones = new Uint32Array(columns * 8);
  for (let k = 0; k < columns * 8; k++) {
    const bit = k % 8;
    role[k] = bit === 0 ? BIT_ROLE.constant : bit < 4 ? BIT_ROLE.base : BIT_ROLE.deviation;
    ones[k] = bit === 0 ? 0 : bit < 4 ? 10 : 50;
  }
  return {
    ...{ table: 0, className: 'cat', tables: 2, trainRecords: 100, transform: 'none', columns },
    place: {
      channel: new Uint8Array(columns),
      y: Uint16Array.from({ length: columns }, (_, k) => Math.floor(k / 4)),
      x: Uint16Array.from({ length: columns }, (_, k) => k % 4),
    },
    channelNames: ['grey'],
    widths: new Uint8Array(columns).fill(8),
    starts: Uint32Array.from({ length: columns }, (_, k) => 8 * k),
    ...{ ones, role, mean: new Uint8Array(columns), counts: countsOf(role), baseCount: 7, seconds: 0.01 },
    ...change,
  };
}

/** Coefficients of colour pictures of 2 × 1: widths 5 and 3 (Y), 2 and 0 (Cb), 1 and 0 (Cr). */
export function frequencyBits(): ImageBitsReport {
  const widths = Uint8Array.of(5, 3, 2, 0, 1, 0);
  const starts = Uint32Array.of(0, 5, 8, 10, 10, 11);
  const { constant, base, deviation } = BIT_ROLE;
  const role = Uint8Array.of(
    ...[constant, base, base, deviation, deviation],
    ...[base, deviation, deviation],
    ...[base, base],
    constant,
  );
  return {
    ...{ table: 0, className: null, tables: 1, trainRecords: 8, transform: 'dct', columns: 6 },
    place: {
      channel: Uint8Array.of(0, 0, 1, 1, 2, 2),
      y: new Uint16Array(6),
      x: Uint16Array.of(0, 1, 0, 1, 0, 1),
    },
    channelNames: ['Y', 'Cb', 'Cr'],
    ...{ widths, starts, role, ones: Uint32Array.of(0, 1, 1, 4, 4, 1, 4, 4, 4, 4, 8) },
    ...{ mean: new Uint8Array(6), counts: countsOf(role), baseCount: 3, seconds: 0.01 },
  };
}

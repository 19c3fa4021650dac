/** The map of bits as a file has it: every cell with its numbers, bits counted from the top as on the page. */
import type { BitsReport } from '../../../contracts/codec.ts';
import { roleOf } from './describeBit.ts';

export function bitLines(bits: BitsReport, ranks: Int32Array): (string | number)[][] {
  const lines: (string | number)[][] = [
    ['row', 'bit_from_top', 'bits', 'share_of_ones', 'entropy_bits', 'role', 'analytics_rank'],
  ];
  for (const row of bits.rows) {
    for (let k = 0; k < row.bits; k++) {
      const cell = row.start + k;
      const share = bits.ones[cell] / Math.max(1, bits.trainRows);
      const rank = ranks[cell];
      lines.push([
        ...[row.label, k + 1, row.bits, share, bits.entropy[cell], roleOf(bits, cell).role],
        rank < 0 ? '' : rank + 1,
      ]);
    }
  }
  return lines;
}

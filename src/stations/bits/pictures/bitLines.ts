/** The maps of bits as a file has them: every bit of every pixel or coefficient, counted from the top. */
import type { ImageBitsReport } from '../../../contracts/images.ts';
import { bitsOfColumn, countedBits } from '../../pictures/describeCell.ts';

export function bitLines(bits: ImageBitsReport): (string | number)[][] {
  const { place, channelNames, columns } = bits;
  const countedOf = countedBits(bits);
  const lines: (string | number)[][] = [
    ['channel', 'row', 'column', 'bit_from_top', 'bits', 'share_of_ones', 'entropy_bits', 'role'],
  ];
  for (let column = 0; column < columns; column++) {
    const where = [channelNames[place.channel[column]], place.y[column], place.x[column]];
    const counted = countedOf(column);
    for (const { significance, p, entropy, role } of bitsOfColumn(bits, column))
      lines.push([...where, counted - significance, counted, p, entropy, role]);
  }
  return lines;
}

/** What the maps of pictures say about one bit, and about one pixel or coefficient. */
import { BIT_ROLE } from '../../contracts/codec.ts';
import type { ImageBitsReport } from '../../contracts/images.ts';
import { TRANSFORM_METAS } from '../../contracts/plugins.ts';
import { formatBit, formatCount, formatPlural, formatValue } from '../../ui/format.ts';
import { columnSums, entropyOf, widestColumn } from './cells.ts';

export type BitRoleName = 'constant' | 'base' | 'deviation' | 'varying';

const ROLE_WORDS: Record<BitRoleName, string> = {
  constant: 'constant: the same in every training picture of the table, stored once',
  base: 'base: shared by all pictures with the same base',
  deviation: 'deviation: stored with each picture',
  varying: 'not the same in every picture: coded with each',
};

function roleName({ role, baseCount }: ImageBitsReport, position: number): BitRoleName {
  if (role[position] === BIT_ROLE.base) return 'base';
  if (role[position] !== BIT_ROLE.deviation) return 'constant';
  return baseCount === null ? 'varying' : 'deviation';
}

/** "pixel row 14, column 9 (red)", "Cb, frequency 3 across and 0 down". Rows and columns count from 0. */
export function placeWords(
  { transform, place, channelNames }: Pick<ImageBitsReport, 'transform' | 'place' | 'channelNames'>,
  column: number,
): string {
  const [channel, y, x] = [channelNames[place.channel[column]], place.y[column], place.x[column]];
  return TRANSFORM_METAS.byName(transform).place(channel, y, x, channelNames.length === 1);
}

/**
 * Bits among which those of a column are counted from the top. Of pixels they are those of the widest, so that a plane
 * has one number for all: a narrower pixel lacks the first planes.
 */
export function countedBits(bits: ImageBitsReport): (column: number) => number {
  if (TRANSFORM_METAS.byName(bits.transform).column !== 'pixel') return (column) => bits.widths[column];
  const planes = widestColumn(bits);
  return () => planes;
}

export interface CellWords {
  /** Where it is. */
  name: string;
  /** Share of ones and entropy, or sums over the bits of a coefficient. */
  numbers: string;
  role: BitRoleName | null;
  roleWords: string;
}

/** One bit of a column; significance 0 is its lowest. */
export interface BitFacts {
  significance: number;
  p: number;
  entropy: number;
  role: BitRoleName;
}

/** The bits of one column, most significant first. */
export function bitsOfColumn(bits: ImageBitsReport, column: number): BitFacts[] {
  const width = bits.widths[column];
  return Array.from({ length: width }, (_, k) => {
    const position = bits.starts[column] + k;
    return {
      significance: width - 1 - k,
      p: bits.ones[position] / Math.max(1, bits.trainRecords),
      entropy: entropyOf(bits.ones[position], bits.trainRecords),
      role: roleName(bits, position),
    };
  });
}

/** Everything a bit plane says about one of its cells. */
export function describePlaneBit(bits: ImageBitsReport, column: number, significance: number): CellWords {
  const width = bits.widths[column];
  const counted = countedBits(bits)(column);
  const name = `${capital(placeWords(bits, column))}, ${formatBit(counted - significance, counted)}`;
  const fact = bitsOfColumn(bits, column).find((bit) => bit.significance === significance);
  if (fact === undefined) {
    return {
      ...{ name, numbers: `there is no such bit: the column has ${formatPlural(width, 'bit')}` },
      ...{ role: null, roleWords: '' },
    };
  }
  return {
    name,
    numbers: `share of ones p = ${formatValue(fact.p, 3)}, entropy H = ${formatValue(fact.entropy, 3)} bit`,
    role: fact.role,
    roleWords: ROLE_WORDS[fact.role],
  };
}

/** Everything a map of coefficients says about one of them. */
export function describeCoefficient(bits: ImageBitsReport, column: number): CellWords {
  const { width, constant, base, deviation, meanEntropy } = columnSums(bits, column);
  const name = capital(placeWords(bits, column));
  if (width === 0) {
    return { name, numbers: 'one value in every picture: no bits', role: 'constant', roleWords: '' };
  }
  return {
    name,
    numbers: `${formatPlural(width, 'bit')}, mean entropy ${formatValue(meanEntropy, 3)} bit`,
    role: null,
    roleWords:
      bits.baseCount === null
        ? `${formatCount(deviation)} varying, ${formatCount(constant)} constant`
        : `${formatCount(base)} base, ${formatCount(deviation)} deviation, ${formatCount(constant)} constant`,
  };
}

export function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

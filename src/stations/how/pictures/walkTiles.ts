/** What a walk shows as maps of cells: one picture's bits, shares, entropies and frequencies. */
import type { ImageBitsReport } from '../../../contracts/images.ts';
import type { PictureWalk } from '../../../contracts/pictureWalk.ts';
import {
  cellCode,
  entropyLevels,
  HUE,
  LEVELS,
  roleHue,
  tilesOfPlanes,
  type CellPlan,
  type Tile,
} from '../../pictures/cells.ts';

/** Strength of a zero among ones that are in full colour. */
const ZERO_LEVEL = 3;

/** The bit of a picture at a position. */
export function ownBit(
  { starts, widths }: Pick<ImageBitsReport, 'starts' | 'widths'>,
  codes: Uint32Array,
  position: number,
  column: number,
): number {
  return (codes[column] >>> (starts[column] + widths[column] - 1 - position)) & 1;
}

/** One picture's own bits, ones in full colour: plain, or in the colour of their roles. */
export function ownTiles(bits: ImageBitsReport, plan: CellPlan, codes: Uint32Array, byRole: boolean): Tile[] {
  return tilesOfPlanes(bits, plan, (position, column) => {
    const isOne = ownBit(bits, codes, position, column) === 1;
    if (byRole) return cellCode(roleHue(bits.role[position]), isOne ? LEVELS : ZERO_LEVEL);
    return cellCode(HUE.plain, isOne ? LEVELS : 0);
  });
}

/** The share of ones of every bit. */
export function shareTiles(bits: ImageBitsReport, plan: CellPlan): Tile[] {
  const all = Math.max(1, bits.trainRecords);
  return tilesOfPlanes(bits, plan, (position) =>
    cellCode(HUE.plain, Math.round((bits.ones[position] / all) * LEVELS)),
  );
}

/** The entropy of every bit, and which never change. */
export function entropyTiles(bits: ImageBitsReport, plan: CellPlan): Tile[] {
  const levelOfBit = entropyLevels(bits);
  const { ones, trainRecords } = bits;
  return tilesOfPlanes(bits, plan, (position) =>
    ones[position] === 0 || ones[position] === trainRecords
      ? cellCode(HUE.constant, 0)
      : cellCode(HUE.plain, levelOfBit(position)),
  );
}

/** Strengths of a bit that joined the base before, and of one that did not join it yet. */
const EARLIER_LEVEL = 13;
const OUTSIDE_LEVEL = 7;

/** The base when so many bits are added: in full colour what has joined it since `before`. */
export function growthTiles(
  { bits, search }: Pick<PictureWalk, 'bits' | 'search'>,
  plan: CellPlan,
  before: number,
  added: number,
): Tile[] {
  return tilesOfPlanes(bits, plan, (position) => {
    const at = search.addedAt[position];
    if (at === 0) return cellCode(HUE.constant, 0);
    if (at > added) return cellCode(HUE.deviation, OUTSIDE_LEVEL);
    return cellCode(HUE.base, at > before ? LEVELS : EARLIER_LEVEL);
  });
}

/** Magnitudes of coefficients: of the picture, channel by channel, then their means over the class. Zeros stay empty. */
export function magnitudeTiles(
  { channelNames, coefficients, meanMagnitude }: PictureWalk['frequencies'],
  plan: CellPlan,
): Tile[] {
  const ofPicture = Float32Array.from(coefficients, Math.abs);
  const tilesOf = (magnitudes: Float32Array, of: string): Tile[] => {
    const largest = magnitudes.reduce((most, one) => Math.max(most, one), 0);
    // Most of what there is stands in a few coefficients: steps of a logarithm tell the others apart.
    const scale = LEVELS / Math.log2(1 + Math.max(largest, 1));
    const cells = plan.width * plan.height;
    return channelNames.map((name, channel) => {
      const codes = new Uint8Array(cells).fill(cellCode(HUE.absent, 0));
      for (let cell = 0; cell < cells; cell++) {
        const column = plan.columnAt[channel * cells + cell];
        if (column < 0 || magnitudes[column] === 0) continue;
        codes[cell] = cellCode(HUE.plain, Math.round(Math.log2(1 + magnitudes[column]) * scale));
      }
      const title = channelNames.length === 1 ? of : `${name}, ${of}`;
      return { title, channel, significance: null, codes };
    });
  };
  return [...tilesOf(ofPicture, 'this picture'), ...tilesOf(meanMagnitude, 'mean of the class')];
}

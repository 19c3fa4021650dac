/** From the bits of a base table to maps that can be drawn: one cell per pixel or coefficient, one code per cell. */
import { BIT_ROLE } from '../../contracts/codec.ts';
import type { ImageBitsReport } from '../../contracts/images.ts';
import { formatBit } from '../../ui/format.ts';

/** Strengths of colour that are told apart. */
export const LEVELS = 24;
/** What a cell shows: its role as hue, or a plain measure; `absent` where a column has no such bit. */
export const HUE = { constant: 0, base: 1, deviation: 2, plain: 3, absent: 4 } as const;
const HUE_STEP = 32;

/** A cell's hue and strength in one byte. */
export function cellCode(hue: number, level: number): number {
  return hue * HUE_STEP + level;
}

export function hueOf(code: number): number {
  return code >> 5;
}

export function levelOf(code: number): number {
  return code & (HUE_STEP - 1);
}

/** One map: a bit plane, or the coefficients of a channel. */
export interface Tile {
  title: string;
  /** As much of the title as a narrow map has room for; the whole one where nothing is said. */
  short?: string;
  /** Channel that it belongs to. */
  channel: number;
  /** Bit of the columns that it shows, 0 = least significant; null for a map of whole columns. */
  significance: number | null;
  /** cellCode per cell, row by row. */
  codes: Uint8Array;
}

/** Where every column stands. */
export interface CellPlan {
  width: number;
  height: number;
  channels: number;
  /** Column at (channel · height + y) · width + x, or −1. */
  columnAt: Int32Array;
}

/** Size of the maps and the column of every cell. */
export function planCells({
  columns,
  place,
  channelNames,
}: Pick<ImageBitsReport, 'columns' | 'place' | 'channelNames'>): CellPlan {
  let width = 0;
  let height = 0;
  for (let k = 0; k < columns; k++) {
    if (place.x[k] >= width) width = place.x[k] + 1;
    if (place.y[k] >= height) height = place.y[k] + 1;
  }
  const channels = channelNames.length;
  const columnAt = new Int32Array(channels * width * height).fill(-1);
  for (let k = 0; k < columns; k++) {
    if (place.channel[k] < channels)
      columnAt[(place.channel[k] * height + place.y[k]) * width + place.x[k]] = k;
  }
  return { width, height, channels, columnAt };
}

/** Entropy of a bit that is one in a share p of the records, in bits (Equation 6). */
export function entropyOf(ones: number, records: number): number {
  if (ones <= 0 || ones >= records) return 0;
  const p = ones / records;
  return -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
}

/** Bits of the widest column. */
export function widestColumn({ widths }: Pick<ImageBitsReport, 'widths'>): number {
  let widest = 0;
  for (const width of widths) if (width > widest) widest = width;
  return widest;
}

/** Bits of the narrowest column that has any. */
export function narrowestColumn({ widths }: Pick<ImageBitsReport, 'widths'>): number {
  let narrowest = 0;
  for (const width of widths) {
    if (width > 0 && (narrowest === 0 || width < narrowest)) narrowest = width;
  }
  return narrowest;
}

/** Hue of a stored bit's role. */
export function roleHue(role: number): number {
  if (role === BIT_ROLE.base) return HUE.base;
  return role === BIT_ROLE.deviation ? HUE.deviation : HUE.constant;
}

/**
 * Every channel's bit planes, most significant first.
 *
 * @param codeOf what a bit's cell shows, by the bit's position in the record and the column that it belongs to
 */
export function tilesOfPlanes(
  bits: Pick<ImageBitsReport, 'widths' | 'starts'>,
  plan: CellPlan,
  codeOf: (position: number, column: number) => number,
): Tile[] {
  const { widths, starts } = bits;
  const cells = plan.width * plan.height;
  const tiles: Tile[] = [];
  const planes = widestColumn(bits);
  for (let channel = 0; channel < plan.channels; channel++) {
    for (let significance = planes - 1; significance >= 0; significance--) {
      const codes = new Uint8Array(cells).fill(cellCode(HUE.absent, 0));
      for (let cell = 0; cell < cells; cell++) {
        const column = plan.columnAt[channel * cells + cell];
        if (column < 0 || significance >= widths[column]) continue;
        codes[cell] = codeOf(starts[column] + widths[column] - 1 - significance, column);
      }
      const place = planes - significance;
      const [title, short] = [formatBit(place, planes, true), `bit ${place}`];
      tiles.push({ title, short, channel, significance, codes });
    }
  }
  return tiles;
}

/** Strength of the entropy of the bit at a position. */
export function entropyLevels({
  ones,
  trainRecords,
}: Pick<ImageBitsReport, 'ones' | 'trainRecords'>): (position: number) => number {
  // At most trainRecords + 1 different entropies, and mostly far fewer pixels: a table of coarse shares is enough.
  const shares = 2_048;
  const levels = Uint8Array.from({ length: shares + 1 }, (_, k) => Math.round(entropyOf(k, shares) * LEVELS));
  return (position) => {
    const share = Math.round((ones[position] / Math.max(1, trainRecords)) * shares);
    return levels[Math.min(shares, share)];
  };
}

/** Every channel's bit planes, most significant first: role as hue, entropy as strength. */
export function planeTiles(bits: ImageBitsReport, plan: CellPlan): Tile[] {
  const levelOfBit = entropyLevels(bits);
  return tilesOfPlanes(bits, plan, (position) =>
    cellCode(roleHue(bits.role[position]), levelOfBit(position)),
  );
}

/** What a map of coefficients can show. */
export type CoefficientMeasure = 'width' | 'entropy' | 'base';

/** A column's bits by role, and their mean entropy. */
export interface ColumnSums {
  width: number;
  constant: number;
  base: number;
  deviation: number;
  /** Over all its bits; 0 without bits. */
  meanEntropy: number;
}

export function columnSums(bits: ImageBitsReport, column: number): ColumnSums {
  const width = bits.widths[column];
  const sums: ColumnSums = { width, constant: 0, base: 0, deviation: 0, meanEntropy: 0 };
  for (let k = 0; k < width; k++) {
    const position = bits.starts[column] + k;
    const role = bits.role[position];
    if (role === BIT_ROLE.base) sums.base++;
    else if (role === BIT_ROLE.deviation) sums.deviation++;
    else sums.constant++;
    sums.meanEntropy += entropyOf(bits.ones[position], bits.trainRecords);
  }
  if (width > 0) sums.meanEntropy /= width;
  return sums;
}

/** The column whose bits tell the most together; null without columns. */
export function mostTelling(bits: ImageBitsReport): number | null {
  let most = -1;
  let telling: number | null = null;
  for (let column = 0; column < bits.columns; column++) {
    const { width, meanEntropy } = columnSums(bits, column);
    if (width * meanEntropy > most) {
      most = width * meanEntropy;
      telling = column;
    }
  }
  return telling;
}

/** One map per channel. A coefficient that never changes is drawn as constant in every measure. */
export function coefficientTiles(bits: ImageBitsReport, plan: CellPlan, measure: CoefficientMeasure): Tile[] {
  const cells = plan.width * plan.height;
  const narrowest = narrowestColumn(bits);
  const span = Math.max(1, widestColumn(bits) - narrowest);
  const hue = measure === 'base' ? HUE.base : HUE.plain;
  const shareOf: Record<CoefficientMeasure, (sums: ColumnSums) => number> = {
    width: ({ width }) => Math.max(0, width - narrowest) / span,
    entropy: ({ meanEntropy }) => meanEntropy,
    base: ({ base, width }) => base / Math.max(1, width),
  };
  const share = shareOf[measure];
  return bits.channelNames.map((title, channel) => {
    const codes = new Uint8Array(cells).fill(cellCode(HUE.absent, 0));
    for (let cell = 0; cell < cells; cell++) {
      const column = plan.columnAt[channel * cells + cell];
      if (column < 0) continue;
      const sums = columnSums(bits, column);
      codes[cell] =
        sums.constant === sums.width
          ? cellCode(HUE.constant, 0)
          : cellCode(hue, Math.round(share(sums) * LEVELS));
    }
    return { title, channel, significance: null, codes };
  });
}

/** Bits of some columns by role. */
export interface RoleCounts {
  bits: number;
  constant: number;
  base: number;
  deviation: number;
  meanEntropy: number;
}

function emptyCounts(): RoleCounts {
  return { bits: 0, constant: 0, base: 0, deviation: 0, meanEntropy: 0 };
}

function finish(counts: RoleCounts): RoleCounts {
  if (counts.bits > 0) counts.meanEntropy /= counts.bits;
  return counts;
}

/** Roles counted over one bit plane of all channels, most significant first. */
export function countPlanes(bits: ImageBitsReport): (RoleCounts & { significance: number })[] {
  const planes = Array.from({ length: widestColumn(bits) }, emptyCounts);
  for (let column = 0; column < bits.columns; column++) {
    const width = bits.widths[column];
    for (let k = 0; k < width; k++) count(planes[width - 1 - k], bits, bits.starts[column] + k);
  }
  return planes.map((counts, significance) => ({ ...finish(counts), significance })).reverse();
}

/** Roles counted over each channel. */
export function countChannels(bits: ImageBitsReport): (RoleCounts & { name: string; columns: number })[] {
  const channels = bits.channelNames.map((name) => ({ ...emptyCounts(), name, columns: 0 }));
  for (let column = 0; column < bits.columns; column++) {
    const counts = channels.at(bits.place.channel[column]);
    if (counts === undefined) continue;
    counts.columns++;
    for (let k = 0; k < bits.widths[column]; k++) count(counts, bits, bits.starts[column] + k);
  }
  for (const counts of channels) finish(counts);
  return channels;
}

function count(counts: RoleCounts, bits: ImageBitsReport, position: number): void {
  const role = bits.role[position];
  counts.bits++;
  if (role === BIT_ROLE.base) counts.base++;
  else if (role === BIT_ROLE.deviation) counts.deviation++;
  else counts.constant++;
  counts.meanEntropy += entropyOf(bits.ones[position], bits.trainRecords);
}

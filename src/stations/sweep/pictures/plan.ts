/** The points of a sweep over pictures: what tells one series of them from another, and what they come to. */
import type { ImageSettings, ImageSweepCell } from '../../../contracts/images.ts';
import { representationOf } from '../../../contracts/plugins.ts';
import { IMAGE_SETTINGS } from '../../../contracts/settings.ts';
import type { EncodingKey } from '../../../contracts/imageSweep.ts';

export interface CellSeries {
  key: EncodingKey;
  /** Ascending in τ. */
  cells: ImageSweepCell[];
}

/** The cells of a sweep, one series for each encoding, in the order in which they came. */
export function seriesOfCells(cells: readonly ImageSweepCell[]): CellSeries[] {
  const series = new Map<string, CellSeries>();
  for (const cell of cells) {
    const { transform, representation, classWise } = cell.settings;
    const id = seriesId(cell.settings);
    let line = series.get(id);
    if (line === undefined) {
      line = { key: { transform, representation, classWise }, cells: [] };
      series.set(id, line);
    }
    line.cells.push(cell);
  }
  for (const { cells: own } of series.values()) own.sort((a, b) => a.settings.tau - b.settings.tau);
  return [...series.values()];
}

/** Tells the series of a figure apart. */
export function seriesId(key: EncodingKey): string {
  const values = [key.transform, representationOf(key), key.classWise ? 'class' : 'all'];
  return values.filter((value) => value !== null).join(' ');
}

/** What one point comes to. */
export interface CellFacts {
  /** True size and Equation 1's S, as shares of the raw pixels. */
  storage: number;
  equation1: number | null;
  /** Megabytes (10^6) of pixels per second; null below the clock's tick. */
  encodeRate: number | null;
  decodeRate: number | null;
}

export function cellFacts({
  rawBytes,
  bytes,
  equation1Bits,
  encodeSeconds,
  decodeSeconds,
}: ImageSweepCell): CellFacts {
  const raw = Math.max(1, rawBytes);
  return {
    storage: bytes / raw,
    equation1: equation1Bits === null ? null : equation1Bits / 8 / raw,
    encodeRate: encodeSeconds > 0 ? rawBytes / 1e6 / encodeSeconds : null,
    decodeRate: decodeSeconds > 0 ? rawBytes / 1e6 / decodeSeconds : null,
  };
}

/** The smallest archive among the exact ones, and among all; null while there is none. */
export function smallest(cells: readonly ImageSweepCell[]): {
  exact: ImageSweepCell | null;
  any: ImageSweepCell | null;
} {
  const least = (of: readonly ImageSweepCell[]) =>
    of.reduce<ImageSweepCell | null>(
      (best, cell) =>
        best === null || cell.bytes / cell.rawBytes < best.bytes / best.rawBytes ? cell : best,
      null,
    );
  return { exact: least(cells.filter(({ fidelity }) => fidelity.kind === 'exact')), any: least(cells) };
}

/** What a sweep decides by itself. */
const DECIDED: readonly (keyof ImageSettings)[] = ['transform', 'representation', 'classWise', 'tau'];

/** The settings that would give a sweep other points now. */
export function changedSettings(ran: ImageSettings, now: ImageSettings): (keyof ImageSettings)[] {
  return IMAGE_SETTINGS.names.filter(
    (name) =>
      !DECIDED.includes(name) &&
      ran[name] !== now[name] &&
      IMAGE_SETTINGS.affectedBy(name, now).includes('sweep'),
  );
}

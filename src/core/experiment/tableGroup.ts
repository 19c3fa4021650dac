/** A group of a table's records, ready for a codec. */
import { bitPlanes, laneCodes, type BitPlanes } from '../bits/bitPlanes.ts';
import type { LaneCodes, Layout } from '../bits/lanes.ts';
import type { CodedGroup } from '../codecs/codec.ts';

/**
 * Bit planes are what is kept: they take the fewest bytes. Codes are made of them when they are first asked for, since
 * not every codec asks, and an experiment without a target needs none besides.
 */
export class TableGroup implements CodedGroup {
  readonly of = 'table';
  readonly picture = null;
  readonly pixels = null;
  readonly records: number;
  readonly layout: Layout;
  readonly planes: BitPlanes;
  #codes: readonly LaneCodes[] | null = null;

  /**
   * @param codes of the whole table, lane by lane
   * @param rows which of its records the group has
   */
  constructor(layout: Layout, codes: readonly LaneCodes[], rows: Uint32Array) {
    this.records = rows.length;
    this.layout = layout;
    this.planes = bitPlanes(layout, codes, rows);
  }

  get codes(): readonly LaneCodes[] {
    this.#codes ??= laneCodes(this.layout, this.planes);
    return this.#codes;
  }
}

/** Groups of a table's records, ready for a codec. */
import { emptyPlanes, laneCodes, layLane, type BitPlanes } from '../bits/bitPlanes.ts';
import type { LaneCodes, Layout } from '../bits/lanes.ts';
import type { CodedGroup } from '../codecs/codec.ts';
import type { CodedColumn } from '../table/codes.ts';

/**
 * Bit planes are what is kept: they take the fewest bytes. Codes are made of them when they are first asked for, since
 * not every codec asks, and an experiment without a target needs none besides.
 */
class TableGroup implements CodedGroup {
  readonly of = 'table';
  readonly picture = null;
  readonly pixels = null;
  readonly records: number;
  readonly layout: Layout;
  readonly planes: BitPlanes;
  #codes: readonly LaneCodes[] | null = null;

  constructor(layout: Layout, planes: BitPlanes) {
    this.records = planes.records;
    this.layout = layout;
    this.planes = planes;
  }

  get codes(): readonly LaneCodes[] {
    this.#codes ??= laneCodes(this.layout, this.planes);
    return this.#codes;
  }
}

/**
 * Divides the records of coded columns into groups, column after column.
 *
 * @param groups which records each has, in its order
 */
export function divideColumns(
  layout: Layout,
  columns: Iterable<CodedColumn>,
  groups: readonly Uint32Array[],
): CodedGroup[] {
  const planes = groups.map((rows) => emptyPlanes(layout.recordBits, rows.length));
  for (const { lanes, codes } of columns)
    groups.forEach((rows, g) => lanes.forEach((lane, k) => layLane(planes[g], lane, codes[k], rows)));
  return planes.map((own) => new TableGroup(layout, own));
}

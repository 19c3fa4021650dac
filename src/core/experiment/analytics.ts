/** Which bits divide the records into clusters, in order, and the cells that they are read from. */
import { bitEntropy, bitPlanes, countOnes, emptyPlanes, type BitPlanes } from '../bits/bitPlanes.ts';
import { layOut } from '../bits/lanes.ts';
import type { CodedGroup } from '../codecs/codec.ts';
import { analyticsOrder, type AnalyticsRow } from '../condense/order.ts';
import { fitQuantiser, quantise, QUANTISER_BITS, type Quantiser } from '../condense/quantiser.ts';
import type { Split } from '../random.ts';
import { sumOf } from '../regression/weights.ts';
import type { TableCoding } from '../table/codes.ts';
import type { NumberColumn, Table } from '../table/table.ts';
import type { ExperimentSettings } from './settings.ts';

/** Records divided and coded, ready for a codec. */
export interface PreparedGroups {
  table: Table;
  coded: TableCoding;
  split: Split;
  train: CodedGroup;
  test: CodedGroup;
  /** Ones per stored position over the training records. */
  ones: Uint32Array;
}

/** Clustering columns, their cells and the order of their bits. */
export interface AnalyticsPlan {
  rows: AnalyticsRow[];
  quantisers: Quantiser[];
  /** Ones per cell over the training records: stored positions, then quantised ones. */
  ones: Uint32Array;
  /** Bits of the stored record; cells from here on are quantised. */
  recordBits: number;
  order: Uint32Array;
}

/** Bit planes of quantised columns. */
function quantisedPlanes(table: Table, rows: Uint32Array, quantisers: readonly Quantiser[]): BitPlanes {
  const codes = quantisers.map((quantiser) =>
    quantise(table.columns[quantiser.column] as NumberColumn, quantiser, rows),
  );
  const layout = layOut(quantisers.map(({ column }) => ({ column, width: QUANTISER_BITS })));
  return bitPlanes(layout, codes, rows.length);
}

/**
 * Bit planes of the stored record followed by the quantised columns.
 *
 * @param places which of the training records, as positions in split.train, in the order of the planes; null for all
 */
export function cellPlanes(
  { table, split, train }: Pick<PreparedGroups, 'table' | 'split' | 'train'>,
  places: Uint32Array | null,
  quantisers: readonly Quantiser[],
): BitPlanes {
  const rows = places === null ? split.train : places.map((k) => split.train[k]);
  const stored = places === null ? train.planes : bitPlanes(train.layout, train.codes, places);
  if (quantisers.length === 0) return stored;
  const quantised = quantisedPlanes(table, rows, quantisers);
  const planes = emptyPlanes(stored.positions + quantised.positions, rows.length);
  planes.data.set(stored.data);
  planes.data.set(quantised.data, stored.data.length);
  return planes;
}

/** What the records with a one stand for, cell by cell, and all records. */
function weighedOnes(planes: BitPlanes, weights: Float64Array): { ones: Float64Array; total: number } {
  const { positions, words, data } = planes;
  const ones = new Float64Array(positions);
  for (let position = 0; position < positions; position++) {
    for (let k = 0; k < weights.length; k++) {
      if (((data[position * words + (k >>> 5)] >>> (k & 31)) & 1) === 1) ones[position] += weights[k];
    }
  }
  // Summed in the same order as a cell of all ones, so that this one is constant.
  return { ones, total: sumOf(weights) };
}

/**
 * Clustering rows: a decimal or category feature is read from its stored code, whose bits halve its range; any other
 * numeric feature (every numeric feature with code "linear") from its quantisation.
 *
 * @param weights of all records of the table, where they have any: the order is that of what the records stand for
 */
export function planAnalytics(
  groups: PreparedGroups,
  columns: readonly number[],
  settings: ExperimentSettings,
  weights?: Float64Array,
): AnalyticsPlan {
  const { coded, table, split } = groups;
  const { layout } = coded;
  const recordBits = layout.recordBits;
  const quantisers: Quantiser[] = [];
  const rows = columns.map((column): AnalyticsRow => {
    const { kind } = coded.mappings[column];
    if (kind === 'category' || (kind === 'decimal' && settings.code === 'mixed')) {
      const field = layout.fieldColumns.indexOf(column);
      const start = layout.fieldWidths.slice(0, field).reduce((sum, width) => sum + width, 0);
      return { column, start, bits: layout.fieldWidths[field] };
    }
    quantisers.push(fitQuantiser(table.columns[column] as NumberColumn, column, split.train));
    return { column, start: recordBits + (quantisers.length - 1) * QUANTISER_BITS, bits: QUANTISER_BITS };
  });
  const extra = countOnes(quantisedPlanes(table, split.train, quantisers));
  const ones = new Uint32Array(recordBits + extra.length);
  ones.set(groups.ones);
  ones.set(extra, recordBits);
  const counted =
    weights === undefined
      ? { ones, total: split.train.length }
      : weighedOnes(
          cellPlanes(groups, null, quantisers),
          Float64Array.from(split.train, (row) => weights[row]),
        );
  const { order, beta, seed } = settings;
  return {
    ...{ rows, quantisers, ones, recordBits },
    order: analyticsOrder(rows, counted.ones, counted.total, order, beta, seed),
  };
}

/** The plan of clusters that are a codec's bases: its bits in the order in which its search added them. */
export function planBases(groups: PreparedGroups, added: Uint32Array): AnalyticsPlan {
  return {
    rows: [],
    quantisers: [],
    ones: groups.ones,
    recordBits: groups.coded.layout.recordBits,
    order: added,
  };
}

/** Entropy of every cell, for display. */
export function entropies(ones: Uint32Array, records: number): Float64Array {
  return Float64Array.from(ones, (count) => bitEntropy(count, records));
}

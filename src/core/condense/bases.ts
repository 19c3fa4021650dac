/**
 * Condensed samples of GreedyGD: the bases themselves, every deviation bit read as zero, weighted by the records that
 * share them. EntroGeDe's improvement is to take the mean of the members instead.
 */
import type { CodedGroup } from '../codecs/codec.ts';
import { allocateColumns, decodeColumn, type TableCoding } from '../table/codes.ts';
import type { Column, NumberColumn, Table } from '../table/table.ts';
import { clusterWeights, type Clusters, type WeightedSamples } from './clusters.ts';
import { fitQuantiser } from './quantiser.ts';

/** The coordinates that a model's samples are written in. */
export interface SampleFrame {
  /** Records that the model uses, as positions among the training records. */
  used: Uint32Array;
  /** Numbers of a sample before standardisation, and of its target. */
  width: number;
  outputs: number;
  /** rows × width, row-major. */
  raw(columns: readonly Column[], rows: Uint32Array): Float64Array;
  /** Weights of the used records; where there are none, each is one. */
  weights?: Float64Array;
  /** rows × outputs, row-major. */
  targets(columns: readonly Column[], rows: Uint32Array): Float64Array;
}

interface Ground {
  table: Table;
  coded: TableCoding;
  /** Training records, and their rows in the table. */
  train: CodedGroup;
  rows: Uint32Array;
  frame: SampleFrame;
  /** Of the records that the model uses. */
  clusters: Clusters;
  /** One flag per bit position: the bits that all members of a cluster share. */
  inBase: ArrayLike<number>;
}

/** First member of every cluster, as an index into the training records. */
function representatives({ ids, count }: Clusters, used: Uint32Array): Uint32Array {
  const first = new Uint32Array(count);
  for (let i = 0, next = 0; i < ids.length; i++) if (ids[i] === next) first[next++] = used[i];
  return first;
}

/**
 * @returns one sample per cluster, in the data's own units. An order-preserving float whose low bits are zero may lie
 * far below the column: it is raised to the smallest training value, where a code of zeros lies for every other mapping.
 */
export function baseSamples(ground: Ground): WeightedSamples {
  const { table, coded, train, rows, frame, clusters, inBase } = ground;
  const { layout, mappings } = coded;
  const { count } = clusters;
  const first = representatives(clusters, frame.used);
  const lanes = layout.lanes.map(({ start, width }, index) => {
    let mask = 0;
    for (let b = 0; b < width; b++) if (inBase[start + b] === 1) mask |= 1 << (width - 1 - b);
    const codes = new Uint32Array(count);
    for (let id = 0; id < count; id++) codes[id] = train.codes[index][first[id]] & mask;
    return codes;
  });
  const columns = allocateColumns(
    table.columns.map(({ name }, index) => ({ name, mapping: mappings[index] })),
    count,
  );
  const places = Uint32Array.from({ length: count }, (_, id) => id);
  columns.forEach((column, index) => {
    const own = lanes.filter((_, k) => layout.lanes[k].column === index);
    decodeColumn(mappings[index], own, count, places, column);
    if (column.kind === 'number')
      clamp(column, fitQuantiser(table.columns[index] as NumberColumn, index, rows));
  });
  return {
    rows: count,
    width: frame.width,
    x: frame.raw(columns, places),
    outputs: frame.outputs,
    y: frame.targets(columns, places),
    weights: clusterWeights(clusters, frame.weights),
  };
}

/** Raises and lowers what lies outside the training range, and what is no number, into it. */
function clamp({ values }: NumberColumn, { min, max }: { min: number; max: number }): void {
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] >= min)) values[i] = min;
    else if (values[i] > max) values[i] = max;
  }
}

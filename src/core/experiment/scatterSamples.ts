/** The picture of condensing: the condensed samples along two columns, and where the analytics bits cut the two. */
import type { SampleFrame } from '../condense/bases.ts';
import { clusterWeights, type Clusters } from '../condense/clusters.ts';
import { drawUniformly } from '../selection/draw.ts';
import { columnNamed, placesOf, rangeOf } from './axisColumns.ts';
import { axisCuts, type AxisCuts } from './axisCuts.ts';
import { Kept } from './kept.ts';
import { condenserOf, TABLE_SETTINGS, type ExperimentSettings } from './settings.ts';
import type { Workbench } from './workbench.ts';

/** Most samples that are drawn; of more a draw by this seed stands for all. */
const MOST_SAMPLES = 20_000;
const DRAW_SEED = 1;

export interface ScatterSamples {
  /** β that they are of. */
  beta: number;
  /** Condensed samples in all, and those that lie somewhere on both axes. */
  count: number;
  placed: number;
  /** Of those that are drawn, the heaviest first: places along both axes, and records behind them. */
  x: Float64Array;
  y: Float64Array;
  weights: Float64Array;
  /** Records behind all samples. */
  total: number;
  cuts: { x: AxisCuts; y: AxisCuts };
}

/**
 * The condensed samples of the settings' β along two columns: means of their members, or bases where the codec brings
 * them. A cell that is missing or cannot be drawn is left out of the mean.
 *
 * @returns null where there is nothing to learn, and so nothing to condense
 * @throws COLUMN_UNKNOWN
 */
export async function scatterSamples(
  bench: Workbench,
  settings: ExperimentSettings,
  names: { x: string; y: string },
): Promise<ScatterSamples | null> {
  const groups = await bench.prepare(settings);
  if ((await bench.analytics(settings)) === null) return null;
  const plane = await planeOf(bench, settings, names);
  const clustering = await bench.clustering(settings);
  const { clusters, analytics } = clustering;
  let { x, y } = { x: meansOf(clusters, plane, 'x'), y: meansOf(clusters, plane, 'y') };
  if (condenserOf(settings) === 'bases-zero') {
    const bases = await bench.bases(settings, frameOf(plane), clustering);
    x = Float64Array.from({ length: bases.rows }, (_, id) => bases.x[2 * id]);
    y = Float64Array.from({ length: bases.rows }, (_, id) => bases.x[2 * id + 1]);
  }
  const weights = clusterWeights(clusters, plane.weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ids = Uint32Array.from({ length: clusters.count }, (_, id) => id);
  const placed = ids.filter((id) => !Number.isNaN(x[id]) && !Number.isNaN(y[id]));
  const some = placed.length <= MOST_SAMPLES ? placed : drawUniformly(placed, MOST_SAMPLES, DRAW_SEED);
  const drawn = heaviestFirst(some, weights, total);
  const cutsOf = ({ index, range }: PlaneSide): AxisCuts =>
    axisCuts(groups, analytics, index, settings.beta, range);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(drawn, (id) => values[id]);
  return {
    beta: Math.min(settings.beta, analytics.order.length),
    ...{ count: clusters.count, placed: placed.length },
    ...{ x: pick(x), y: pick(y), weights: pick(weights), total },
    cuts: { x: cutsOf(plane.x), y: cutsOf(plane.y) },
  };
}

/** The records that the model uses along one of two columns. */
interface PlaneSide {
  /** Index of the column in the table. */
  index: number;
  places: Float64Array;
  range: readonly [low: number, high: number];
}

interface Plane {
  /** As positions in split.train. */
  used: Uint32Array;
  /** Absent where each stands for itself. */
  weights?: Float64Array;
  x: PlaneSide;
  y: PlaneSide;
}

/** The same records for every β, kept for as long as the workbench is. */
const planes = new WeakMap<Workbench, Kept<Plane>>();

/** @throws COLUMN_UNKNOWN */
function planeOf(
  bench: Workbench,
  settings: ExperimentSettings,
  names: { x: string; y: string },
): Promise<Plane> {
  const kept = planes.get(bench) ?? new Kept<Plane>();
  planes.set(bench, kept);
  return kept.get([TABLE_SETTINGS.keyOf('fullClosedForm', settings), names.x, names.y], async () => {
    const { table, split } = await bench.prepare(settings);
    const used = await bench.usedRecords(settings);
    const rows = used.map((k) => split.train[k]);
    const side = (name: string): PlaneSide => {
      const column = columnNamed(table, name);
      const places = placesOf(column, rows);
      return { index: table.columns.indexOf(column), places, range: rangeOf(places) };
    };
    const weights = (await bench.canLearn(settings))
      ? (await bench.design(settings)).train.weights
      : undefined;
    return { used, weights, x: side(names.x), y: side(names.y) };
  });
}

/**
 * Places along two columns of some of the records that the model uses, at most as many as samples are drawn.
 *
 * @throws COLUMN_UNKNOWN
 */
export async function scatterRecords(
  bench: Workbench,
  settings: ExperimentSettings,
  names: { x: string; y: string },
  records: Uint32Array,
): Promise<{ x: Float64Array; y: Float64Array }> {
  const { x, y } = await planeOf(bench, settings, names);
  const pick = ({ places }: PlaneSide): Float64Array =>
    Float64Array.from(records.subarray(0, MOST_SAMPLES), (record) => places[record]);
  return { x: pick(x), y: pick(y) };
}

/** Bases by their places along two columns. */
function frameOf({ used, weights, x, y }: Plane): SampleFrame {
  return {
    ...{ used, weights, width: 2, outputs: 0 },
    raw(columns, records) {
      const [across, up] = [placesOf(columns[x.index], records), placesOf(columns[y.index], records)];
      return Float64Array.from({ length: 2 * records.length }, (_, k) => (k % 2 === 0 ? across : up)[k >> 1]);
    },
    targets: () => new Float64Array(0),
  };
}

/** Numbers are sorted natively where they carry what they stand for; a comparison of two would be called each time. */
function heaviestFirst(ids: Uint32Array, weights: Float64Array, total: number): Float64Array {
  const { length } = weights;
  if (!weights.every(Number.isInteger))
    return Float64Array.from(ids).sort((a, b) => weights[b] - weights[a] || a - b);
  const keys = new Float64Array(ids.length);
  for (let k = 0; k < ids.length; k++) keys[k] = (total - weights[ids[k]]) * length + ids[k];
  return keys.sort().map((key) => key % length);
}

/** Mean place of the members of each cluster that have one; NaN where none has. */
function meansOf({ ids, count }: Clusters, plane: Plane, side: 'x' | 'y'): Float64Array {
  const { weights } = plane;
  const { places } = plane[side];
  const means = new Float64Array(count);
  const members = new Float64Array(count);
  for (let i = 0; i < ids.length; i++) {
    if (Number.isNaN(places[i])) continue;
    const weight = weights === undefined ? 1 : weights[i];
    means[ids[i]] += weight * places[i];
    members[ids[i]] += weight;
  }
  for (let id = 0; id < count; id++) means[id] = members[id] === 0 ? NaN : means[id] / members[id];
  return means;
}

/** The picture of condensing: the training records along two columns, which may be chosen. */
import type { Pulse } from '../pulse.ts';
import { createGenerator, type Generator } from '../random.ts';
import { drawUniformly } from '../selection/draw.ts';
import type { Column } from '../table/table.ts';
import { writeTime } from '../table/time.ts';
import {
  axisColumns,
  columnNamed,
  placesOf,
  rangeOf,
  strongestFeature,
  type AxisColumn,
  type AxisColumns,
} from './axisColumns.ts';
import type { ExperimentSettings } from './settings.ts';
import { usableVariables } from './variables.ts';
import type { Workbench } from './workbench.ts';

/** Most records that are drawn; of more a draw stands for all. */
const MOST_RECORDS = 200_000;
/** Most columns that are listed, either way. */
const MOST_LISTED = 200;
/** Seed of what is drawn of too many, and of how far records stand beside the place that they share. */
const DRAW_SEED = 1;
/** How far, as a share of the way to the next place. */
const SPREAD = 0.3;
/** Ranges that are smaller than this share of their numbers, or than this at all, are none. */
const LEAST_RANGE = { share: 1e-9, size: 1e-150 };

/** A column as an axis. */
export interface DataAxis {
  column: string;
  kind: 'number' | 'category';
  /** Where it begins and ends, in the column's unit or in places of categories. */
  low: number;
  high: number;
  /** The only places that there are, with their names: categories, or the values of a number that has two. */
  named: { at: number; name: string }[] | null;
  /** How its numbers are spelt when they are dates or times, else null. */
  time: string | null;
}

export interface ScatterCloud {
  /** What can be an axis, by falling strength; `further` are not listed. */
  columns: AxisColumn[];
  further: number;
  /** What can be none, and how many are not listed. */
  refused: AxisColumns['refused'];
  refusedFurther: number;
  /** Null where there are not two columns to draw. */
  axes: { x: DataAxis; y: DataAxis } | null;
  /** Of every record that is drawn how far along either axis it lies, 0 … 1. */
  x: Float32Array;
  y: Float32Array;
  trainRows: number;
  /** Training records that the model uses, and those of them that lie somewhere on both axes. */
  used: number;
  placed: number;
}

/** Two columns by their names; null leaves one to the strongest feature, or to the target. */
export interface AxisChoice {
  x: string | null;
  y: string | null;
}

/** The records along two columns. @throws CANCELLED, and what the bench's `prepare` throws */
export async function scatterCloud(
  bench: Workbench,
  settings: ExperimentSettings,
  choice: AxisChoice,
  pulse: Pulse,
): Promise<ScatterCloud> {
  const { table, split } = await bench.prepare(settings);
  const rows = (await bench.usedRecords(settings)).map((k) => split.train[k]);
  const variables = usableVariables(table, settings);
  const { columns, refused } = await axisColumns(table.columns, variables, rows, pulse);
  const chosen = chooseAxes(columns, choice);
  const isListed = ({ name }: AxisColumn, k: number): boolean =>
    k < MOST_LISTED || name === chosen?.x || name === chosen?.y;
  const listed = columns.filter(isListed);
  const cloud = {
    ...{ columns: listed, further: columns.length - listed.length },
    refused: refused.slice(0, MOST_LISTED),
    refusedFurther: Math.max(0, refused.length - MOST_LISTED),
    ...{ trainRows: split.train.length, used: rows.length },
  };
  if (chosen === null) {
    return { ...cloud, axes: null, x: new Float32Array(0), y: new Float32Array(0), placed: 0 };
  }
  const [x, y] = [chosen.x, chosen.y].map((name) => alongAxis(columnNamed(table, name), rows));
  const all = Uint32Array.from({ length: rows.length }, (_, k) => k);
  const placed = all.filter((k) => !Number.isNaN(x.places[k]) && !Number.isNaN(y.places[k]));
  const drawn = placed.length <= MOST_RECORDS ? placed : drawUniformly(placed, MOST_RECORDS, DRAW_SEED);
  const generator = createGenerator(DRAW_SEED);
  return {
    ...cloud,
    axes: { x: x.axis, y: y.axis },
    x: sharesOf(x, drawn, generator),
    y: sharesOf(y, drawn, generator),
    placed: placed.length,
  };
}

/** The columns that are asked for where they can be drawn, else the strongest number among the features against the target. */
function chooseAxes(columns: readonly AxisColumn[], choice: AxisChoice): { x: string; y: string } | null {
  const known = (name: string | null): string | undefined =>
    columns.find((column) => column.name === name)?.name;
  const usual = (taken: string | undefined): string | undefined => {
    const free = columns.filter(({ name }) => name !== taken);
    return (strongestFeature(free) ?? free.at(0))?.name;
  };
  const askedX = known(choice.x);
  const target = columns.find(({ name, use }) => use === 'target' && name !== askedX)?.name;
  const y = known(choice.y) ?? target ?? usual(askedX ?? usual(undefined));
  const x = askedX ?? usual(y);
  return x === undefined || y === undefined ? null : { x, y };
}

/** Records along an axis. */
interface Along {
  axis: DataAxis;
  /** Of every record; NaN where it has none. */
  places: Float64Array;
}

function alongAxis(column: Column, rows: Uint32Array): Along {
  const places = placesOf(column, rows);
  if (column.kind === 'text') {
    const named = column.dictionary.map((name, at) => ({ at, name }));
    const range = { low: -0.5, high: named.length - 0.5 };
    return { axis: { column: column.name, kind: 'category', ...range, named, time: null }, places };
  }
  const time = column.time ?? null;
  const said = { column: column.name, kind: 'number' as const, time };
  const [low, high] = rangeOf(places);
  const [least, most] = widened(low, high);
  if (least !== low || !isTwoValued(places, low, high)) {
    return { axis: { ...said, low: least, high: most, named: null }, places };
  }
  const room = (high - low) / 2;
  const named = [low, high].map((at) => ({ at, name: time === null ? String(at) : writeTime(at, time) }));
  return { axis: { ...said, low: low - room, high: high + room, named }, places };
}

/** A range that is one: around a single number there is room on both sides. */
function widened(low: number, high: number): [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > Math.max(size * LEAST_RANGE.share, LEAST_RANGE.size)) return [low, high];
  const room = size > LEAST_RANGE.size ? size / 10 : 1;
  return [low - room, high + room];
}

function isTwoValued(places: Float64Array, low: number, high: number): boolean {
  return places.every((place) => place === low || place === high || Number.isNaN(place));
}

/** How far along the axis some records lie; those that share a named place stand scattered about it. */
function sharesOf({ axis, places }: Along, records: Uint32Array, generator: Generator): Float32Array {
  const { low, high, named } = axis;
  const apart = named === null ? 0 : named.length > 1 ? named[1].at - named[0].at : 1;
  const shares = new Float32Array(records.length);
  for (let k = 0; k < records.length; k++) {
    const beside = apart === 0 ? 0 : apart * SPREAD * 2 * ((generator.next() >>> 0) / 2 ** 32 - 0.5);
    shares[k] = (places[records[k]] + beside - low) / (high - low);
  }
  return shares;
}

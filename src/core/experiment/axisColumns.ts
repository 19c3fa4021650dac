/** Which columns can be an axis of a picture of the records, the ones first that go with the target most closely. */
import { LabError } from '../errors.ts';
import type { Pulse } from '../pulse.ts';
import type { Variables } from '../regression/design.ts';
import { classCoding, present } from '../regression/targets.ts';
import { isCategory, MAX_CATEGORIES, type Column, type Table } from '../table/table.ts';
import { correlation, correlationRatio } from './association.ts';

/** Largest size of a number that is drawn: its square is a number too. */
const LARGEST = 1e150;
/** Records that a column's strength is taken from, evenly spread. */
const MOST_ROWS = 20_000;

export interface AxisColumn {
  name: string;
  kind: 'number' | 'category';
  use: 'target' | 'feature' | 'other';
  /**
   * How closely it goes with the target, 0 … 1: the size of the correlation of two numbers, the correlation ratio of a
   * number and classes or categories; null of the target itself, where there is none, and of categories beside classes.
   */
  strength: number | null;
}

/** A column that can be no axis, and why, in a sentence. */
export interface RefusedColumn {
  name: string;
  reason: string;
}

export interface AxisColumns {
  /** By falling strength, those without one last. */
  columns: AxisColumn[];
  refused: RefusedColumn[];
}

/** @throws COLUMN_UNKNOWN */
export function columnNamed({ columns }: Table, name: string): Column {
  const column = columns.find((one) => one.name === name);
  if (column !== undefined) return column;
  throw new LabError('COLUMN_UNKNOWN', `The table has no column "${name}" to be drawn.`);
}

/**
 * Where records lie along a column: its numbers, or the places of its categories in its dictionary.
 *
 * @returns one place per row; NaN where the cell is missing, infinite or too large to be drawn
 */
export function placesOf(column: Column, rows: Uint32Array): Float64Array {
  const places = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) places[k] = placeOf(column, rows[k]);
  return places;
}

/** The smallest and the largest place; 0 where there is none. */
export function rangeOf(places: Float64Array): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const place of places) {
    if (place < low) low = place;
    if (place > high) high = place;
  }
  return low <= high ? [low, high] : [0, 0];
}

function placeOf(column: Column, row: number): number {
  if (column.missing !== null && column.missing[row] === 1) return NaN;
  const cell = column.kind === 'text' ? column.codes[row] : column.values[row];
  return Math.abs(cell) <= LARGEST ? cell : NaN;
}

/**
 * @param columns those of the table
 * @param variables what is predicted and from what; null where nothing is
 * @param rows training records, by their rows in the table
 */
export async function axisColumns(
  columns: readonly Column[],
  variables: Variables | null,
  rows: Uint32Array,
  pulse: Pulse,
): Promise<AxisColumns> {
  const count = Math.min(rows.length, MOST_ROWS);
  const some = Uint32Array.from({ length: count }, (_, k) => rows[Math.floor((k * rows.length) / count)]);
  const target = variables === null ? null : targetPlaces(columns, variables, some);
  const features = new Set(variables?.features);
  const found: AxisColumns = { columns: [], refused: [] };
  for (const [index, column] of columns.entries()) {
    const { name } = column;
    const kind = column.kind === 'text' ? 'category' : 'number';
    const reason = refusal(column, rows);
    if (reason !== null) found.refused.push({ name, reason });
    else if (index === variables?.target) found.columns.push({ name, kind, use: 'target', strength: null });
    else {
      const strength = target === null ? null : strengthOf(column, placesOf(column, some), target);
      found.columns.push({ name, kind, use: features.has(index) ? 'feature' : 'other', strength });
    }
    if (pulse.due()) {
      const [done, total] = [index + 1, columns.length];
      await pulse.beat({ phase: 'Looking for two columns to draw', done, total, unit: 'columns' });
    }
  }
  found.columns.sort((a, b) => (b.strength ?? -1) - (a.strength ?? -1));
  return found;
}

/** The feature that goes with the target most closely: a number where there is any that can be drawn. */
export function strongestFeature(columns: readonly AxisColumn[]): AxisColumn | undefined {
  const features = columns.filter(({ use }) => use === 'feature');
  return features.find(({ kind }) => kind === 'number') ?? features.at(0);
}

/** Why a column can be no axis, or null. */
function refusal(column: Column, rows: Uint32Array): string | null {
  if (column.kind === 'text') {
    if (isCategory(column)) return null;
    return column.dictionary.length < 2
      ? 'It has one value throughout.'
      : `Text with ${column.dictionary.length} different values; only up to ${MAX_CATEGORIES} have a place on an axis.`;
  }
  let first = NaN;
  for (let k = 0; k < rows.length; k++) {
    const place = placeOf(column, rows[k]);
    if (Number.isNaN(place)) continue;
    if (Number.isNaN(first)) first = place;
    else if (place !== first) return null;
  }
  return Number.isNaN(first)
    ? 'No training record has a number in it that can be drawn.'
    : 'It has one value in all training records.';
}

/** The target of some records: numbers, or the numbers of their classes. */
interface TargetPlaces {
  isClasses: boolean;
  places: Float64Array;
}

function targetPlaces(
  columns: readonly Column[],
  { target, task }: Variables,
  rows: Uint32Array,
): TargetPlaces | null {
  const column = columns[target];
  if (task === 'regression') return { isClasses: false, places: placesOf(column, rows) };
  const coding = classCoding(column);
  if (coding === null) return null;
  const places = Float64Array.from(rows, (row) => (present(column, row) ? coding.classOf(row) : NaN));
  return { isClasses: true, places };
}

function strengthOf(column: Column, own: Float64Array, { isClasses, places }: TargetPlaces): number | null {
  if (column.kind === 'text' && isClasses) return null;
  const isBoth = (_: number, k: number): boolean => !Number.isNaN(own[k]) && !Number.isNaN(places[k]);
  const [a, b] = [own.filter(isBoth), places.filter(isBoth)];
  if (column.kind === 'text') return correlationRatio(a, b);
  return isClasses ? correlationRatio(b, a) : Math.abs(correlation(a, b));
}

/** What a model predicts along one of its features, all others at their means. */
import type { Design } from '../regression/design.ts';
import { sigmoid } from '../regression/logistic.ts';
import type { Column } from '../table/table.ts';
import { placesOf, rangeOf } from './axisColumns.ts';
import type { ExperimentSettings } from './settings.ts';
import type { Workbench } from './workbench.ts';

/** Points of a line along numbers: enough for the bend of a probability. */
const POINTS = 97;
/** Half the width of a stroke at a category, as a share of the way to the next one. */
const HALF_STROKE = 0.35;

export interface PredictionLine {
  /** Places across, from end to end of the records; of categories a stroke each, with a NaN behind it. */
  x: Float64Array;
  /**
   * What a model predicts there: the target, or where it has two classes their places, with the way between them divided
   * by the probability of the second.
   *
   * @param theta coefficients of standardised columns, the intercept first
   */
  of: (theta: Float64Array) => Float64Array;
}

/**
 * @param names of the feature across and of the target upwards
 * @returns null where no line says what a model predicts: upwards is not the target, across is no feature, or the target
 * has more than two classes
 * @throws what the bench's `design` throws
 */
export async function predictionLine(
  bench: Workbench,
  settings: ExperimentSettings,
  names: { x: string; y: string },
): Promise<PredictionLine | null> {
  const design = await bench.design(settings);
  const { table, split } = await bench.prepare(settings);
  const feature = table.columns.findIndex(({ name }) => name === names.x);
  const target = table.columns.find(({ name }) => name === names.y);
  if (target === undefined || names.y !== settings.target) return null;
  const first = design.map.sources.indexOf(feature);
  if (feature < 0 || first < 0 || design.train.outputs > 1) return null;
  const across = table.columns[feature];
  const x = linePlaces(
    across,
    design.used.map((k) => split.train[k]),
  );
  return { x, of: (theta) => predictAlong(design, theta, { across, first, target }, x) };
}

function linePlaces(column: Column, rows: Uint32Array): Float64Array {
  if (column.kind === 'text') {
    const strokes = column.dictionary.flatMap((_, code) => [code - HALF_STROKE, code + HALF_STROKE, NaN]);
    return Float64Array.from(strokes);
  }
  const [low, high] = rangeOf(placesOf(column, rows));
  return Float64Array.from({ length: POINTS }, (_, k) => low + (high - low) * (k / (POINTS - 1)));
}

interface Along {
  across: Column;
  /** The first of its design columns. */
  first: number;
  target: Column;
}

function predictAlong(
  { map, labels }: Design,
  theta: Float64Array,
  { across, first, target }: Along,
  places: Float64Array,
): Float64Array {
  const columns = across.kind === 'number' ? 1 : across.dictionary.length;
  const ends = labels?.map((label) => placeOfLabel(target, label)) ?? null;
  return places.map((place) => {
    if (Number.isNaN(place)) return NaN;
    // Standardised, every other column is 0 at its mean.
    let z = theta[0];
    for (let k = 0; k < columns; k++) {
      const value = across.kind === 'number' ? place : Math.round(place) === k ? 1 : 0;
      z += theta[first + k] * (value - map.means[first + k]) * map.scales[first + k];
    }
    return ends === null ? z : ends[0] + sigmoid(z) * (ends[1] - ends[0]);
  });
}

function placeOfLabel(column: Column, label: string): number {
  return column.kind === 'number' ? Number(label) : column.dictionary.indexOf(label);
}

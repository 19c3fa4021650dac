/** The picture of condensing in words. */
import type { DataAxis, ScatterCloud, ScatterSamples } from '../../contracts/scatter.ts';
import { writeTime } from '../../contracts/time.ts';
import { shortTick } from '../../ui/charts/axisFormats.ts';
import { formatCompact, formatCount, formatPlural } from '../../ui/format.ts';

/** Both axes of a picture that has any. */
export type Axes = NonNullable<ScatterCloud['axes']>;

/** How far beside the place of a category its name still holds. */
const BESIDE = 0.005;
/** Letters of a category's name that fit into a sentence. */
const LONGEST_NAME = 28;

/** A number of an axis as a tick says it. */
export function tickWords({ time }: Pick<DataAxis, 'time'>, value: number): string {
  return time === null ? shortTick(value) : writeTime(Math.round(value), time);
}

/** Where something lies along an axis: a number, a time, a category, or the two categories it lies between. */
export function placeWords({ kind, named, time }: DataAxis, place: number): string {
  if (kind === 'number') return time === null ? formatCompact(place) : writeTime(Math.round(place), time);
  const nameAt = (k: number): string => `“${cut(named?.at(k)?.name ?? '')}”`;
  if (Math.abs(place - Math.round(place)) <= BESIDE) return nameAt(Math.round(place));
  return `between ${nameAt(Math.floor(place))} and ${nameAt(Math.ceil(place))}`;
}

function cut(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
}

/** One sample: "This sample stands for 341 records, at carat 0.53 and price 1,523." */
export function sampleWords(axes: Axes, samples: ScatterSamples, k: number): string {
  return `This sample ${standing(axes, samples, k)}.`;
}

function standing({ x, y }: Axes, samples: ScatterSamples, k: number): string {
  const at = `${x.column} ${placeWords(x, samples.x[k])} and ${y.column} ${placeWords(y, samples.y[k])}`;
  return `stands for ${formatPlural(samples.weights[k], 'record')}, at ${at}`;
}

/** The whole picture, read out in its place. */
export function pictureWords(axes: Axes, cloud: ScatterCloud, samples: ScatterSamples | null): string {
  const records = `${formatPlural(cloud.placed, 'training record')} by ${axes.x.column} and ${axes.y.column}`;
  if (samples === null) return `${records}.`;
  const condensed = formatPlural(samples.placed, 'condensed sample');
  const heaviest = samples.weights.length === 0 ? '' : ` The heaviest ${standing(axes, samples, 0)}.`;
  return `${records}, and ${condensed} among them as circles as large as their weights.${heaviest}`;
}

/** How many of the bits cut each column, and what that makes of the cells. */
export function cellsWords({ x, y }: Axes, { beta, cuts }: ScatterSamples): string {
  const across = { column: x.column, ...cuts.x };
  const axes = x.column === y.column ? [across] : [across, { column: y.column, ...cuts.y }];
  const own = axes.reduce((sum, { bits }) => sum + bits, 0);
  const at = `At β = ${formatCount(beta)}`;
  if (own === 0) {
    const names = axes.map(({ column }) => column).join(' or ');
    return `${at}, none of the bits cuts ${names}: the records are divided along other columns.`;
  }
  const parts = axes.map(({ column, bits }, k) => {
    const some = bits === 0 ? 'none' : formatCount(bits);
    return `${some}${k === 0 ? ' of the bits' : ''} ${bits > 1 ? 'cut' : 'cuts'} ${column}`;
  });
  const rest = beta - own;
  const others =
    rest === 0
      ? ''
      : ` The other ${rest === 1 ? 'one cuts another column' : `${formatCount(rest)} cut other columns`}, so a cell may hold several samples.`;
  const undrawn = axes.filter((axis) => axis.at === null).map(({ column }) => column);
  const narrow =
    undrawn.length === 0
      ? ''
      : ` The cells along ${undrawn.join(' and ')} are too narrow to be drawn, or no intervals.`;
  return `${at}, ${parts.join(' and ')}.${others}${narrow}`;
}

interface Model {
  target: string | null;
  /** Names of the classes; null of a number. */
  classes: readonly string[] | null;
}

/** What the lines of the models say, or why there are none; empty where that is not known yet. */
export function linesWords({ x, y }: Axes, cloud: ScatterCloud, hasLines: boolean, model: Model): string {
  const { target, classes } = model;
  if (target === null) return '';
  const others = 'with all other features at their means';
  if (hasLines && classes === null) {
    return `The lines are what each model at its optimum predicts along ${x.column}, ${others}.`;
  }
  if (hasLines && classes !== null) {
    return `The lines are how likely each model at its optimum takes “${classes[1]}” to be along ${x.column}, ${others}: 0 at “${classes[0]}”, 1 at “${classes[1]}”.`;
  }
  if (y.column !== target) return `Put ${target} upwards to see what both models predict.`;
  if (classes !== null && classes.length > 2) {
    return 'The target has more than two classes, so no single line says what is predicted.';
  }
  const isFeature = cloud.columns.some(({ name, use }) => name === x.column && use === 'feature');
  return isFeature ? '' : `${x.column} is not a feature, so the models predict nothing along it.`;
}

/** What is not in the picture; empty where everything is. */
export function missingWords(cloud: ScatterCloud, samples: ScatterSamples | null): string {
  const { trainRows, used, placed } = cloud;
  const parts = [
    ...(used < trainRows ? [`${formatPlural(trainRows - used, 'record')} that training leaves out`] : []),
    ...(placed < used
      ? [`${formatPlural(used - placed, 'record')} whose value in one of the columns is missing or infinite`]
      : []),
    ...(samples !== null && samples.placed < samples.count
      ? [`${formatPlural(samples.count - samples.placed, 'sample')} of such records alone`]
      : []),
  ];
  return parts.length === 0 ? '' : `Not in the picture: ${parts.join('; ')}.`;
}

/** What a radar figure is given. */
import type { ChartSeries } from './figure.tsx';

export interface RadarSeries extends Pick<ChartSeries, 'id' | 'name' | 'colour' | 'marks' | 'shape'> {
  stroke: Exclude<NonNullable<ChartSeries['stroke']>, 'none'>;
  /** One for each axis, from 0 in the middle to 1 at the rim. */
  values: readonly number[];
}

export interface RadarFigureProps {
  /** What it shows with its main numbers, in a sentence: read out in place of the picture. */
  summary: string;
  /** Names of the axes, clockwise from the top. */
  axes: readonly string[];
  series: readonly RadarSeries[];
  /** Said in place of a chart without lines. */
  empty: string;
}

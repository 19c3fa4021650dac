/** What a figure of dots is given: named rows, in each a dot for every series. */
import type { ChartAxis, ChartSeries } from './figure.tsx';

/** A value with the interval around it. */
export interface Dot {
  value: number;
  low: number;
  high: number;
}

/** Whose dots they are, and how they look. */
export type DotSeries = Pick<ChartSeries, 'id' | 'name' | 'colour' | 'marks' | 'shape'>;

export interface DotFigureProps {
  /** What it shows with its main numbers, in a sentence: read out in place of the picture. */
  summary: string;
  series: readonly DotSeries[];
  /** From top to bottom: a name, and a dot per series by its id. */
  rows: readonly { name: string; dots: Readonly<Record<string, Dot>> }[];
  x: ChartAxis;
  empty: string;
}

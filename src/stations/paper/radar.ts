/** The paper's Figure 1: what each method costs and gives on six axes, the best of those shown at the rim. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { RadarFigureProps, RadarSeries } from '../../ui/charts/radar.ts';
import { seriesLook } from '../../ui/charts/marks.ts';
import {
  isSameShare,
  PAPER_FIGURE1,
  PAPER_FRACTION,
  paperValue,
  type PaperMeasure,
} from '../training/paper/tables.ts';
import { fractionWords } from '../training/words.ts';
import { PAPER_PICTURES } from './sets.ts';
import { SOURCE_WORDS, type PaperSheet, type SheetRow, type Source } from './sheet.ts';
import { labelOf, valueWords } from './words.ts';

interface Axis {
  measure: PaperMeasure;
  /** Whether more of it is better; else the least stands at the rim. */
  isMoreBetter: boolean;
  /** What it is, in a sentence. */
  about: string;
}

/** What the paper's axes are, by their names in tables.json. */
export const RADAR_AXES: Readonly<Record<string, Axis>> = {
  'runtime speed-up': {
    ...{ measure: 'time', isMoreBetter: false },
    about: 'The shortest time of the methods shown ÷ that of the method.',
  },
  accuracy: { measure: 'accuracy', isMoreBetter: true, about: 'Accuracy ÷ the best of the methods shown.' },
  'storage efficiency': {
    ...{ measure: 'storage', isMoreBetter: false },
    about: 'The fewest bytes on disk ÷ those of the method.',
  },
  'training memory efficiency': {
    ...{ measure: 'trainMemory', isMoreBetter: false },
    about: 'The smallest share of the pictures that an epoch holds ÷ that of the method.',
  },
  'CS memory efficiency': {
    ...{ measure: 'csMemory', isMoreBetter: false },
    about:
      'The smallest share of the pictures that choosing looks at ÷ that of the method. CS is coreset selection.',
  },
  'data access': {
    ...{ measure: 'dataAccess', isMoreBetter: true },
    about: 'The share of the pictures that training can draw from ÷ the largest of the methods shown.',
  },
};

/** One method on the axes. */
export interface RadarRow {
  method: string;
  /** One for each axis: as measured, in words, and from 0 to 1. */
  words: string[];
  scores: number[];
}

export interface RadarReading {
  axes: readonly string[];
  rows: RadarRow[];
  /** Methods with results that lack a number on some axis. */
  left: string[];
}

/** Number of a row on an axis; null where it has none. Time in seconds where a share of full training's is not known. */
function numberOf(row: SheetRow, source: Source, measure: PaperMeasure): number | null {
  const own = row.entries[source].values[measure]?.mean;
  if (own !== undefined || source !== 'paper') return own ?? null;
  // The paper gives memory and access for one set, and says that they hold for all.
  return paperValue('mnist', row.method, row.fraction, measure)?.mean ?? null;
}

/** @param sheet a table that has the paper's main share */
export function radarOf({ rows }: PaperSheet, source: Source): RadarReading {
  const { axes } = PAPER_FIGURE1;
  const meant = rows.filter(
    ({ method, fraction, entries }) =>
      isSameShare(fraction, PAPER_FRACTION) &&
      entries[source].values.accuracy !== undefined &&
      (source !== 'paper' || PAPER_FIGURE1.methods.includes(method)),
  );
  const hasShares = meant.every((row) => numberOf(row, source, 'time') !== null);
  const measures = axes.map((axis) => {
    const { measure } = RADAR_AXES[axis];
    return measure === 'time' && !hasShares ? 'seconds' : measure;
  });
  const known = meant.flatMap((row) => {
    const numbers = measures.map((measure) => numberOf(row, source, measure));
    return numbers.every((one): one is number => one !== null && one > 0) ? [{ row, numbers }] : [];
  });
  const best = axes.map((axis, k) => {
    const all = known.map(({ numbers }) => numbers[k]);
    return RADAR_AXES[axis].isMoreBetter ? Math.max(...all) : Math.min(...all);
  });
  return {
    axes,
    rows: known.map(({ row, numbers }) => ({
      method: row.method,
      words: numbers.map((mean, k) => valueWords(measures[k], { mean, std: null }, source !== 'paper')),
      scores: numbers.map((one, k) => (RADAR_AXES[axes[k]].isMoreBetter ? one / best[k] : best[k] / one)),
    })),
    left: meant.filter((row) => known.every((one) => one.row !== row)).map(({ method }) => method),
  };
}

/** The reading as a figure. */
export function radarFigure(reading: RadarReading, { table }: PaperSheet, source: Source): RadarFigureProps {
  const { axes, rows } = reading;
  const series = rows.map(({ method, scores }, k): RadarSeries => ({
    ...{ id: method, name: labelOf(method), values: scores },
    ...(METHOD_METAS.find(method)?.look ?? seriesLook(k)),
    marks: 'none',
  }));
  const lines = rows.map(
    ({ method, scores }) =>
      `${labelOf(method)}: ${axes.map((axis, k) => `${axis} ${scores[k].toFixed(2)}`).join(', ')}`,
  );
  const of = `${SOURCE_WORDS[source]}, ${PAPER_PICTURES[table.set].title} at ${fractionWords(PAPER_FRACTION)}`;
  return {
    summary: lines.length === 0 ? `${of}: nothing yet.` : `${of}, 1 is the best shown. ${lines.join('; ')}.`,
    ...{ axes, series },
    empty: 'No method has a number on every axis yet.',
  };
}

/** The numbers of the figure, the header first. */
export function radarRows({ axes, rows }: RadarReading): (string | number)[][] {
  return [
    ['method', ...axes],
    ...rows.map(({ method, scores }) => [
      labelOf(method),
      ...scores.map((one) => Number(one.toPrecision(6))),
    ]),
  ];
}

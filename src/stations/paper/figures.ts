/** The paper's Figures 6 to 8: accuracy against the share of the pictures and against time, its own lines standing back. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { ChartPoint } from '../../ui/charts/points.ts';
import type { ChartReference, ChartSeries, LineFigureProps } from '../../ui/charts/figure.tsx';
import { seriesLook, type SeriesLook } from '../../ui/charts/marks.ts';
import { formatPercent } from '../../ui/format.ts';
import { paperMethods, paperRows, type PaperRow, type PaperSet } from '../training/paper/tables.ts';
import { fractionWords } from '../training/words.ts';
import { evidenceOf, fullSecondsOf, valuesOf, type Evidence } from './evidence.ts';
import { PAPER_PICTURES } from './sets.ts';
import { SOURCE_WORDS, type Known, type Source } from './sheet.ts';
import { labelOf, seedsWords } from './words.ts';

/** What stands beside the paper's lines; "paper": nothing. */
export interface FigureSubject {
  set: PaperSet;
  known: Known;
  beside: Source;
}

const percent = (value: number) => formatPercent(value, 1);
const exactPercent = (value: number) => formatPercent(value, 2);

/** One result of a method with its place in both figures. */
interface Spot {
  fraction: number;
  accuracy: number;
  spread: number | null;
  /** As a share of full training's; null where that is not known. */
  time: number | null;
  note?: string;
}

type Line = { method: string; spots: Spot[] };

function lookOf(method: string, index: number): SeriesLook {
  return METHOD_METAS.find(method)?.look ?? seriesLook(index);
}

function paperLines(set: PaperSet): Line[] {
  const rows = paperRows(set);
  const full = rows.find(({ fraction, values }) => fraction === 1 && values?.seconds !== undefined);
  const fullSeconds = full?.values?.seconds?.mean ?? NaN;
  const spotOf = ({ fraction, values }: PaperRow): Spot[] =>
    values?.accuracy === undefined
      ? []
      : [
          {
            ...{ fraction, accuracy: values.accuracy.mean, spread: values.accuracy.std },
            time:
              values.time?.mean ?? (values.seconds === undefined ? null : values.seconds.mean / fullSeconds),
          },
        ];
  return paperMethods(set).map((method) => ({
    method,
    spots: rows.filter((row) => row.method === method).flatMap(spotOf),
  }));
}

function ownLines(evidence: readonly Evidence[]): Line[] {
  const full = fullSecondsOf(evidence);
  return METHOD_METAS.all
    .filter(({ usesFraction }) => usesFraction)
    .map(({ name: method }) => {
      const own = evidence.filter(({ result }) => result.method === method);
      const shares = [...new Set(own.map(({ result }) => result.fraction))];
      return {
        method,
        spots: shares.flatMap((fraction) => {
          const some = evidenceOf(own, method, fraction);
          const { accuracy, time } = valuesOf(some, full);
          const note = seedsWords(some.length);
          return accuracy === undefined
            ? []
            : [
                {
                  ...{ fraction, accuracy: accuracy.mean, spread: accuracy.std },
                  ...{ time: time?.mean ?? null, note },
                },
              ];
        }),
      };
    })
    .filter(({ spots }) => spots.length > 0);
}

/** A colour that stands back, since what it draws was not measured here. */
const faint = (colour: string): string => `color-mix(in srgb, ${colour} 42%, var(--panel))`;

function seriesOf(
  { set, known, beside }: FigureSubject,
  place: (spot: Spot) => number | null,
): ChartSeries[] {
  const points = (spots: readonly Spot[]): ChartPoint[] =>
    spots
      .flatMap((spot): ChartPoint[] => {
        const x = place(spot);
        const { accuracy, spread, note } = spot;
        return x === null || !(x > 0)
          ? []
          : [{ x, y: accuracy, ...(spread !== null && { spread }), ...(note !== undefined && { note }) }];
      })
      .sort((a, b) => a.x - b.x);
  const isAlone = beside === 'paper';
  const papers = paperLines(set).map(({ method, spots }, k): ChartSeries => {
    const look = lookOf(method, k);
    const faded = { colour: faint(look.colour), stroke: 'dashed', marks: 'hollow' } as const;
    return {
      ...{ id: `paper ${method}`, name: isAlone ? labelOf(method) : `Paper: ${labelOf(method)}` },
      ...look,
      ...(isAlone ? {} : faded),
      points: points(spots),
    };
  });
  const own = isAlone
    ? []
    : ownLines(known[beside]).map(({ method, spots }, k): ChartSeries => ({
        ...{ id: `own ${method}`, name: `${SOURCE_WORDS[beside]}: ${labelOf(method)}` },
        ...lookOf(method, k),
        points: points(spots),
      }));
  return [...papers, ...own].filter((line) => line.points.length > 0);
}

/** Full training of the paper, and what stands beside it. */
function references({ set, known, beside }: FigureSubject): ChartReference[] {
  const papers = paperRows(set).find(({ fraction }) => fraction === 1)?.values?.accuracy?.mean;
  const own =
    beside === 'paper'
      ? []
      : known[beside].filter(({ result }) => METHOD_METAS.find(result.method)?.usesFraction === false);
  const mean = valuesOf(own, new Map()).accuracy?.mean;
  return [
    ...(papers === undefined
      ? []
      : [
          {
            y: papers,
            name: `Full training, paper: ${percent(papers)}`,
            ...{ colour: 'var(--constant)', stroke: 'dashed' as const },
          },
        ]),
    ...(mean === undefined || beside === 'paper'
      ? []
      : [
          {
            y: mean,
            name: `Full training, ${SOURCE_WORDS[beside].toLowerCase()}: ${exactPercent(mean)}`,
            ...{ colour: 'var(--full)', stroke: 'solid' as const },
          },
        ]),
  ];
}

function summaryOf(what: string, series: readonly ChartSeries[], format: (x: number) => string): string {
  const lines = series.map(
    ({ name, points }) => `${name} ${points.map(({ x, y }) => `${percent(y)} at ${format(x)}`).join(', ')}`,
  );
  return `${what}: ${lines.join('; ')}.`;
}

const Y = {
  label: '% of the test pictures classified correctly',
  kind: 'linear',
  format: percent,
  exact: exactPercent,
} as const;

/** Test accuracy against the share of the pictures that an epoch sees. */
export function shareFigure(subject: FigureSubject): LineFigureProps {
  const series = seriesOf(subject, ({ fraction }) => fraction);
  const shares = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return {
    summary: summaryOf(`Accuracy on ${PAPER_PICTURES[subject.set].title}`, series, fractionWords),
    series,
    x: {
      label: 'training pictures in an epoch, % of all, logarithmic',
      ...{ kind: 'log', format: fractionWords, ticks: shares },
    },
    y: Y,
    references: references(subject),
    height: 340,
    empty: 'Nothing to draw yet.',
  };
}

/** Test accuracy against the time of the whole training as a share of full training's on the same machine. */
export function timeFigure(subject: FigureSubject): LineFigureProps {
  const series = seriesOf(subject, ({ time }) => time);
  return {
    summary: summaryOf(`Accuracy and time on ${PAPER_PICTURES[subject.set].title}`, series, percent),
    series,
    x: {
      label: 'time of training and selecting, % of full training’s, logarithmic',
      ...{ kind: 'log', format: percent },
    },
    y: Y,
    references: references(subject),
    height: 340,
    empty: 'Nothing to draw yet.',
  };
}

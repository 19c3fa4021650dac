/** What a line figure is given, its frame and its legend: all but the picture, which comes with the chart library. */
import type { ReactNode } from 'react';
import { markPath, type MarkShape } from './marks.ts';
import type { ChartPoint } from './points.ts';
import type { ScaleKind } from './scale.ts';
import './charts.css';

export interface ChartSeries {
  id: string;
  name: string;
  /** A role's colour: "var(--analytics)". */
  colour: string;
  /** How it is told apart without colour; "none" joins no points. */
  stroke?: 'solid' | 'dashed' | 'dotted' | 'dashDotted' | 'none';
  marks?: 'none' | 'filled' | 'hollow';
  shape?: MarkShape;
  /** Draws what its points reach over as an area along the line instead of bars. */
  isBand?: boolean;
  /** Makes its points places to press. */
  onPick?: (point: ChartPoint) => void;
  /** Ascending in x. */
  points: readonly ChartPoint[];
}

export interface ChartAxis {
  label: string;
  kind: ScaleKind;
  format: (value: number) => string;
  /** As a hint says a value, where that is finer than a tick. */
  exact?: (value: number) => string;
  /** Ticks to set instead of round numbers, such as the few values that were tried. */
  ticks?: readonly number[];
  /** Values that the axis must reach besides those of the series. */
  include?: readonly number[];
  /** A place that is marked by a line across the figure, such as the value that is set; drawn where the axis has it. */
  mark?: { at: number; name: string };
  /** Names in place of numbers: a point at x = k, or near it, stands over the k-th. */
  categories?: readonly string[];
}

/** A horizontal line, such as full training. */
export interface ChartReference {
  y: number;
  name: string;
  colour: string;
  stroke?: Exclude<ChartSeries['stroke'], 'none'>;
  /** The values around it that it stands for, drawn as an area: the middle half of random draws. */
  band?: readonly [low: number, high: number];
}

/** A place where lines are read. */
export interface ChartReading {
  /** The lines that are read, by id. */
  of: readonly string[];
  /** Where, while nobody points. */
  at: number;
  /** Told where the pointer is, null when it has gone. */
  onRead: (x: number | null) => void;
}

export interface LineFigureProps {
  /** What it shows with its main numbers, in a sentence: read out in place of the picture. */
  summary: string;
  series: readonly ChartSeries[];
  x: ChartAxis;
  y: ChartAxis;
  /** What the series are measured against. */
  reference?: ChartReference | undefined;
  /** What they have to beat: always predicting the mean, or the larger class. */
  floor?: ChartReference | undefined;
  /** More lines across. */
  references?: readonly ChartReference[];
  /** A point to point out, such as the chosen prefix of a search. */
  focus?: { x: number; y: number; colour: string } | undefined;
  /** Where its lines are read in words; the pointer reads elsewhere. */
  reading?: ChartReading;
  /** Draws the first line over the others instead of under them. */
  firstOnTop?: boolean;
  height?: number;
  /** Said in place of a chart without points. */
  empty: string;
}

/** Dash patterns by which lines are told apart without colour. */
export const DASHES = {
  solid: undefined,
  dashed: '7 5',
  dotted: '2 4',
  dashDotted: '9 4 2 4',
  none: undefined,
} as const;

/** Height of a figure in pixels unless it is given. */
export const FIGURE_HEIGHT = 260;

interface FigureFrameProps extends LineFigureProps {
  /** The picture itself; left out while there is no point. */
  children: ReactNode;
}

/** Legend, axis labels, and a word in place of an empty picture. */
export function FigureFrame(props: FigureFrameProps) {
  const { series, x, y, height, empty, children } = props;
  const isEmpty = series.every(({ points }) => points.length === 0);
  return (
    <div className="line-figure">
      <Keys {...props} />
      {isEmpty ? (
        <p className="chart-empty" style={{ minHeight: height ?? FIGURE_HEIGHT }}>
          {empty}
        </p>
      ) : (
        <>
          <span className="chart-y-label" aria-hidden="true">
            {y.label}
          </span>
          {children}
          <span className="chart-x-label" aria-hidden="true">
            {x.label}
          </span>
        </>
      )}
    </div>
  );
}

/** The lines across a figure with the dashes that tell them apart. */
export function crossLines({
  reference,
  floor,
  references = [],
}: Pick<LineFigureProps, 'reference' | 'floor' | 'references'>): (ChartReference & {
  stroke: NonNullable<ChartReference['stroke']>;
})[] {
  return [
    ...(reference === undefined ? [] : [{ stroke: 'dashed' as const, ...reference }]),
    ...references.map((line) => ({ stroke: 'solid' as const, ...line })),
    ...(floor === undefined ? [] : [{ stroke: 'dotted' as const, ...floor }]),
  ];
}

/** The legend in words, with a swatch each. */
function Keys(props: Pick<LineFigureProps, 'series' | 'reference' | 'floor' | 'references'>) {
  const { series } = props;
  const lines = crossLines(props);
  // One line alone is named by its figure.
  if (series.length === 1 && lines.length === 0) return null;
  return (
    <ul className="chart-keys">
      {series.map((line) => (
        <li key={line.id}>
          <Swatch line={line} />
          {line.name}
        </li>
      ))}
      {lines.map((line) => (
        <li key={line.name}>
          <Swatch line={line} />
          {line.name}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ line }: { line: Pick<ChartSeries, 'colour' | 'stroke' | 'marks' | 'shape'> }) {
  const { colour, stroke = 'solid', marks = 'none', shape = 'circle' } = line;
  return (
    <svg className="chart-swatch keeps-colour" viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
      {stroke !== 'none' && (
        <path d="M0 5h26" stroke={colour} strokeWidth="2" strokeDasharray={DASHES[stroke]} />
      )}
      {marks !== 'none' && (
        <path
          d={markPath(shape, 13, 5, 3.2)}
          stroke={colour}
          strokeWidth="1.8"
          fill={marks === 'filled' ? colour : 'var(--panel)'}
        />
      )}
    </svg>
  );
}

interface HintRowsProps {
  near: readonly { line: ChartSeries; point: ChartPoint | null }[];
  x: ChartAxis;
  y: ChartAxis;
}

/** Points in numbers. */
export function HintRows({ near, x, y }: HintRowsProps) {
  const first = near.find(({ point }) => point !== null)?.point;
  if (first === undefined || first === null) return null;
  return (
    <>
      <p>
        {x.label.replace(', logarithmic', '')}:{' '}
        <b>{x.categories?.[Math.round(first.x)] ?? x.format(first.x)}</b>
      </p>
      {near.map(
        ({ line, point }) =>
          point !== null && (
            <p key={line.id}>
              <Swatch line={line} />
              {line.name} <b>{(y.exact ?? y.format)(point.y)}</b>
              {point.note !== undefined && <span className="chart-hint-note">{point.note}</span>}
            </p>
          ),
      )}
    </>
  );
}

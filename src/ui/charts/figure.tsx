/** What the two kinds of line figure share: what they are given, their frame and their legend. */
import type { ReactNode } from 'react';
import type { ChartPoint } from './plot.ts';
import type { ScaleKind } from './scale.ts';
import './charts.css';

export interface ChartSeries {
  id: string;
  name: string;
  /** A role's colour: "var(--analytics)". */
  colour: string;
  /** How it is told apart without colour. */
  stroke?: 'solid' | 'dashed' | 'dotted';
  marks?: 'none' | 'filled' | 'hollow';
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
}

export interface LineFigureProps {
  /** What it shows with its main numbers, in a sentence: read out in place of the picture. */
  summary: string;
  series: readonly ChartSeries[];
  x: ChartAxis;
  y: ChartAxis;
  /** A horizontal line, such as full training. */
  reference?: { y: number; name: string; colour: string } | undefined;
  /** A point to point out, such as the chosen prefix of a search. */
  focus?: { x: number; y: number; colour: string; label?: string } | undefined;
  height?: number;
  /** Said in place of a chart without points. */
  empty: string;
}

/** Dash patterns by which lines are told apart without colour. */
export const DASHES = { solid: undefined, dashed: '7 5', dotted: '2 4' } as const;

/** Height of a figure in pixels unless it is given. */
export const FIGURE_HEIGHT = 260;

interface FigureFrameProps extends LineFigureProps {
  /** The picture itself; left out while there is no point. */
  children: ReactNode;
}

/** Legend, axis labels, and a word in place of an empty picture. */
export function FigureFrame({ series, reference, x, y, height, empty, children }: FigureFrameProps) {
  const isEmpty = series.every(({ points }) => points.length === 0);
  return (
    <div className="line-figure">
      <Keys series={series} reference={reference} />
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

/** The legend in words, with a swatch each. */
function Keys({ series, reference }: Pick<LineFigureProps, 'series' | 'reference'>) {
  // One line alone is named by its figure.
  if (series.length === 1 && reference === undefined) return null;
  return (
    <ul className="chart-keys">
      {series.map((line) => (
        <li key={line.id}>
          <Swatch colour={line.colour} stroke={line.stroke ?? 'solid'} marks={line.marks ?? 'none'} />
          {line.name}
        </li>
      ))}
      {reference !== undefined && (
        <li>
          <Swatch colour={reference.colour} stroke="dashed" marks="none" />
          {reference.name}
        </li>
      )}
    </ul>
  );
}

function Swatch({ colour, stroke, marks }: Required<Pick<ChartSeries, 'colour' | 'stroke' | 'marks'>>) {
  return (
    <svg className="chart-swatch keeps-colour" viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
      <path d="M0 5h26" stroke={colour} strokeWidth="2" strokeDasharray={DASHES[stroke]} />
      {marks !== 'none' && (
        <circle
          cx="13"
          cy="5"
          r="3.2"
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
        {x.label.replace(', logarithmic', '')}: <b>{x.format(first.x)}</b>
      </p>
      {near.map(
        ({ line, point }) =>
          point !== null && (
            <p key={line.id}>
              <Swatch colour={line.colour} stroke={line.stroke ?? 'solid'} marks={line.marks ?? 'none'} />
              {line.name} <b>{(y.exact ?? y.format)(point.y)}</b>
              {point.note !== undefined && <span className="chart-hint-note">{point.note}</span>}
            </p>
          ),
      )}
    </>
  );
}

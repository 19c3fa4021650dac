import { useState, type PointerEvent } from 'react';
import { formatPercent } from '../format.ts';
import { DASHES, FigureFrame, type ChartAxis, type ChartSeries } from './figure.tsx';
import { linePath, scaleTo, type ChartPoint } from './plot.ts';
import './rocFigure.css';

export interface RocLine {
  id: string;
  name: string;
  colour: string;
  stroke: 'solid' | 'dashed';
  /** From (0, 0) to (1, 1), both ascending. */
  falsePositiveRate: ArrayLike<number>;
  truePositiveRate: ArrayLike<number>;
  /** Area under the curve. */
  area: number | undefined;
}

interface RocFigureProps {
  /** Whose curves they are, for screen readers: "ROC curves by gradient descent". */
  title: string;
  /** The class that is looked for. */
  positive: string;
  lines: readonly RocLine[];
  empty: string;
}

/** The picture's own units; it is scaled to its place as a whole. */
const SIDE = 340;
const AREA = { left: 46, right: SIDE - 20, top: 8, bottom: SIDE - 24 };
const UNIT = { domain: [0, 1] as [number, number], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] };
/** Where the curves are read in words until someone points elsewhere. */
const FIRST_LOOK = 0.1;

const toX = scaleTo(UNIT, 'linear', AREA.left, AREA.right);
const toY = scaleTo(UNIT, 'linear', AREA.bottom, AREA.top);

const percentTick = (value: number) => `${Math.round(value * 100)}\u202f%`;

/** ROC curves of two classes in one square, with the line of guessing, and their readings at one rate in words. */
export function RocFigure({ title, positive, lines, empty }: RocFigureProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const rate = pointed ?? FIRST_LOOK;
  const series = lines.map(seriesOf);
  const guessing: ChartSeries = {
    id: 'guessing',
    name: 'Guessing: area 0.500',
    colour: 'var(--constant-text)',
    stroke: 'dotted',
    points: [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ],
  };
  const axis = (label: string): ChartAxis => ({ label, kind: 'linear', format: percentTick });
  const summary = `${title}: ${lines.map((line) => `${line.name}, area ${areaWords(line.area)}`).join('; ')}.`;

  function point(event: PointerEvent<SVGSVGElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    if (box.width === 0) return;
    const x = ((event.clientX - box.left) / box.width) * SIDE;
    setPointed(Math.min(1, Math.max(0, (x - AREA.left) / (AREA.right - AREA.left))));
  }

  return (
    <div className="roc">
      <FigureFrame
        summary={summary}
        series={lines.length === 0 ? [] : [...series, guessing]}
        x={axis('false positives: share of the other class')}
        y={axis(`true positives: share of ${positive}`)}
        empty={empty}
      >
        <div className="chart-plot">
          <svg
            role="img"
            aria-label={summary}
            viewBox={`0 0 ${SIDE} ${SIDE}`}
            className="keeps-colour"
            onPointerMove={point}
            onPointerLeave={() => setPointed(null)}
          >
            <Grid />
            <path
              d={linePath(guessing.points, toX, toY)}
              stroke={guessing.colour}
              strokeWidth="1.5"
              strokeDasharray={DASHES.dotted}
            />
            <path d={`M${toX(rate)} ${AREA.top}V${AREA.bottom}`} stroke="var(--line-strong)" />
            {/* The first on top: its dashes leave the others to be seen where curves fall together. */}
            {series.toReversed().map((line) => (
              <g key={line.id} data-curve={line.id} fill="none" stroke={line.colour}>
                <path
                  d={linePath(line.points, toX, toY)}
                  strokeWidth="2"
                  strokeDasharray={DASHES[line.stroke ?? 'solid']}
                  strokeLinejoin="round"
                />
                <circle
                  cx={toX(rate)}
                  cy={toY(truePositivesAt(line.points, rate))}
                  r="4"
                  fill={line.colour}
                  stroke="var(--panel)"
                  strokeWidth="1.5"
                />
              </g>
            ))}
          </svg>
        </div>
      </FigureFrame>
      {lines.length > 0 && (
        <p className="roc-reading">
          At {formatPercent(rate)} false positives{' '}
          {series.map((line, k) => (
            <span key={line.id}>
              {k > 0 && ', '}
              {lines[k].name.toLowerCase()} finds <b>{formatPercent(truePositivesAt(line.points, rate))}</b>
            </span>
          ))}{' '}
          of {positive}.
        </p>
      )}
    </div>
  );
}

function areaWords(area: number | undefined): string {
  return area === undefined || !Number.isFinite(area) ? 'unknown' : area.toFixed(3);
}

function seriesOf({ id, name, colour, stroke, area, ...rates }: RocLine): ChartSeries {
  const points = Array.from(rates.falsePositiveRate, (x, k): ChartPoint => ({
    x,
    y: rates.truePositiveRate[k],
  }));
  return { id, name: `${name}: area ${areaWords(area)}`, colour, stroke, points };
}

/** The highest share found at a rate of false positives: between two points of the curve along the line that joins
 * them, for thresholds drawn by lot reach every point of it. */
function truePositivesAt(points: readonly ChartPoint[], rate: number): number {
  let found = 0;
  for (let k = 0; k < points.length; k++) {
    const { x, y } = points[k];
    if (x > rate) {
      const before = points[k - 1] ?? { x: 0, y: 0 };
      return before.y + ((rate - before.x) / (x - before.x)) * (y - before.y);
    }
    found = y;
  }
  return found;
}

function Grid() {
  return (
    <g>
      {UNIT.ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${AREA.left} ${toY(tick)}H${AREA.right}`} className="chart-grid" />
          <text x={AREA.left - 8} y={toY(tick)} textAnchor="end" dominantBaseline="central">
            {percentTick(tick)}
          </text>
          <text x={toX(tick)} y={AREA.bottom + 17} textAnchor="middle">
            {percentTick(tick)}
          </text>
        </g>
      ))}
      <path d={`M${AREA.left} ${AREA.bottom}H${AREA.right}`} className="chart-base-line" />
    </g>
  );
}

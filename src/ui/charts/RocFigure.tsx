import { useMemo, useState } from 'react';
import { formatPercent } from '../format.ts';
import type { ChartAxis, ChartReading, ChartSeries } from './figure.tsx';
import { LineFigure } from './LineFigure.tsx';
import { heightAt, type ChartPoint } from './points.ts';
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

/** Pixels that make the picture about as high as it may be wide. */
const HEIGHT = 320;
/** Where the curves are read in words until someone points elsewhere. */
const FIRST_LOOK = 0.1;

const percentTick = (value: number) => `${Math.round(value * 100)}\u202f%`;
const rateAxis = (label: string): ChartAxis => ({ label, kind: 'linear', format: percentTick });
const FALSE_POSITIVES = rateAxis('false positives: share of the other class');

const GUESSING: ChartSeries = {
  id: 'guessing',
  name: 'Guessing: area 0.500',
  colour: 'var(--constant-text)',
  stroke: 'dotted',
  points: [
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ],
};

/** ROC curves of two classes in one square, with the line of guessing, and their readings at one rate in words. */
export function RocFigure({ title, positive, lines, empty }: RocFigureProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const rate = pointed ?? FIRST_LOOK;
  const series = useMemo(() => lines.map(seriesOf), [lines]);
  const drawn = useMemo(() => (series.length === 0 ? [] : [...series, GUESSING]), [series]);
  const y = useMemo(() => rateAxis(`true positives: share of ${positive}`), [positive]);
  const reading = useMemo<ChartReading>(
    () => ({ of: series.map(({ id }) => id), at: FIRST_LOOK, onRead: setPointed }),
    [series],
  );
  return (
    <div className="roc">
      <LineFigure
        summary={`${title}: ${lines.map((line) => `${line.name}, area ${areaWords(line.area)}`).join('; ')}.`}
        series={drawn}
        x={FALSE_POSITIVES}
        y={y}
        reading={reading}
        // Its dashes leave the others to be seen where curves fall together.
        firstOnTop
        height={HEIGHT}
        empty={empty}
      />
      {lines.length > 0 && (
        <p className="roc-reading">
          At {formatPercent(rate)} false positives{' '}
          {series.map((line, k) => (
            <span key={line.id}>
              {k > 0 && ', '}
              {lines[k].name.toLowerCase()} finds <b>{formatPercent(heightAt(line.points, rate))}</b>
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

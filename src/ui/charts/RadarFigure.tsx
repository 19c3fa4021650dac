import { lazy, memo, Suspense, useMemo, useRef } from 'react';
import { FigureFrame, type ChartAxis, type ChartSeries } from './figure.tsx';
import { useDrawn } from './useDrawn.ts';
import { useSize } from './useSize.ts';

/** With the chart library, which is loaded for the first figure that has something to show. */
const RadarPlot = lazy(() => import('./RadarPlot.tsx').then((m) => ({ default: m.RadarPlot })));

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

const HEIGHT = 360;
/** The axes have their names around the picture. */
const NAMED: ChartAxis = { label: '', kind: 'linear', format: String };

/** Closed lines over axes that go out from one middle. */
export const RadarFigure = memo(function RadarFigure(props: RadarFigureProps) {
  const { summary, series, empty } = props;
  const lines = useMemo(
    () =>
      series.map(({ values, ...line }): ChartSeries => ({
        ...line,
        points: values.map((y, x) => ({ x, y })),
      })),
    [series],
  );
  return (
    <FigureFrame {...{ summary, series: lines, x: NAMED, y: NAMED, empty }} height={HEIGHT}>
      <Plot {...props} />
    </FigureFrame>
  );
});

/** Keeps the place of the picture until it is drawn. */
function Plot({ summary, axes, series }: RadarFigureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const drawn = useDrawn(
    useMemo(() => (width > 0 ? { axes, series, width, height: HEIGHT } : null), [axes, series, width]),
  );
  return (
    <div
      ref={frame}
      className="chart-plot keeps-colour"
      role="img"
      aria-label={summary}
      style={{ height: HEIGHT }}
    >
      <Suspense fallback={null}>{drawn !== null && <RadarPlot {...drawn} />}</Suspense>
    </div>
  );
}

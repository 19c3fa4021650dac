import { lazy, memo, Suspense, useMemo, useRef } from 'react';
import { FigureFrame, type ChartAxis, type ChartSeries } from './figure.tsx';
import type { RadarFigureProps } from './radar.ts';
import { useDrawn } from './useDrawn.ts';
import { useSize } from './useSize.ts';

/** With the chart library, which is loaded for the first figure that has something to show. */
const RadarPlot = lazy(() => import('./RadarPlot.tsx').then((m) => ({ default: m.RadarPlot })));

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

import { lazy, memo, Suspense, useMemo, useRef } from 'react';
import type { DotFigureProps } from './dots.ts';
import { FigureFrame, type ChartAxis, type ChartSeries } from './figure.tsx';
import { useDrawn } from './useDrawn.ts';
import { useSize } from './useSize.ts';

/** With the chart library, which is loaded for the first figure that has something to show. */
const DotPlot = lazy(() => import('./DotPlot.tsx').then((m) => ({ default: m.DotPlot })));

/** Pixels of a row, and of the axis below them. */
const ROW = 26;
const AXIS = 40;

/** Named rows of dots with intervals over one axis. */
export const DotFigure = memo(function DotFigure(props: DotFigureProps) {
  const { summary, series, rows, x, empty } = props;
  const lines = useMemo(
    () =>
      series.map((line): ChartSeries => ({
        ...{ ...line, stroke: 'none' },
        points: rows.map((row, k) => ({ x: row.dots[line.id].value, y: k })),
      })),
    [series, rows],
  );
  return (
    <FigureFrame {...{ summary, series: lines, x, y: NAMES, empty }}>
      <Plot {...props} />
    </FigureFrame>
  );
});

/** Keeps the place of the picture until it is drawn. */
function Plot(props: DotFigureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const height = props.rows.length * ROW + AXIS;
  const drawn = useDrawn(
    useMemo(() => (width > 0 ? { ...props, width, height } : null), [props, width, height]),
  );
  return (
    <div
      ref={frame}
      className="chart-plot keeps-colour"
      role="img"
      aria-label={props.summary}
      style={{ height }}
    >
      <Suspense fallback={null}>{drawn !== null && <DotPlot {...drawn} />}</Suspense>
    </div>
  );
}

/** The vertical axis has names in place of a label. */
const NAMES: ChartAxis = { label: '', kind: 'linear', format: String };

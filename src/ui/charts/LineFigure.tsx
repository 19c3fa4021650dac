import { lazy, memo, Suspense, useMemo, useRef } from 'react';
import { FIGURE_HEIGHT, FigureFrame, type LineFigureProps } from './figure.tsx';
import { useDrawn } from './useDrawn.ts';
import { useSize } from './useSize.ts';

/** With the chart library, which is loaded with the first figure that has something to show. */
const LinePlot = lazy(() => import('./LinePlot.tsx').then((m) => ({ default: m.LinePlot })));

/** Lines over numeric axes with error bars, lines across, and a legend in words. */
export const LineFigure = memo(function LineFigure(props: LineFigureProps) {
  return (
    <FigureFrame {...props}>
      <Plot {...props} />
    </FigureFrame>
  );
});

/** Keeps the place of the picture until it is drawn. */
function Plot(props: LineFigureProps) {
  const { summary, height = FIGURE_HEIGHT } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const drawn = useDrawn(
    useMemo(() => (width === 0 ? null : { ...props, width, height }), [props, width, height]),
  );
  return (
    <div ref={frame} className="chart-plot keeps-colour" role="img" aria-label={summary} style={{ height }}>
      <Suspense fallback={null}>{drawn !== null && <LinePlot {...drawn} />}</Suspense>
    </div>
  );
}

import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { FIGURE_HEIGHT, FigureFrame, type LineFigureProps } from './figure.tsx';
import { useDrawn } from './useDrawn.ts';
import { useSize } from './useSize.ts';

/** With the chart library, which is loaded for the first figure that has something to show. */
const loadPlot = () => import('./LinePlot.tsx').then((m) => ({ default: m.LinePlot }));
const LinePlot = lazy(loadPlot);
let isLoaded = false;

/** Whether the chart library is there; no figure's turn is spent on loading it. */
function useLibrary(): boolean {
  const [isThere, setThere] = useState(isLoaded);
  useEffect(() => {
    const proceed = () => {
      isLoaded = true;
      setThere(true);
    };
    // Where it cannot be loaded, drawing says so.
    if (!isThere) loadPlot().then(proceed, proceed);
  }, [isThere]);
  return isThere;
}

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
  const isReady = useLibrary() && width > 0;
  const drawn = useDrawn(
    useMemo(() => (isReady ? { ...props, width, height } : null), [isReady, props, width, height]),
  );
  return (
    <div ref={frame} className="chart-plot keeps-colour" role="img" aria-label={summary} style={{ height }}>
      <Suspense fallback={null}>{drawn !== null && <LinePlot {...drawn} />}</Suspense>
    </div>
  );
}

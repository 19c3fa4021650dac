import { lazy, Suspense } from 'react';
import type { LineFigureProps } from '../ui/charts/figure.tsx';
import { LiveFigure } from '../ui/charts/LiveFigure.tsx';
import type { Lab } from './lab.ts';
import { useLab } from './useLab.ts';

const LineFigure = lazy(() => import('../ui/charts/LineFigure.tsx').then((m) => ({ default: m.LineFigure })));

/** Whether workers have the machine for longer than a moment. */
function isComputing({ kind, images, dataset, learn, sweep }: Lab): boolean {
  if (kind === 'images') {
    const { archive, sweep, training } = images;
    if (archive.status === 'running' || sweep.status === 'running' || training.active !== null) return true;
  }
  return dataset.status === 'running' || learn.full.playing || sweep.status === 'running';
}

/**
 * A line chart of a station. While workers compute it is drawn the cheap way, so that no task of the page is long;
 * once the machine is free the chart library takes over, and looks the same.
 */
export function Figure(props: LineFigureProps) {
  const isBusy = useLab(isComputing);
  if (isBusy) return <LiveFigure {...props} />;
  return (
    <Suspense fallback={<LiveFigure {...props} />}>
      <LineFigure {...props} />
    </Suspense>
  );
}

import { useCallback, useMemo, type ReactNode } from 'react';
import type { FigureName } from '../contracts/figures.ts';
import type { LineFigureProps } from '../ui/charts/figure.tsx';
import { LineFigure } from '../ui/charts/LineFigure.tsx';
import { lineRows } from '../ui/charts/figureRows.ts';
import { SavedPanel } from './SaveFigure.tsx';

interface FigurePanelProps {
  /** By which links show it alone. */
  name?: FigureName;
  title: string;
  /** What the numbers are: units, denominators, how many runs. */
  caption: string;
  /** Choices of what is drawn, before the menu that saves it. */
  actions?: ReactNode;
  stale?: boolean;
  figure: LineFigureProps;
  /** Words below the figure. */
  children?: ReactNode;
}

/** A panel with one line chart, which can be saved as a picture or as its points. */
export function FigurePanel({ figure, children, ...panel }: FigurePanelProps) {
  const rows = useCallback(() => lineRows(figure), [figure]);
  return (
    <SavedPanel
      {...panel}
      rows={rows}
      isEmpty={figure.series.every(({ points }) => points.length === 0)}
      figure={useMemo(
        () => (
          <LineFigure {...figure} />
        ),
        [figure],
      )}
    >
      {children}
    </SavedPanel>
  );
}

import { useCallback, useMemo, useState, type PointerEvent } from 'react';
import { formatCount, formatPercent } from '../format.ts';
import { confusionCell, drawConfusion, rowShares } from './drawConfusion.ts';
import { useCanvas, type CanvasSize } from './useCanvas.ts';
import './confusionMatrix.css';

interface ConfusionMapProps {
  /** What it shows, for screen readers; a list beside it says in words what the picture shows. */
  label: string;
  labels: readonly string[];
  /** K × K counts, row-major: true class × predicted class. */
  confusion: ArrayLike<number>;
}

/** A confusion matrix of too many classes for a table: a picture, in which a cell is named when it is pointed at. */
export function ConfusionMap({ label, labels, confusion }: ConfusionMapProps) {
  const classes = labels.length;
  const [pointed, setPointed] = useState<{ row: number; column: number } | null>(null);
  const shares = useMemo(() => rowShares(confusion, classes), [confusion, classes]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: CanvasSize) =>
      drawConfusion(context, size, { shares, classes, pointed }),
    [shares, classes, pointed],
  );
  const canvas = useCanvas(draw);
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const frame = event.currentTarget.getBoundingClientRect();
    const cell = confusionCell(event.clientX - frame.left, event.clientY - frame.top, frame.width, classes);
    setPointed((last) => (last?.row === cell?.row && last?.column === cell?.column ? last : cell));
  };
  return (
    <div className="confusion-map">
      <p className="confusion-map-axis">guessed →</p>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className="confusion-map-canvas keeps-colour"
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
      />
      <p className="confusion-map-readout" aria-hidden="true">
        {pointed === null ? (
          'Rows are the true classes. Right on the diagonal, wrong beside it; the darker, the larger the share of the row. Point at a cell to see it.'
        ) : (
          <CellWords
            actual={labels[pointed.row]}
            predicted={labels[pointed.column]}
            count={confusion[pointed.row * classes + pointed.column]}
            share={shares[pointed.row * classes + pointed.column]}
          />
        )}
      </p>
    </div>
  );
}

interface CellWordsProps {
  actual: string;
  predicted: string;
  count: number;
  share: number;
}

function CellWords({ actual, predicted, count, share }: CellWordsProps) {
  return (
    <>
      <b>{actual}</b> {actual === predicted ? 'found' : `taken for ${predicted}`}: {formatCount(count)},{' '}
      {formatPercent(share)} of the class
    </>
  );
}

import { memo, useCallback, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Pictures } from '../../contracts/images.ts';
import { useCanvas } from '../charts/useCanvas.ts';
import { useCellCursor } from '../charts/useCellCursor.ts';
import { useSize } from '../charts/useSize.ts';
import { drawGrid } from './drawGrid.ts';
import { moveInGrid, type GridCursor } from './gridKeys.ts';
import {
  gridHeight,
  hitPicture,
  layOutGrid,
  rowTop,
  scrollToRow,
  shownRows,
  visibleRows,
  type GridLayout,
  type GridPlace,
  type PictureRow,
} from './gridLayout.ts';
import './pictures.css';

/** A grid that is taller than the first scrolls inside a window of the second, in CSS pixels. */
const TALLEST = 1100;
const WINDOW = 620;
/** Taken until the page has laid the grid out. */
const USUAL_WIDTH = 640;
const START: GridCursor = { row: 0, column: 0, goal: 0 };

interface PictureGridProps {
  /** What the pictures are; keys and what choosing does are added to it. */
  label: string;
  pictures: Pictures;
  /** Rows with a name each; without them the pictures follow each other. */
  rows?: readonly PictureRow[];
  /** CSS pixels that a picture's longer side aims at on a wide grid, where it is not the usual. */
  side?: number;
  /** A picture in words, by its number in `pictures`: "7, record 1,203". */
  describe: (index: number) => string;
  /** A click, Enter or the space bar on a picture. */
  onChoose?: (index: number) => void;
  /** What choosing does: "opens it in the inspector". */
  choosing?: string;
  /** A click on the name of a row. */
  onRow?: (row: number) => void;
  /** Said below while no picture is pointed at. */
  hint?: ReactNode;
}

/**
 * Pictures on one canvas, crisp and enlarged by whole pixels, in rows with names or one after the other. Only the rows
 * that show are drawn. Arrow keys move a cursor, Enter chooses; every picture that shows is there in words as well.
 */
export function PictureGrid(props: PictureGridProps) {
  const { label, pictures, rows: named, side, describe, onChoose, choosing, onRow, hint } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);

  const count = pictures.records.length;
  const hasNames = named !== undefined;
  const { width: wide, height: high, channels, pixels } = pictures;
  const layout = useMemo(
    () =>
      layOutGrid({ width: wide, height: high }, width || USUAL_WIDTH, hasNames, devicePixelRatio || 1, side),
    [wide, high, width, hasNames, side],
  );
  const rows = useMemo(() => shownRows(named ?? null, count, layout.columns), [named, count, layout.columns]);
  const total = gridHeight(layout, rows.length);
  const height = total <= TALLEST ? total : WINDOW;
  const indexOf = ({ row, column }: GridPlace): number => rows[row].from + column;
  const { cursor, pointed, isFocused, spoken, handlers } = useCellCursor<GridCursor>({
    isEmpty: count === 0,
    start: START,
    fits: ({ row, column }) => row < rows.length && column < rows[row].count,
    at(x, y) {
      const place = hitPicture(layout, rows, x, y + scrollTop);
      return place === null ? null : { ...place, goal: place.column };
    },
    move(from, key, isWhole) {
      const page = Math.max(1, Math.floor(height / layout.rowHeight) - 1);
      return moveInGrid(rows, from, { key, isWhole, page });
    },
    onMove({ row }, element) {
      element.scrollTop = scrollToRow(layout, row, element.scrollTop, height);
    },
    onChoose: (place) => onChoose?.(indexOf(place)),
  });

  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: { width: number; height: number }) =>
      drawGrid(context, size, {
        size: { width: wide, height: high, channels },
        pixels,
        layout,
        rows,
        scrollTop,
        hovered: pointed,
        cursor: isFocused ? cursor : null,
      }),
    [wide, high, channels, pixels, layout, rows, scrollTop, pointed, isFocused, cursor],
  );
  const canvas = useCanvas(draw);

  const shown = visibleRows(layout, rows.length, scrollTop, height);
  return (
    <div className="picture-grid">
      <div
        ref={scroller}
        className={onChoose === undefined ? 'picture-scroll' : 'picture-scroll picture-choice'}
        style={{ maxHeight: height }}
        role="grid"
        tabIndex={0}
        aria-label={`${label}. Arrow keys move between pictures${
          onChoose === undefined ? '' : `; Enter ${choosing ?? 'chooses one'}`
        }.`}
        aria-rowcount={rows.length}
        aria-activedescendant={
          isFocused && cursor !== null ? cellId(id, cursor.row, cursor.column) : undefined
        }
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        {...handlers}
      >
        <div className="picture-body" style={{ height: total }} role="presentation">
          <canvas ref={canvas} className="picture-canvas" style={{ height }} aria-hidden="true" />
          {rows.slice(shown.first, shown.end).map((row, k) => (
            <GridRow
              key={shown.first + k}
              id={id}
              index={shown.first + k}
              row={row}
              layout={layout}
              describe={describe}
              onRow={onRow}
            />
          ))}
        </div>
      </div>
      <p className="picture-readout" aria-live={isFocused ? 'polite' : 'off'}>
        {spoken === null ? (
          (hint ?? '')
        ) : (
          <>
            <b>{describe(indexOf(spoken))}</b>
            {onChoose !== undefined && choosing !== undefined && ` · Enter or a click ${choosing}`}
          </>
        )}
      </p>
    </div>
  );
}

function cellId(id: string, row: number, column: number): string {
  return `${id}-${row}-${column}`;
}

interface GridRowProps {
  id: string;
  index: number;
  row: PictureRow;
  layout: GridLayout;
  describe: (index: number) => string;
  onRow: ((row: number) => void) | undefined;
}

/** A row in words: its name for everybody, its pictures for screen readers. */
const GridRow = memo(function GridRow({ id, index, row, layout, describe, onRow }: GridRowProps) {
  const height = layout.names === 'above' ? layout.top : layout.cell.height;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className={`picture-row picture-row-${layout.names}`}
      style={{ top: rowTop(layout, index), height }}
    >
      {layout.names !== 'none' && (
        <span role="rowheader" className="picture-row-name" title={row.name}>
          {onRow === undefined ? (
            <b>{row.name}</b>
          ) : (
            <button type="button" className="picture-row-button" onClick={() => onRow(index)}>
              {row.name}
            </button>
          )}
          {row.note !== '' && <small>{row.note}</small>}
        </span>
      )}
      {Array.from({ length: row.count }, (_, column) => (
        <span
          key={column}
          id={cellId(id, index, column)}
          role="gridcell"
          aria-colindex={column + 1}
          className="visually-hidden"
        >
          {describe(row.from + column)}
        </span>
      ))}
    </div>
  );
});

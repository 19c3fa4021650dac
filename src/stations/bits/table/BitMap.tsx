import { memo, useCallback, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import type { BitsReport } from '../../../contracts/codec.ts';
import { useCanvas } from '../../../ui/charts/useCanvas.ts';
import { useCellCursor } from '../../../ui/charts/useCellCursor.ts';
import { useSize } from '../../../ui/charts/useSize.ts';
import { formatBit, formatPlural } from '../../../ui/format.ts';
import { BitReadout } from '../../BitReadout.tsx';
import { bitWords, describeBit } from './describeBit.ts';
import { drawMap } from './drawBits.ts';
import {
  hitTest,
  mapHeight,
  mapMetrics,
  mapWidth,
  scrollToRow,
  visibleRows,
  type MapMetrics,
  type MapPlace,
} from './mapGeometry.ts';
import { moveCursor, type MapCursor } from './mapKeys.ts';

/** A map that is taller than the first scrolls inside a window of the second, in pixels. */
const TALLEST = 1300;
const WINDOW = 620;
const START: MapCursor = { row: 0, bit: 0, goal: 0 };

interface BitMapProps {
  bits: BitsReport;
  ranks: Int32Array;
  beta: number;
  /** Beside the cells where they leave room for it, else below them. */
  legend: ReactNode;
  /** Null where β cannot be chosen here. */
  onBeta: ((beta: number) => void) | null;
}

/** The signature picture: columns × bit positions on a canvas, with a cell cursor for pointer and keyboard. */
export function BitMap({ bits, ranks, beta, legend, onBeta }: BitMapProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);

  const metrics = useMemo(() => mapMetrics(bits.rows, width), [bits.rows, width]);
  const total = mapHeight(metrics, bits.rows.length);
  const height = total <= TALLEST ? total : WINDOW;
  const { cursor, pointed, isFocused, spoken, handlers } = useCellCursor<MapCursor>({
    isEmpty: bits.rows.length === 0,
    start: START,
    fits: ({ row, bit }) => row < bits.rows.length && bit < bits.rows[row].bits,
    at(x, y) {
      const place = hitTest(metrics, bits.rows, x, y + scrollTop);
      return place === null ? null : { ...place, goal: place.bit };
    },
    move(from, key, isWhole) {
      const page = Math.max(1, Math.floor(height / metrics.rowHeight) - 1);
      return moveCursor(bits.rows, from, key, isWhole, page);
    },
    onMove({ row }, element) {
      element.scrollTop = scrollToRow(metrics, row, element.scrollTop, height);
    },
    onChoose(place) {
      const words = describeBit(bits, ranks, place, beta);
      if (words.beta !== null && words.beta !== beta) onBeta?.(words.beta);
    },
  });

  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: { width: number; height: number }) =>
      drawMap(context, size, {
        bits,
        ranks,
        beta,
        metrics,
        scrollTop,
        hovered: pointed,
        cursor: isFocused ? cursor : null,
      }),
    [bits, ranks, beta, metrics, scrollTop, pointed, cursor, isFocused],
  );
  const canvas = useCanvas(draw);

  const shown = visibleRows(metrics, bits.rows.length, scrollTop, height);
  const cellId = cursor === null ? undefined : `${id}-${bits.rows[cursor.row].start + cursor.bit}`;

  return (
    <div className="bit-map">
      <div className="bit-map-frame">
        <div
          ref={scroller}
          className="bit-map-scroll"
          style={{ maxHeight: height, flexBasis: mapWidth(bits.rows) }}
          role="grid"
          tabIndex={0}
          aria-label={`Bits of ${formatPlural(bits.rows.length, 'row')}, top bits first. Arrow keys move between bits${onBeta === null ? '' : `; Enter makes a bit the last ${bitWords(bits)}`}.`}
          aria-rowcount={bits.rows.length}
          aria-activedescendant={isFocused ? cellId : undefined}
          onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
          {...handlers}
        >
          <div className="bit-map-body" style={{ height: total }} role="presentation">
            <canvas ref={canvas} className="bit-map-canvas" style={{ height }} aria-hidden="true" />
            <RowNames
              bits={bits}
              metrics={metrics}
              first={shown.first}
              end={shown.end}
              cursor={cursor}
              cursorId={cellId}
            />
          </div>
        </div>
        {legend}
      </div>
      <BitReadout
        words={spoken === null ? null : describeBit(bits, ranks, spoken, beta)}
        hint={`Point at a bit to see its numbers; a click makes it the last ${bitWords(bits)}.`}
        isLive={isFocused}
      />
    </div>
  );
}

interface RowNamesProps {
  bits: BitsReport;
  metrics: MapMetrics;
  first: number;
  end: number;
  cursor: MapPlace | null;
  cursorId: string | undefined;
}

/** The rows that show as text: names for everybody, and the cell under the cursor for screen readers. */
const RowNames = memo(function RowNames(props: RowNamesProps) {
  const { bits, metrics, first, end, cursor, cursorId } = props;
  const rows = [];
  for (let index = first; index < end; index++) {
    const row = bits.rows[index];
    rows.push(
      <div
        key={index}
        role="row"
        aria-rowindex={index + 1}
        className={`bit-row bit-row-${metrics.names} bit-row-${row.kind}`}
        style={{ top: metrics.padding + index * metrics.rowHeight, height: metrics.rowHeight }}
      >
        <span role="rowheader" className="bit-row-name" title={row.label}>
          <span className="bit-row-label">{row.label}</span>
          {row.use !== 'feature' && (
            <em className="bit-row-use">{row.use === 'target' ? 'target' : 'stored'}</em>
          )}
        </span>
        <span role="gridcell" className="bit-row-mapping" title={row.mapping}>
          {row.mapping}
        </span>
        {cursor?.row === index && (
          <span role="gridcell" id={cursorId} aria-colindex={cursor.bit + 1} className="visually-hidden">
            {formatBit(cursor.bit + 1, row.bits)}
          </span>
        )}
      </div>,
    );
  }
  return rows;
});

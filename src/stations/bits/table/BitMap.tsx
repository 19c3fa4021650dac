import {
  memo,
  useCallback,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import type { BitsReport } from '../../../contracts/codec.ts';
import { useCanvas } from '../../../ui/charts/useCanvas.ts';
import { useSize } from '../../../ui/charts/useSize.ts';
import { formatBit, formatPlural } from '../../../ui/format.ts';
import { bitWords, describeBit, type BitWords } from './describeBit.ts';
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
  onBeta: (beta: number) => void;
}

/** The signature picture: columns × bit positions on a canvas, with a cell cursor for pointer and keyboard. */
export function BitMap({ bits, ranks, beta, legend, onBeta }: BitMapProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const [hovered, setHovered] = useState<MapPlace | null>(null);
  const [kept, setCursor] = useState<MapCursor | null>(null);
  const [focused, setFocused] = useState(false);

  const metrics = useMemo(() => mapMetrics(bits.rows, width), [bits.rows, width]);
  const total = mapHeight(metrics, bits.rows.length);
  const height = total <= TALLEST ? total : WINDOW;
  const cursor = fits(bits, kept) ? kept : null;
  const pointed = fits(bits, hovered) ? hovered : null;

  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: { width: number; height: number }) =>
      drawMap(context, size, {
        bits,
        ranks,
        beta,
        metrics,
        scrollTop,
        hovered: pointed,
        cursor: focused ? cursor : null,
      }),
    [bits, ranks, beta, metrics, scrollTop, pointed, cursor, focused],
  );
  const canvas = useCanvas(draw);

  const placeAt = (event: { clientX: number; clientY: number }): MapPlace | null => {
    const frame = scroller.current?.getBoundingClientRect();
    if (frame === undefined) return null;
    return hitTest(metrics, bits.rows, event.clientX - frame.left, event.clientY - frame.top + scrollTop);
  };
  const choose = (place: MapPlace): void => {
    const words = describeBit(bits, ranks, place, beta);
    if (words.beta !== null && words.beta !== beta) onBeta(words.beta);
  };

  const onPointerMove = (event: PointerEvent): void => {
    const place = placeAt(event);
    setHovered((last) => (last?.row === place?.row && last?.bit === place?.bit ? last : place));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = cursor ?? START;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(from);
      return;
    }
    if (event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(height / metrics.rowHeight) - 1);
    const next = moveCursor(bits.rows, from, event.key, event.ctrlKey, page);
    if (next === null) return;
    event.preventDefault();
    setCursor(next);
    setHovered(null);
    if (scroller.current !== null) {
      scroller.current.scrollTop = scrollToRow(metrics, next.row, scroller.current.scrollTop, height);
    }
  };

  const shown = visibleRows(metrics, bits.rows.length, scrollTop, height);
  const spoken = pointed ?? (focused ? (cursor ?? START) : null);
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
          aria-label={`Bits of ${formatPlural(bits.rows.length, 'row')}, top bits first. Arrow keys move between bits; Enter makes a bit the last ${bitWords(bits)}.`}
          aria-rowcount={bits.rows.length}
          aria-activedescendant={focused ? cellId : undefined}
          onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setHovered(null)}
          onClick={(event) => {
            const place = placeAt(event);
            if (place === null) return;
            setCursor({ ...place, goal: place.bit });
            choose(place);
          }}
          onKeyDown={onKeyDown}
          onFocus={() => {
            setFocused(true);
            setCursor((last) => last ?? START);
          }}
          onBlur={() => setFocused(false)}
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
      <Readout
        words={spoken === null ? null : describeBit(bits, ranks, spoken, beta)}
        bit={bitWords(bits)}
        live={focused}
      />
    </div>
  );
}

function fits(bits: BitsReport, place: MapPlace | null): boolean {
  return place !== null && place.row < bits.rows.length && place.bit < bits.rows[place.row].bits;
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

/** What the bit under the pointer or cursor is; two lines are kept free for it. */
function Readout({ words, bit, live }: { words: BitWords | null; bit: string; live: boolean }) {
  return (
    <div className="bit-readout" aria-live={live ? 'polite' : 'off'}>
      {words === null ? (
        <p>Point at a bit to see its numbers; a click makes it the last {bit}.</p>
      ) : (
        <>
          <p>
            <b>{words.name}</b> · {words.numbers}
          </p>
          <p>
            <span className={words.role === 'none' ? undefined : `role-${words.role}`}>
              {words.roleWords}
            </span>
            {' · '}
            {words.rank}
          </p>
        </>
      )}
    </div>
  );
}

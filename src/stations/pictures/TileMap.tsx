import { useCallback, useId, useMemo, useRef, type ReactNode } from 'react';
import { readPalette, solid } from '../../ui/charts/palette.ts';
import { useCanvas } from '../../ui/charts/useCanvas.ts';
import { useCellCursor } from '../../ui/charts/useCellCursor.ts';
import { useSize } from '../../ui/charts/useSize.ts';
import type { CellPlan, Tile } from './cells.ts';
import { BitReadout } from '../BitReadout.tsx';
import type { CellWords } from './describeCell.ts';
import { createTilePainter } from './drawTiles.ts';
import { cellBox, hitCell, layOutTiles, moveCell, type CellPlace, type TileSizes } from './tileLayout.ts';
import './tileMap.css';

/** Taken until the page has laid the maps out. */
const USUAL_WIDTH = 640;
const START: CellPlace = { tile: 0, y: 0, x: 0 };

interface TileMapProps {
  /** What the maps show; the keys are added to it. */
  label: string;
  plan: CellPlan;
  tiles: readonly Tile[];
  /** Names of the channels, where they stand above their maps. */
  headings: readonly string[];
  sizes: TileSizes;
  /** Column whose bits are shown beside, or null. */
  chosen: number | null;
  onChoose: (column: number) => void;
  /** What choosing does: "shows the bits of one". */
  choosing: string;
  describe: (tile: Tile, column: number) => CellWords;
  legend: ReactNode;
  /** Said while nothing is pointed at. */
  hint: string;
}

/** Pixels of a map below which its whole title does not fit. */
const NARROW = 64;

/** Maps of cells on one canvas, with a cell cursor for pointer and keyboard; one readout says what a cell is. */
export function TileMap(props: TileMapProps) {
  const { label, plan, tiles, headings, sizes, chosen, onChoose, choosing, describe, legend, hint } = props;
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);

  const layout = useMemo(
    () => layOutTiles(plan, tiles, sizes, width || USUAL_WIDTH, devicePixelRatio || 1, headings.length > 0),
    [plan, tiles, sizes, width, headings.length],
  );
  const painter = useMemo(() => createTilePainter(plan, tiles, layout), [plan, tiles, layout]);
  const columnOf = ({ tile, y, x }: CellPlace): number =>
    plan.columnAt[(tiles[tile].channel * plan.height + y) * plan.width + x];
  const { cursor, pointed, isFocused, spoken, handlers } = useCellCursor<CellPlace>({
    isEmpty: tiles.length === 0,
    start: START,
    fits: ({ tile, y, x }) => tile < tiles.length && y < plan.height && x < plan.width,
    at: (x, y) => hitCell(layout, plan, x, y),
    move: (from, key, isWhole) => moveCell(plan, tiles.length, from, key, isWhole, layout.step),
    onChoose(place) {
      const column = columnOf(place);
      if (column >= 0) onChoose(column);
    },
  });

  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      painter(context);
      const palette = readPalette(context.canvas, ['ink', 'focus', 'panel']);
      const ring = (place: CellPlace, colour: string, line: number): void => {
        const { x, y, side } = cellBox(layout, place);
        const outer = Math.max(side, 5);
        const shift = (outer - side) / 2;
        context.lineWidth = line + 2;
        context.strokeStyle = solid(palette.panel);
        context.strokeRect(x - shift - 0.5, y - shift - 0.5, outer + 1, outer + 1);
        context.lineWidth = line;
        context.strokeStyle = colour;
        context.strokeRect(x - shift - 0.5, y - shift - 0.5, outer + 1, outer + 1);
      };
      if (chosen !== null) {
        // The chosen pixel in every plane of its channel.
        const cell = plan.columnAt.indexOf(chosen);
        const size = plan.width * plan.height;
        const channel = Math.floor(cell / size);
        const [y, x] = [Math.floor((cell % size) / plan.width), cell % plan.width];
        tiles.forEach((tile, index) => {
          if (tile.channel === channel) ring({ tile: index, y, x }, solid(palette.ink), 1);
        });
      }
      if (pointed !== null) ring(pointed, solid(palette.ink), 1.5);
      if (isFocused && cursor !== null) ring(cursor, solid(palette.focus), 2.5);
    },
    [painter, layout, plan, tiles, chosen, pointed, cursor, isFocused],
  );
  const canvas = useCanvas(draw);

  const column = spoken === null ? -1 : columnOf(spoken);
  const words = spoken === null || column < 0 ? null : describe(tiles[spoken.tile], column);
  const cellId = cursor === null ? undefined : `${id}-cell`;
  return (
    <div className="tile-map">
      <div
        ref={frame}
        className="tile-frame"
        style={{ height: layout.total }}
        role="grid"
        tabIndex={0}
        aria-label={`${label}. Arrow keys move between cells, Page Up and Page Down between maps; Enter ${choosing}.`}
        aria-rowcount={tiles.length}
        aria-activedescendant={isFocused ? cellId : undefined}
        {...handlers}
      >
        <canvas ref={canvas} className="tile-canvas" aria-hidden="true" />
        {headings.map((name, k) => (
          <b key={name} className="tile-heading" style={{ top: layout.headings[k] ?? 0 }} aria-hidden="true">
            {name}
          </b>
        ))}
        {tiles.map((tile, index) => (
          <div
            key={index}
            role="row"
            aria-rowindex={index + 1}
            className="tile-row"
            style={{
              left: layout.corners[index].x,
              top: layout.corners[index].y - layout.titleHeight,
              width: layout.width,
            }}
          >
            <span role="rowheader" className="tile-title">
              {headings.length > 0 && (
                <span className="visually-hidden">{`${headings[tile.channel] ?? ''}, `}</span>
              )}
              {layout.width < NARROW ? (tile.short ?? tile.title) : tile.title}
            </span>
            {cursor?.tile === index && (
              <span role="gridcell" id={cellId} className="visually-hidden">
                {`row ${cursor.y}, column ${cursor.x}`}
              </span>
            )}
          </div>
        ))}
      </div>
      <BitReadout words={words} hint={hint} isLive={isFocused} />
      {legend}
    </div>
  );
}

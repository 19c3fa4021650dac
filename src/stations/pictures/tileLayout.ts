/** Where maps of cells stand beside and below each other, in CSS pixels, and which cell lies under a point. */
import type { CellPlan, Tile } from './cells.ts';

export interface TileSizes {
  /** Maps beside each other, the most first: 8, 4, 2. */
  perRow: readonly number[];
  /** Least and most CSS pixels that the wider side of a map aims at. */
  least: number;
  most: number;
}

export interface TileLayout {
  perRow: number;
  /** Screen pixels per CSS pixel, and per cell that shows. */
  ratio: number;
  scale: number;
  /** Every how many cells one shows, where a picture is larger than its place. */
  step: number;
  /** Cells that show. */
  columns: number;
  rows: number;
  /** Size of one map. */
  width: number;
  height: number;
  /** Left and top of every map; its title stands above. */
  corners: readonly { x: number; y: number }[];
  /** Top of the name of every channel; empty where there is one. */
  headings: readonly number[];
  titleHeight: number;
  total: number;
}

/** A cell of a map. */
export interface CellPlace {
  tile: number;
  y: number;
  x: number;
}

const TITLE_HEIGHT = 22;
const HEADING_HEIGHT = 28;
const GAP = 10;
/** Room for the ring around a cell at the edge. */
const PADDING = 3;

/** @param width of the page's place for the maps; 0 while it is not laid out */
export function layOutTiles(
  plan: Pick<CellPlan, 'width' | 'height' | 'channels'>,
  tiles: readonly Pick<Tile, 'channel'>[],
  sizes: TileSizes,
  width: number,
  ratio: number,
  hasHeadings: boolean,
): TileLayout {
  const room = Math.max(120, width - 2 * PADDING);
  const fits = (count: number) => (room - (count - 1) * GAP) / count >= sizes.least;
  const perRow = sizes.perRow.find(fits) ?? sizes.perRow[sizes.perRow.length - 1];
  const place = Math.min(sizes.most, (room - (perRow - 1) * GAP) / perRow) * ratio;
  const step = Math.max(1, Math.ceil(Math.max(plan.width, (plan.height * 2) / 3) / place));
  const columns = Math.max(1, Math.ceil(plan.width / step));
  const rows = Math.max(1, Math.ceil(plan.height / step));
  const scale = Math.max(1, Math.floor(place / Math.max(columns, (rows * 2) / 3)));
  const [tileWidth, tileHeight] = [(columns * scale) / ratio, (rows * scale) / ratio];
  const snap = (at: number) => Math.round(at * ratio) / ratio;

  const corners: { x: number; y: number }[] = [];
  const headings: number[] = [];
  let top = PADDING;
  let inRow = 0;
  tiles.forEach(({ channel }, index) => {
    const isFirst = index === 0 || channel !== tiles[index - 1].channel;
    if (hasHeadings && isFirst) {
      if (index > 0) top += TITLE_HEIGHT + tileHeight + GAP;
      headings.push(top);
      top += HEADING_HEIGHT;
      inRow = 0;
    } else if (inRow === perRow) {
      top += TITLE_HEIGHT + tileHeight + GAP;
      inRow = 0;
    }
    corners.push({ x: snap(PADDING + inRow * (tileWidth + GAP)), y: snap(top + TITLE_HEIGHT) });
    inRow++;
  });
  const total = Math.ceil(top + TITLE_HEIGHT + tileHeight + PADDING);
  return {
    ...{ perRow, ratio, scale, step, columns, rows, width: tileWidth, height: tileHeight },
    ...{ corners, headings, titleHeight: TITLE_HEIGHT, total },
  };
}

/** Left, top and side of a cell on the page. */
export function cellBox(
  { corners, scale, ratio, step }: TileLayout,
  { tile, y, x }: CellPlace,
): { x: number; y: number; side: number } {
  const side = scale / ratio;
  const corner = corners[tile];
  return { x: corner.x + Math.floor(x / step) * side, y: corner.y + Math.floor(y / step) * side, side };
}

/** The cell under a point, or null between the maps. */
export function hitCell(
  layout: TileLayout,
  { width, height }: Pick<CellPlan, 'width' | 'height'>,
  x: number,
  y: number,
): CellPlace | null {
  const side = layout.scale / layout.ratio;
  for (let tile = 0; tile < layout.corners.length; tile++) {
    const corner = layout.corners[tile];
    const column = Math.floor((x - corner.x) / side);
    const row = Math.floor((y - corner.y) / side);
    if (column < 0 || row < 0 || column >= layout.columns || row >= layout.rows) continue;
    return {
      tile,
      x: Math.min(width - 1, column * layout.step),
      y: Math.min(height - 1, row * layout.step),
    };
  }
  return null;
}

/** Where a key takes the cursor, or null if the key is not one of the maps'. */
export function moveCell(
  { width, height }: Pick<CellPlan, 'width' | 'height'>,
  tiles: number,
  from: CellPlace,
  key: string,
  isWhole: boolean,
  step: number,
): CellPlace | null {
  const at = (change: Partial<CellPlace>): CellPlace => {
    const { tile, y, x } = { ...from, ...change };
    return {
      tile: Math.min(tiles - 1, Math.max(0, tile)),
      y: Math.min(height - 1, Math.max(0, y)),
      x: Math.min(width - 1, Math.max(0, x)),
    };
  };
  switch (key) {
    case 'ArrowLeft':
      return at({ x: from.x - step });
    case 'ArrowRight':
      return at({ x: from.x + step });
    case 'ArrowUp':
      return at({ y: from.y - step });
    case 'ArrowDown':
      return at({ y: from.y + step });
    case 'PageUp':
      return at({ tile: from.tile - 1 });
    case 'PageDown':
      return at({ tile: from.tile + 1 });
    case 'Home':
      return at(isWhole ? { tile: 0, y: 0, x: 0 } : { x: 0 });
    case 'End':
      return at(isWhole ? { tile: tiles - 1, y: height - 1, x: width - 1 } : { x: width - 1 });
    default:
      return null;
  }
}

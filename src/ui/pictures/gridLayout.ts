/** Where pictures stand on a grid, in CSS pixels: sizes, rows, what shows, and what lies under a point. */

/** A row of pictures that stand one after the other in the list. */
export interface PictureRow {
  /** What they have in common, such as their class; empty for rows that only continue the one before. */
  name: string;
  /** A few words below the name. */
  note: string;
  /** Number of the row's first picture in the list, and how many there are. */
  from: number;
  count: number;
}

export interface PictureScale {
  width: number;
  height: number;
  /** Shown smaller than it is, so that pixels are averaged; else every pixel is a square of screen pixels. */
  isSmooth: boolean;
}

export interface GridLayout {
  names: 'none' | 'beside' | 'above';
  cell: PictureScale;
  /** Between two pictures. */
  gap: number;
  /** From the left edge to the first picture, and from the top of a row to its pictures. */
  left: number;
  top: number;
  /** Pictures that fit beside each other. */
  columns: number;
  rowHeight: number;
}

/** The cell under the cursor: row, and place in the row. */
export interface GridPlace {
  row: number;
  column: number;
}

/** Longest side that a picture is brought near to, on a wide and on a narrow grid. */
const WIDE_CELL = 56;
const NARROW_CELL = 42;
/** Pictures beyond this are made smaller. */
const LARGEST_CELL = 112;
const NARROW = 560;
const NAMES_WIDTH = 168;
const NAME_HEIGHT = 26;
/** Room for the ring around the cursor. */
const PADDING = 4;

/**
 * How large a picture is drawn. A small one grows by a whole number of screen pixels a pixel, so that it stays crisp; a
 * large one shrinks to what a grid can hold.
 *
 * @param target CSS pixels that the longer side aims at
 * @param ratio screen pixels per CSS pixel
 */
export function pictureScale(
  { width, height }: { width: number; height: number },
  target: number,
  ratio: number,
  most: number = LARGEST_CELL,
): PictureScale {
  const longest = Math.max(1, width, height);
  if (longest > most * ratio) {
    const share = most / longest;
    return {
      width: Math.max(1, Math.round(width * share)),
      height: Math.max(1, Math.round(height * share)),
      isSmooth: true,
    };
  }
  const times = Math.max(1, Math.round((target * ratio) / longest));
  return { width: (width * times) / ratio, height: (height * times) / ratio, isSmooth: false };
}

/**
 * @param width of the grid in CSS pixels
 * @param wide CSS pixels that the longer side of a picture aims at on a wide grid
 */
export function layOutGrid(
  size: { width: number; height: number },
  width: number,
  hasNames: boolean,
  ratio: number,
  wide = WIDE_CELL,
): GridLayout {
  const isNarrow = width < NARROW;
  const cell = pictureScale(size, isNarrow ? NARROW_CELL : wide, ratio);
  const gap = cell.width < 24 ? 2 : 4;
  const names = !hasNames ? 'none' : isNarrow ? 'above' : 'beside';
  const left = names === 'beside' ? NAMES_WIDTH : PADDING;
  const columns = Math.max(1, Math.floor((width - left - PADDING + gap) / (cell.width + gap)));
  const top = names === 'above' ? NAME_HEIGHT : 0;
  const room = names === 'beside' ? Math.max(cell.height, 40) : cell.height;
  return { names, cell, gap, left, top, columns, rowHeight: top + room + (names === 'none' ? gap : gap + 4) };
}

/** Rows as they are shown: each cut to what fits beside each other, or, without names, one list broken into rows. */
export function shownRows(
  rows: readonly PictureRow[] | null,
  count: number,
  columns: number,
): readonly PictureRow[] {
  if (rows !== null) {
    return rows.map((row) => (row.count > columns ? { ...row, count: columns } : row));
  }
  const broken: PictureRow[] = [];
  for (let from = 0; from < count; from += columns) {
    broken.push({ name: '', note: '', from, count: Math.min(columns, count - from) });
  }
  return broken;
}

export function gridHeight(layout: GridLayout, rowCount: number): number {
  return rowCount * layout.rowHeight + 2 * PADDING;
}

/** Left and top of a picture on the whole grid, not scrolled. */
export function cellCorner(layout: GridLayout, { row, column }: GridPlace): { x: number; y: number } {
  return {
    x: layout.left + column * (layout.cell.width + layout.gap),
    y: PADDING + row * layout.rowHeight + layout.top,
  };
}

/** Top of a row on the whole grid. */
export function rowTop(layout: GridLayout, row: number): number {
  return PADDING + row * layout.rowHeight;
}

/** Rows [first, end) that show in a window of the grid. */
export function visibleRows(
  layout: GridLayout,
  rowCount: number,
  scrollTop: number,
  height: number,
): { first: number; end: number } {
  const first = Math.floor((scrollTop - PADDING) / layout.rowHeight);
  const end = Math.ceil((scrollTop + height - PADDING) / layout.rowHeight);
  return { first: Math.min(rowCount, Math.max(0, first)), end: Math.max(0, Math.min(rowCount, end)) };
}

/** The picture under a point of the grid, or null beside all of them. */
export function hitPicture(
  layout: GridLayout,
  rows: readonly PictureRow[],
  x: number,
  y: number,
): GridPlace | null {
  const row = Math.floor((y - PADDING) / layout.rowHeight);
  const column = Math.floor((x - layout.left) / (layout.cell.width + layout.gap));
  if (row < 0 || row >= rows.length || column < 0 || column >= rows[row].count) return null;
  const inRow = y - rowTop(layout, row) - layout.top;
  return inRow >= 0 && inRow < layout.cell.height + layout.gap ? { row, column } : null;
}

/** Scroll position that brings a row into a window of the grid, moving as little as possible. */
export function scrollToRow(layout: GridLayout, row: number, scrollTop: number, height: number): number {
  const top = rowTop(layout, row);
  if (top < scrollTop) return Math.max(0, top - PADDING);
  const bottom = top + layout.rowHeight;
  return bottom > scrollTop + height ? bottom - height + PADDING : scrollTop;
}

/** Rows of pictures with the same label that stand one after the other. */
export function rowsByLabel(
  labels: Uint16Array,
  describe: (label: number) => { name: string; note: string },
): PictureRow[] {
  const rows: PictureRow[] = [];
  for (let from = 0; from < labels.length;) {
    let end = from + 1;
    while (end < labels.length && labels[end] === labels[from]) end++;
    rows.push({ ...describe(labels[from]), from, count: end - from });
    from = end;
  }
  return rows;
}

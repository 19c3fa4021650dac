import type { MapRow } from '../../../contracts/codec.ts';

/** A bit on the map: row of the report and position in the row, 0 = most significant. */
export interface MapPlace {
  row: number;
  bit: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Measures of the map in CSS pixels. */
export interface MapMetrics {
  /** Where a row's name stands: beside its cells, or above them where the page is narrow. */
  names: 'beside' | 'above';
  cellsLeft: number;
  /** Distance between the left edges of two neighbouring cells. */
  pitch: number;
  cellWidth: number;
  cellHeight: number;
  /** From the top of a row to the top of its cells. */
  cellTop: number;
  rowHeight: number;
  padding: number;
}

const NAMES_WIDTH = 296;
/** Names stand beside the cells while those keep this distance. */
const COMFORTABLE_PITCH = 6.5;
const LARGEST_PITCH = 22;
const SMALLEST_PITCH = 4;

/** Room around the cells for the rings, which lie outside of them. */
const RING_ROOM = 4;

function widestRow(rows: readonly MapRow[]): number {
  let widest = 1;
  for (const row of rows) widest = Math.max(widest, row.bits);
  return widest;
}

/** Width in CSS pixels at which names stand beside the largest cells; more is not filled. */
export function mapWidth(rows: readonly MapRow[]): number {
  return NAMES_WIDTH + widestRow(rows) * LARGEST_PITCH + RING_ROOM;
}

export function mapMetrics(rows: readonly MapRow[], width: number): MapMetrics {
  const widest = widestRow(rows);
  const names = (width - NAMES_WIDTH - RING_ROOM) / widest < COMFORTABLE_PITCH ? 'above' : 'beside';
  const cellsLeft = names === 'beside' ? NAMES_WIDTH : RING_ROOM;
  const room = Math.max(0, width - cellsLeft - RING_ROOM);
  const pitch = Math.min(LARGEST_PITCH, Math.max(SMALLEST_PITCH, room / widest));
  const gap = pitch >= 10 ? 2 : pitch >= 6 ? 1.5 : 1;
  const cellHeight = names === 'beside' ? 20 : 18;
  const rowHeight = names === 'beside' ? 30 : 50;
  return {
    names,
    cellsLeft,
    pitch,
    cellWidth: pitch - gap,
    cellHeight,
    cellTop: names === 'beside' ? (rowHeight - cellHeight) / 2 : rowHeight - cellHeight - 6,
    rowHeight,
    padding: 4,
  };
}

export function mapHeight(metrics: MapMetrics, rowCount: number): number {
  return rowCount * metrics.rowHeight + 2 * metrics.padding;
}

/** Place of a cell on the whole map, not scrolled. */
export function cellBox(metrics: MapMetrics, place: MapPlace): Box {
  return {
    x: metrics.cellsLeft + place.bit * metrics.pitch,
    y: metrics.padding + place.row * metrics.rowHeight + metrics.cellTop,
    width: metrics.cellWidth,
    height: metrics.cellHeight,
  };
}

/** Rows [first, end) that show in a window of the map. */
export function visibleRows(
  metrics: MapMetrics,
  rowCount: number,
  scrollTop: number,
  height: number,
): { first: number; end: number } {
  const first = Math.floor((scrollTop - metrics.padding) / metrics.rowHeight);
  const end = Math.ceil((scrollTop + height - metrics.padding) / metrics.rowHeight);
  return {
    first: Math.min(rowCount, Math.max(0, first)),
    end: Math.max(0, Math.min(rowCount, end)),
  };
}

/** The bit under a point of the map; gaps belong to the cell on their left, rows to their whole height. */
export function hitTest(metrics: MapMetrics, rows: readonly MapRow[], x: number, y: number): MapPlace | null {
  const row = Math.floor((y - metrics.padding) / metrics.rowHeight);
  if (row < 0 || row >= rows.length || x < metrics.cellsLeft) return null;
  const bit = Math.floor((x - metrics.cellsLeft) / metrics.pitch);
  return bit < rows[row].bits ? { row, bit } : null;
}

/** Scroll position that brings a row into a window of the map, moving as little as possible. */
export function scrollToRow(metrics: MapMetrics, row: number, scrollTop: number, height: number): number {
  const top = metrics.padding + row * metrics.rowHeight;
  if (top < scrollTop) return Math.max(0, top - metrics.padding);
  const bottom = top + metrics.rowHeight;
  return bottom > scrollTop + height ? bottom - height + metrics.padding : scrollTop;
}

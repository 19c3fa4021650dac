/** Draws the rows of a grid of pictures that show: one strip of pixels a row, then each picture in its place. */
import { readPalette, solid } from '../charts/palette.ts';
import type { CanvasSize } from '../charts/useCanvas.ts';
import { cellCorner, visibleRows, type GridLayout, type GridPlace, type PictureRow } from './gridLayout.ts';
import { writeRgba, type PictureSize } from './pixels.ts';

export interface GridView {
  size: PictureSize;
  /** NHWC, picture after picture. */
  pixels: Uint8Array;
  layout: GridLayout;
  rows: readonly PictureRow[];
  scrollTop: number;
  hovered: GridPlace | null;
  cursor: GridPlace | null;
}

/** Most pixels of a strip: longer rows are drawn in pieces. */
const STRIP_PIXELS = 1 << 20;

/** Pixels of a piece of a row at their own size, kept between drawings. */
let scratch: { context: CanvasRenderingContext2D; image: ImageData } | null = null;

function stripOf(width: number, height: number): typeof scratch {
  if (scratch !== null && scratch.image.width === width && scratch.image.height === height) return scratch;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // It is written by putImageData and read by drawImage alone: memory is the place for it.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  scratch = { context, image: context.createImageData(width, height) };
  return scratch;
}

export function drawGrid(context: CanvasRenderingContext2D, canvas: CanvasSize, view: GridView): void {
  const { layout, rows, size, scrollTop } = view;
  const { first, end } = visibleRows(layout, rows.length, scrollTop, canvas.height);
  const palette = readPalette(context.canvas, ['ink', 'focus', 'line']);
  const widest = rows.slice(first, end).reduce((most, { count }) => Math.max(most, count), 0);
  if (widest === 0) return;
  const piece = Math.max(1, Math.min(widest, Math.floor(STRIP_PIXELS / (size.width * size.height))));
  const strip = stripOf(piece * size.width, size.height);
  if (strip === null) return;
  const ratio = context.getTransform().a;
  // A corner on whole screen pixels, else the picture is blurred.
  const snap = (at: number): number => Math.round(at * ratio) / ratio;

  context.imageSmoothingEnabled = layout.cell.isSmooth;
  context.imageSmoothingQuality = 'medium';
  for (let row = first; row < end; row++) {
    for (let start = 0; start < rows[row].count; start += piece) {
      const count = Math.min(piece, rows[row].count - start);
      for (let k = 0; k < count; k++) {
        const index = rows[row].from + start + k;
        writeRgba(view.pixels, index, size, strip.image.data, strip.image.width, k * size.width);
      }
      strip.context.putImageData(strip.image, 0, 0);
      for (let k = 0; k < count; k++) {
        const { x, y } = cellCorner(layout, { row, column: start + k });
        context.drawImage(
          strip.context.canvas,
          k * size.width,
          0,
          size.width,
          size.height,
          snap(x),
          snap(y - scrollTop),
          layout.cell.width,
          layout.cell.height,
        );
      }
    }
  }
  // White pictures on a white page, black ones on a dark one: an edge says where each ends.
  context.lineWidth = 1 / ratio;
  context.strokeStyle = solid(palette.line);
  for (let row = first; row < end; row++) {
    for (let column = 0; column < rows[row].count; column++)
      frame(context, view, { row, column }, 0.5 / ratio);
  }
  if (view.hovered !== null) ring(context, view, view.hovered, solid(palette.ink), 1.5);
  if (view.cursor !== null) ring(context, view, view.cursor, solid(palette.focus), 3);
}

function ring(
  context: CanvasRenderingContext2D,
  view: GridView,
  place: GridPlace,
  colour: string,
  width: number,
): void {
  if (place.row >= view.rows.length) return;
  context.lineWidth = width;
  context.strokeStyle = colour;
  frame(context, view, place, width / 2);
}

function frame(context: CanvasRenderingContext2D, view: GridView, place: GridPlace, grow: number): void {
  const { x, y } = cellCorner(view.layout, place);
  const { width, height } = view.layout.cell;
  context.strokeRect(x - grow, y - view.scrollTop - grow, width + 2 * grow, height + 2 * grow);
}

import { type BitsReport } from '../../../contracts/codec.ts';
import { axisCount } from '../../../ui/charts/axisFormats.ts';
import { mix, solid } from '../../../ui/charts/palette.ts';
import type { CanvasSize } from '../../../ui/charts/useCanvas.ts';
import { isNearlyConstant } from './analyticsOrder.ts';
import { bitPalette, cellColour, edgeColour, traceDot, type BitPalette } from './drawBits.ts';
import { curveY, ORDER, orderX, powersOfTen } from './orderGeometry.ts';

export interface OrderView {
  bits: BitsReport;
  beta: number;
  /** Ranks at which a layer begins, empty where the order has no layers. */
  layers: readonly number[];
  /** The curve is exact at every β; the order "pool" has its own at each. */
  exact: boolean;
  /** Bits on the strip. */
  largest: number;
}

/** Least width of a bit, in pixels, on which a dot can be seen. */
const MARKED_PITCH = 4;

export function drawOrder(context: CanvasRenderingContext2D, size: CanvasSize, view: OrderView): void {
  const palette = bitPalette(context.canvas);
  context.font = `12px ${getComputedStyle(context.canvas).fontFamily}`;
  drawCurve(context, size, view, palette);
  drawStrip(context, size, view, palette);
  drawLayers(context, size, view, palette);
}

function drawCurve(
  context: CanvasRenderingContext2D,
  { width }: CanvasSize,
  { bits, beta, exact, largest }: OrderView,
  palette: BitPalette,
): void {
  const { condensedSamples: counts } = bits;
  const powers = powersOfTen(counts.reduce((most, count) => Math.max(most, count), 1));
  const top = powers[powers.length - 1];
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  const every = Math.ceil(powers.length / 4);
  for (let k = 0; k < powers.length; k += every) {
    const y = Math.round(curveY(powers[k], top)) + 0.5;
    context.strokeStyle = solid(palette.line);
    context.beginPath();
    context.moveTo(ORDER.left, y);
    context.lineTo(width - ORDER.right, y);
    context.stroke();
    context.fillStyle = solid(palette.soft);
    context.fillText(axisCount(powers[k]), ORDER.left - 8, y);
  }
  // A step per pixel is as fine as it shows.
  const stride = Math.max(1, Math.floor(largest / width));
  const trace = (from: number, to: number): void => {
    context.beginPath();
    for (let b = from; b < to; b += stride) {
      context.lineTo(orderX(b, largest, width), curveY(counts[b], top));
    }
    context.lineTo(orderX(to, largest, width), curveY(counts[to], top));
  };
  const bottom = ORDER.curveTop + ORDER.curveHeight;
  trace(0, beta);
  context.lineTo(orderX(beta, largest, width), bottom);
  context.lineTo(orderX(0, largest, width), bottom);
  context.fillStyle = mix(palette.panel, palette.analytics, 0.16);
  context.fill();
  trace(0, beta);
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.strokeStyle = solid(palette.analytics);
  if (!exact) context.setLineDash([2, 4]);
  context.stroke();
  trace(beta, largest);
  context.strokeStyle = mix(palette.panel, palette.analytics, 0.5);
  context.stroke();
  context.setLineDash([]);
}

function drawStrip(
  context: CanvasRenderingContext2D,
  { width }: CanvasSize,
  { bits, beta, largest }: OrderView,
  palette: BitPalette,
): void {
  const { order, role, entropy } = bits;
  const pitch = (width - ORDER.left - ORDER.right) / Math.max(1, largest);
  const gap = pitch >= 8 ? 2 : pitch >= 4 ? 1 : 0;
  // Below a pixel per bit one bit stands for its neighbours.
  const step = Math.max(1, Math.floor(1 / pitch));
  for (let rank = 0; rank < largest; rank += step) {
    const x = orderX(rank, largest, width);
    const cell = order[rank];
    context.fillStyle = cellColour(role[cell], entropy[cell], palette);
    if (pitch < 6) {
      context.fillRect(x + gap / 2, ORDER.stripTop, pitch * step - gap, ORDER.stripHeight);
      continue;
    }
    context.beginPath();
    context.roundRect(x + gap / 2, ORDER.stripTop, pitch - gap, ORDER.stripHeight, 2.5);
    context.fill();
    const edge = edgeColour(role[cell], entropy[cell], palette);
    if (edge !== null) {
      context.strokeStyle = edge;
      context.lineWidth = 1;
      context.stroke();
    }
  }
  if (pitch >= MARKED_PITCH) {
    context.beginPath();
    for (let rank = 0; rank < largest; rank++) {
      if (!isNearlyConstant(bits, order[rank])) continue;
      const x = orderX(rank, largest, width);
      traceDot(context, { x, y: ORDER.stripTop, width: pitch, height: ORDER.stripHeight });
    }
    context.fillStyle = solid(palette.ink);
    context.fill();
  }
  if (beta > 0) {
    const end = orderX(beta, largest, width);
    for (const { grow, line, colour } of [
      { grow: 1, line: 1.5, colour: solid(palette.panel) },
      { grow: 2.5, line: 2, colour: solid(palette.analytics) },
    ]) {
      context.beginPath();
      context.roundRect(
        ORDER.left - grow,
        ORDER.stripTop - grow,
        end - ORDER.left + 2 * grow - 1,
        ORDER.stripHeight + 2 * grow,
        5,
      );
      context.lineWidth = line;
      context.strokeStyle = colour;
      context.stroke();
    }
  }
}

/** Ticks where the order begins another round of every column's next bits, numbered as far as they have room. */
function drawLayers(
  context: CanvasRenderingContext2D,
  { width }: CanvasSize,
  { layers, largest }: OrderView,
  palette: BitPalette,
): void {
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillStyle = solid(palette.soft);
  context.strokeStyle = solid(palette.soft);
  context.lineWidth = 1;
  const y = ORDER.stripTop + ORDER.stripHeight + 6;
  let free = -Infinity;
  layers.forEach((rank, layer) => {
    const x = orderX(rank, largest, width);
    const words = layer === 0 ? 'round 1' : String(layer + 1);
    const room = context.measureText(words).width;
    if (x < free || x + 5 + room > width) return;
    context.fillRect(Math.round(x), y - 1, 1, 12);
    context.fillText(words, x + 5, y);
    free = x + room + 16;
  });
}

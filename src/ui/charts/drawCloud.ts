/** Many points as a cloud: each is faint, so that where many lie it is dark. */
import { readPalette, solid } from './palette.ts';
import type { CanvasSize } from './useCanvas.ts';

/** Half the width of a point in pixels. */
const RADIUS = 1.7;

export interface Cloud {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Of both axes. */
  domain: readonly [low: number, high: number];
  tone: 'full' | 'analytics';
}

/** How opaque one of so many points is. */
function opacityOf(points: number): number {
  return Math.min(0.75, Math.max(0.12, 300 / Math.max(1, points)));
}

export function drawCloud(
  context: CanvasRenderingContext2D,
  { width, height }: CanvasSize,
  { x, y, domain: [low, high], tone }: Cloud,
): void {
  const scale = 1 / (high - low);
  context.fillStyle = solid(readPalette(context.canvas, [tone])[tone]);
  context.globalAlpha = opacityOf(x.length);
  for (let k = 0; k < x.length; k++) {
    const across = (x[k] - low) * scale;
    const up = (y[k] - low) * scale;
    if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) continue;
    context.beginPath();
    context.arc(across * width, (1 - up) * height, RADIUS, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

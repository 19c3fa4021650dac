/** A confusion matrix of many classes as squares: right on the diagonal, wrong beside it, each by its share of the row. */
import { mix, readPalette } from './palette.ts';
import type { CanvasSize } from './useCanvas.ts';

/** Counts of a K × K matrix as shares of their rows; rows without records are 0. */
export function rowShares(confusion: ArrayLike<number>, classes: number): Float32Array {
  const shares = new Float32Array(classes * classes);
  for (let row = 0; row < classes; row++) {
    let total = 0;
    for (let k = 0; k < classes; k++) total += confusion[row * classes + k];
    if (total === 0) continue;
    for (let k = 0; k < classes; k++) shares[row * classes + k] = confusion[row * classes + k] / total;
  }
  return shares;
}

/** The cell under a point of a square of `side` pixels; null outside. */
export function confusionCell(
  x: number,
  y: number,
  side: number,
  classes: number,
): { row: number; column: number } | null {
  const column = Math.floor((x / side) * classes);
  const row = Math.floor((y / side) * classes);
  const isInside = column >= 0 && row >= 0 && column < classes && row < classes;
  return isInside ? { row, column } : null;
}

/** Steps of colour: more cannot be told apart. */
const STEPS = 48;

/**
 * @param shares of the rows, K × K
 * @param pointed the cell that is pointed at
 */
export function drawConfusion(
  context: CanvasRenderingContext2D,
  { width }: CanvasSize,
  {
    shares,
    classes,
    pointed,
  }: {
    shares: Float32Array;
    classes: number;
    pointed: { row: number; column: number } | null;
  },
): void {
  const palette = readPalette(context.canvas, ['panel', 'analytics', 'danger', 'ink', 'line']);
  const right = Array.from({ length: STEPS + 1 }, (_, k) => mix(palette.panel, palette.analytics, k / STEPS));
  const wrong = Array.from({ length: STEPS + 1 }, (_, k) => mix(palette.panel, palette.danger, k / STEPS));
  const edge = (k: number) => Math.round((k * width) / classes);
  for (let row = 0; row < classes; row++) {
    const top = edge(row);
    const height = edge(row + 1) - top;
    for (let column = 0; column < classes; column++) {
      const share = shares[row * classes + column];
      if (share === 0) continue;
      // By the root, so that a confusion of a hundredth of a class is seen at all.
      const step = Math.max(1, Math.round(Math.sqrt(share) * STEPS));
      const left = edge(column);
      context.fillStyle = (row === column ? right : wrong)[step];
      context.fillRect(left, top, edge(column + 1) - left, height);
    }
  }
  context.strokeStyle = mix(palette.line, palette.line, 0);
  context.strokeRect(0.5, 0.5, width - 1, width - 1);
  if (pointed === null) return;
  const { row, column } = pointed;
  context.strokeStyle = mix(palette.ink, palette.ink, 0);
  context.strokeRect(
    edge(column) - 0.5,
    edge(row) - 0.5,
    edge(column + 1) - edge(column) + 1,
    edge(row + 1) - edge(row) + 1,
  );
}

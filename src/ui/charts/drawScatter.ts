/** What stands over a cloud and follows a control: circles by weight, dots, the lines of cells, and lines of models. */
import type { Domain } from './drawCloud.ts';
import { readPalette, solid, type Rgb } from './palette.ts';
import type { CanvasSize } from './useCanvas.ts';

/** Places in the units of the axes, one in both arrays each. */
export interface Dots {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

export interface Circles extends Dots {
  /** A circle's area; the heaviest is the first. */
  weights: ArrayLike<number>;
  /** The weights of all circles, drawn or not. */
  total: number;
}

/** A line; a place that is no number ends a stroke of it. */
export interface ScatterLine extends Dots {
  tone: 'full' | 'analytics' | 'random';
  isDashed: boolean;
}

export interface ScatterScene {
  domain: { x: Domain; y: Domain };
  circles: Circles | null;
  /** Records that were drawn by chance. */
  dots: Dots | null;
  /** Where cells end, across and upwards. */
  cuts: { x: ArrayLike<number>; y: ArrayLike<number> } | null;
  lines: readonly ScatterLine[];
}

/** Share of the plot that circles side by side would cover, if none of them came out too large. */
const COVERED = 0.12;
/** Radii of the largest and the smallest circle, and below which one is a dot, in pixels. */
const LARGEST = 34;
const SMALLEST = 1.2;
const DOT = 2;
/** Lengths of the strokes and gaps of a dashed line: through the gaps one that lies under it is seen. */
const DASHES = [9, 9];
/** How far beside a circle the pointer still means it, in pixels. */
const REACH = 12;

/** The radius of a circle of some weight, in pixels: its area is the weight's share of what all cover. */
export function circleRadius({ weights, total }: Circles, size: CanvasSize): (weight: number) => number {
  const heaviest = weights.length === 0 ? 1 : weights[0];
  const covered = (COVERED * size.width * size.height) / (Math.PI * Math.max(1, total));
  const area = Math.min(covered, LARGEST ** 2 / heaviest);
  return (weight) => Math.max(SMALLEST, Math.sqrt(weight * area));
}

/** From values to pixels of the plot. */
function toPixels({ x, y }: ScatterScene['domain'], { width, height }: CanvasSize) {
  const [across, up] = [width / (x[1] - x[0]), height / (y[1] - y[0])];
  return {
    toX: (value: number): number => (value - x[0]) * across,
    toY: (value: number): number => height - (value - y[0]) * up,
  };
}

/** The circle that a place in the plot means: of those that it lies in or close to, the one with the nearest middle. */
export function circleAt(
  { domain, circles }: Pick<ScatterScene, 'domain' | 'circles'>,
  size: CanvasSize,
  place: { x: number; y: number },
): number | null {
  if (circles === null) return null;
  const { toX, toY } = toPixels(domain, size);
  const radius = circleRadius(circles, size);
  let best: number | null = null;
  let nearest = Infinity;
  for (let k = 0; k < circles.weights.length; k++) {
    const away = Math.hypot(toX(circles.x[k]) - place.x, toY(circles.y[k]) - place.y);
    if (away >= nearest || away > radius(circles.weights[k]) + REACH) continue;
    best = k;
    nearest = away;
  }
  return best;
}

/** Where a circle stands in the plot, in pixels. */
export function circlePlace(
  domain: ScatterScene['domain'],
  circles: Circles,
  size: CanvasSize,
  k: number,
): { x: number; y: number; radius: number } {
  const { toX, toY } = toPixels(domain, size);
  const radius = circleRadius(circles, size)(circles.weights[k]);
  return { x: toX(circles.x[k]), y: toY(circles.y[k]), radius };
}

/** @param context of a cleared canvas that is the plot */
export function drawScatter(context: CanvasRenderingContext2D, size: CanvasSize, scene: ScatterScene): void {
  const colours = readPalette(context.canvas, ['analytics', 'full', 'random', 'panel']);
  const { toX, toY } = toPixels(scene.domain, size);
  if (scene.cuts !== null) drawCuts(context, size, scene.cuts, toX, toY, colours.analytics);
  if (scene.dots !== null) {
    context.fillStyle = faint(colours.random, 0.8);
    const { x, y } = scene.dots;
    for (let k = 0; k < x.length; k++) context.fillRect(toX(x[k]) - 1.5, toY(y[k]) - 1.5, 3, 3);
  }
  if (scene.circles !== null) drawCircles(context, size, scene.circles, toX, toY, colours.analytics);
  context.lineCap = 'round';
  const paths = scene.lines.map((line) => linePath(line, toX, toY));
  // A rim in the colour of the ground sets lines off from what they cross, and not from each other.
  context.strokeStyle = faint(colours.panel, 0.75);
  context.lineWidth = 5;
  for (const path of paths) context.stroke(path);
  context.lineWidth = 2.4;
  scene.lines.forEach(({ tone, isDashed }, k) => {
    context.setLineDash(isDashed ? DASHES : []);
    context.strokeStyle = solid(colours[tone]);
    context.stroke(paths[k]);
  });
  context.setLineDash([]);
}

type ToPixel = (value: number) => number;

function faint([red, green, blue]: Rgb, opacity: number): string {
  return `rgb(${red} ${green} ${blue} / ${opacity})`;
}

function drawCuts(
  context: CanvasRenderingContext2D,
  { width, height }: CanvasSize,
  { x, y }: NonNullable<ScatterScene['cuts']>,
  toX: ToPixel,
  toY: ToPixel,
  colour: Rgb,
): void {
  // On the middle of a pixel a line one pixel wide is sharp.
  const sharp = (pixel: number): number => Math.floor(pixel) + 0.5;
  context.beginPath();
  for (let k = 0; k < x.length; k++) {
    context.moveTo(sharp(toX(x[k])), 0);
    context.lineTo(sharp(toX(x[k])), height);
  }
  for (let k = 0; k < y.length; k++) {
    context.moveTo(0, sharp(toY(y[k])));
    context.lineTo(width, sharp(toY(y[k])));
  }
  context.strokeStyle = faint(colour, 0.45);
  context.lineWidth = 1;
  context.stroke();
}

function drawCircles(
  context: CanvasRenderingContext2D,
  size: CanvasSize,
  circles: Circles,
  toX: ToPixel,
  toY: ToPixel,
  colour: Rgb,
): void {
  const { x, y, weights } = circles;
  const radius = circleRadius(circles, size);
  context.fillStyle = faint(colour, 0.24);
  context.strokeStyle = solid(colour);
  context.lineWidth = 1.2;
  let k = 0;
  // Small circles lie over large ones, and many of them are drawn sooner as squares.
  for (; k < weights.length && radius(weights[k]) >= DOT; k++) {
    context.beginPath();
    context.arc(toX(x[k]), toY(y[k]), radius(weights[k]), 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  context.fillStyle = faint(colour, 0.85);
  for (; k < weights.length; k++) {
    const half = radius(weights[k]);
    context.fillRect(toX(x[k]) - half, toY(y[k]) - half, 2 * half, 2 * half);
  }
}

function linePath({ x, y }: ScatterLine, toX: ToPixel, toY: ToPixel): Path2D {
  const path = new Path2D();
  let isDown = false;
  for (let k = 0; k < x.length; k++) {
    const px = toX(x[k]);
    const py = toY(y[k]);
    const isPlace = Number.isFinite(px) && Number.isFinite(py);
    if (isPlace && isDown) path.lineTo(px, py);
    else if (isPlace) path.moveTo(px, py);
    isDown = isPlace;
  }
  return path;
}

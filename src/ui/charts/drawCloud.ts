/** Many points as a cloud: each is faint, so that where many lie it is dark. */
import { readPalette, type Rgb } from './palette.ts';
import type { CanvasSize } from './useCanvas.ts';

/** Half the width of a point in pixels, of a few points and of many. */
const RADIUS = { few: 1.7, many: 1.1 };
const MANY = 20_000;
/** Parts of a pixel that are told apart at the rim of a point, and how dark a pixel may get, counted in them. */
const PARTS = 4;
const DARKEST = 4_095;

export interface Cloud {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** What the plot reaches over, across and upwards; points outside are not drawn. */
  domain: { x: Domain; y: Domain };
  tone: 'full' | 'analytics';
  /** How opaque the cloud is where very many points lie, 0 … 1. */
  most: number;
}

export type Domain = readonly [low: number, high: number];

/** How opaque one of so many points is. */
function opacityOf(points: number): number {
  return Math.min(0.75, Math.max(0.12, 300 / Math.max(1, points)));
}

/** Paints the whole canvas anew, pixel by pixel: a path for each of some hundred thousand points would take seconds. */
export function drawCloud(context: CanvasRenderingContext2D, size: CanvasSize, cloud: Cloud): void {
  const { width, height } = context.canvas;
  const marks = countMarks(width, height, width / size.width, cloud);
  const image = context.createImageData(width, height);
  const colour = readPalette(context.canvas, [cloud.tone])[cloud.tone];
  colourMarks(image.data, marks, colour, opacitiesOf(cloud));
  context.putImageData(image, 0, 0);
}

/**
 * How many points cover each pixel, counted in parts.
 *
 * @param ratio pixels of the canvas for a pixel of the page
 */
function countMarks(width: number, height: number, ratio: number, { x, y, domain }: Cloud): Uint16Array {
  const marks = new Uint16Array(width * height);
  const stamp = stampOf((x.length > MANY ? RADIUS.many : RADIUS.few) * ratio);
  const [left, right] = domain.x;
  const [low, high] = domain.y;
  const [across, up] = [(width - 1) / (right - left), (height - 1) / (high - low)];
  for (let k = 0; k < x.length; k++) {
    if (!(x[k] >= left && x[k] <= right && y[k] >= low && y[k] <= high)) continue;
    const column = Math.round((x[k] - left) * across);
    const row = Math.round((high - y[k]) * up);
    for (let s = 0; s < stamp.length; s += 3) {
      const c = column + stamp[s];
      const r = row + stamp[s + 1];
      if (c < 0 || c >= width || r < 0 || r >= height) continue;
      const at = r * width + c;
      marks[at] = Math.min(DARKEST, marks[at] + stamp[s + 2]);
    }
  }
  return marks;
}

/** The pixels of a disc as places beside its middle, and in how many parts each is covered. */
function stampOf(radius: number): Int32Array {
  const reach = Math.ceil(radius);
  const stamp: number[] = [];
  for (let r = -reach; r <= reach; r++) {
    for (let c = -reach; c <= reach; c++) {
      const covered = Math.round(PARTS * Math.min(1, radius + 0.5 - Math.hypot(r, c)));
      if (covered > 0) stamp.push(c, r, covered);
    }
  }
  return Int32Array.from(stamp);
}

/** How opaque a pixel is that is covered in so many parts, 0 … 255. */
function opacitiesOf({ x, most }: Cloud): Uint8ClampedArray {
  const clear = Math.log(1 - opacityOf(x.length)) / PARTS;
  return Uint8ClampedArray.from(
    { length: DARKEST + 1 },
    (_, parts) => 255 * most * (1 - Math.exp(parts * clear)),
  );
}

function colourMarks(
  pixels: Uint8ClampedArray,
  marks: Uint16Array,
  [red, green, blue]: Rgb,
  opacities: Uint8ClampedArray,
): void {
  for (let at = 0, to = 0; at < marks.length; at++, to += 4) {
    if (marks[at] === 0) continue;
    pixels[to] = red;
    pixels[to + 1] = green;
    pixels[to + 2] = blue;
    pixels[to + 3] = opacities[marks[at]];
  }
}

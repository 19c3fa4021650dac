/** The cosine transform of colour pictures by its definition, in doubles: what the fast ones are held to. */
import { pictureBytes, type ImageShape } from '../imageSet.ts';

const matrices = new Map<number, Float64Array>();

/** C_II(n), row k for frequency k. */
function matrix(n: number): Float64Array {
  const made = matrices.get(n);
  if (made !== undefined) return made;
  const entries = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      entries[k * n + j] = Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (2 * j + 1) * k) / (2 * n));
    }
  }
  matrices.set(n, entries);
  return entries;
}

/** A · X · Bᵀ, or Aᵀ · X · B, of a block of a plane. */
function separable(
  plane: Float64Array,
  { x, y, w, h, width }: { x: number; y: number; w: number; h: number; width: number },
  isInverse: boolean,
): Float64Array {
  const a = matrix(h);
  const b = matrix(w);
  const half = new Float64Array(w * h);
  const all = new Float64Array(w * h);
  for (let r = 0; r < h; r++) {
    for (let c = 0; c < w; c++) {
      let sum = 0;
      for (let k = 0; k < w; k++) {
        sum += plane[(y + r) * width + x + k] * (isInverse ? b[k * w + c] : b[c * w + k]);
      }
      half[r * w + c] = sum;
    }
  }
  for (let r = 0; r < h; r++) {
    for (let c = 0; c < w; c++) {
      let sum = 0;
      for (let k = 0; k < h; k++) sum += half[k * w + c] * (isInverse ? a[k * h + r] : a[r * h + k]);
      all[r * w + c] = sum;
    }
  }
  return all;
}

/** Blocks from left to right and from top to bottom. */
function* blocks({ width, height }: ImageShape, side: number | null) {
  const across = side ?? width;
  const down = side ?? height;
  for (let y = 0; y < height; y += down) {
    for (let x = 0; x < width; x += across) {
      yield { x, y, w: Math.min(across, width - x), h: Math.min(down, height - y), width };
    }
  }
}

/** Coefficients of one picture, not rounded, in the order of a record. */
export function referenceForward(pixels: Uint8Array, shape: ImageShape, side: number | null): Float64Array {
  const { width, height, channels } = shape;
  const area = width * height;
  const planes = Array.from({ length: channels }, () => new Float64Array(area));
  for (let k = 0; k < area; k++) {
    if (channels === 1) {
      planes[0][k] = pixels[k] - 128;
      continue;
    }
    const [r, g, b] = pixels.subarray(3 * k, 3 * k + 3);
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    planes[0][k] = luma - 128;
    planes[1][k] = (b - luma) / 1.772;
    planes[2][k] = (r - luma) / 1.402;
  }
  const all = new Float64Array(pictureBytes(shape));
  let at = 0;
  for (const plane of planes) {
    for (const block of blocks(shape, side)) {
      const values = separable(plane, block, false);
      all.set(values, at);
      at += values.length;
    }
  }
  return all;
}

/** Pixels of one picture from its coefficients, neither rounded nor clamped. */
export function referenceInverse(
  values: ArrayLike<number>,
  shape: ImageShape,
  side: number | null,
): Float64Array {
  const { width, height, channels } = shape;
  const area = width * height;
  let at = 0;
  const planes = Array.from({ length: channels }, () => {
    const plane = new Float64Array(area);
    for (const { x, y, w, h } of blocks(shape, side)) {
      const block = Float64Array.from({ length: w * h }, (_, k) => values[at + k]);
      at += w * h;
      const levels = separable(block, { x: 0, y: 0, w, h, width: w }, true);
      for (let r = 0; r < h; r++) plane.set(levels.subarray(r * w, r * w + w), (y + r) * width + x);
    }
    return plane;
  });
  const pixels = new Float64Array(pictureBytes(shape));
  for (let k = 0; k < area; k++) {
    if (channels === 1) {
      pixels[k] = planes[0][k] + 128;
      continue;
    }
    const [y, cb, cr] = planes.map((plane) => plane[k]);
    const r = y + 1.402 * cr + 128;
    const b = y + 1.772 * cb + 128;
    pixels.set([r, (y + 128 - 0.299 * r - 0.114 * b) / 0.587, b], 3 * k);
  }
  return pixels;
}

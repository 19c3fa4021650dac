/**
 * The cosine transform of lines of any length as a product with a matrix, in which every entry is a multiple of 2^-22.
 * Sums of its products with whole numbers are exact, so that they may be split without changing the result: the even
 * frequencies of n values are those of n/2 sums x_j + x_(n−1−j), the odd ones a matrix of half the size times their
 * differences, and so on while the length is even.
 */
import { cosine } from './cosine.ts';
import type { LineTransform } from './lineTransform.ts';

/** Binary places of the matrix. */
const ONE = 2 ** 22;
/** Adding and subtracting it rounds a smaller number to a whole one, ties to even. */
const ROUND = 1.5 * 2 ** 52;

/** Lines that are transformed side by side: their sums do not wait for each other. */
const TOGETHER = 4;

/** Frequencies that one square matrix makes of as many folded values, and where they stand among the folded. */
interface Part {
  size: number;
  at: number;
  /** size × size: row j for the value, column k for the frequency; and its transpose. */
  byValue: Float64Array;
  byFrequency: Float64Array;
}

/** The parts of a length, the last halves first; `order[q]` is the frequency that part value q belongs to. */
interface Split {
  /** Odd length that halving ends with; its even and odd frequencies are the first two parts. */
  core: number;
  parts: Part[];
  order: Uint32Array;
}

/**
 * The matrix, split. Its entry (j, k), for value j and frequency k, is the nearest multiple of 2^-22 to
 * √gain · ε_k · √(2/n) · cos(π(2j + 1)k / 2n), with ε_0 = √½ and ε_k = 1 for all others.
 */
function split(n: number, gainSquared: number): Split {
  const entry = (j: number, k: number): number => {
    const size = Math.sqrt((k === 0 ? gainSquared : 2 * gainSquared) / n);
    return Math.round(size * cosine((2 * j + 1) * k, 2 * n) * ONE) / ONE;
  };
  let core = n;
  while (core % 2 === 0) core /= 2;
  const step = n / core;
  const parts: Part[] = [];
  const order = new Uint32Array(n);
  let at = 0;
  const add = (size: number, frequency: (k: number) => number): void => {
    const byValue = new Float64Array(size * size);
    const byFrequency = new Float64Array(size * size);
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) {
        // Values of a folded line have the cosines of the first values of the whole one at its multiple frequencies.
        byValue[j * size + k] = byFrequency[k * size + j] = entry(j, frequency(k));
      }
    }
    for (let k = 0; k < size; k++) order[at + k] = frequency(k);
    parts.push({ size, at, byValue, byFrequency });
    at += size;
  };
  add((core + 1) >>> 1, (k) => 2 * k * step);
  add(core >>> 1, (k) => (2 * k + 1) * step);
  for (let half = core, apart = step / 2; half < n; half *= 2, apart /= 2) {
    add(half, (k) => (2 * k + 1) * apart);
  }
  return { core, parts, order };
}

/** @param gainSquared square of what either way multiplies lengths by, beside the orthonormal transform */
export function matrixLine(
  n: number,
  gainSquared: number,
): { forward: LineTransform; inverse: LineTransform } {
  const { core, parts, order } = split(n, gainSquared);
  const evens = (core + 1) >>> 1;
  /** Four lines: value q of line l at 4q + l. */
  const ordered = new Float64Array(TOGETHER * n);
  const products = new Float64Array(TOGETHER * n);
  const lines4 = new Float64Array(TOGETHER * n);
  const folded = new Float64Array(TOGETHER * n);

  const inverse: LineTransform = (input, at, step, output, to, stride, lines) => {
    for (let line = 0; line < lines; line += TOGETHER) {
      // Where fewer lines are left, the last is computed again.
      const line1 = Math.min(line + 1, lines - 1);
      const line2 = Math.min(line + 2, lines - 1);
      const line3 = Math.min(line + 3, lines - 1);
      const from0 = at + line * step;
      const from1 = at + line1 * step;
      const from2 = at + line2 * step;
      const from3 = at + line3 * step;
      for (let q = 0, k = 0; q < n; q++, k += TOGETHER) {
        const frequency = order[q];
        ordered[k] = input[from0 + frequency];
        ordered[k + 1] = input[from1 + frequency];
        ordered[k + 2] = input[from2 + frequency];
        ordered[k + 3] = input[from3 + frequency];
      }
      for (const { size, at: part, byValue } of parts)
        multiply(byValue, size, ordered, products, TOGETHER * part);
      unfoldCore(products, core, evens, lines4);
      for (let half = core; half < n; half *= 2) unfold(lines4, products, half);
      for (let j = 0, k = 0; j < n; j++, k += TOGETHER) {
        const row = to + j * stride;
        output[row + line] = lines4[k] + ROUND - ROUND;
        output[row + line1] = lines4[k + 1] + ROUND - ROUND;
        output[row + line2] = lines4[k + 2] + ROUND - ROUND;
        output[row + line3] = lines4[k + 3] + ROUND - ROUND;
      }
    }
  };

  const forward: LineTransform = (input, at, step, output, to, stride, lines) => {
    for (let line = 0; line < lines; line += TOGETHER) {
      const line1 = Math.min(line + 1, lines - 1);
      const line2 = Math.min(line + 2, lines - 1);
      const line3 = Math.min(line + 3, lines - 1);
      const from0 = at + line * step;
      const from1 = at + line1 * step;
      const from2 = at + line2 * step;
      const from3 = at + line3 * step;
      for (let j = 0, k = 0; j < n; j++, k += TOGETHER) {
        lines4[k] = input[from0 + j];
        lines4[k + 1] = input[from1 + j];
        lines4[k + 2] = input[from2 + j];
        lines4[k + 3] = input[from3 + j];
      }
      for (let half = n / 2; half >= core; half /= 2) fold(lines4, folded, half);
      foldCore(lines4, core, evens, folded);
      for (const { size, at: part, byFrequency } of parts) {
        multiply(byFrequency, size, folded, products, TOGETHER * part);
      }
      for (let q = 0, k = 0; q < n; q++, k += TOGETHER) {
        const row = to + order[q] * stride;
        output[row + line] = products[k];
        output[row + line1] = products[k + 1];
        output[row + line2] = products[k + 2];
        output[row + line3] = products[k + 3];
      }
    }
  };

  return { forward, inverse };
}

/** The product of a square matrix with `size` values of four lines, which begin at `at`; two rows at a time. */
function multiply(
  matrix: Float64Array,
  size: number,
  input: Float64Array,
  output: Float64Array,
  at: number,
): void {
  const end = at + TOGETHER * size;
  for (let row = 0; row < size; row += 2) {
    // The last row of an odd number is computed twice.
    const next = row + 1 < size ? row + 1 : row;
    let entry = row * size;
    let nextEntry = next * size;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let next0 = 0;
    let next1 = 0;
    let next2 = 0;
    let next3 = 0;
    for (let k = at; k < end; k += TOGETHER) {
      const m = matrix[entry++];
      const n = matrix[nextEntry++];
      const value0 = input[k];
      const value1 = input[k + 1];
      const value2 = input[k + 2];
      const value3 = input[k + 3];
      sum0 += m * value0;
      next0 += n * value0;
      sum1 += m * value1;
      next1 += n * value1;
      sum2 += m * value2;
      next2 += n * value2;
      sum3 += m * value3;
      next3 += n * value3;
    }
    const to = at + TOGETHER * row;
    output[to] = sum0;
    output[to + 1] = sum1;
    output[to + 2] = sum2;
    output[to + 3] = sum3;
    const nextTo = at + TOGETHER * next;
    output[nextTo] = next0;
    output[nextTo + 1] = next1;
    output[nextTo + 2] = next2;
    output[nextTo + 3] = next3;
  }
}

/** x_j = e_j + o_j and x_(n−1−j) = e_j − o_j: sums over even and over odd frequencies, the latter from `half` on. */
function unfold(lines: Float64Array, products: Float64Array, half: number): void {
  const odd = TOGETHER * half;
  for (let j = 0, right = 2 * odd - TOGETHER; j < odd; j += TOGETHER, right -= TOGETHER) {
    const even0 = lines[j];
    const even1 = lines[j + 1];
    const even2 = lines[j + 2];
    const even3 = lines[j + 3];
    const odd0 = products[odd + j];
    const odd1 = products[odd + j + 1];
    const odd2 = products[odd + j + 2];
    const odd3 = products[odd + j + 3];
    lines[j] = even0 + odd0;
    lines[j + 1] = even1 + odd1;
    lines[j + 2] = even2 + odd2;
    lines[j + 3] = even3 + odd3;
    lines[right] = even0 - odd0;
    lines[right + 1] = even1 - odd1;
    lines[right + 2] = even2 - odd2;
    lines[right + 3] = even3 - odd3;
  }
}

/** The transpose: sums stay in the first half of the lines, differences go where their part stands. */
function fold(lines: Float64Array, folded: Float64Array, half: number): void {
  const odd = TOGETHER * half;
  for (let j = 0, right = 2 * odd - TOGETHER; j < odd; j += TOGETHER, right -= TOGETHER) {
    const left0 = lines[j];
    const left1 = lines[j + 1];
    const left2 = lines[j + 2];
    const left3 = lines[j + 3];
    const right0 = lines[right];
    const right1 = lines[right + 1];
    const right2 = lines[right + 2];
    const right3 = lines[right + 3];
    lines[j] = left0 + right0;
    lines[j + 1] = left1 + right1;
    lines[j + 2] = left2 + right2;
    lines[j + 3] = left3 + right3;
    folded[odd + j] = left0 - right0;
    folded[odd + j + 1] = left1 - right1;
    folded[odd + j + 2] = left2 - right2;
    folded[odd + j + 3] = left3 - right3;
  }
}

/** As unfold, for the odd length in the end, whose middle is its own mirror image. */
function unfoldCore(products: Float64Array, core: number, evens: number, lines: Float64Array): void {
  for (let j = 0; j < evens; j++) {
    const right = core - 1 - j;
    for (let l = 0; l < TOGETHER; l++) {
      const even = products[TOGETHER * j + l];
      const odd = j < right ? products[TOGETHER * (evens + j) + l] : 0;
      lines[TOGETHER * j + l] = even + odd;
      if (j < right) lines[TOGETHER * right + l] = even - odd;
    }
  }
}

function foldCore(lines: Float64Array, core: number, evens: number, folded: Float64Array): void {
  for (let j = 0; j < evens; j++) {
    const right = core - 1 - j;
    for (let l = 0; l < TOGETHER; l++) {
      const value = lines[TOGETHER * j + l];
      const mirror = j < right ? lines[TOGETHER * right + l] : 0;
      folded[TOGETHER * j + l] = value + mirror;
      if (j < right) folded[TOGETHER * (evens + j) + l] = value - mirror;
    }
  }
}

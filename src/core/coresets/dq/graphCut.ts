/**
 * Bins of unlike rows by greedy graph cut. With s = ½ + ½ cos, of the rows left when a bin is begun the one joins it next
 * whose gain Σ_{p left} s(x, p) − 2 Σ_{p in the bin} s(x, p) is greatest. Sums of s need no pairs: of unit rows x̂ the gain
 * is ½ |left| − |bin| + ½ x̂ · v with v = Σ_left p̂ − 2 Σ_bin p̂.
 */
import type { Watch } from '../watch.ts';

/** Unit rows; rows of zeros, too, whose cosine with every row is 0. */
export interface UnitRows {
  /** [count × columns] */
  values: Float32Array;
  count: number;
  columns: number;
}

export interface GraphCut {
  /** Numbers of the rows of every bin, in the order in which they joined it; the last bin's in theirs. */
  bins: Uint32Array[];
  /** Gain of every row that joined a bin but the last one, bin after bin. Late ones can be negative. */
  gains: Float64Array;
}

/** Sizes of bins that differ by at most 1. */
export function binSizes(count: number, bins: number): number[] {
  const before = (bin: number): number => Math.floor((bin * count) / bins);
  return Array.from({ length: bins }, (_, bin) => before(bin + 1) - before(bin));
}

/** Bytes that dividing takes beside the rows. */
export function graphCutBytes({ count, columns }: UnitRows): number {
  // Scores, cosines and remainders; who is left, and the bins. Four directions.
  return count * (3 * 8 + 2 * 4 + 8) + 4 * columns * 8;
}

/** Above what rounding does to a squared length of a few thousand. */
const SQUARED_SLACK = 1e-9;
/** Above what rounding does to a score, for every row in v. */
const SCORE_SLACK = 1e-9;

function dot(values: Float32Array, from: number, vector: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < vector.length; c++) sum += values[from + c] * vector[c];
  return sum;
}

function addRow(vector: Float64Array, values: Float32Array, from: number, times: number): void {
  for (let c = 0; c < vector.length; c++) vector[c] += times * values[from + c];
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c] * b[c];
  return sum;
}

/**
 * The row of the greatest score x̂ · v among those left, v changing with every pick. Few scores are computed: with U the
 * sum of the rows picked since the last score of x, and a and r the parts of x̂ along a direction m and across it, x̂ · U
 * is at least a (m · U) − r |U across m|, which bounds the score from above.
 */
class BestScore {
  readonly left: Uint32Array;
  size: number;
  readonly #rows: UnitRows;
  /** Direction of the sum of the rows left when the bin was begun, m. */
  readonly #direction: Float64Array;
  readonly #v: Float64Array;
  /** Rows picked since the scores were computed, U. */
  readonly #since: Float64Array;
  /** By row: x̂ · v when all scores were computed last, a and r. */
  readonly #scores: Float64Array;
  readonly #along: Float64Array;
  readonly #across: Float64Array;
  /** Scores computed since then. */
  #spent = 0;

  constructor(rows: UnitRows) {
    const { count, columns } = rows;
    this.#rows = rows;
    this.left = Uint32Array.from({ length: count }, (_, row) => row);
    this.size = count;
    this.#direction = new Float64Array(columns);
    this.#v = new Float64Array(columns);
    this.#since = new Float64Array(columns);
    this.#scores = new Float64Array(count);
    this.#along = new Float64Array(count);
    this.#across = new Float64Array(count);
  }

  /** A bin begins: v is the sum of the rows left. */
  begin(): void {
    const { values, columns } = this.#rows;
    const [v, direction] = [this.#v, this.#direction];
    v.fill(0);
    for (let k = 0; k < this.size; k++) addRow(v, values, this.left[k] * columns, 1);
    const length = Math.sqrt(inner(v, v));
    for (let c = 0; c < columns; c++) direction[c] = length > 0 ? v[c] / length : 0;
    for (let k = 0; k < this.size; k++) {
      const row = this.left[k];
      const along = dot(values, row * columns, direction);
      let squared = 0;
      for (let at = row * columns; at < (row + 1) * columns; at++) squared += values[at] * values[at];
      this.#along[row] = along;
      this.#across[row] = Math.sqrt(Math.max(0, squared - along * along) + SQUARED_SLACK);
    }
    this.#score();
  }

  /** Takes the row of the greatest score out, the earlier one among equals. */
  take(): { row: number; score: number } {
    // As much has gone into single scores as into all: bounds from new ones are tighter.
    if (this.#spent > this.size) this.#score();
    const { values, columns } = this.#rows;
    const [left, v, since, scores, along, across] = [
      this.left,
      this.#v,
      this.#since,
      this.#scores,
      this.#along,
      this.#across,
    ];
    const sinceAlong = inner(since, this.#direction);
    const sinceAcross = Math.sqrt(Math.max(0, inner(since, since) - sinceAlong * sinceAlong) + SQUARED_SLACK);
    const boundOf = (row: number): number =>
      scores[row] - 2 * along[row] * sinceAlong + 2 * across[row] * sinceAcross;
    let likely = 0;
    let greatest = -Infinity;
    for (let k = 0; k < this.size; k++) {
      const bound = boundOf(left[k]);
      if (bound > greatest) [likely, greatest] = [k, bound];
    }
    const slack = SCORE_SLACK * this.#rows.count;
    let best = likely;
    let score = dot(values, left[likely] * columns, v);
    for (let k = 0; k < this.size; k++) {
      if (k === likely || boundOf(left[k]) + slack < score) continue;
      const other = dot(values, left[k] * columns, v);
      this.#spent++;
      if (other > score || (other === score && k < best)) [best, score] = [k, other];
    }
    const row = left[best];
    left.copyWithin(best, best + 1, this.size--);
    addRow(v, values, row * columns, -2);
    addRow(since, values, row * columns, 1);
    return { row, score };
  }

  #score(): void {
    const { values, columns } = this.#rows;
    for (let k = 0; k < this.size; k++) {
      const row = this.left[k];
      this.#scores[row] = dot(values, row * columns, this.#v);
    }
    this.#since.fill(0);
    this.#spent = 0;
  }
}

/**
 * Divides rows into bins whose sizes differ by at most 1; the last one is what is left.
 *
 * @param watch asked between two picks
 * @throws CANCELLED by the pulse
 */
export async function cutIntoBins(
  rows: UnitRows,
  bins: number,
  { pulse, progress }: Watch,
): Promise<GraphCut> {
  const sizes = binSizes(rows.count, bins);
  const last = sizes.pop() ?? 0;
  const gains = new Float64Array(rows.count - last);
  const best = new BestScore(rows);
  const filled: Uint32Array[] = [];
  let joined = 0;
  for (const size of sizes) {
    const bin = new Uint32Array(size);
    const left = best.size;
    best.begin();
    for (let k = 0; k < size; k++) {
      const { row, score } = best.take();
      bin[k] = row;
      gains[joined++] = left / 2 - k + score / 2;
      if (pulse.due()) await pulse.beat(progress(joined));
    }
    filled.push(bin);
  }
  filled.push(best.left.slice(0, last));
  return { bins: filled, gains };
}

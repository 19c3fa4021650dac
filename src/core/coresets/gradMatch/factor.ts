/** The Cholesky factor of a symmetric positive definite matrix that gains and loses rows: A = L Lᵀ, in double. */

/** A new row whose pivot is this share of its diagonal or less depends on the others. */
const DEPENDENT = 1e-10;

/** Entries of the lower triangle before row i. */
const rowStart = (i: number): number => (i * (i + 1)) / 2;

export class GrowingFactor {
  /** Rows of A. */
  size = 0;
  /** L, row by row, of row i its i + 1 first entries. */
  readonly lower: Float64Array;
  /** L⁻¹ b of the right side b: kept with the factor, so that a solution costs one back substitution. */
  readonly #forward: Float64Array;
  readonly #scratch: Float64Array;

  /** @param most rows that A will ever have */
  constructor(most: number) {
    this.lower = new Float64Array(rowStart(most));
    this.#forward = new Float64Array(most);
    this.#scratch = new Float64Array(most);
  }

  static bytes(most: number): number {
    return 8 * (rowStart(most) + 2 * most);
  }

  /**
   * A gains a last row.
   *
   * @param row what it has in common with the rows before, `size` numbers
   * @param right its entry of b
   * @returns false where it depends on the rows before: then nothing has changed
   */
  append(row: Float64Array, diagonal: number, right: number): boolean {
    const { size, lower } = this;
    const start = rowStart(size);
    // L l = row, by forward substitution.
    let pivot = diagonal;
    let forward = right;
    for (let i = 0, at = 0; i < size; i++) {
      let entry = row[i];
      for (let k = 0; k < i; k++, at++) entry -= lower[at] * lower[start + k];
      entry /= lower[at++];
      lower[start + i] = entry;
      pivot -= entry * entry;
      forward -= entry * this.#forward[i];
    }
    if (!(pivot > DEPENDENT * diagonal)) return false;
    const root = Math.sqrt(pivot);
    lower[start + size] = root;
    this.#forward[size] = forward / root;
    this.size++;
    return true;
  }

  /** A loses a row and its column. Without its row L has one entry too many in each below: rotations take them off. */
  remove(place: number): void {
    const { size, lower } = this;
    const forward = this.#forward;
    const row = this.#scratch;
    const last = size - 1;
    // Row i becomes row i − 1. Rotation q turns columns q and q + 1 into each other, row by row and in L⁻¹ b alike; it is
    // what clears entry (q, q + 1) of the new row q, so that it is known when the rows below it need it.
    const cosines = new Float64Array(size);
    const sines = new Float64Array(size);
    for (let i = place + 1; i < size; i++) {
      const start = rowStart(i);
      for (let k = 0; k <= i; k++) row[k] = lower[start + k];
      for (let q = place; q < i - 1; q++) {
        const entry = row[q];
        row[q] = cosines[q] * entry + sines[q] * row[q + 1];
        row[q + 1] = cosines[q] * row[q + 1] - sines[q] * entry;
      }
      const diagonal = Math.hypot(row[i - 1], row[i]);
      cosines[i - 1] = row[i - 1] / diagonal;
      sines[i - 1] = row[i] / diagonal;
      row[i - 1] = diagonal;
      const to = rowStart(i - 1);
      for (let k = 0; k < i; k++) lower[to + k] = row[k];
    }
    for (let q = place; q < last; q++) {
      const entry = forward[q];
      forward[q] = cosines[q] * entry + sines[q] * forward[q + 1];
      forward[q + 1] = cosines[q] * forward[q + 1] - sines[q] * entry;
    }
    this.size = last;
  }

  /** A⁻¹ b, written to the first `size` places. */
  solve(solution: Float64Array): void {
    const { lower } = this;
    // Lᵀ x = L⁻¹ b, by back substitution along the rows of L.
    for (let i = 0; i < this.size; i++) solution[i] = this.#forward[i];
    for (let i = this.size - 1; i >= 0; i--) {
      const start = rowStart(i);
      const value = solution[i] / lower[start + i];
      solution[i] = value;
      for (let k = 0; k < i; k++) solution[k] -= lower[start + k] * value;
    }
  }
}

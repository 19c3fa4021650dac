/** Columns of inner products that a pursuit keeps of the atoms that it has picked, in single precision. */

export class PickedColumns {
  readonly #count: number;
  /** One column behind the other, each divided by its diagonal: of small gradients the products would underflow. */
  readonly #values: Float32Array;
  /** Diagonal of the column at every place. */
  readonly #diagonals: Float64Array;
  /** Place of every picked atom's column; one that was let go is taken again. */
  readonly #places: number[] = [];
  readonly #free: number[];
  readonly #shares: Float64Array;

  /**
   * @param count numbers of a column
   * @param most columns that are kept at once
   */
  constructor(count: number, most: number) {
    this.#count = count;
    this.#values = new Float32Array(count * most);
    this.#diagonals = new Float64Array(most);
    this.#shares = new Float64Array(most);
    this.#free = Array.from({ length: most }, (_, place) => most - 1 - place);
  }

  static bytes(count: number, most: number): number {
    return 4 * count * most + 32 * most;
  }

  /** Keeps a column behind the others. False where there is no room. */
  append(column: Float64Array, diagonal: number): boolean {
    const place = this.#free.pop();
    if (place === undefined) return false;
    this.#places.push(place);
    this.#diagonals[place] = diagonal;
    const start = place * this.#count;
    for (let i = 0; i < this.#count; i++) this.#values[start + i] = column[i] / diagonal;
    return true;
  }

  /** The column at this place in their order goes. */
  remove(at: number): void {
    this.#free.push(...this.#places.splice(at, 1));
  }

  /** Takes Σ w_s column_s from a vector, at the numbers [from, to). */
  subtract(weights: Float64Array, vector: Float64Array, from: number, to: number): void {
    const values = this.#values;
    const places = this.#places;
    const shares = this.#shares;
    const size = places.length;
    for (let s = 0; s < size; s++) shares[s] = weights[s] * this.#diagonals[places[s]];
    let s = 0;
    // Four columns in a pass over the vector.
    for (; s + 3 < size; s += 4) {
      const a = places[s] * this.#count;
      const b = places[s + 1] * this.#count;
      const c = places[s + 2] * this.#count;
      const d = places[s + 3] * this.#count;
      const u = shares[s];
      const v = shares[s + 1];
      const w = shares[s + 2];
      const x = shares[s + 3];
      for (let i = from; i < to; i++) {
        vector[i] -= u * values[a + i] + v * values[b + i] + (w * values[c + i] + x * values[d + i]);
      }
    }
    for (; s < size; s++) {
      const a = places[s] * this.#count;
      const u = shares[s];
      for (let i = from; i < to; i++) vector[i] -= u * values[a + i];
    }
  }
}

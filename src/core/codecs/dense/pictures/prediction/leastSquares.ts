/** Weighted least squares, summed and solved in a fixed order: the same numbers on every engine. */

/** Sums of products of features and of what is to be told by them. */
export class NormalEquations {
  readonly size: number;
  /** Lower triangle, row after row of `size`. */
  readonly #squares: Float64Array;
  readonly #products: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.#squares = new Float64Array(size * size);
    this.#products = new Float64Array(size);
  }

  add(features: Float64Array, target: number, weight: number): void {
    const { size } = this;
    const squares = this.#squares;
    const products = this.#products;
    for (let i = 0; i < size; i++) {
      const scaled = weight * features[i];
      if (scaled === 0) continue;
      const row = i * size;
      for (let j = 0; j <= i; j++) squares[row + j] += scaled * features[j];
      products[i] += scaled * target;
    }
  }

  /**
   * @param active features that may be used; the others get 0
   * @param ridge keeps a factor at 0 where nothing speaks for another
   */
  solve(active: readonly number[], ridge: number): Float64Array {
    const { size } = this;
    const n = active.length;
    const factor = new Float64Array(n * n);
    const solution = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = this.#squares[active[i] * size + active[j]] + (i === j ? ridge : 0);
        for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
        // The ridge keeps it above 0 but for rounding.
        factor[i * n + j] = i === j ? Math.sqrt(Math.max(sum, ridge)) : sum / factor[j * n + j];
      }
      let sum = this.#products[active[i]];
      for (let k = 0; k < i; k++) sum -= factor[i * n + k] * solution[k];
      solution[i] = sum / factor[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = solution[i];
      for (let k = i + 1; k < n; k++) sum -= factor[k * n + i] * solution[k];
      solution[i] = sum / factor[i * n + i];
    }
    const all = new Float64Array(size);
    active.forEach((feature, i) => (all[feature] = solution[i]));
    return all;
  }

  /** As `solve`, with no factor below 0: those that would be are left out, the lowest first. */
  solvePositive(active: readonly number[], ridge: number): Float64Array {
    let left = active;
    for (;;) {
      const solution = this.solve(left, ridge);
      const lowest = left.reduce((least, k) => (solution[k] < solution[least] ? k : least), left[0] ?? 0);
      if (left.length === 0 || solution[lowest] >= 0) return solution;
      left = left.filter((k) => k !== lowest);
    }
  }
}

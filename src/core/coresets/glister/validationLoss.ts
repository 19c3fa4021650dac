/**
 * The loss of held-out pictures as steps along the gradients of others would change it. Only the bias of the last layer
 * takes the steps, so that they add one vector t to the logits of all: with E = exp(z − max z) worked out once,
 * p_vc = E_vc u_c / Σ E_vc u_c for u = exp(t − max t), and no step needs an exponential of a picture.
 */

/** Least E. The largest of a picture is 1, so that with u ≤ 1 and one u of 1 no sum is 0. */
const LEAST = 1e-30;

export class ValidationLoss {
  /** [classes]: the gradient by the bias, the mean of δ over the pictures. */
  readonly gradient: Float64Array;
  /** Of the arrays that it holds. */
  readonly bytes: number;
  readonly #classes: number;
  readonly #count: number;
  /** [pictures × classes] E */
  readonly #exponentials: Float64Array;
  /** [classes]: share of the pictures that are of the class. */
  readonly #shares: Float64Array;
  /** [classes] t */
  readonly #steps: Float64Array;
  /** [classes] u */
  readonly #factors: Float64Array;
  /** [classes]: Σ E_vc / Σ E_vc u_c over the pictures. */
  readonly #sums: Float64Array;

  /**
   * @param logits [any number × classes]
   * @param labels class of each
   * @param places rows of the pictures, at least one
   */
  constructor(logits: Float32Array, labels: Uint16Array, places: Uint32Array, classes: number) {
    const count = places.length;
    this.#classes = classes;
    this.#count = count;
    this.#exponentials = new Float64Array(count * classes);
    this.#shares = new Float64Array(classes);
    for (let v = 0; v < count; v++) {
      const from = places[v] * classes;
      let largest = -Infinity;
      for (let c = 0; c < classes; c++) if (logits[from + c] > largest) largest = logits[from + c];
      for (let c = 0; c < classes; c++) {
        this.#exponentials[v * classes + c] = Math.max(LEAST, Math.exp(logits[from + c] - largest));
      }
      this.#shares[labels[places[v]]] += 1 / count;
    }
    this.#steps = new Float64Array(classes);
    this.#factors = new Float64Array(classes);
    this.#sums = new Float64Array(classes);
    this.gradient = new Float64Array(classes);
    this.bytes = this.#exponentials.byteLength + 5 * this.gradient.byteLength;
    this.update();
  }

  /** A step along the gradient of a picture: its δ, read from `from` on. The loss's own gradient waits for `update`. */
  step(residuals: Float32Array, from: number, rate: number): void {
    for (let c = 0; c < this.#classes; c++) this.#steps[c] -= rate * residuals[from + c];
  }

  /** The gradient after the steps so far. */
  update(): void {
    const classes = this.#classes;
    const [exponentials, factors, sums] = [this.#exponentials, this.#factors, this.#sums];
    let largest = -Infinity;
    for (let c = 0; c < classes; c++) if (this.#steps[c] > largest) largest = this.#steps[c];
    for (let c = 0; c < classes; c++) factors[c] = Math.exp(this.#steps[c] - largest);
    sums.fill(0);
    for (let from = 0; from < exponentials.length; from += classes) {
      let whole = 0;
      for (let c = 0; c < classes; c++) whole += exponentials[from + c] * factors[c];
      const inverse = 1 / whole;
      for (let c = 0; c < classes; c++) sums[c] += exponentials[from + c] * inverse;
    }
    for (let c = 0; c < classes; c++) {
      this.gradient[c] = (sums[c] * factors[c]) / this.#count - this.#shares[c];
    }
  }
}

/**
 * How unsteadily each picture is learned, from what the network gives it in every epoch. With p_t the softmax of epoch t,
 * Δ_t = Σ_c |p_t,c (ln(p_t,c + ε) − ln(p_{t−1},c + ε))| says how much an epoch changed, and
 * R_k = ‖Δ_k … Δ_{k+W−2} − their mean‖ how unsteady the changes of W epochs were. The score is
 * Σ_k a (1 − a)^(T−W−k) R_k: the last window counts most.
 */
import type { PretrainingObserver, SelectionState, TrainedBatch } from '../../selection/method.ts';
import { checkRoom } from '../room.ts';

const EPSILON = 1e-8;

export interface TrajectoryShape {
  /** Numbers of the pictures' records, n of them. */
  records: Uint32Array;
  /** Records of the dataset. */
  total: number;
  classes: number;
  /** T: epochs that are observed. */
  epochs: number;
  /** W: epochs of a window, from 3 to T. */
  window: number;
  /** a */
  decay: number;
}

/**
 * Of the epochs it keeps two tables of probabilities, the changes of a window and one more, and the score so far. What an
 * epoch leaves behind counts from its end on: one that begins again overwrites what it wrote.
 */
export class Trajectory implements PretrainingObserver {
  readonly bytes: number;
  /** [n], of the epochs that have ended. */
  readonly scores: Float64Array;
  readonly #classes: number;
  readonly #epochs: number;
  readonly #decay: number;
  /** Row of every record. */
  readonly #rows: Uint32Array;
  /** [n × classes] p of the last epoch that has ended, and of the one that runs. */
  #before: Float32Array;
  #now: Float32Array;
  /** Δ of the last epochs: [n] each, that of epoch t in place t mod W. */
  readonly #changes: Float32Array[];
  #ended = 0;

  /** @throws SELECTION_TOO_LARGE */
  constructor({ records, total, classes, epochs, window, decay }: TrajectoryShape) {
    const count = records.length;
    this.bytes = 4 * (2 * count * classes + window * count + 2 * count + total);
    checkRoom(this.bytes, `What the network makes of ${count.toLocaleString('en-US')} pictures as it learns`);
    this.#classes = classes;
    this.#epochs = epochs;
    this.#decay = decay;
    this.#rows = new Uint32Array(total);
    for (let row = 0; row < count; row++) this.#rows[records[row]] = row;
    this.#before = new Float32Array(count * classes);
    this.#now = new Float32Array(count * classes);
    this.#changes = Array.from({ length: window }, () => new Float32Array(count));
    this.scores = new Float64Array(count);
  }

  /** Whether all epochs have ended. */
  get isWhole(): boolean {
    return this.#ended === this.#epochs;
  }

  begin(epoch: number): void {
    if (epoch !== this.#ended + 1) {
      throw new Error(`Epoch ${epoch} begins where ${this.#ended} have ended.`);
    }
  }

  trained({ records, logits }: TrainedBatch): void {
    const classes = this.#classes;
    const [before, now] = [this.#before, this.#now];
    const changes = this.#changes[(this.#ended + 1) % this.#changes.length];
    for (let k = 0; k < records.length; k++) {
      const from = k * classes;
      const row = this.#rows[records[k]];
      const to = row * classes;
      let largest = -Infinity;
      for (let c = 0; c < classes; c++) if (logits[from + c] > largest) largest = logits[from + c];
      let whole = 0;
      for (let c = 0; c < classes; c++) whole += Math.exp(logits[from + c] - largest);
      let change = 0;
      for (let c = 0; c < classes; c++) {
        now[to + c] = Math.exp(logits[from + c] - largest) / whole;
        // As it is kept, so that a picture that stands still has changed by 0.
        const p = now[to + c];
        change += Math.abs(p * (Math.log(p + EPSILON) - Math.log(before[to + c] + EPSILON)));
      }
      changes[row] = change;
    }
  }

  end(epoch: number): void {
    [this.#before, this.#now] = [this.#now, this.#before];
    this.#ended = epoch;
    const window = this.#changes.length;
    // The first epoch has nothing before it: its change, and the table that it was told from, mean nothing.
    if (epoch < window) return;
    const counted = this.#changes.filter((_, place) => place !== (epoch + 1) % window);
    for (let row = 0; row < this.scores.length; row++) {
      let sum = 0;
      for (let k = 0; k < counted.length; k++) sum += counted[k][row];
      const mean = sum / counted.length;
      let squares = 0;
      for (let k = 0; k < counted.length; k++) squares += (counted[k][row] - mean) ** 2;
      this.scores[row] = (1 - this.#decay) * this.scores[row] + this.#decay * Math.sqrt(squares);
    }
  }

  /** After the last epoch that has ended, as copies; null before there is one. */
  state(): SelectionState | null {
    if (this.#ended === 0) return null;
    const count = this.scores.length;
    const changes = new Float32Array(this.#changes.length * count);
    this.#changes.forEach((change, place) => changes.set(change, place * count));
    return {
      ended: Uint32Array.of(this.#ended),
      probabilities: this.#before.slice(),
      changes,
      scores: this.scores.slice(),
    };
  }

  /** @returns whether the state is of such a trajectory */
  restore({ ended, probabilities, changes, scores }: SelectionState): boolean {
    const count = this.scores.length;
    if (!(ended instanceof Uint32Array) || ended.length !== 1) return false;
    if (ended[0] < 1 || ended[0] > this.#epochs) return false;
    if (!(probabilities instanceof Float32Array) || probabilities.length !== this.#before.length)
      return false;
    if (!(changes instanceof Float32Array) || changes.length !== this.#changes.length * count) return false;
    if (!(scores instanceof Float64Array) || scores.length !== count) return false;
    this.#ended = ended[0];
    this.#before.set(probabilities);
    this.#changes.forEach((change, place) =>
      change.set(changes.subarray(place * count, (place + 1) * count)),
    );
    this.scores.set(scores);
    return true;
  }
}

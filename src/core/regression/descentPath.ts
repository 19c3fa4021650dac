/** Where a descent has been: its coefficients after some of its iterations. */

/** Iterations of a point over those of the point before: at most some 400 points of a million iterations. */
const GROWTH = 1.03;

export class DescentPath {
  /** Iterations after which a point was taken, from 0 on. */
  readonly at: number[] = [0];
  /** The coefficients there. */
  readonly thetas: Float64Array[];

  constructor(start: Float64Array) {
    this.thetas = [start.slice()];
  }

  /** Iterations from here to the next point. */
  untilNext(iteration: number): number {
    return Math.max(1, this.next() - iteration);
  }

  /** Takes a point after so many iterations, if it is time for one or the descent ends there. */
  add(iteration: number, theta: Float64Array, isEnd: boolean): void {
    const last = this.at[this.at.length - 1];
    if (iteration <= last || (iteration < this.next() && !isEnd)) return;
    this.at.push(iteration);
    this.thetas.push(theta.slice());
  }

  private next(): number {
    const last = this.at[this.at.length - 1];
    return Math.max(last + 1, Math.ceil(last * GROWTH));
  }
}

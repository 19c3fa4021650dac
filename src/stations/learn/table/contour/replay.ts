/** How much of the descents is drawn: all of it, or what a clock that is played has come to. */

/** Milliseconds of the whole way. */
const DURATION = 8_000;
/** Pictures of the whole way for whoever wants no motion. */
const STILLS = 8;

const isStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class Replay {
  private share = 1;
  /** Where the clock stands, 0…1; the share drawn, but for whoever wants no motion. */
  private clock = 1;
  private frame = 0;
  private last = 0;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Share of the way that is drawn, 0…1. */
  readonly getShare = (): number => this.share;

  readonly isPlaying = (): boolean => this.frame !== 0;

  /** Goes on, from the start where it is at its end. */
  play(): void {
    if (this.frame !== 0) return;
    if (this.clock >= 1) this.clock = 0;
    this.last = performance.now();
    this.frame = requestAnimationFrame(this.tick);
    this.show();
  }

  /** Plays unasked, unless no motion is wanted. */
  playUnasked(): void {
    if (!isStill()) this.play();
  }

  pause(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.notify();
  }

  /** Shows this share of the way and stays there. */
  moveTo(share: number): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.clock = this.share = Math.max(0, Math.min(1, share));
    this.notify();
  }

  private readonly tick = (now: number): void => {
    this.clock = Math.min(1, this.clock + Math.max(0, now - this.last) / DURATION);
    this.last = now;
    this.frame = this.clock < 1 ? requestAnimationFrame(this.tick) : 0;
    this.show();
  };

  private show(): void {
    this.share = isStill() ? Math.floor(this.clock * STILLS) / STILLS : this.clock;
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

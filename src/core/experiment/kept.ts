/** A stage of an experiment, kept until what it depends on changes. */
import { LabError } from '../errors.ts';

/** Keeps the last value of a stage with the key it was made from; calls for the same key share one making. */
export class Kept<T> {
  private key: string | null = null;
  private value: Promise<T> | null = null;
  /** Seconds that making the value took. */
  seconds = 0;

  /** The next call makes the value, whatever its key. */
  forget(): void {
    this.key = null;
    this.value = null;
  }

  get(key: unknown, make: () => T | Promise<T>): Promise<T> {
    const text = JSON.stringify(key);
    if (this.value !== null && text === this.key) {
      // Only the call that was cancelled should hear of it: one that shared its work makes the stage by itself.
      return this.value.catch((thrown: unknown) => {
        if (thrown instanceof LabError && thrown.code === 'CANCELLED') return this.get(key, make);
        throw thrown;
      });
    }
    // The old value goes first, so that two large ones are never held together.
    this.value = null;
    this.key = text;
    const value = Promise.resolve().then(async () => {
      const started = performance.now();
      const made = await make();
      this.seconds = (performance.now() - started) / 1000;
      return made;
    });
    this.value = value;
    // What failed or was cancelled is made again next time.
    value.catch(() => {
      if (this.value === value) this.value = null;
    });
    return value;
  }
}

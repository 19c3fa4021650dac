/**
 * The one dataset that the worker has open, a table or pictures. Opening another one lets go of it, so that memory holds
 * one dataset.
 */
import { LabError } from '../core/errors.ts';

export class OpenSlot {
  /** Names of the source that is open: the one it was opened by, and the archive made from it. */
  private keys: string[] = [];
  private current: Promise<unknown> | null = null;

  /**
   * Gives what is open under this name, or opens it.
   *
   * @param key name of the source; what is read under one name is always of one kind
   */
  async open<T>(key: string, read: () => Promise<T>): Promise<T> {
    if (this.current !== null && this.keys.includes(key)) {
      try {
        return (await this.current) as T;
      } catch (thrown) {
        // Another call was opening it and was cancelled; only its own caller should hear of that.
        if (!(thrown instanceof LabError) || thrown.code !== 'CANCELLED') throw thrown;
        return this.open(key, read);
      }
    }
    const opening = read();
    this.keys = [key];
    this.current = opening;
    opening.catch(() => {
      if (this.current === opening) this.current = null;
    });
    return opening;
  }

  /** Lets the open dataset be found under another name too, if it still is the open one. */
  alsoKnownAs(dataset: unknown, key: string): void {
    const { current } = this;
    void current?.then(
      (open) => {
        if (open === dataset && this.current === current) this.keys.push(key);
      },
      () => undefined,
    );
  }
}

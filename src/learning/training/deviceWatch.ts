/** Hearing of a lost device: tfjs goes on as if nothing had happened, or waits for ever. */
import { LabError } from '../../core/errors.ts';

/**
 * Milliseconds that a failure waits for its reason: what a device was asked for fails a moment before the browser says
 * that the device is gone.
 */
const REASON_WITHIN = 200;

export class DeviceWatch {
  #reason: string | null = null;
  /** Those who wait for the device now. A race against one lasting promise would keep every wait alive. */
  readonly #waiting = new Set<(reason: LabError) => void>();

  /** @param lost resolves with what the browser says when the device is gone */
  constructor(lost: Promise<string>) {
    void lost.then((reason) => {
      this.#reason = reason;
      for (const reject of this.#waiting) reject(this.#error());
      this.#waiting.clear();
    });
  }

  get isLost(): boolean {
    return this.#reason !== null;
  }

  #error(): LabError {
    return new LabError(
      'DEVICE_LOST',
      `The device that computes is gone: ${this.#reason ?? 'no reason given'}.`,
    );
  }

  /** @throws DEVICE_LOST */
  check(): void {
    if (this.#reason !== null) throw this.#error();
  }

  /** Waits for something from the device. @throws DEVICE_LOST, and what the promise rejects with */
  guard<T>(promise: Promise<T>): Promise<T> {
    if (this.#reason !== null) {
      promise.catch(() => undefined);
      return Promise.reject(this.#error());
    }
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject);
      const settle = (end: () => void) => {
        this.#waiting.delete(reject);
        end();
      };
      promise.then(
        (value) => settle(() => resolve(value)),
        (thrown: Error) => setTimeout(() => settle(() => reject(thrown)), REASON_WITHIN),
      );
    });
  }

  /** What was thrown while the device computed, as an error of the lab. */
  explain(thrown: unknown): LabError {
    if (this.#reason !== null) return this.#error();
    if (thrown instanceof LabError) return thrown;
    const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    if (OUT_OF_MEMORY.test(what)) {
      return new LabError('TRAINING_OUT_OF_MEMORY', `The device has no memory left for this: ${what}`, {
        cause: thrown,
      });
    }
    return LabError.from(thrown);
  }
}

/** How backends, wasm modules and array buffers say that memory is short. */
const OUT_OF_MEMORY =
  /out of memory|\bOOM\b|memory access out of bounds|enlarge memory|allocat\w* (failed|memory)|invalid (typed )?array (buffer )?length|(unable|failed) to (create|allocate)|texture size|buffer size/i;

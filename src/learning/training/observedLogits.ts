/**
 * What the network gave the pictures that it was trained on, on its way to whoever observes. Reading back makes a
 * device wait, so that the logits of several steps are read together.
 */
import { concat, dispose, type Tensor2D } from '@tensorflow/tfjs-core';
import type { PretrainingObserver } from '../../core/selection/method.ts';
import type { DeviceWatch } from './deviceWatch.ts';

/** Bytes of logits on the device from which on they are read. */
const MOST_BYTES = 1024 * 1024;

export class ObservedLogits {
  readonly #observer: PretrainingObserver;
  readonly #device: DeviceWatch;
  #steps: { records: Uint32Array; logits: Tensor2D }[] = [];
  #bytes = 0;

  constructor(observer: PretrainingObserver, device: DeviceWatch) {
    this.#observer = observer;
    this.#device = device;
  }

  /**
   * Takes the logits of a step over.
   *
   * @param records those that count; what comes behind them only fills up the batch
   */
  take(records: Uint32Array, logits: Tensor2D): void {
    this.#steps.push({ records, logits });
    this.#bytes += logits.size * Float32Array.BYTES_PER_ELEMENT;
  }

  /** Whether so many wait that they are to be read. */
  get isFull(): boolean {
    return this.#bytes >= MOST_BYTES;
  }

  /** Reads what waits, and tells of it step by step. */
  async read(): Promise<void> {
    if (this.#steps.length === 0) return;
    const steps = this.#steps;
    const [{ logits: first }] = steps;
    const [batch, classes] = first.shape;
    const together =
      steps.length === 1
        ? first
        : concat(
            steps.map(({ logits }) => logits),
            0,
          );
    if (together !== first) dispose(steps.map(({ logits }) => logits));
    this.#steps = [];
    this.#bytes = 0;
    try {
      const read = await this.#device.guard(together.data<'float32'>());
      steps.forEach(({ records }, k) => {
        const from = k * batch * classes;
        this.#observer.trained({ records, logits: read.subarray(from, from + records.length * classes) });
      });
    } finally {
      together.dispose();
    }
  }

  /** Lets what waits go unread. */
  dispose(): void {
    dispose(this.#steps.map(({ logits }) => logits));
    this.#steps = [];
    this.#bytes = 0;
  }
}

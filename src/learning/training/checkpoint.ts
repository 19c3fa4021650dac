/** When a run's checkpoint is made and kept: often enough to lose little, seldom enough to cost little. */
import type { CheckpointStore } from '../../contracts/trainingHost.ts';
import { LabError } from '../../core/errors.ts';
import { addNotice, copyOfRun, epochsBehind } from './runs.ts';
import type { TrainingSession } from './session.ts';

/** Bytes of weights and velocities up to which every epoch is kept aside in memory, and stored if it took a while. */
const SMALL_BYTES = 4 * 1024 * 1024;
/** Seconds of an epoch from which on each one of a small network is stored. */
const LONG_EPOCH_SECONDS = 1;
/** Milliseconds between checkpoints otherwise. */
const INTERVAL_MS = 10_000;

/** Keeps the checkpoints of one session while it is played. Storing goes on while the next epoch trains. */
export class CheckpointKeeper {
  readonly #store: CheckpointStore;
  readonly #session: TrainingSession;
  #lastStored = performance.now();
  /** Epochs behind the newest checkpoint that has been handed to the store. */
  #handedOver: number;
  #storing: Promise<void> = Promise.resolve();

  constructor(store: CheckpointStore, session: TrainingSession) {
    this.#store = store;
    this.#session = session;
    this.#handedOver = session.stored;
  }

  /**
   * To be called between two epochs.
   *
   * @param isLast whether nothing is trained after it in this call: then it is stored in any case
   * @throws TRAINING_DIVERGED when a weight is no number
   */
  async afterEpoch(epochSeconds: number, isLast: boolean): Promise<void> {
    const isSmall = this.#session.checkpointBytes < SMALL_BYTES;
    const isDue =
      isLast ||
      (isSmall && epochSeconds > LONG_EPOCH_SECONDS) ||
      performance.now() - this.#lastStored >= INTERVAL_MS;
    if (!isDue && !isSmall) return;
    this.#session.aside = await this.#session.capture();
    if (isDue) await this.#handOver();
  }

  /** Stores the last whole epoch, if it is kept aside and is not stored already, and waits for it. */
  async finish(): Promise<void> {
    const { aside } = this.#session;
    if (aside !== null && epochsBehind(aside) > this.#handedOver) await this.#handOver();
    await this.#storing;
  }

  async #handOver(): Promise<void> {
    const { aside, run } = this.#session;
    if (aside === null) return;
    // One at a time, so that the newest is written last.
    await this.#storing;
    this.#handedOver = epochsBehind(aside);
    this.#lastStored = performance.now();
    const stored = { ...copyOfRun(run), checkpoint: aside.epoch };
    this.#storing = this.#store.save(stored, aside).then(
      () => {
        run.checkpoint = aside.epoch;
        this.#session.stored = epochsBehind(aside);
      },
      (thrown: unknown) => {
        addNotice(run, `The checkpoint could not be kept: ${LabError.from(thrown).message}`);
      },
    );
  }
}

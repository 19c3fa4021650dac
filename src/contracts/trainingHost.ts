/** What the training worker is made of: the calls as its service offers them, and the store that it keeps checkpoints in. */
import type { Checkpoint, TrainingRun } from './training.ts';
import type { TrainingCalls } from './trainingCalls.ts';
import type { ServiceCalls } from './workerCalls.ts';

/** Where training keeps what it goes on from. */
export interface CheckpointStore {
  /**
   * Writes the run and its checkpoint in one transaction, in place of the ones before.
   * @throws LabError STORAGE_FULL, STORAGE_UNAVAILABLE, STORAGE_BLOCKED or ARCHIVE_NEWER
   */
  save(run: TrainingRun, checkpoint: Checkpoint): Promise<void>;
  /** Null where there is none, or none that can be read. @throws LabError as `save` does */
  load(runId: string): Promise<Checkpoint | null>;
}

/**
 * What the worker's host needs of the training service. A `train` that is cancelled by its pulse resolves with the run
 * as far as it came; other calls reject with CANCELLED.
 */
export type HostedTraining = ServiceCalls<TrainingCalls>;

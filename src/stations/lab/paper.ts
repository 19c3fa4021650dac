/** The paper's page: its tables, results that come with the lab, and rows that are trained by one press. */
import type { RecordedResult } from '../../contracts/results.ts';
import type { TrainingSettings } from '../../contracts/training.ts';

export interface PaperState {
  /** Number of the table that the paper's page shows. */
  paperTable: number;
  /** Results of trainings that come with the lab; null until they were asked for and are there. */
  shipped: readonly RecordedResult[] | null;
}

export interface PaperActions {
  showPaperTable: (number: number) => void;
  /** Fetches the results that come with the lab, the first time that it is called. */
  loadShipped: () => void;
  /**
   * Queues these trainings where their results are not there yet, as a sweep does; first opens the pictures of that
   * dataset from the gallery unless they are open.
   */
  trainOn: (datasetId: string, wanted: readonly TrainingSettings[]) => Promise<void>;
}

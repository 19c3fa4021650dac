/** What the slices share: the state, the services that the page gives them, and the messages. */
import type { CodecClient, SweepCell } from '../contracts/codec.ts';
import type { DatasetSource, ExperimentSettings } from '../contracts/codec.ts';
import type { Lab, LabState } from '../stations/lab.ts';

export interface SweepJob {
  source: DatasetSource;
  settings: ExperimentSettings;
  /** Null trains on all rows of the split. */
  beta: number | null;
  split: number;
}

/** The outside world; tests give a small one of their own. */
export interface LabServices {
  client: CodecClient;
  /** A second worker for long training, so that the first stays free. Started on first use. */
  background: () => CodecClient;
  /** Runs jobs over a pool of workers; rejects with CANCELLED on abort. */
  sweep: (
    jobs: SweepJob[],
    options: { signal: AbortSignal; onCell: (cell: SweepCell) => void },
  ) => Promise<void>;
  estimateStorage: () => Promise<LabState['storage']>;
  /** The page's address without its hash. */
  pageAddress: string;
  appVersion: string;
}

export interface Kernel {
  services: LabServices;
  get: () => Lab;
  set: (change: Partial<Lab>) => void;
}

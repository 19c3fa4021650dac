/** Bits: what the search for the base saw, and the picture of condensing, which Learn shows too. */
import type { BitsReport } from '../../contracts/codec.ts';
import type { ErrorReport } from '../../contracts/errors.ts';
import type { AxisChoice, ScatterCloud, ScatterLines, ScatterSamples } from '../../contracts/scatter.ts';
import type { Task } from './task.ts';

/** The picture of condensing; computed while someone looks at it, and kept for the visit. */
export interface ScatterState {
  /** The columns that were asked for; null leaves one to the strongest feature, or to the target. */
  choice: AxisChoice;
  /** Whether a random sample of as many records stands beside the condensed samples. */
  withRandom: boolean;
  cloud: Task<ScatterCloud>;
  /** Of the last β that was worked out; null before the first, and where nothing is condensed. */
  samples: ScatterSamples | null;
  lines: ScatterLines | null;
  /** Why there are no samples. */
  error: ErrorReport | null;
}

export interface BitsState {
  bits: Task<BitsReport>;
  scatter: ScatterState;
}

export interface ScatterActions {
  /** Whether someone looks at the picture of condensing: it follows the settings only then. */
  watchScatter: (isWatched: boolean) => void;
  /** Chooses its columns, or adds the random sample. */
  changeScatter: (change: Partial<AxisChoice & Pick<ScatterState, 'withRandom'>>) => void;
  /** Tries again what failed. */
  retryScatter: () => void;
}

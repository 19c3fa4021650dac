/** Choices that only some methods have. A method's meta names those that it looks at; of others they decide nothing. */

export interface MethodOptions {
  /** Epochs from one selection to the next. */
  reselect: number;
  /** Whether a tenth of the training pictures is held out, and nothing is picked from it. */
  holdOut: boolean;
  /** Epochs on every picture before the one selection; 0: as many as the method usually takes. */
  pretrain: number;
  /** κ: share of the epochs in whose place a few are trained on every picture, at the same cost. */
  warmStart: number;
  /** What GRAD-MATCH matches: gradients of the whole last layer, of the row of the class alone, or means of batches. */
  gradient: 'layer' | 'row' | 'batch';
  /** λ of the ridge on its weights. */
  ridge: number;
  /** ε: it stops picking where the residual is this share of its target. */
  tolerance: number;
  /** How GLISTER finds its next picture. */
  greedy: 'stochastic' | 'naive' | 'rounds';
  /** Whether GLISTER picks in each class by itself. */
  byClass: boolean;
  /** Bins that DQ divides a class into. */
  bins: number;
  /** Epochs of a window of TDDS. */
  window: number;
  /** Weight of its last window in a score; each one before weighs less by the rest of it to 1. */
  scoreDecay: number;
}

export type MethodOption = keyof MethodOptions;

/** Share of the training pictures that is held out where some are, as in the authors' experiments. */
const HELD_OUT = 0.1;

/** Pictures that are held out of so many. */
export function heldOutOf(records: number): number {
  return Math.floor(records * HELD_OUT);
}

/** Epochs on every picture before the one selection: as many as are set, or as the method usually takes. */
export function pretrainingEpochs(
  { pretrain }: Pick<MethodOptions, 'pretrain'>,
  usual: { pretrain: number } | undefined,
): number {
  return pretrain > 0 ? pretrain : (usual?.pretrain ?? 0);
}

/** κ in epochs: those on every picture, and those of the run that they stand for. */
export interface WarmStart {
  /** ⌈f κ E⌉ */
  full: number;
  /** ⌊κ E⌋ */
  skipped: number;
}

/** @param settings with κ = 0 there is none */
export function warmStartOf({
  warmStart,
  fraction,
  epochs,
}: Pick<MethodOptions, 'warmStart'> & { fraction: number; epochs: number }): WarmStart {
  return {
    full: warmStart > 0 ? Math.ceil(fraction * warmStart * epochs) : 0,
    skipped: Math.floor(warmStart * epochs),
  };
}

/** The kinds of models that there are, by their first byte. */

export const CONTEXTS = 1;
export const PREDICTION = 2;

/** What came of fitting a model. */
export interface Fitted {
  model: Uint8Array;
  /** Bits that it and all training pictures take, as far as the sample tells. */
  bits: number;
}

export interface FittedRoute extends Fitted {
  route: typeof CONTEXTS | typeof PREDICTION;
}

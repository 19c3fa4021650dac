/** What came of fitting one kind of model. */
export interface FittedRoute {
  model: Uint8Array;
  /** Bits that it and all training pictures take, as far as the sample tells. */
  bits: number;
}

/** What a method sees of the network that is being trained, without knowing what computes it. */
import type { Pulse } from '../pulse.ts';

/** Pictures that went through the network together. The arrays are overwritten by the next batch. */
export interface ProbedBatch {
  /** Numbers of the records, n of them. */
  records: Uint32Array;
  /** [n] */
  labels: Uint16Array;
  /** [n × classes] */
  logits: Float32Array;
  /** [n × features]: what the last layer is given. */
  features: Float32Array;
}

/** [rows × columns], row by row. */
export interface Matrix {
  values: Float32Array;
  rows: number;
  columns: number;
}

/**
 * A Bᵀ in single precision: [A.rows × B.rows]. Rows of both are pictures most of the time, so that the second comes as
 * it lies. The result is the caller's.
 */
export type MatrixProduct = (a: Matrix, b: Matrix) => Promise<Float32Array>;

export interface NetworkProbe {
  readonly classes: number;
  /** Numbers that the last layer is given of a picture. */
  readonly features: number;
  /**
   * The pictures through the network as it is in use: moving statistics, no augmentation. Batch by batch, in the order
   * of the records. Between batches messages come in.
   *
   * @throws CANCELLED by the pulse, DEVICE_LOST, and what the serving side says
   */
  batches(records: Uint32Array): AsyncIterable<ProbedBatch>;
  /** By whatever the network is computed with. */
  readonly product: MatrixProduct;
  /** To be asked in long sums of a method's own. */
  readonly pulse: Pulse;
  /** What progress is called while it selects: "Epoch 21 of 100: selecting". */
  readonly phase: string;
}

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
  /** To be asked in long sums of a method's own. */
  readonly pulse: Pulse;
}

/**
 * What a network is: a list of layers, as plain data. Parameter counts, checks of sizes, initial weights, the forward
 * pass and the exported file all follow from it, so that a new network is one file that lists its layers, and a line
 * in the registry.
 */
import type { PluginMeta } from '../registry.ts';

/** Height, width and channels that a network is given. */
export interface InputShape {
  width: number;
  height: number;
  channels: number;
}

/**
 * One layer. Names are unique within a network; weights are called "name/kernel", "name/bias", "name/gamma",
 * "name/beta", "name/mean" and "name/variance".
 */
export type Layer =
  | {
      kind: 'conv';
      name: string;
      filters: number;
      size: number;
      stride: number;
      padding: 'same' | 'valid';
      bias: boolean;
      relu: boolean;
    }
  /** Batch normalisation over the last axis, momentum 0.9, ε 1e-5. */
  | { kind: 'batchNorm'; name: string; relu: boolean }
  | { kind: 'maxPool'; size: number; stride: number }
  /** The mean of every channel. */
  | { kind: 'globalAverage' }
  | { kind: 'flatten' }
  | { kind: 'dense'; name: string; units: number; relu: boolean }
  /** relu(body(x) + shortcut(x)); an empty shortcut passes x on. */
  | { kind: 'residual'; name: string; body: Layer[]; shortcut: Layer[] };

/** Widths that a network with a width option comes in: channels of its first stage. */
export const NETWORK_WIDTHS = [8, 16, 32, 64] as const;
export type NetworkWidth = (typeof NETWORK_WIDTHS)[number];

export interface NetworkMeta extends PluginMeta {
  /** Whether it comes in the widths above. */
  hasWidth: boolean;
}

/** The contract of a network: what it is called, and its layers for pictures of a shape. The last layer gives logits. */
export interface NetworkDesign extends NetworkMeta {
  layers(shape: InputShape, classes: number, width: NetworkWidth): Layer[];
}

/** A network for given pictures. */
export interface NetworkPlan {
  name: string;
  width: NetworkWidth | null;
  input: InputShape;
  classes: number;
  layers: Layer[];
  /** Trainable numbers; means and variances of batch normalisation are not counted. */
  parameters: number;
  /** Multiplications and additions of one forward pass of one picture, in pairs. */
  multiplyAdds: number;
}

/** One named array of weights. */
export interface WeightValues {
  name: string;
  shape: number[];
  values: Float32Array;
  /** False of means and variances that batch normalisation keeps. */
  trainable: boolean;
}

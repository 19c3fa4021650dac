/** What a layer of an imported network is: its shapes, the weights it needs, and how it is computed. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { Unreadable, type Config } from './configuration.ts';

/** A shape without the batch. */
export type Shape = readonly number[];

export interface WeightNeed {
  /** As tfjs-layers calls it: "kernel", "moving_mean". */
  role: string;
  shape: number[];
}

/** One layer, checked against the shapes that come in. */
export interface Operation {
  output: Shape;
  needs: WeightNeed[];
  /** Whether what comes out are probabilities. */
  isSoftmax: boolean;
  /** @param weights in the order of the needs */
  run(inputs: readonly Tensor[], weights: readonly Tensor[]): Tensor;
}

/** Makes an operation of a layer's configuration and the shapes that come in. @throws Unreadable */
export type Reader = (config: Config, inputs: readonly Shape[]) => Operation;

export function only(inputs: readonly Shape[]): Shape {
  if (inputs.length !== 1) throw new Unreadable(`takes ${inputs.length} inputs instead of one`);
  return inputs[0];
}

export function picture(inputs: readonly Shape[]): [number, number, number] {
  const shape = only(inputs);
  if (shape.length !== 3) throw new Unreadable('needs pictures');
  return [shape[0], shape[1], shape[2]];
}

/** Pixels that windows leave along a side. */
export function windows(length: number, size: number, stride: number, margin: 'same' | 'valid'): number {
  const left = margin === 'same' ? Math.ceil(length / stride) : Math.floor((length - size) / stride) + 1;
  if (left < 1) throw new Unreadable('leaves nothing of the pictures');
  return left;
}

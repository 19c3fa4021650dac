/** Layers with the shapes that pass through them, in the order in which they are computed, and the weights they need. */
import type { Layer } from './network.ts';

/** A layer with the shape of what goes in and what comes out, without the batch: [height, width, channels] or [n]. */
export interface LayerStep {
  layer: Layer;
  input: readonly number[];
  output: readonly number[];
}

/** Layers cannot take a shape: nothing is left of it, or parts that are added do not fit. */
export class ShapeMisfit extends Error {}

/** Pixels that a window leaves along one side; 0 or less where it does not fit in. */
function windowed(length: number, size: number, stride: number, padding: 'same' | 'valid'): number {
  return padding === 'same' ? Math.ceil(length / stride) : Math.floor((length - size) / stride) + 1;
}

/** [height, width, channels] of a shape that has to be one. */
function pictureShape(layer: Layer, shape: readonly number[]): [number, number, number] {
  if (shape.length !== 3) throw new ShapeMisfit(`${layer.kind} needs a picture, not ${shape.join(' × ')}`);
  return [shape[0], shape[1], shape[2]];
}

/** Height and width, each of one pixel at least. */
function checked(layer: Layer, shape: [number, number, number]): number[] {
  if (shape[0] < 1 || shape[1] < 1) throw new ShapeMisfit(`nothing is left after ${layer.kind}`);
  return shape;
}

/** What a layer makes of a shape. */
function outputOf(layer: Layer, input: readonly number[]): readonly number[] {
  switch (layer.kind) {
    case 'conv': {
      const [height, width] = pictureShape(layer, input);
      return checked(layer, [
        windowed(height, layer.size, layer.stride, layer.padding),
        windowed(width, layer.size, layer.stride, layer.padding),
        layer.filters,
      ]);
    }
    case 'maxPool': {
      const [height, width, channels] = pictureShape(layer, input);
      return checked(layer, [
        windowed(height, layer.size, layer.stride, 'valid'),
        windowed(width, layer.size, layer.stride, 'valid'),
        channels,
      ]);
    }
    case 'globalAverage':
      return [pictureShape(layer, input)[2]];
    case 'flatten':
      return [input.reduce((product, length) => product * length, 1)];
    case 'dense':
      if (input.length !== 1) throw new ShapeMisfit(`dense needs a flat shape, not ${input.join(' × ')}`);
      return [layer.units];
    case 'batchNorm':
    case 'residual':
      return input;
  }
}

/**
 * Every layer with its shapes, in the order of computation: of a residual first its body, then its shortcut, then the
 * residual itself, whose input and output are those of the sum.
 *
 * @throws ShapeMisfit
 */
export function walkLayers(layers: readonly Layer[], input: readonly number[]): LayerStep[] {
  const steps: LayerStep[] = [];
  let shape = input;
  for (const layer of layers) {
    if (layer.kind === 'residual') {
      const body = walkLayers(layer.body, shape);
      const shortcut = walkLayers(layer.shortcut, shape);
      const sum = outputShape(body, shape);
      const other = outputShape(shortcut, shape);
      if (sum.join() !== other.join()) {
        throw new ShapeMisfit(`${layer.name} adds ${sum.join(' × ')} to ${other.join(' × ')}`);
      }
      steps.push(...body, ...shortcut, { layer, input: sum, output: sum });
      shape = sum;
    } else {
      const output = outputOf(layer, shape);
      steps.push({ layer, input: shape, output });
      shape = output;
    }
  }
  return steps;
}

/** The shape after the last of the steps; `input` where there is none. */
function outputShape(steps: readonly LayerStep[], input: readonly number[]): readonly number[] {
  return steps.length === 0 ? input : steps[steps.length - 1].output;
}

/** A weight that a layer needs. */
export interface WeightSpec {
  name: string;
  shape: number[];
  role: 'kernel' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance';
  /** Of a kernel: numbers that go into one output, and outputs that one number goes into; else 0. */
  fanIn: number;
  fanOut: number;
  /** Whether batch normalisation follows its layer. */
  isNormalised: boolean;
  trainable: boolean;
}

/** The weights of one layer, in the order kernel, bias, or gamma, beta, mean, variance. */
function weightsOfLayer({ layer, input }: LayerStep, next: LayerStep | undefined): WeightSpec[] {
  const isNormalised = next?.layer.kind === 'batchNorm';
  const weight = (
    name: string,
    role: WeightSpec['role'],
    shape: number[],
    fanIn = 0,
    fanOut = 0,
  ): WeightSpec => ({
    name: `${name}/${role}`,
    shape,
    role,
    fanIn,
    fanOut,
    isNormalised,
    trainable: role !== 'mean' && role !== 'variance',
  });
  switch (layer.kind) {
    case 'conv': {
      const { name, filters, size } = layer;
      const window = size * size;
      const shape = [size, size, input[2], filters];
      const kernel = weight(name, 'kernel', shape, window * input[2], window * filters);
      return layer.bias ? [kernel, weight(name, 'bias', [filters])] : [kernel];
    }
    case 'dense': {
      const { name, units } = layer;
      return [weight(name, 'kernel', [input[0], units], input[0], units), weight(name, 'bias', [units])];
    }
    case 'batchNorm': {
      const channels = input[input.length - 1];
      return (['gamma', 'beta', 'mean', 'variance'] as const).map((role) =>
        weight(layer.name, role, [channels]),
      );
    }
    default:
      return [];
  }
}

/** All weights that the layers need, in the order of computation. */
export function weightSpecs(steps: readonly LayerStep[]): WeightSpec[] {
  return steps.flatMap((step, i) => weightsOfLayer(step, steps.at(i + 1)));
}

/** Numbers in an array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Values out of a layer's configuration, each checked before it is believed. */
import {
  elu,
  mul,
  relu,
  relu6,
  selu,
  sigmoid,
  softmax,
  softplus,
  tanh,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** What a layer's configuration says, key by key. */
export type Config = ReadonlyMap<string, unknown>;

/** What is wrong with a file: the end of a sentence that begins with the layer's name. */
export class Unreadable extends Error {}

/** Longest window, stride or margin, and most filters or units. */
export const MAX_LENGTH = 1 << 16;

export function whole(config: Config, key: string, fallback?: number, least = 1): number {
  const value = config.get(key) ?? fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > MAX_LENGTH)
    throw new Unreadable(`has no usable ${key}`);
  return value;
}

export function real(config: Config, key: string, fallback: number): number {
  const value = config.get(key) ?? fallback;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Unreadable(`has no usable ${key}`);
  return value;
}

/** Two whole numbers, given as such or as one for both. */
export function pair(config: Config, key: string, fallback?: readonly number[]): [number, number] {
  const value = config.get(key) ?? fallback;
  const both = typeof value === 'number' ? [value, value] : value;
  if (
    !Array.isArray(both) ||
    both.length !== 2 ||
    !both.every((one) => Number.isInteger(one) && one >= 1 && one <= MAX_LENGTH)
  )
    throw new Unreadable(`has no usable ${key}`);
  return [both[0] as number, both[1] as number];
}

export function padding(config: Config): 'same' | 'valid' {
  const value = config.get('padding') ?? 'valid';
  if (value !== 'same' && value !== 'valid') throw new Unreadable('has a padding that is not known');
  return value;
}

export function isSet(config: Config, key: string, fallback: boolean): boolean {
  const value = config.get(key) ?? fallback;
  if (typeof value !== 'boolean') throw new Unreadable(`has no usable ${key}`);
  return value;
}

const ACTIVATIONS: ReadonlyMap<string, (x: Tensor) => Tensor> = new Map<string, (x: Tensor) => Tensor>([
  ['linear', (x) => x],
  ['relu', relu],
  ['relu6', relu6],
  ['elu', elu],
  ['selu', selu],
  ['sigmoid', sigmoid],
  ['tanh', tanh],
  ['softplus', softplus],
  ['softmax', (x) => softmax(x)],
  ['swish', (x) => mul(x, sigmoid(x))],
  ['silu', (x) => mul(x, sigmoid(x))],
]);

export interface Activation {
  apply: (x: Tensor) => Tensor;
  isSoftmax: boolean;
}

export function activation(config: Config): Activation {
  const name = config.get('activation') ?? 'linear';
  const apply = typeof name === 'string' ? ACTIVATIONS.get(name) : undefined;
  if (apply === undefined) throw new Unreadable('has an activation that is not known here');
  return { apply, isSoftmax: name === 'softmax' };
}

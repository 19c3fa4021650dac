import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGenerator } from '../../core/random.ts';
import { useCpu, useWasm } from '../testing/nodeBackend.ts';

/** Numbers from −1 to 1. */
function values(shape: readonly number[], seed: number): Float32Array {
  const generator = createGenerator(seed);
  const count = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length: count }, () => generator.next() / 2 ** 31);
}

const tensor = <T extends tf.Tensor>(shape: number[], seed: number): T =>
  tf.tensor(values(shape, seed), shape) as T;

/** A computation on both backends: the results and by how much of its largest entry the wasm one is off. */
async function onBoth(
  compute: () => tf.Tensor,
): Promise<{ cpu: tf.TypedArray; wasm: tf.TypedArray; error: number }> {
  await useCpu();
  const cpu = tf.tidy(() => compute().dataSync());
  await useWasm();
  const before = tf.memory().numTensors;
  const wasm = tf.tidy(() => compute().dataSync());
  expect(tf.memory().numTensors).toBe(before);
  expect(wasm.length).toBe(cpu.length);
  let largest = 1e-3;
  let difference = 0;
  for (let i = 0; i < cpu.length; i++) {
    largest = Math.max(largest, Math.abs(cpu[i]));
    difference = Math.max(difference, Number.isFinite(wasm[i]) ? Math.abs(cpu[i] - wasm[i]) : Infinity);
  }
  return { cpu, wasm, error: difference / largest };
}

const TOLERANCE = 2e-5;

const padding = fc.oneof(
  fc.constant('same' as const),
  fc.constant('valid' as const),
  fc.record({
    top: fc.integer({ min: 0, max: 3 }),
    bottom: fc.integer({ min: 0, max: 3 }),
    left: fc.integer({ min: 0, max: 3 }),
    right: fc.integer({ min: 0, max: 3 }),
  }),
);

const convolution = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  height: fc.integer({ min: 1, max: 9 }),
  width: fc.integer({ min: 1, max: 9 }),
  input: fc.integer({ min: 1, max: 6 }),
  output: fc.integer({ min: 1, max: 9 }),
  filterHeight: fc.integer({ min: 1, max: 5 }),
  filterWidth: fc.integer({ min: 1, max: 5 }),
  strideHeight: fc.integer({ min: 1, max: 3 }),
  strideWidth: fc.integer({ min: 1, max: 3 }),
  padding,
  seed: fc.nat({ max: 1000 }),
});
type Convolution = typeof convolution extends fc.Arbitrary<infer Value> ? Value : never;

type Padding = Convolution['padding'];
type Explicit = [[number, number], [number, number], [number, number], [number, number]];
const asTfjs = (pad: Padding): 'same' | 'valid' | Explicit =>
  typeof pad === 'string'
    ? pad
    : [
        [0, 0],
        [pad.top, pad.bottom],
        [pad.left, pad.right],
        [0, 0],
      ];

/** Whether there is any place for a window. */
function fits(
  size: number,
  window: number,
  pad: Padding,
  before: 'top' | 'left',
  after: 'bottom' | 'right',
): boolean {
  if (pad === 'same') return true;
  return size + (pad === 'valid' ? 0 : pad[before] + pad[after]) >= window;
}
const hasPlace = (one: {
  height: number;
  width: number;
  filterHeight: number;
  filterWidth: number;
  padding: Padding;
}): boolean =>
  fits(one.height, one.filterHeight, one.padding, 'top', 'bottom') &&
  fits(one.width, one.filterWidth, one.padding, 'left', 'right');

/** Gradients of a convolution by its input and its filter, joined, for a random gradient of its output. */
function convolutionGradients(one: Convolution): tf.Tensor {
  const x = tensor<tf.Tensor4D>([one.batch, one.height, one.width, one.input], one.seed);
  const filter = tensor<tf.Tensor4D>(
    [one.filterHeight, one.filterWidth, one.input, one.output],
    one.seed + 1,
  );
  const strides: [number, number] = [one.strideHeight, one.strideWidth];
  const pad = asTfjs(one.padding);
  const dy = tensor(tf.conv2d(x, filter, strides, pad).shape, one.seed + 2);
  const attributes = { strides, pad, dataFormat: 'NHWC' };
  const dx: tf.Tensor = tf
    .engine()
    .runKernel('Conv2DBackpropInput', { dy, filter }, { ...attributes, inputShape: x.shape });
  const dw: tf.Tensor = tf
    .engine()
    .runKernel('Conv2DBackpropFilter', { x, dy }, { ...attributes, filterShape: filter.shape });
  expect(dx.shape).toEqual(x.shape);
  expect(dw.shape).toEqual(filter.shape);
  return tf.concat([tf.reshape(dx, [-1]), tf.reshape(dw, [-1])]);
}

/** Gradient of max-pooling by its input, for a random gradient of its output, or one of ones without a seed. */
function poolingGradient(
  input: tf.Tensor4D,
  filterSize: [number, number],
  stride: number,
  pad: 'same' | 'valid',
  seed?: number,
): tf.Tensor {
  const output = tf.maxPool(input, filterSize, stride, pad);
  const dy = seed === undefined ? tf.onesLike(output) : tensor(output.shape, seed);
  const attributes = { filterSize, strides: [stride, stride], pad };
  return tf.engine().runKernel('MaxPoolGrad', { dy, input, output }, attributes);
}

beforeAll(useWasm);

describe('gradients of a convolution on WebAssembly', () => {
  it('are those of the CPU, over strides, paddings and sizes', async () => {
    await fc.assert(
      fc.asyncProperty(convolution.filter(hasPlace), async (one) => {
        expect((await onBoth(() => convolutionGradients(one))).error).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    [
      '5×5 same, one channel',
      { height: 28, width: 28, input: 1, output: 6, filterHeight: 5, filterWidth: 5, padding: 'same' },
    ],
    [
      '5×5 valid',
      { height: 14, width: 14, input: 6, output: 16, filterHeight: 5, filterWidth: 5, padding: 'valid' },
    ],
    [
      '3×3 of stride 2',
      { height: 16, width: 16, input: 8, output: 16, strideHeight: 2, strideWidth: 2, padding: 'same' },
    ],
    [
      '1×1 of stride 2',
      {
        height: 16,
        width: 16,
        input: 8,
        output: 16,
        filterHeight: 1,
        filterWidth: 1,
        strideHeight: 2,
        strideWidth: 2,
        padding: 'same',
      },
    ],
    [
      '1×1',
      { height: 7, width: 5, input: 20, output: 33, filterHeight: 1, filterWidth: 1, padding: 'valid' },
    ],
    ['many pictures', { batch: 37, height: 6, width: 6, input: 3, output: 4, padding: 'same' }],
    [
      'margins wider than the filter',
      {
        height: 4,
        width: 4,
        filterHeight: 2,
        filterWidth: 1,
        padding: { top: 3, bottom: 3, left: 2, right: 3 },
      },
    ],
    [
      'a stride that leaves rows over',
      {
        height: 8,
        width: 9,
        strideHeight: 3,
        strideWidth: 2,
        filterHeight: 2,
        filterWidth: 2,
        padding: 'valid',
      },
    ],
  ] as const)('agree for %s', async (_name, special) => {
    const one: Convolution = {
      batch: 4,
      input: 2,
      output: 3,
      filterHeight: 3,
      filterWidth: 3,
      strideHeight: 1,
      strideWidth: 1,
      seed: 7,
      ...special,
    };
    expect((await onBoth(() => convolutionGradients(one))).error).toBeLessThan(TOLERANCE);
  });

  it('are the same bits each time', async () => {
    await useWasm();
    const one: Convolution = {
      batch: 5,
      height: 9,
      width: 8,
      input: 3,
      output: 5,
      filterHeight: 3,
      filterWidth: 3,
      strideHeight: 2,
      strideWidth: 1,
      padding: 'same',
      seed: 3,
    };
    const run = (): tf.TypedArray => tf.tidy(() => convolutionGradients(one).dataSync());
    expect(run()).toEqual(run());
  });
});

describe('gradient of max-pooling on WebAssembly', () => {
  const pooling = fc.record({
    batch: fc.integer({ min: 1, max: 4 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channels: fc.integer({ min: 1, max: 5 }),
    filterHeight: fc.integer({ min: 1, max: 3 }),
    filterWidth: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.constantFrom('same' as const, 'valid' as const),
    /** Added to every value: −2 leaves no positive one. */
    shift: fc.constantFrom(-2, 0, 2),
    /** Values cut to whole numbers tie often. */
    hasTies: fc.boolean(),
    seed: fc.nat({ max: 1000 }),
  });

  it('is that of the CPU, over sizes, overlaps, ties and negative inputs', async () => {
    await fc.assert(
      fc.asyncProperty(pooling.filter(hasPlace), async (one) => {
        const { error } = await onBoth(() => {
          const raw = tensor([one.batch, one.height, one.width, one.channels], one.seed);
          const x = tf.add(one.hasTies ? tf.round(tf.mul(raw, 2)) : raw, one.shift);
          return poolingGradient(
            x as tf.Tensor4D,
            [one.filterHeight, one.filterWidth],
            one.stride,
            one.padding,
            one.seed + 1,
          );
        });
        expect(error).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 150 },
    );
  });

  it('goes to the greatest value of a window without a positive one', async () => {
    await useWasm();
    const gradient = tf.tidy(() => {
      const x = tf.tensor4d([-4, -3, -2, -1], [1, 2, 2, 1]);
      return poolingGradient(x, [2, 2], 2, 'valid').dataSync();
    });
    expect([...gradient]).toEqual([0, 0, 0, 1]);
  });

  it('covers 2×2 windows of whole pictures of several channels', async () => {
    const { error } = await onBoth(() => {
      const x = tf.sub(tensor<tf.Tensor4D>([3, 8, 6, 5], 11), 0.5);
      return poolingGradient(x as tf.Tensor4D, [2, 2], 2, 'valid', 12);
    });
    expect(error).toBe(0);
  });
});

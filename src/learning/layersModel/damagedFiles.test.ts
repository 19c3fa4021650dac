/** Whatever stands in a file of a network: it is read, or refused with a code, soon and without a trace. */
import { beforeAll, expect, it } from 'vitest';
import fc from 'fast-check';
import { memory, tidy, zeros } from '@tensorflow/tfjs-core';
import { LabError } from '../../core/errors.ts';
import { useCpu } from '../testing/nodeBackend.ts';
import { importModel } from './importModel.ts';

beforeAll(useCpu);

const layer = (name: string, className: string, config: object, ...from: string[]): object => ({
  class_name: className,
  name,
  config: { name, ...config },
  inbound_nodes: from.length === 0 ? [] : [from.map((source) => [source, 0, 0, {}])],
});
const weight = (name: string, ...shape: number[]): object => ({ name, shape, dtype: 'float32' });

const SOUND = JSON.stringify({
  modelTopology: {
    class_name: 'Model',
    config: {
      name: 'small',
      layers: [
        layer('in', 'InputLayer', { batch_input_shape: [null, 4, 4, 2] }),
        layer('conv', 'Conv2D', { filters: 2, kernel_size: [3, 3], padding: 'same', strides: 1 }, 'in'),
        layer('by', 'SeparableConv2D', { filters: 2, kernel_size: 1, use_bias: false }, 'conv'),
        layer('norm', 'BatchNormalization', { axis: [3], center: false }, 'by'),
        layer('sum', 'Add', {}, 'conv', 'norm'),
        layer('both', 'Concatenate', { axis: -1 }, 'sum', 'in'),
        layer('pool', 'MaxPooling2D', { pool_size: 2, strides: null, padding: 'valid' }, 'both'),
        layer('pad', 'ZeroPadding2D', { padding: [[0, 1], 1] }, 'pool'),
        layer('shape', 'Reshape', { target_shape: [3, 16] }, 'pad'),
        layer('flat', 'Flatten', {}, 'shape'),
        layer('out', 'Dense', { units: 3, activation: 'softmax' }, 'flat'),
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [['out', 0, 0]],
    },
  },
  weightsManifest: [
    {
      paths: ['w.bin'],
      weights: [
        ...[weight('conv/kernel', 3, 3, 2, 2), weight('conv/bias', 2)],
        ...[weight('by/depthwise_kernel', 1, 1, 2, 1), weight('by/pointwise_kernel', 1, 1, 2, 2)],
        ...[weight('norm/gamma', 2), weight('norm/moving_mean', 2), weight('norm/moving_variance', 2)],
        ...[weight('out/kernel', 48, 3), weight('out/bias', 3)],
      ],
    },
  ],
});
const NUMBERS = 36 + 2 + 2 + 4 + 6 + 144 + 3;

const ODD: readonly unknown[] = [
  ...[
    0,
    1,
    -1,
    2,
    0.5,
    65_536,
    1e9,
    2 ** 53,
    1e308,
    null,
    true,
    'x',
    '__proto__',
    'constructor',
    'conv',
    'in',
  ],
  ...['Lambda', 'Add', 'Flatten', 'Dense', 'Softmax', 'Sequential', 'x'.repeat(1000)],
  ...[[], {}, [[]], [1, 1], [1e9, 1e9], [[['in', 0, 0]]], [null, 4096, 4096, 1]],
];

type Place = [holder: Record<string, unknown> | unknown[], key: string];

function places(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key): Place[] => [[holder, key], ...places(holder[key])]);
}

/** Takes away, doubles, replaces by something odd or by something from elsewhere in the file. */
function damage(json: unknown, [way, where, what]: readonly number[]): void {
  const all = places(json);
  const [holder, key] = all[where % all.length];
  const [otherHolder, otherKey] = all[what % all.length];
  const held = holder as Record<string, unknown>;
  const other = structuredClone((otherHolder as Record<string, unknown>)[otherKey]);
  if (way === 0 && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (way === 0) delete held[key];
  else if (way === 1 && Array.isArray(holder))
    holder.splice(Number(key), 0, structuredClone(holder[Number(key)]));
  else held[key] = way === 2 ? other : structuredClone(ODD[what % ODD.length]);
}

async function readOrRefuse(json: string, bytes: number): Promise<void> {
  const files = [new File([json], 'model.json'), new File([new Uint8Array(bytes)], 'w.bin')];
  try {
    const network = await importModel(files);
    const { height, width, channels } = network.inputShape;
    if (height * width * channels <= 1024)
      tidy(() => network.predict(zeros([2, height, width, channels])).dataSync());
    network.dispose();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(LabError);
    expect((thrown as LabError).code).toBe('MODEL_FILE_UNREADABLE');
  }
}

it('is read while nothing is damaged', async () => {
  const files = [new File([SOUND], 'model.json'), new File([new Uint8Array(NUMBERS * 4)], 'w.bin')];
  const network = await importModel(files);
  expect(network.parameters).toBe(NUMBERS);
  network.dispose();
});

it('is read or refused with a code', async () => {
  const number = fc.nat(100_000);
  const before = memory().numTensors;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(3), number, number), { minLength: 1, maxLength: 3 }),
      fc.oneof(
        { arbitrary: fc.constant(NUMBERS * 4), weight: 9 },
        { arbitrary: fc.nat(NUMBERS * 4), weight: 1 },
      ),
      async (damages, bytes) => {
        const json: unknown = JSON.parse(SOUND);
        for (const one of damages) damage(json, one);
        await readOrRefuse(JSON.stringify(json), bytes);
        expect(memory().numTensors).toBe(before);
      },
    ),
    { seed: 5, numRuns: 200 },
  );
});

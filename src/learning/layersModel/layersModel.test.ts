/** Files of networks: stock tfjs reads ours and gives the same logits, we read those of others, and no hostile one. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import {
  dispose,
  io,
  memory,
  tensor,
  tidy,
  type Rank,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import * as stock from '@tensorflow/tfjs-layers';
import { LabError } from '../../core/errors.ts';
import { initialWeights } from '../../core/networks/initialWeights.ts';
import type { InputShape, NetworkPlan, WeightValues } from '../../core/networks/network.ts';
import { planNetwork } from '../../core/networks/plan.ts';
import { createGenerator } from '../../core/random.ts';
import { createNetwork } from '../network/network.ts';
import { useWasm } from '../testing/nodeBackend.ts';
import { exportModel } from './exportModel.ts';
import { importModel } from './importModel.ts';
import { MAX_JSON_BYTES } from './readFiles.ts';

beforeAll(useWasm);
let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(tensorsBefore);
});

function numbers(count: number, seed: number): Float32Array {
  const generator = createGenerator(seed);
  return Float32Array.from({ length: count }, () => generator.next() / 2 ** 31);
}

/** Weights in which nothing is 0 or 1, and variances are above 0. */
function trained(plan: NetworkPlan): WeightValues[] {
  return initialWeights(plan, 5).map((weight, i) => {
    const noise = numbers(weight.values.length, i);
    return { ...weight, values: weight.values.map((value, k) => value + 0.2 * noise[k]) };
  });
}

function pictures({ height, width, channels }: InputShape, count: number): Tensor4D {
  return tensor<Rank.R4>(numbers(count * height * width * channels, 3), [count, height, width, channels]);
}

/** Greatest difference, as a share of the greatest number. */
function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return most / largest;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const asFile = (content: string | Uint8Array<ArrayBuffer>, name: string): File => new File([content], name);

/** What stock tfjs makes of our two files. */
async function loadStock(json: string, weights: Uint8Array<ArrayBuffer>): Promise<stock.LayersModel> {
  const parsed = JSON.parse(json) as io.ModelJSON;
  return stock.loadLayersModel(
    io.fromMemory({
      modelTopology: parsed.modelTopology,
      weightSpecs: parsed.weightsManifest[0].weights,
      weightData: weights.buffer,
    }),
  );
}

const PREPROCESSING = { mean: [0.1], deviation: [0.3], classNames: ['a', 'b', '__proto__', 'd'] };

describe('a saved network', () => {
  it.each([
    ['lenet5', { width: 15, height: 14, channels: 1 }],
    ['resnet18', { width: 11, height: 9, channels: 1 }],
    ['softmax', { width: 3, height: 4, channels: 1 }],
  ] as const)('of %s gives the same logits in stock tfjs and here', async (name, shape) => {
    const plan = planNetwork(name, shape, 4, 8);
    const network = createNetwork(plan, trained(plan));
    const batch = pictures(plan.input, 3);
    const expected = tidy(() => network.forward(batch, false).dataSync());
    const held = memory().numTensors;
    const { json, weights } = await exportModel(plan, await network.weights(), PREPROCESSING);
    expect(memory().numTensors).toBe(held);
    // A second time in the same worker is the same file.
    expect((await exportModel(plan, await network.weights(), PREPROCESSING)).json).toBe(json);

    const model = await loadStock(json, weights);
    const theirs = tidy(() => (model.predict(batch) as Tensor).dataSync());
    model.dispose();
    expect(furthest(theirs, expected)).toBeLessThan(1e-4);

    const zip = zipSync({ 'model.json': bytesOf(json), 'weights.bin': weights }, { level: 1 });
    for (const files of [
      [asFile(zip, 'any.zip')],
      [asFile(weights, 'weights.bin'), asFile(json, 'model.json')],
    ]) {
      const imported = await importModel(files);
      expect(
        furthest(
          tidy(() => imported.predict(batch).dataSync()),
          expected,
        ),
      ).toBeLessThan(1e-4);
      expect(imported).toMatchObject({
        name,
        inputShape: plan.input,
        classes: 4,
        gives: 'logits',
        preprocessing: PREPROCESSING,
      });
      const all = (await network.weights()).reduce((sum, { values }) => sum + values.length, 0);
      expect(imported.parameters).toBe(all);
      imported.dispose();
    }
    network.dispose();
    batch.dispose();
  });
});

/** Files of a model that stock tfjs saves. */
async function saved(model: stock.LayersModel): Promise<{ json: string; weights: Uint8Array<ArrayBuffer> }> {
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (made) => {
      artifacts = made;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs, weightData } = artifacts!;
  const manifest = [{ paths: ['group1-shard1of1.bin'], weights: weightSpecs }];
  return {
    json: JSON.stringify({ modelTopology, weightsManifest: manifest }),
    weights: new Uint8Array(io.CompositeArrayBuffer.join(weightData)),
  };
}

describe('a network of another lab', () => {
  const make = stock.layers;
  const sequential = (): stock.LayersModel =>
    stock.sequential({
      layers: [
        make.conv2d({
          inputShape: [9, 8, 2],
          filters: 3,
          kernelSize: [3, 2],
          dilationRate: 2,
          activation: 'elu',
        }),
        make.batchNormalization({ scale: false }),
        make.zeroPadding2d({
          padding: [
            [1, 0],
            [2, 1],
          ],
        }),
        make.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same', strides: [2, 2] }),
        make.reLU({ maxValue: 6 }),
        make.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
        make.separableConv2d({ kernelSize: 2, filters: 5, activation: 'tanh', padding: 'same' }),
        make.leakyReLU({ alpha: 0.2 }),
        make.dropout({ rate: 0.5 }),
        make.activation({ activation: 'linear' }),
        make.flatten(),
        make.dense({ units: 4, activation: 'softmax' }),
      ],
    });
  const functional = (): stock.LayersModel => {
    const start = stock.input({ shape: [6, 6, 1] });
    const conv = make.conv2d({ filters: 2, kernelSize: 3, padding: 'same', useBias: false }).apply(start);
    const passed = make.activation({ activation: 'linear' }).apply(conv) as stock.SymbolicTensor;
    const pooled = make.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }).apply(conv);
    const sum = make.add().apply([passed, pooled as stock.SymbolicTensor]) as stock.SymbolicTensor;
    const joined = make.concatenate().apply([sum, passed]) as stock.SymbolicTensor;
    const ending = make.globalMaxPooling2d({}).apply(joined);
    return stock.model({
      inputs: start,
      outputs: make.dense({ units: 4 }).apply(ending) as stock.SymbolicTensor,
    });
  };

  it.each([
    ['sequential', sequential, 'probabilities', { height: 9, width: 8, channels: 2 }],
    ['functional', functional, 'logits', { height: 6, width: 6, channels: 1 }],
  ] as const)('that is %s gives what stock tfjs gives', async (_kind, build, gives, shape) => {
    const model = build();
    const batch = pictures(shape, 3);
    const expected = tidy(() => (model.predict(batch) as Tensor).dataSync());
    const { json, weights } = await saved(model);
    model.dispose();
    const imported = await importModel([asFile(json, 'x.json'), asFile(weights, 'group1-shard1of1.bin')]);
    expect(imported).toMatchObject({ inputShape: shape, classes: 4, gives, preprocessing: null });
    expect(
      furthest(
        tidy(() => imported.predict(batch).dataSync()),
        expected,
      ),
    ).toBeLessThan(1e-4);
    imported.dispose();
    dispose(batch);
  });

  it('may be quantised, and spread over files', async () => {
    const topology = {
      class_name: 'Sequential',
      config: {
        name: 'small',
        layers: [
          { class_name: 'Flatten', config: { name: 'flat', batch_input_shape: [null, 1, 2, 1] } },
          { class_name: 'Dense', config: { name: 'out', units: 2 } },
        ],
      },
    };
    const manifest = [
      {
        paths: ['a.bin', 'folder/b.bin'],
        weights: [
          {
            name: 'small/out/kernel',
            shape: [2, 2],
            dtype: 'float32',
            quantization: { dtype: 'uint8', min: -1, scale: 0.5 },
          },
          {
            name: 'small/out/bias',
            shape: [2],
            dtype: 'float32',
            quantization: { dtype: 'uint16', min: 0, scale: 0.25 },
          },
        ],
      },
    ];
    const imported = await importModel([
      asFile(JSON.stringify({ modelTopology: topology, weightsManifest: manifest }), 'model.json'),
      asFile(new Uint8Array([0, 2, 4, 6, 0]), 'a.bin'),
      asFile(new Uint8Array([1, 4, 0]), 'b.bin'),
    ]);
    // kernel [[−1, 0], [1, 2]], bias [256 ÷ 4, 4 ÷ 4]
    tidy(() => {
      const batch = tensor<Rank.R4>([3, 5], [1, 1, 2, 1]);
      expect(Array.from(imported.predict(batch).dataSync())).toEqual([-3 + 5 + 64, 10 + 1]);
    });
    imported.dispose();
  });
});

describe('layers that tfjs-layers lacks or reads in another way', () => {
  const named = (name: string, className: string, config: object = {}): object => ({
    class_name: className,
    config: { name, ...config },
  });
  const layers = [
    named('drop', 'SpatialDropout2D', { rate: 0.5, batch_input_shape: [null, 1, 2, 1] }),
    named('most', 'GlobalMaxPooling2D'),
    named('flat', 'Flatten'),
    named('out', 'Dense', { units: 2, use_bias: false, activation: 'silu' }),
  ];
  const manifest = [{ paths: ['w.bin'], weights: [{ name: 'out/kernel', shape: [1, 2], dtype: 'float32' }] }];
  const json = JSON.stringify({
    modelTopology: { class_name: 'Sequential', config: { layers } },
    weightsManifest: manifest,
  });
  const withKernel = (...kernel: number[]): File[] => [
    asFile(json, 'model.json'),
    asFile(new Uint8Array(Float32Array.from(kernel).buffer), 'w.bin'),
  ];

  it('are read, of several files at once', async () => {
    const networks = await Promise.all([withKernel(1, -1), withKernel(2, 3)].map(importModel));
    const given = networks.map(({ predict }) =>
      tidy(() => Array.from(predict(tensor<Rank.R4>([1, 2, 2, -1], [2, 1, 2, 1])).dataSync())),
    );
    const silu = (x: number): number => x / (1 + Math.exp(-x));
    [
      [2, -2, 2, -2],
      [4, 6, 4, 6],
    ].forEach((sums, i) => expect(furthest(given[i], sums.map(silu))).toBeLessThan(1e-6));
    for (const network of networks) network.dispose();
  });
});

describe('a hostile file', () => {
  interface Parts {
    layers: unknown;
    manifest: unknown;
    weights: number;
    className: string;
    input: unknown;
  }

  const dense = (config: object = {}): object => ({
    class_name: 'Dense',
    config: { name: 'out', units: 2, ...config },
  });
  const flat = (shape: unknown = [null, 1, 2, 1]): object => ({
    class_name: 'Flatten',
    config: { name: 'flat', batch_input_shape: shape },
  });
  const weight = (name: string, shape: unknown, more: object = {}): object => ({
    name,
    shape,
    dtype: 'float32',
    ...more,
  });
  const manifest = (...weights: object[]): object[] => [{ paths: ['w.bin'], weights }];
  const usual = manifest(weight('out/kernel', [2, 2]), weight('out/bias', [2]));

  function files(parts: Partial<Parts> = {}): File[] {
    const json = {
      modelTopology: {
        class_name: parts.className ?? 'Sequential',
        config: { layers: parts.layers ?? [flat(), dense()] },
      },
      weightsManifest: parts.manifest ?? usual,
    };
    return [asFile(JSON.stringify(json), 'model.json'), asFile(new Uint8Array(parts.weights ?? 24), 'w.bin')];
  }

  async function refusal(given: File[]): Promise<string> {
    const failed: unknown = await importModel(given).then(
      (network) => {
        network.dispose();
        return null;
      },
      (thrown: unknown) => thrown,
    );
    expect(failed).toBeInstanceOf(LabError);
    expect((failed as LabError).code).toBe('MODEL_FILE_UNREADABLE');
    expect((failed as LabError).message.length).toBeLessThan(400);
    return (failed as LabError).message;
  }

  it('is not what the others here are made of', async () => {
    const network = await importModel(files());
    expect(network.parameters).toBe(6);
    network.dispose();
  });

  it.each<[string, Partial<Parts>, string]>([
    [
      'a huge layer',
      { layers: [flat(), dense({ units: 60_000 })] },
      'out/kernel is 2 × 2 instead of 2 × 60000',
    ],
    ['a layer beyond bounds', { layers: [flat(), dense({ units: 1e12 })] }, 'no usable units'],
    ['units that are no number', { layers: [flat(), dense({ units: '2' })] }, 'no usable units'],
    ['pictures beyond bounds', { layers: [flat([null, 1e9, 1e9, 3]), dense()] }, 'pictures of one size'],
    ['pictures of any size', { layers: [flat([null, null, null, 3]), dense()] }, 'pictures of one size'],
    ['a huge intermediate', { layers: [flat([null, 4096, 4096, 4096]), dense()] }, 'the limit is 16777216'],
    [
      'a kind that is not known',
      { layers: [flat(), { class_name: 'Lambda', config: { name: 'f' } }] },
      'f is a Lambda',
    ],
    [
      'a kind named like a property',
      { layers: [flat(), { class_name: '__proto__', config: { name: 'f' } }] },
      'f is a __proto__',
    ],
    [
      'another activation',
      { layers: [flat(), dense({ activation: 'constructor' })] },
      'activation that is not known',
    ],
    ['no layers', { layers: [] }, 'it has no layers'],
    ['too many layers', { layers: Array.from({ length: 3000 }, () => flat()) }, 'longer than 2000'],
    ['two layers of a name', { layers: [flat(), flat()] }, 'two of its layers are called flat'],
    ['layers that are none', { layers: [null] }, 'a layer is missing or not an object'],
    ['another kind of model', { className: 'GraphModel' }, 'it is a GraphModel'],
    ['weights that are short', { weights: 23 }, 'hold 23 bytes instead of 24'],
    ['weights that are long', { weights: 28 }, 'hold 28 bytes instead of 24'],
    ['a huge weight', { manifest: manifest(weight('out/kernel', [1e9, 1e9])) }, 'the limit is 1073741824'],
    ['a negative shape', { manifest: manifest(weight('out/kernel', [-2, -2])) }, 'has no shape'],
    [
      'a weight of strings',
      { manifest: manifest(weight('a', [1], { dtype: 'string' })) },
      'is not of float32',
    ],
    [
      'odd quantisation',
      { manifest: manifest(weight('a', [1], { quantization: { dtype: 'x' } })) },
      'quantised in a way',
    ],
    [
      'a missing weight',
      { manifest: manifest(weight('out/kernel', [2, 2], {}), weight('b', [2])) },
      'out/bias is missing',
    ],
    ['a missing file', { manifest: [{ paths: ['../../etc/passwd'], weights: [] }] }, 'not among the files'],
    ['no manifest', { manifest: {} }, 'it lists no weights'],
    [
      'one weight twice',
      { manifest: manifest(weight('a', [3]), weight('a', [3])) },
      'two weights are called a',
    ],
  ])('with %s is refused', async (_what, parts, sentence) => {
    expect(await refusal(files(parts))).toContain(sentence);
  });

  it('of layers that tfjs-layers would pass over, mistake or choke on is refused', async () => {
    const called = (name: string, className: string, config: object, ...from: string[]): object => ({
      class_name: className,
      name,
      config: { name, ...config },
      inbound_nodes: from.length === 0 ? [] : [from.map((source) => [source, 0, 0, {}])],
    });
    const refused = (...layers: object[]): Promise<string> => {
      const start = called('in', 'InputLayer', { batch_input_shape: [null, 4, 4, 1] });
      const config = {
        layers: [start, ...layers],
        input_layers: [['in', 0, 0]],
        output_layers: [['end', 0, 0]],
      };
      const json = JSON.stringify({ modelTopology: { class_name: 'Model', config }, weightsManifest: [] });
      return refusal([asFile(json, 'model.json')]);
    };
    const gaps = { kernel_size: 2, dilation_rate: 2 };
    const end = called('end', 'Flatten', {}, 'a');
    expect(await refused(called('a', 'DepthwiseConv2D', gaps, 'in'), end)).toContain(
      'a has no usable dilation',
    );
    expect(await refused(called('a', 'Conv2D', { ...gaps, filters: 1, strides: 2 }, 'in'), end)).toContain(
      'a has both strides and a dilation',
    );
    expect(await refused(called('a', 'Add', {}, 'in', 'in'), end)).toContain('a takes an input twice');
    expect(await refused(called('a', 'Add', {}, ...Array<string>(17).fill('in')), end)).toContain(
      'a has its inputs written in a way',
    );
    expect(await refused(called('a', 'ReLU', {}), end)).toContain('a takes no input');
    expect(await refused(called('a', 'ReLU', {}, 'in'), called('end', 'Flatten', {}, 'in'))).toContain(
      'a leads nowhere',
    );
    expect(await refused(called('a', 'Reshape', { target_shape: [5] }, 'in'), end)).toContain(
      'do not fit together (Total size',
    );
    expect(await refused(called('a', 'Flatten', {}, 'in'), called('end', 'MaxPooling2D', {}, 'a'))).toContain(
      'incompatible with layer end',
    );
    expect(await refused(called('a', 'MaxPooling2D', { pool_size: 5 }, 'in'), end)).toContain(
      'a leaves nothing of the pictures',
    );
    expect(await refused(called('a', 'Softmax', { axis: 1 }, 'in'), end)).toContain('another axis');
    expect(await refused(called('end', 'ReLU', {}, 'in'))).toContain('it gives 4 × 4 × 1 numbers');
  });

  it('whose layers wait for each other is refused, and not waited for', async () => {
    const layer = (name: string, from: string): object => ({
      class_name: 'Activation',
      name,
      config: { name, activation: 'relu' },
      inbound_nodes: [[[from, 0, 0, {}]]],
    });
    const config = {
      name: 'ring',
      layers: [
        {
          class_name: 'InputLayer',
          name: 'in',
          config: { name: 'in', batch_input_shape: [null, 2, 2, 1] },
          inbound_nodes: [],
        },
        layer('a', 'b'),
        layer('b', 'a'),
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [['b', 0, 0]],
    };
    const json = JSON.stringify({ modelTopology: { class_name: 'Model', config }, weightsManifest: [] });
    expect(await refusal([asFile(json, 'model.json')])).toContain('a waits for b, which comes after it');
  });

  it('with own keys called __proto__ changes nothing', async () => {
    const json = `{"__proto__":{"polluted":1},"modelTopology":{"__proto__":{"class_name":"Sequential"}},"weightsManifest":[]}`;
    expect(await refusal([asFile(json, 'model.json')])).toContain('its kind is missing');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('that is no model at all is refused', async () => {
    expect(await refusal([])).toContain('there is no file');
    expect(await refusal([asFile('a,b\n1,2\n', 'table.csv')])).toContain('there is no model.json');
    expect(await refusal([asFile('{"a":', 'model.json')])).toContain('model.json is not JSON');
    expect(await refusal([asFile('[]', 'model.json')])).toContain('not an object');
    expect(await refusal([asFile('{}', 'model.json')])).toContain('it lists no weights');
    expect(await refusal([asFile(zipSync({ 'readme.txt': bytesOf('hello') }), 'x.zip')])).toContain(
      'no model.json',
    );
    expect(await refusal([asFile(zipSync({ a: bytesOf('hello') }).slice(0, 60), 'x.zip')])).toContain(
      'damaged',
    );
    expect(await refusal([...files(), ...files()])).toContain('two files are called');
  });

  it('of too much JSON is refused before it is unpacked', async () => {
    const blanks = new Uint8Array(MAX_JSON_BYTES + 1).fill(32);
    const zip = zipSync({ 'model.json': blanks }, { level: 1 });
    expect(zip.length).toBeLessThan(1_000_000);
    expect(await refusal([asFile(zip, 'x.zip')])).toContain(`the limit is ${MAX_JSON_BYTES}`);
  });

  it('that is nested without end, or lists without end, is refused before it is looked through', async () => {
    const brackets = (count: number): string => '['.repeat(count) + ']'.repeat(count);
    expect(await refusal([asFile(brackets(1_000_000), 'model.json')])).toContain('nested deeper than 100');
    const apart = `{"a":${JSON.stringify(brackets(1000))},"b":${JSON.stringify('"[\\'.repeat(1000))}}`;
    expect(await refusal([asFile(apart, 'model.json')])).toContain('it lists no weights');
    const weights = Array.from({ length: 11_000 }, (_, i) => weight(`w${i}`, [0]));
    const groups = [manifest(...weights), manifest(...weights)].flat();
    expect(await refusal(files({ manifest: groups }))).toContain('more than 20000');
  });

  it('whose preprocessing does not fit is read without it', async () => {
    const plan = planNetwork('softmax', { width: 2, height: 2, channels: 1 }, 2, 8);
    const { json, weights } = await exportModel(plan, initialWeights(plan, 1), {
      mean: [0.5],
      deviation: [0],
      classNames: ['a', 'b'],
    });
    const network = await importModel([asFile(json, 'model.json'), asFile(weights, 'weights.bin')]);
    expect(network.preprocessing).toBeNull();
    network.dispose();
  });
});

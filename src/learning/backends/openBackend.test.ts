import {
  getKernel,
  memory,
  registerKernel,
  unregisterKernel,
  type KernelConfig,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { NODE_WASM_FILES, useCpu, useWasm } from '../testing/nodeBackend.ts';
import { namesAnEmulator, within } from './backend.ts';
import { openBackend, tryBackends } from './openBackend.ts';
import { NEVER_LOST, type Backend } from './backend.ts';
import { CPU } from './cpu.ts';
import { gradientError, gradientsHere, LARGEST_GRADIENT_ERROR, type Gradients } from './selfTest.ts';

describe('the gradient self-test', () => {
  let reference: Gradients;
  let shippedMaxPoolGrad: KernelConfig;
  beforeAll(async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    shippedMaxPoolGrad = getKernel('MaxPoolGrad', 'wasm');
    await useCpu();
    reference = await gradientsHere();
  });

  it('passes WebAssembly with our kernels, far from the limit, and leaves no tensor', async () => {
    await useWasm();
    const before = memory().numTensors;
    expect(gradientError(await gradientsHere(), reference)).toBeLessThan(1e-5);
    expect(memory().numTensors).toBe(before);
  });

  it('has gradients of every weight that are not 0', () => {
    expect(reference.size).toBe(1 + 4 + 3 + 6 + 4);
    for (const values of reference.values()) expect(values.some((value) => value !== 0)).toBe(true);
  });

  it('fails the max-pooling that the backend ships with', async () => {
    await useWasm();
    const own = getKernel('MaxPoolGrad', 'wasm');
    unregisterKernel('MaxPoolGrad', 'wasm');
    registerKernel(shippedMaxPoolGrad);
    try {
      expect(gradientError(await gradientsHere(), reference)).toBeGreaterThan(LARGEST_GRADIENT_ERROR);
    } finally {
      unregisterKernel('MaxPoolGrad', 'wasm');
      registerKernel(own);
    }
    expect(gradientError(await gradientsHere(), reference)).toBeLessThan(1e-5);
  });

  it.each(['Conv2DBackpropFilter', 'Conv2DBackpropInput'])('fails without %s', async (kernelName) => {
    await useWasm();
    const own = getKernel(kernelName, 'wasm');
    unregisterKernel(kernelName, 'wasm');
    try {
      await expect(gradientsHere()).rejects.toThrow(kernelName);
    } finally {
      registerKernel(own);
    }
  });

  it('takes what is missing or not a number as infinitely wrong', () => {
    const expected = new Map([['a', new Float32Array([1, 2])]]);
    expect(gradientError(new Map(), expected)).toBe(Infinity);
    expect(gradientError(new Map([['a', new Float32Array([1, NaN])]]), expected)).toBe(Infinity);
    expect(gradientError(new Map([['a', new Float32Array([1])]]), expected)).toBe(Infinity);
    expect(gradientError(new Map([['a', new Float32Array([1, 2.2])]]), expected)).toBeCloseTo(0.1, 5);
  });
});

describe('openBackend in Node', () => {
  it('chooses WebAssembly, and says what became of the others', async () => {
    const { choice, isSynchronous, loseDevice } = await openBackend('auto', NODE_WASM_FILES);
    expect(choice.name).toBe('wasm');
    expect(choice.device).toBe('WebAssembly SIMD');
    expect(choice.forced).toBe(false);
    expect(choice.trials.map((trial) => [trial.name, trial.verdict])).toEqual([
      ['webgpu', 'not here'],
      ['webgl', 'not here'],
      ['wasm', 'chosen'],
      ['cpu', 'not tried'],
    ]);
    for (const trial of choice.trials) expect(trial.reason).toMatch(/^[A-Z].*\.$/);
    expect(choice.trials[2].gradientError).toBeLessThan(LARGEST_GRADIENT_ERROR);
    expect(isSynchronous).toBe(true);
    expect(loseDevice()).toBe(false);
  });

  it('gives the same one for the same wish', async () => {
    const [first, second] = await Promise.all([
      openBackend('wasm', NODE_WASM_FILES),
      openBackend('wasm', NODE_WASM_FILES),
    ]);
    expect(first).toBe(second);
    expect(first.choice.forced).toBe(true);
  });

  it('takes the CPU when it is told to', async () => {
    const { choice } = await openBackend('cpu', NODE_WASM_FILES);
    expect(choice).toMatchObject({ name: 'cpu', forced: true });
    expect(choice.trials.filter((trial) => trial.verdict === 'not tried')).toHaveLength(3);
  });

  it.each(['webgpu', 'webgl'] as const)('refuses %s, which is not here', async (wish) => {
    await expect(openBackend(wish, NODE_WASM_FILES)).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
  });
});

describe('trying backends', () => {
  const pretend = (backend: Partial<Backend>): Backend => ({
    name: 'webgl',
    label: 'WebGL',
    look: async () => ({ isHere: true, device: 'Card', isEmulated: false }),
    start: () => Promise.reject(new Error('the driver gave no context.')),
    ...backend,
  });
  /** A driver whose max-pooling is wrong, and which can be given up. */
  const wrong = (given: { up: boolean }): Backend =>
    pretend({
      async start() {
        await useWasm();
        const own = getKernel('MaxPoolGrad', 'wasm');
        unregisterKernel('MaxPoolGrad', 'wasm');
        registerKernel({
          ...own,
          kernelFunc: (call) =>
            getKernel('ZerosLike', 'wasm').kernelFunc({ ...call, inputs: { x: call.inputs.input } }),
        });
        return {
          device: 'Card',
          isSynchronous: false,
          lost: NEVER_LOST,
          loseDevice() {
            unregisterKernel('MaxPoolGrad', 'wasm');
            registerKernel(own);
            given.up = true;
            return true;
          },
        };
      },
    });

  it('goes on to the next one after a start that fails, with the reason', async () => {
    const { choice } = await tryBackends('auto', NODE_WASM_FILES, [pretend({}), CPU]);
    expect(choice.name).toBe('cpu');
    expect(choice.trials[0]).toMatchObject({
      verdict: 'failed',
      reason: 'WebGL did not start: the driver gave no context.',
    });
    await expect(tryBackends('webgl', NODE_WASM_FILES, [pretend({}), CPU])).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
    });
  });

  it('does not use one that computes wrong gradients, and refuses it when it is forced', async () => {
    const given = { up: false };
    const { choice } = await tryBackends('auto', NODE_WASM_FILES, [wrong(given), CPU]);
    expect(given.up).toBe(true);
    expect(choice.name).toBe('cpu');
    expect(choice.trials[0].verdict).toBe('failed');
    expect(choice.trials[0].gradientError).toBeGreaterThan(LARGEST_GRADIENT_ERROR);
    await expect(tryBackends('webgl', NODE_WASM_FILES, [wrong(given), CPU])).rejects.toMatchObject({
      code: 'BACKEND_WRONG',
    });
  });

  it('passes by what is emulated', async () => {
    const emulated = pretend({
      look: async () => ({ isHere: true, device: 'SwiftShader', isEmulated: true }),
    });
    const { choice } = await tryBackends('auto', NODE_WASM_FILES, [emulated, CPU]);
    expect(choice.trials.map((trial) => trial.verdict)).toEqual(['emulated', 'chosen']);
  });
});

describe('waiting for a driver', () => {
  it('ends when the driver hangs', async () => {
    await expect(within(0.01, 'WebGPU', new Promise(() => undefined))).rejects.toThrow(
      /WebGPU did not answer/,
    );
    await expect(within(1, 'WebGPU', Promise.resolve(3))).resolves.toBe(3);
  });

  it('knows the names of emulators', () => {
    for (const name of [
      'Google SwiftShader',
      'ANGLE (Mesa, llvmpipe (LLVM 15.0.7 256 bits), OpenGL 4.5)',
      'Microsoft Basic Render Driver',
    ])
      expect(namesAnEmulator(name)).toBe(true);
    for (const name of [
      'nvidia hopper',
      'ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)',
    ])
      expect(namesAnEmulator(name)).toBe(false);
  });
});

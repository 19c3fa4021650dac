/** Registers the kernels that tfjs' WebAssembly backend lacks, or has wrong or slow, as far as training needs them. */
import { getKernel, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core';
import { CONV2D_BACKPROP_FILTER } from './conv2dBackpropFilter.ts';
import { CONV2D_BACKPROP_INPUT } from './conv2dBackpropInput.ts';
import { MAX_POOL_GRAD } from './maxPoolGrad.ts';

let isPatched = false;

/** Registering over a kernel makes tfjs warn; nothing here comes as a surprise. */
function replace(config: KernelConfig): void {
  const existing = getKernel(config.kernelName, config.backendName);
  if (existing != null) unregisterKernel(config.kernelName, config.backendName);
  registerKernel({ ...existing, ...config });
}

/** Once the backend's module is loaded, whose import registers its own kernels; before or after it starts. */
export function patchWasm(): void {
  if (isPatched) return;
  isPatched = true;
  replace(CONV2D_BACKPROP_FILTER);
  replace(CONV2D_BACKPROP_INPUT);
  replace(MAX_POOL_GRAD);
}

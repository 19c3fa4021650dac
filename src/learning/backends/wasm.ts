/** tfjs in WebAssembly, with the kernels that training needs and the shipped ones lack. One thread. */
import { env, setBackend } from '@tensorflow/tfjs-core';
import { patchWasm } from '../kernels/patchWasm.ts';
import { NEVER_LOST, type Backend, type WasmFiles } from './backend.ts';

/** Loads it, where that has not happened yet, and computes with it. */
export async function useWasmBackend(files: WasmFiles): Promise<string> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // The build with threads breaks when it is minified, and brings nothing.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': files.plain,
    'tfjs-backend-wasm-simd.wasm': files.simd,
    'tfjs-backend-wasm-threaded-simd.wasm': files.simd,
  });
  patchWasm();
  if (!(await setBackend('wasm'))) throw new Error('the module could not be fetched or compiled');
  return (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true ? 'WebAssembly SIMD' : 'WebAssembly';
}

export const WASM: Backend = {
  name: 'wasm',
  label: 'WebAssembly',
  look: async () =>
    'WebAssembly' in globalThis
      ? { isHere: true, device: 'WebAssembly', isEmulated: false }
      : { isHere: false, reason: 'WebAssembly is not there in this browser.' },
  async start(files) {
    const device = await useWasmBackend(files);
    return { device, isSynchronous: true, lost: NEVER_LOST, loseDevice: () => false };
  },
};

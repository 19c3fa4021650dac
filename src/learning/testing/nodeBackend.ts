/** The backends in Node, for tests and measurements: the same kernels as in the browser's worker. */
import { enableProdMode } from '@tensorflow/tfjs-core';
import type { WasmFiles } from '../backends/backend.ts';
import { useCpuBackend } from '../backends/cpu.ts';
import { useWasmBackend } from '../backends/wasm.ts';

const MODULES = '../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/';

export const NODE_WASM_FILES: WasmFiles = {
  simd: new URL(`${MODULES}tfjs-backend-wasm-simd.wasm`, import.meta.url).href,
  plain: new URL(`${MODULES}tfjs-backend-wasm.wasm`, import.meta.url).href,
};

/** The WebAssembly backend with our kernels. */
export async function useWasm(): Promise<void> {
  enableProdMode();
  await useWasmBackend(NODE_WASM_FILES);
}

/** The backend in plain JavaScript, as tfjs ships it. */
export async function useCpu(): Promise<void> {
  enableProdMode();
  await useCpuBackend();
}

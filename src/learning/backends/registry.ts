/** The backends, in the order in which they are tried. A new one is one file and a line here. */
import type { Backend } from './backend.ts';
import { CPU } from './cpu.ts';
import { WASM } from './wasm.ts';
import { WEBGL } from './webgl.ts';
import { WEBGPU } from './webgpu.ts';

export const BACKENDS: readonly Backend[] = [WEBGPU, WEBGL, WASM, CPU];

/**
 * The memory of tfjs' WebAssembly backend, as our kernels use it: tensors as ranges of one float32 heap, scratch
 * tensors, and its convolution and matrix product called directly, without an operation's overhead.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { LabError } from '../../core/errors.ts';

/** What is used here of tfjs' WasmBackend, whose own declarations leave the module's memory and calls out. */
export interface WasmBackend {
  wasm: {
    HEAPF32: Float32Array;
    /** A function of the module by its name. */
    cwrap(name: string, result: null, parameters: ('number' | 'array')[]): WasmCall;
  };
  dataIdMap: { get(dataId: object): { id: number; memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  disposeData(dataId: object): boolean;
}
type WasmCall = (...values: (number | Uint8Array)[]) => void;

/** A float32 tensor on the heap. Its place holds until it is disposed of; the heap's view only until the next one is made. */
export interface HeapTensor {
  info: TensorInfo;
  /** By which the backend's own kernels know it. */
  id: number;
  /** Index of its first element in `heapOf(backend)`. */
  start: number;
}

/** The whole memory as float32. A new view after every allocation: growing memory detaches the old one. */
export function heapOf(backend: WasmBackend): Float32Array {
  return backend.wasm.HEAPF32;
}

/** An existing tensor's place. */
export function placeOf(backend: WasmBackend, info: TensorInfo): HeapTensor {
  const { id, memoryOffset } = backend.dataIdMap.get(info.dataId);
  return { info, id, start: memoryOffset >>> 2 };
}

/**
 * A new float32 tensor with whatever the memory held.
 * @throws LabError TRAINING_OUT_OF_MEMORY where the 4 GB of WebAssembly, or the machine's memory, are used up
 */
export function makeTensor(backend: WasmBackend, shape: number[]): HeapTensor {
  const made = placeOf(backend, backend.makeOutput(shape, 'float32'));
  if (made.start === 0) {
    const bytes = 4 * shape.reduce((product, size) => product * size, 1);
    // Address 0 is what malloc says when it fails; freeing it does nothing.
    release(backend, made);
    throw new LabError(
      'TRAINING_OUT_OF_MEMORY',
      `WebAssembly's memory has no room for another tensor of ${(bytes / 2 ** 20).toFixed(1)} MiB.`,
    );
  }
  return made;
}

export function release(backend: WasmBackend, tensor: HeapTensor): void {
  backend.disposeData(tensor.info.dataId);
}

/** Rows and columns put around pictures before a convolution. */
export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

const convolutions = new WeakMap<WasmBackend, WasmCall>();
const products = new WeakMap<WasmBackend, WasmCall>();

/**
 * y = x ∗ filter, with x [batch, height, width, in], filter [kh, kw, in, out] and y [batch, outHeight, outWidth, out];
 * the caller has made y to fit.
 */
export function convolve(
  backend: WasmBackend,
  x: HeapTensor,
  xShape: readonly [batch: number, height: number, width: number, channels: number],
  filter: HeapTensor,
  filterShape: readonly [height: number, width: number, input: number, output: number],
  margins: Margins,
  dilations: readonly [height: number, width: number],
  y: HeapTensor,
): void {
  let call = convolutions.get(backend);
  if (call === undefined) {
    call = backend.wasm.cwrap('Conv2D', null, Array<'number'>(19).fill('number'));
    convolutions.set(backend, call);
  }
  const [batch, height, width] = xShape;
  const [filterHeight, filterWidth, input, output] = filterShape;
  const { top, right, bottom, left } = margins;
  const isSamePadding = 0;
  call(
    ...[x.id, batch, height, width, filter.id, filterHeight, filterWidth],
    ...[top, right, bottom, left, isSamePadding, ...dilations],
    ...[1, 1, input, output, y.id],
  );
}

const sizes = (...numbers: number[]): Uint8Array => new Uint8Array(new Int32Array(numbers).buffer);

/** c = a · b of matrices: a [rows, inner], b [inner, columns], c [rows, columns]. */
export function multiplyMatrices(
  backend: WasmBackend,
  a: HeapTensor,
  b: HeapTensor,
  c: HeapTensor,
  rows: number,
  inner: number,
  columns: number,
): void {
  let call = products.get(backend);
  if (call === undefined) {
    const shapes = ['number', 'array', 'number'] as const;
    call = backend.wasm.cwrap('BatchMatMul', null, [...shapes, ...shapes, 'number', 'number', 'number']);
    products.set(backend, call);
  }
  call(a.id, sizes(1, rows, inner), 3, b.id, sizes(1, inner, columns), 3, 0, 0, c.id);
}

/** Rows and columns that a square block of a transposition has: 16 of each fill whole cache lines both ways. */
const BLOCK = 16;

/** heap[to + column × rows + row] = heap[from + row × columns + column]. */
export function transposeMatrix(
  heap: Float32Array,
  from: number,
  to: number,
  rows: number,
  columns: number,
): void {
  for (let r0 = 0; r0 < rows; r0 += BLOCK) {
    const r1 = Math.min(rows, r0 + BLOCK);
    for (let c0 = 0; c0 < columns; c0 += BLOCK) {
      const c1 = Math.min(columns, c0 + BLOCK);
      for (let column = c0; column < c1; column++) {
        let source = from + r0 * columns + column;
        let target = to + column * rows + r0;
        for (let row = r0; row < r1; row++) {
          heap[target++] = heap[source];
          source += columns;
        }
      }
    }
  }
}

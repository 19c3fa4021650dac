/**
 * Gradient of maximum pooling, for tfjs' WebAssembly backend, in place of the shipped one, which gives the gradient of
 * a window without a positive value to its first pixel: its running maximum begins at the smallest positive number.
 *
 * dx of the first of the greatest values of a window gets the window's dy; windows that overlap add up.
 */
import {
  backend_util,
  type KernelConfig,
  type KernelFunc,
  type MaxPoolGradAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { heapOf, makeTensor, placeOf, type WasmBackend } from './wasmHeap.ts';

/** Windows of 2×2 that neither overlap nor touch a margin: every pixel of dx is written once, without a search. */
function poolPairs(
  heap: Float32Array,
  x: number,
  dy: number,
  dx: number,
  info: backend_util.Conv2DInfo,
): void {
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  const row = inWidth * channels;
  let gradient = dy;
  for (let n = 0; n < batchSize; n++) {
    for (let y = 0; y < outHeight; y++) {
      let corner = (n * inHeight + 2 * y) * row;
      for (let across = 0; across < outWidth; across++) {
        for (let channel = 0; channel < channels; channel++) {
          const a = corner + channel;
          const b = a + channels;
          const c = a + row;
          const d = c + channels;
          let place = a;
          let greatest = heap[x + a];
          const second = heap[x + b];
          const third = heap[x + c];
          const fourth = heap[x + d];
          if (second > greatest) {
            greatest = second;
            place = b;
          }
          if (third > greatest) {
            greatest = third;
            place = c;
          }
          if (fourth > greatest) place = d;
          const value = heap[gradient++];
          heap[dx + a] = place === a ? value : 0;
          heap[dx + b] = place === b ? value : 0;
          heap[dx + c] = place === c ? value : 0;
          heap[dx + d] = place === d ? value : 0;
        }
        corner += 2 * channels;
      }
    }
  }
}

function poolAny(heap: Float32Array, x: number, dy: number, dx: number, info: backend_util.Conv2DInfo): void {
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth, padInfo } = info;
  const row = inWidth * channels;
  heap.fill(0, dx, dx + batchSize * inHeight * row);
  let gradient = dy;
  for (let n = 0; n < batchSize; n++) {
    for (let y = 0; y < outHeight; y++) {
      const top = y * info.strideHeight - padInfo.top;
      const y0 = Math.max(0, top);
      const y1 = Math.min(inHeight, top + info.filterHeight);
      for (let across = 0; across < outWidth; across++) {
        const left = across * info.strideWidth - padInfo.left;
        const x0 = Math.max(0, left);
        const x1 = Math.min(inWidth, left + info.filterWidth);
        for (let channel = 0; channel < channels; channel++) {
          let greatest = -Infinity;
          let place = -1;
          for (let v = y0; v < y1; v++) {
            for (let u = x0; u < x1; u++) {
              const at = (n * inHeight + v) * row + u * channels + channel;
              if (heap[x + at] > greatest) {
                greatest = heap[x + at];
                place = at;
              }
            }
          }
          // A window of NaN or −∞ alone, or in the margin alone, has no greatest value.
          if (place >= 0) heap[dx + place] += heap[gradient];
          gradient++;
        }
      }
    }
  }
}

function maxPoolGrad(args: {
  inputs: Record<'dy' | 'input', TensorInfo>;
  backend: WasmBackend;
  attrs: MaxPoolGradAttrs;
}): TensorInfo {
  const { inputs, backend, attrs } = args;
  const shape = inputs.input.shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(
    shape,
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  const { strideHeight, strideWidth, filterHeight, filterWidth, inHeight, inWidth, padInfo } = info;
  const made = makeTensor(backend, shape);
  const [heap, dx] = [heapOf(backend), made.start];
  const x = placeOf(backend, inputs.input).start;
  const dy = placeOf(backend, inputs.dy).start;
  const isPairs = [strideHeight, strideWidth, filterHeight, filterWidth].every((size) => size === 2);
  const fillsAll = inHeight === 2 * info.outHeight && inWidth === 2 * info.outWidth;
  if (isPairs && fillsAll && padInfo.top === 0 && padInfo.left === 0) poolPairs(heap, x, dy, dx, info);
  else poolAny(heap, x, dy, dx, info);
  return made.info;
}

export const MAX_POOL_GRAD: KernelConfig = {
  kernelName: 'MaxPoolGrad',
  backendName: 'wasm',
  kernelFunc: maxPoolGrad as unknown as KernelFunc,
};

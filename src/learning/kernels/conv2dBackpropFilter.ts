/**
 * Gradient of a convolution by its filter, for tfjs' WebAssembly backend, which ships without one.
 *
 *   dw[ky, kx, i, o] = Σ over n, y, x of  x[n, y·s + ky − top, x·s + kx − left, i] · dy[n, y, x, o]
 *
 * That is a convolution again: the input's channels take the place of pictures, the pictures that of channels, dy is
 * the filter and the stride its dilation. So the backend's own, fast convolution does the work. A filter of 1×1 would
 * make it one column at a time; there it is a matrix product instead.
 */
import {
  backend_util,
  type Conv2DBackpropFilterAttrs,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import {
  convolve,
  heapOf,
  makeTensor,
  multiplyMatrices,
  placeOf,
  release,
  transposeMatrix,
  type HeapTensor,
  type WasmBackend,
} from './wasmHeap.ts';

type ConvolutionInfo = backend_util.Conv2DInfo;

/** x of shape [n, h, w, c] as [c, h, w, n]. */
function picturesLast(backend: WasmBackend, x: HeapTensor, info: ConvolutionInfo): HeapTensor {
  const { batchSize: pictures, inHeight, inWidth, inChannels: channels } = info;
  const pixels = inHeight * inWidth;
  const turned = makeTensor(backend, [channels, inHeight, inWidth, pictures]);
  const heap = heapOf(backend);
  const row = pixels * channels;
  if (channels === 1) {
    transposeMatrix(heap, x.start, turned.start, pictures, pixels);
    return turned;
  }
  // A handful of pictures at a time, so that the lines written are still in the cache when the next ones come.
  for (let n0 = 0; n0 < pictures; n0 += 16) {
    const n1 = Math.min(pictures, n0 + 16);
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        let source = x.start + n0 * row + pixel * channels + channel;
        let target = turned.start + (channel * pixels + pixel) * pictures + n0;
        for (let n = n0; n < n1; n++) {
          heap[target++] = heap[source];
          source += row;
        }
      }
    }
  }
  return turned;
}

/** dy of shape [n, h, w, o] as [h, w, n, o]. */
function pixelsFirst(backend: WasmBackend, dy: HeapTensor, info: ConvolutionInfo): HeapTensor {
  const { batchSize: pictures, outHeight, outWidth, outChannels: channels } = info;
  const pixels = outHeight * outWidth;
  const turned = makeTensor(backend, [outHeight, outWidth, pictures, channels]);
  const heap = heapOf(backend);
  const row = pixels * channels;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let target = turned.start + pixel * pictures * channels;
    for (let n = 0; n < pictures; n++) {
      let source = dy.start + n * row + pixel * channels;
      for (let channel = 0; channel < channels; channel++) heap[target++] = heap[source++];
    }
  }
  return turned;
}

function byConvolution(
  backend: WasmBackend,
  x: HeapTensor,
  dy: HeapTensor,
  info: ConvolutionInfo,
  dw: HeapTensor,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const { top, left } = info.padInfo;
  // What dy, spread by the stride, covers; below and to the right a stride may leave rows over or need more of them.
  const coveredHeight = (outHeight - 1) * strideHeight + 1;
  const coveredWidth = (outWidth - 1) * strideWidth + 1;
  const bottom = Math.max(0, filterHeight - 1 + coveredHeight - inHeight - top);
  const right = Math.max(0, filterWidth - 1 + coveredWidth - inWidth - left);
  const height = inHeight + top + bottom - coveredHeight + 1;
  const width = inWidth + left + right - coveredWidth + 1;

  const turnedX = picturesLast(backend, x, info);
  const turnedDy = pixelsFirst(backend, dy, info);
  const sums = makeTensor(backend, [inChannels, height, width, outChannels]);
  convolve(
    backend,
    turnedX,
    [inChannels, inHeight, inWidth, batchSize],
    turnedDy,
    [outHeight, outWidth, batchSize, outChannels],
    { top, right, bottom, left },
    [strideHeight, strideWidth],
    sums,
  );
  const heap = heapOf(backend);
  let target = dw.start;
  for (let ky = 0; ky < filterHeight; ky++) {
    for (let kx = 0; kx < filterWidth; kx++) {
      for (let i = 0; i < inChannels; i++) {
        let source = sums.start + ((i * height + ky) * width + kx) * outChannels;
        for (let o = 0; o < outChannels; o++) heap[target++] = heap[source++];
      }
    }
  }
  for (const scratch of [turnedX, turnedDy, sums]) release(backend, scratch);
}

/** dw [in, out] = xᵀ · dy over all pixels that the stride meets; those in the margins are 0. */
function byMatrixProduct(
  backend: WasmBackend,
  x: HeapTensor,
  dy: HeapTensor,
  info: ConvolutionInfo,
  dw: HeapTensor,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { strideHeight, strideWidth } = info;
  const { top, left } = info.padInfo;
  const met = batchSize * outHeight * outWidth;
  const turned = makeTensor(backend, [inChannels, met]);
  const heap = heapOf(backend);
  if (met === batchSize * inHeight * inWidth && top === 0 && left === 0) {
    transposeMatrix(heap, x.start, turned.start, met, inChannels);
  } else {
    let column = turned.start;
    for (let n = 0; n < batchSize; n++) {
      for (let y = 0; y < outHeight; y++) {
        const row = y * strideHeight - top;
        for (let across = 0; across < outWidth; across++, column++) {
          const pixel = across * strideWidth - left;
          const isInside = row >= 0 && row < inHeight && pixel >= 0 && pixel < inWidth;
          const source = x.start + ((n * inHeight + row) * inWidth + pixel) * inChannels;
          for (let i = 0; i < inChannels; i++) heap[column + i * met] = isInside ? heap[source + i] : 0;
        }
      }
    }
  }
  multiplyMatrices(backend, turned, dy, dw, inChannels, met, outChannels);
  release(backend, turned);
}

function conv2dBackpropFilter(args: {
  inputs: Record<'x' | 'dy', TensorInfo>;
  backend: WasmBackend;
  attrs: Conv2DBackpropFilterAttrs;
}): TensorInfo {
  const { inputs, backend, attrs } = args;
  if (attrs.dataFormat !== 'NHWC') throw new Error('Only pictures with the channels last are supported.');
  const info = backend_util.computeConv2DInfo(
    inputs.x.shape as [number, number, number, number],
    attrs.filterShape,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  const x = placeOf(backend, inputs.x);
  const dy = placeOf(backend, inputs.dy);
  const dw = makeTensor(backend, info.filterShape);
  if (info.filterHeight === 1 && info.filterWidth === 1) byMatrixProduct(backend, x, dy, info, dw);
  else byConvolution(backend, x, dy, info, dw);
  return dw.info;
}

export const CONV2D_BACKPROP_FILTER: KernelConfig = {
  kernelName: 'Conv2DBackpropFilter',
  backendName: 'wasm',
  kernelFunc: conv2dBackpropFilter as unknown as KernelFunc,
};

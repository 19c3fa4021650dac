/**
 * Sums over everything but the channels, which convolutions and batch normalisation need all the time. Written as an
 * average over each picture and a product with a row of weights: on WebAssembly the sum over outer axes transposes the
 * whole tensor first, which takes five to ten times as long.
 */
import {
  avgPool,
  matMul,
  reshape,
  tidy,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/** Averages of every channel over height and width: [batch, channels] of [batch, height, width, channels]. */
export function pictureMeans(input: Tensor4D): Tensor2D {
  const [batch, height, width, channels] = input.shape;
  return tidy(() => reshape(avgPool(input, [height, width], 1, 'valid'), [batch, channels]));
}

/**
 * Weighted sum over the pictures of the channels' averages.
 *
 * @param row [1, batch]
 * @returns [1, channels]
 */
export function weightedMeans(input: Tensor4D, row: Tensor2D): Tensor2D {
  return tidy(() => matMul(row, pictureMeans(input)));
}

/** A batch's shape with height and width, which are 1 where it has none. */
export function pictureShapeOf(input: Tensor): [number, number, number, number] {
  if (input.rank === 4) return (input as Tensor4D).shape;
  const [batch, channels] = (input as Tensor2D).shape;
  return [batch, 1, 1, channels];
}

/**
 * Batch normalisation. In training its statistics are those of the batch's pictures that count, and so are its
 * gradients, in closed form; the moving statistics are updated on the way: 0.9 of what they were and 0.1 of the
 * batch's, whose variance is the unbiased one there and the biased one for normalising.
 *
 * A vector by channel meets a tensor in rows of width × channels numbers, to which it is repeated: a row as short as
 * the channels makes element-wise kernels on WebAssembly ten times as slow.
 */
import {
  add,
  dispose,
  div,
  maximum,
  mul,
  relu,
  reshape,
  rsqrt,
  scalar,
  square,
  step,
  sub,
  tidy,
  tile,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Layer } from '../../core/networks/network.ts';
import { convolve, convolveBack, type ConvLayer } from './convLayer.ts';
import type { BatchShares, CompiledLayer, Gradients, Recorded, VariableOf } from './layer.ts';
import { pictureShapeOf, weightedMeans } from './sums.ts';

export const BATCH_NORM_EPSILON = 1e-5;
/** Share of the moving statistics that stays in every step. */
export const BATCH_NORM_MOMENTUM = 0.9;

type NormLayer = Extract<Layer, { kind: 'batchNorm' }>;

/** A vector by channel, repeated for every pixel of a row: [width × channels]. */
function alongRow(vector: Tensor, width: number): Tensor1D {
  const channels = vector.size;
  return reshape(tile(reshape(vector, [1, channels]), [1, width]), [width * channels]);
}

/** A tensor as rows of pixels: [batch × height, width × channels]. */
function asRows(input: Tensor): Tensor2D {
  const [batch, height, width, channels] = pictureShapeOf(input);
  return reshape(input, [batch * height, width * channels]);
}

/** The weights of one normalisation, and both of its passes. */
class Normaliser {
  readonly #layer: NormLayer;
  readonly #variableOf: (role: string) => ReturnType<VariableOf>;

  constructor(layer: NormLayer, variableOf: VariableOf) {
    this.#layer = layer;
    const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map((role) =>
      variableOf(`${layer.name}/${role}`),
    );
    const variables: Record<string, ReturnType<VariableOf>> = { gamma, beta, mean, variance };
    this.#variableOf = (role) => variables[role];
  }

  /** What the moving statistics make of a number: factor and summand of every channel. */
  affine(): { factor: Tensor1D; summand: Tensor1D } {
    const factor: Tensor1D = mul(
      this.#variableOf('gamma'),
      rsqrt(add(this.#variableOf('variance'), BATCH_NORM_EPSILON)),
    );
    return { factor, summand: sub(this.#variableOf('beta'), mul(this.#variableOf('mean'), factor)) };
  }

  infer(input: Tensor): Tensor {
    return tidy(() => {
      const { factor, summand } = this.affine();
      const width = pictureShapeOf(input)[2];
      const output = add(mul(asRows(input), alongRow(factor, width)), alongRow(summand, width));
      return reshape(this.#layer.relu ? relu(output) : output, input.shape);
    });
  }

  /** Does not need its input for the way back. */
  record(input: Tensor, { share, mask, count }: BatchShares): Recorded {
    const { name, relu: hasRelu } = this.#layer;
    const pictures = pictureShapeOf(input);
    const [batch, height, width, channels] = pictures;
    const kept = tidy(() => {
      const mean = weightedMeans(reshape(input, pictures), share);
      const centred = sub(asRows(input), alongRow(mean, width));
      const variance = weightedMeans(reshape(square(centred), pictures), share);
      const scale = rsqrt(add(variance, BATCH_NORM_EPSILON));
      const factor = mul(reshape(this.#variableOf('gamma'), [1, channels]), scale);
      const straight: Tensor = add(
        mul(centred, alongRow(factor, width)),
        alongRow(this.#variableOf('beta'), width),
      );
      const output = hasRelu ? relu(straight) : straight;
      this.#move(mean, variance, mul(count, height * width));
      return { centred, scale, factor, output: reshape(output, input.shape) };
    });

    const backward = (gradient: Tensor, needsInput: boolean, gradients: Gradients): Tensor | null => {
      const { centred, scale, factor, output } = kept;
      const [ofBeta, ofGamma, ofInput] = tidy(() => {
        const masked = asRows(hasRelu ? mul(gradient, step(output)) : gradient);
        const meanGradient = weightedMeans(reshape(masked, pictures), share);
        const meanProduct = weightedMeans(reshape(mul(masked, centred), pictures), share);
        const numbers = mul(count, height * width);
        const ofWeights: Tensor[] = [
          reshape(mul(meanGradient, numbers), [channels]),
          reshape(mul(mul(meanProduct, scale), numbers), [channels]),
        ];
        if (!needsInput) return ofWeights;
        const slope = mul(square(scale), meanProduct);
        const bent = sub(sub(masked, alongRow(meanGradient, width)), mul(centred, alongRow(slope, width)));
        const whole = mul(bent, alongRow(factor, width));
        // Pictures that only fill up took no part in the statistics: nothing of these goes back to them.
        const counted = mul(reshape(whole, [batch, height * width * channels]), mask);
        return [...ofWeights, reshape(counted, input.shape)];
      });
      gradients[`${name}/beta`] = ofBeta;
      gradients[`${name}/gamma`] = ofGamma;
      dispose([centred, scale, factor]);
      return needsInput ? ofInput : null;
    };
    return { output: kept.output, backward };
  }

  /** @param numbers how many numbers of a channel took part */
  #move(mean: Tensor2D, variance: Tensor2D, numbers: Tensor): void {
    const channels = mean.size;
    const unbiased = div(numbers, maximum(sub(numbers, 1), scalar(1)));
    const update = (role: string, batch: Tensor): void => {
      const variable = this.#variableOf(role);
      variable.assign(
        add(mul(variable, BATCH_NORM_MOMENTUM), mul(reshape(batch, [channels]), 1 - BATCH_NORM_MOMENTUM)),
      );
    };
    update('mean', mean);
    update('variance', mul(variance, unbiased));
  }
}

export function compileBatchNorm(layer: NormLayer, variableOf: VariableOf): CompiledLayer {
  const normaliser = new Normaliser(layer, variableOf);
  return {
    infer: (input) => normaliser.infer(input),
    record: (input, shares) => normaliser.record(input, shares),
  };
}

/**
 * A convolution without bias and ReLU, and the normalisation behind it, as one layer: in use the normalisation is
 * folded into kernel and bias, in training what the convolution gives is let go at once.
 */
export function compileConvNorm(conv: ConvLayer, norm: NormLayer, variableOf: VariableOf): CompiledLayer {
  const kernel = variableOf(`${conv.name}/kernel`);
  const normaliser = new Normaliser(norm, variableOf);
  return {
    infer: (input) =>
      tidy(() => {
        const { factor, summand } = normaliser.affine();
        return convolve(conv, input, mul(kernel, factor), summand, norm.relu);
      }),
    record(input, shares) {
      const convolved: Tensor4D = convolve(conv, input, kernel, null, false);
      const normalised = normaliser.record(convolved, shares);
      convolved.dispose();
      return {
        output: normalised.output,
        backward(gradient, needsInput, gradients) {
          const between = normalised.backward(gradient, true, gradients)!;
          const back = convolveBack(conv, input, kernel, between, needsInput);
          between.dispose();
          gradients[`${conv.name}/kernel`] = back.kernel;
          return back.input;
        },
      };
    },
  };
}

/** A network as a tfjs layers model, built and written by tfjs-layers itself, so that its loader reads it anywhere. */
import { io, tensor, tidy } from '@tensorflow/tfjs-core';
import {
  layers as make,
  input as makeInput,
  model as makeModel,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { Layer, NetworkPlan, WeightValues } from '../../core/networks/network.ts';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM } from '../network/batchNorm.ts';
import { asMetadata, type Preprocessing } from './preprocessing.ts';

/** Whatever is overwritten by the weights at hand. */
const ZEROS = 'zeros' as const;

/** Builds layers one after the other; those without a name of their own are numbered. */
class Builder {
  #unnamed = 0;

  through(layers: readonly Layer[], start: SymbolicTensor): SymbolicTensor {
    return layers.reduce((x, layer) => this.#apply(layer, x), start);
  }

  #name(kind: string): string {
    this.#unnamed++;
    return `${kind}_${this.#unnamed}`;
  }

  #relu(name: string, x: SymbolicTensor): SymbolicTensor {
    return make.activation({ activation: 'relu', name: `${name}_relu` }).apply(x) as SymbolicTensor;
  }

  #apply(layer: Layer, x: SymbolicTensor): SymbolicTensor {
    const activation = 'relu' in layer && layer.relu ? 'relu' : 'linear';
    switch (layer.kind) {
      case 'conv':
        return make
          .conv2d({
            name: layer.name,
            filters: layer.filters,
            kernelSize: layer.size,
            strides: layer.stride,
            padding: layer.padding,
            useBias: layer.bias,
            activation,
            kernelInitializer: ZEROS,
          })
          .apply(x) as SymbolicTensor;
      case 'dense':
        return make
          .dense({ name: layer.name, units: layer.units, activation, kernelInitializer: ZEROS })
          .apply(x) as SymbolicTensor;
      case 'batchNorm': {
        const normalised = make
          .batchNormalization({
            name: layer.name,
            axis: -1,
            momentum: BATCH_NORM_MOMENTUM,
            epsilon: BATCH_NORM_EPSILON,
          })
          .apply(x) as SymbolicTensor;
        return layer.relu ? this.#relu(layer.name, normalised) : normalised;
      }
      case 'maxPool':
        return make
          .maxPooling2d({
            name: this.#name('pool'),
            poolSize: layer.size,
            strides: layer.stride,
            padding: 'valid',
          })
          .apply(x) as SymbolicTensor;
      case 'globalAverage':
        return make.globalAveragePooling2d({ name: this.#name('average') }).apply(x) as SymbolicTensor;
      case 'flatten':
        return make.flatten({ name: this.#name('flatten') }).apply(x) as SymbolicTensor;
      case 'residual': {
        const sum = make
          .add({ name: layer.name })
          .apply([this.through(layer.body, x), this.through(layer.shortcut, x)]) as SymbolicTensor;
        return this.#relu(layer.name, sum);
      }
    }
  }
}

/** Gives every layer its weights; they are in the order in which tfjs-layers wants them. */
function setWeights(model: LayersModel, weights: readonly WeightValues[]): void {
  const byLayer = new Map<string, WeightValues[]>();
  for (const weight of weights) {
    const layer = weight.name.slice(0, weight.name.lastIndexOf('/'));
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), weight]);
  }
  for (const [layer, ofLayer] of byLayer) {
    tidy(() => {
      model.getLayer(layer).setWeights(ofLayer.map(({ values, shape }) => tensor(values.slice(), shape)));
    });
  }
}

/**
 * The two files of a tfjs layers model: model.json and weights.bin. What it takes are normalised pictures, as the
 * metadata say; what it gives are logits.
 *
 * @param weights of the plan, in its order
 */
export async function exportModel(
  plan: NetworkPlan,
  weights: readonly WeightValues[],
  preprocessing: Preprocessing,
): Promise<{ json: string; weights: Uint8Array<ArrayBuffer> }> {
  const { height, width, channels } = plan.input;
  const pictures = makeInput({ shape: [height, width, channels], name: 'pictures' });
  const model = makeModel({
    inputs: pictures,
    outputs: new Builder().through(plan.layers, pictures),
    name: plan.name,
  });
  try {
    setWeights(model, weights);
    model.setUserDefinedMetadata(asMetadata(preprocessing));
    let artifacts: io.ModelArtifacts | undefined;
    await model.save(
      io.withSaveHandler(async (made) => {
        artifacts = made;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const { modelTopology, weightSpecs, weightData, format, generatedBy, userDefinedMetadata } = artifacts!;
    return {
      json: JSON.stringify({
        modelTopology,
        format,
        generatedBy,
        convertedBy: null,
        weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
        userDefinedMetadata,
      }),
      weights: new Uint8Array(io.CompositeArrayBuffer.join(weightData)),
    };
  } finally {
    model.dispose();
  }
}

/** Layers in a row, and sums of two rows, with their weights on the device. */
import { add, mul, relu, step, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from '../../core/networks/network.ts';
import { compileBatchNorm, compileConvNorm } from './batchNorm.ts';
import { compileConv } from './convLayer.ts';
import { compileDense } from './denseLayer.ts';
import type { CompiledLayer, Recorded, VariableOf } from './layer.ts';
import { compileFlatten, compileGlobalAverage, compileMaxPool } from './poolLayers.ts';

/** relu(body(x) + shortcut(x)) */
function compileResidual(
  layer: Extract<Layer, { kind: 'residual' }>,
  variableOf: VariableOf,
  sample: () => void,
): CompiledLayer {
  const body = compileRow(layer.body, variableOf, sample);
  const shortcut = layer.shortcut.length === 0 ? null : compileRow(layer.shortcut, variableOf, sample);
  return {
    infer: (input) =>
      tidy(() => relu(add(body.infer(input), shortcut === null ? input : shortcut.infer(input)))),
    record(input, shares) {
      const main = body.record(input, shares);
      const side = shortcut === null ? null : shortcut.record(input, shares);
      const output = tidy(() => relu(add(main.output, side === null ? input : side.output)));
      // Neither part needs its own output on the way back: a row that ends in a sum ends without ReLU.
      return {
        output,
        backward(gradient, needsInput, gradients) {
          const masked = tidy(() => mul(gradient, step(output)));
          const ofMain = main.backward(masked, needsInput, gradients);
          main.output.dispose();
          const ofSide = side === null ? null : side.backward(masked, needsInput, gradients);
          side?.output.dispose();
          const ofInput = ofMain === null ? null : add(ofMain, ofSide ?? masked);
          ofMain?.dispose();
          ofSide?.dispose();
          masked.dispose();
          return ofInput;
        },
      };
    },
  };
}

/** Layers one after the other; a convolution takes the normalisation or pooling behind it into account. */
function compileEach(layers: readonly Layer[], variableOf: VariableOf, sample: () => void): CompiledLayer[] {
  const compiled: CompiledLayer[] = [];
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i];
    const next = layers.at(i + 1);
    const previous = i > 0 ? layers[i - 1] : undefined;
    switch (layer.kind) {
      case 'conv':
        if (next?.kind === 'batchNorm' && !layer.bias && !layer.relu) {
          compiled.push(compileConvNorm(layer, next, variableOf));
          i++;
        } else {
          compiled.push(compileConv(layer, variableOf, next?.kind === 'maxPool'));
        }
        break;
      case 'batchNorm':
        compiled.push(compileBatchNorm(layer, variableOf));
        break;
      case 'maxPool':
        compiled.push(compileMaxPool(layer.size, layer.stride, previous?.kind === 'conv' && previous.relu));
        break;
      case 'globalAverage':
        compiled.push(compileGlobalAverage());
        break;
      case 'flatten':
        compiled.push(compileFlatten());
        break;
      case 'dense':
        compiled.push(compileDense(layer, variableOf));
        break;
      case 'residual':
        compiled.push(compileResidual(layer, variableOf, sample));
        break;
    }
  }
  return compiled;
}

/**
 * Layers in a row as one layer.
 *
 * @param sample called at every step back, where most tensors are alive
 */
export function compileRow(
  layers: readonly Layer[],
  variableOf: VariableOf,
  sample: () => void,
): CompiledLayer {
  const compiled = compileEach(layers, variableOf, sample);
  return {
    infer: (input) =>
      tidy(() => {
        let passed = input;
        for (const layer of compiled) {
          const output = layer.infer(passed);
          if (passed !== input) passed.dispose();
          passed = output;
        }
        return passed;
      }),
    record(input, shares) {
      const recorded: Recorded[] = [];
      let passed = input;
      for (const layer of compiled) {
        const one = layer.record(passed, shares);
        recorded.push(one);
        passed = one.output;
      }
      return {
        output: passed,
        backward(gradient, needsInput, gradients) {
          let back: Tensor | null = gradient;
          for (let i = recorded.length - 1; i >= 0 && back !== null; i--) {
            const ofOutput: Tensor = back;
            back = recorded[i].backward(ofOutput, needsInput || i > 0, gradients);
            sample();
            if (ofOutput !== gradient) ofOutput.dispose();
            // The last output belongs to whoever asked for it.
            if (i < recorded.length - 1) recorded[i].output.dispose();
          }
          return back;
        },
      };
    },
  };
}

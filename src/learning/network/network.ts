/** A network on the device: its weights as variables, its forward pass, and its gradients. */
import {
  div,
  dispose,
  maximum,
  memory,
  ones,
  reshape,
  sum,
  tensor,
  tidy,
  variable,
  type NamedTensorMap,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { NetworkPlan, WeightValues } from '../../core/networks/network.ts';
import { planSteps } from '../../core/networks/plan.ts';
import { weightSpecs } from '../../core/networks/walk.ts';
import { compileRow } from './compile.ts';
import type { BatchShares, CompiledLayer, Gradients } from './layer.ts';

/** A forward pass in training, of which the way back is still to be gone. Lives inside one tidy. */
export interface RecordedPass {
  logits: Tensor2D;
  /** Gradients of all trainable weights by their names, from that of the logits. Called at most once. */
  backward(ofLogits: Tensor2D): NamedTensorMap;
  /** Most bytes of tensors that were alive on the way so far. */
  peakBytes(): number;
}

export interface Network {
  readonly plan: NetworkPlan;
  /** Trainable variables in the order of the plan, by their weight names. */
  readonly trainable: readonly { name: string; variable: Variable }[];
  /**
   * Logits [batch, classes] of normalised float32 pictures [batch, height, width, channels].
   *
   * @param isTraining whether batch normalisation takes the batch's statistics, and updates the moving ones by them
   */
  forward(pictures: Tensor4D, isTraining: boolean): Tensor2D;
  /**
   * A forward pass in training with the way back. To be called inside a tidy, which disposes of whatever is left.
   *
   * @param mask [batch] 1, or 0 of pictures that only fill up the batch; weights in the loss are none of its concern
   */
  record(pictures: Tensor4D, mask: Tensor1D): RecordedPass;
  /**
   * The network in use, seen one layer before its end, the dense layer that gives the logits.
   *
   * @param pictures as of `forward`
   * @returns what the last layer is given [batch, features], and the logits [batch, classes]
   */
  look(pictures: Tensor4D): { features: Tensor2D; logits: Tensor2D };
  /** All weights, read back in the order of the plan. The arrays are the caller's. */
  weights(): Promise<WeightValues[]>;
  /** Takes over values; they are copied. */
  restore(weights: readonly WeightValues[]): void;
  dispose(): void;
}

/** The values of every weight that a plan needs, in its order. */
function inOrder(plan: NetworkPlan, weights: readonly WeightValues[]): WeightValues[] {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  return weightSpecs(planSteps(plan)).map((spec) => {
    const found = byName.get(spec.name);
    if (found === undefined || found.shape.join() !== spec.shape.join()) {
      throw new Error(
        `The weight ${spec.name} has to be ${spec.shape.join(' × ')}; it is ${found?.shape.join(' × ') ?? 'missing'}.`,
      );
    }
    return found;
  });
}

/**
 * A network with these weights, on the backend that is open.
 *
 * @throws Error where a weight of the plan is missing or of another shape
 */
export function createNetwork(plan: NetworkPlan, weights: readonly WeightValues[]): Network {
  const ordered = inOrder(plan, weights).map(({ name, shape, values, trainable }) => ({
    name,
    shape,
    trainable,
    variable: tidy(() => variable(tensor(values.slice(), shape), trainable)),
  }));
  const byName = new Map(ordered.map((weight) => [weight.name, weight.variable]));
  let peak = 0;
  const sample = (): void => {
    peak = Math.max(peak, memory().numBytes);
  };
  const compile = (layers: NetworkPlan['layers']) => compileRow(layers, (name) => byName.get(name)!, sample);
  const row = compile(plan.layers);
  /** The same layers in two rows, which own no tensors either; made when they are first asked for. */
  let parts: { hidden: CompiledLayer; last: CompiledLayer } | null = null;

  const record = (pictures: Tensor4D, mask: Tensor1D): RecordedPass => {
    peak = 0;
    const batch = pictures.shape[0];
    const count = maximum<Scalar>(sum(mask), 1);
    const shares: BatchShares = {
      share: div(reshape(mask, [1, batch]), count),
      mask: reshape(mask, [batch, 1]),
      count,
    };
    const recorded = row.record(pictures, shares);
    sample();
    return {
      logits: recorded.output as Tensor2D,
      backward(ofLogits) {
        const gradients: Gradients = {};
        recorded.backward(ofLogits, false, gradients);
        return gradients;
      },
      peakBytes: () => peak,
    };
  };

  return {
    plan,
    trainable: ordered.filter((weight) => weight.trainable),
    forward(pictures, isTraining) {
      return tidy(() =>
        isTraining ? record(pictures, ones([pictures.shape[0]])).logits : (row.infer(pictures) as Tensor2D),
      );
    },
    record,
    look(pictures) {
      parts ??= { hidden: compile(plan.layers.slice(0, -1)), last: compile(plan.layers.slice(-1)) };
      const { hidden, last } = parts;
      return tidy(() => {
        const features = hidden.infer(pictures) as Tensor2D;
        return { features, logits: last.infer(features) as Tensor2D };
      });
    },
    weights: () =>
      Promise.all(
        ordered.map(async ({ name, shape, trainable, variable: held }) => ({
          name,
          shape: shape.slice(),
          // Some backends hand out the very array that they hold.
          values: (await held.data<'float32'>()).slice(),
          trainable,
        })),
      ),
    restore(values) {
      inOrder(plan, values).forEach((weight, i) => {
        tidy(() => {
          ordered[i].variable.assign(tensor(weight.values.slice(), weight.shape));
        });
      });
    },
    dispose() {
      dispose(ordered.map((weight) => weight.variable));
    },
  };
}

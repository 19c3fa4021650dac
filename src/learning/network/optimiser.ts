/** Stochastic gradient descent with momentum, as PyTorch's SGD does it, and the rate of an epoch. */
import {
  add,
  dispose,
  mul,
  sub,
  tensor,
  tidy,
  variable,
  zeros,
  type NamedTensorMap,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { TrainingSettings } from '../../contracts/training.ts';
import type { Network } from './network.ts';

/** What the optimiser remembers of a weight. */
export interface Velocity {
  name: string;
  values: Float32Array;
}

interface Held {
  name: string;
  weight: Variable;
  velocity: Variable;
}

/**
 * g ← g + λ w; v ← μ v + g; g ← g + μ v with Nesterov, else v; w ← w − η g. Velocities begin at 0. Weight decay λ
 * applies to all trainable weights alike.
 */
export class MomentumSgd {
  readonly #settings: Pick<TrainingSettings, 'momentum' | 'nesterov' | 'weightDecay'>;
  readonly #held: Held[];

  constructor(network: Network, settings: Pick<TrainingSettings, 'momentum' | 'nesterov' | 'weightDecay'>) {
    const { momentum, nesterov, weightDecay } = settings;
    this.#settings = { momentum, nesterov, weightDecay };
    this.#held = network.trainable.map(({ name, variable: weight }) => ({
      name,
      weight,
      velocity: tidy(() => variable(zeros(weight.shape), false)),
    }));
  }

  /**
   * One step. The gradients stay the caller's.
   *
   * @param gradients of every trainable weight, by its name
   * @param rate η
   */
  apply(gradients: NamedTensorMap, rate: number): void {
    const { momentum, nesterov, weightDecay } = this.#settings;
    tidy(() => {
      for (const { name, weight, velocity } of this.#held) {
        tidy(() => {
          const given = gradients[name];
          const gradient = weightDecay === 0 ? given : add(given, mul(weight, weightDecay));
          let step = gradient;
          if (momentum !== 0) {
            velocity.assign(add(mul(velocity, momentum), gradient));
            step = nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
          }
          weight.assign(sub(weight, mul(step, rate)));
        });
      }
    });
  }

  /** Velocities by the names of their weights, read back. The arrays are the caller's. */
  velocities(): Promise<Velocity[]> {
    return Promise.all(
      this.#held.map(async ({ name, velocity }) => ({
        name,
        values: (await velocity.data<'float32'>()).slice(),
      })),
    );
  }

  /**
   * Takes over velocities; they are copied.
   *
   * @throws Error where one is missing or of another length
   */
  restore(velocities: readonly Velocity[]): void {
    const byName = new Map(velocities.map((one) => [one.name, one.values]));
    for (const { name, velocity } of this.#held) {
      const values = byName.get(name);
      if (values?.length !== velocity.size) {
        throw new Error(
          `The velocity of ${name} has to hold ${velocity.size} numbers; it holds ${values?.length ?? 'none'}.`,
        );
      }
      tidy(() => {
        velocity.assign(tensor(values.slice(), velocity.shape));
      });
    }
  }

  /** Velocities as at the beginning: 0. */
  reset(): void {
    tidy(() => {
      for (const { velocity } of this.#held) velocity.assign(zeros(velocity.shape));
    });
  }

  dispose(): void {
    dispose(this.#held.map((one) => one.velocity));
  }
}

/**
 * Learning rate of an epoch: as it was set, or along a half cosine that would reach 0 after the last epoch.
 *
 * @param epoch from 1
 */
export function rateOf(settings: Pick<TrainingSettings, 'rate' | 'decay' | 'epochs'>, epoch: number): number {
  const { rate, decay, epochs } = settings;
  return decay === 'none' ? rate : (rate / 2) * (1 + Math.cos((Math.PI * (epoch - 1)) / epochs));
}

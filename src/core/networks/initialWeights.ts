/**
 * The weights that a network starts from. Every weight has a generator of its own, seeded from the run's seed and the
 * weight's name, so that it does not depend on the others.
 */
import { createGenerator, type Generator } from '../random.ts';
import type { NetworkPlan, WeightValues } from './network.ts';
import { planSteps } from './plan.ts';
import { sizeOf, weightSpecs, type WeightSpec } from './walk.ts';

/** A seed of 32 bits from another one and a name: FNV-1a over the name, then the finisher of MurmurHash3. */
function seedOf(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Half the width of the box around the ratio of uniforms of a normal distribution: √(2 ÷ e). */
const RATIO_BOUND = 0.8577638849607068;

/**
 * Fills an array with normal values of mean 0, as ratios of two uniform numbers (Kinderman and Monahan): the logarithm,
 * which engines round differently, decides only whether a ratio is kept, and no value comes from it.
 */
function fillNormal(values: Float32Array, deviation: number, generator: Generator): void {
  for (let i = 0; i < values.length; i++) {
    for (;;) {
      const u = ((generator.next() >>> 0) + 1) * 2 ** -32;
      const v = ((generator.next() >>> 0) + 0.5) * 2 ** -31 - 1;
      const ratio = (v * RATIO_BOUND) / u;
      if (ratio * ratio <= -4 * Math.log(u)) {
        values[i] = ratio * deviation;
        break;
      }
    }
  }
}

/** Fills an array with numbers of equal chance between −bound and bound. */
function fillUniform(values: Float32Array, bound: number, generator: Generator): void {
  for (let i = 0; i < values.length; i++) {
    values[i] = bound * (((generator.next() >>> 0) + 0.5) * 2 ** -31 - 1);
  }
}

/**
 * Values of one weight. Kernels that batch normalisation follows are normal by He and others, of variance 2 ÷ fan-in:
 * their scale is normalised away. Other kernels are uniform by Glorot and Bengio, of variance 2 ÷ (fan-in + fan-out):
 * at He's scale LeNet5 does not survive the first steps at a rate of 0.05 with momentum, and PyTorch's 1 ÷ (3 fan-in)
 * starts slowly, which costs a few tenths of a per cent where an epoch has five steps. Gamma and variance are 1,
 * everything else is 0.
 */
function fill(spec: WeightSpec, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(spec.shape));
  if (spec.role === 'gamma' || spec.role === 'variance') values.fill(1);
  if (spec.role === 'kernel') {
    const generator = createGenerator(seedOf(seed, spec.name));
    if (spec.isNormalised) fillNormal(values, Math.sqrt(2 / spec.fanIn), generator);
    else fillUniform(values, Math.sqrt(6 / (spec.fanIn + spec.fanOut)), generator);
  }
  return values;
}

/**
 * Initial weights of a network, in the order of its layers.
 *
 * @param seed unsigned 32-bit integer
 * @throws SETTING_OUT_OF_RANGE for another seed
 */
export function initialWeights(plan: NetworkPlan, seed: number): WeightValues[] {
  // A seed that is none is refused even where no weight is random.
  createGenerator(seed);
  return weightSpecs(planSteps(plan)).map((spec) => ({
    name: spec.name,
    shape: spec.shape,
    values: fill(spec, seed),
    trainable: spec.trainable,
  }));
}

/** The kinds of layers that an imported network may consist of, and what each may be configured with. */
import * as v from 'valibot';
import { listOf, Unreadable } from './checking.ts';

/** What a schema lets through of a layer's configuration: nothing but what it names. */
type Config = Readonly<Record<string, unknown>>;

export interface CheckedLayer {
  /** The class of tfjs-layers that computes it. */
  className: string;
  config: Config;
  /** Roles of its weights in the order in which tfjs-layers asks for them: "kernel", "moving_mean". */
  weights: readonly string[];
}

interface Kind extends Omit<CheckedLayer, 'config'> {
  config: v.GenericSchema<unknown, Config>;
}

/** Longest window, stride or margin, and most filters or units. */
const MAX_LENGTH = 1 << 16;

const whole = (least = 1) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(MAX_LENGTH));
const real = (fallback: number) => v.nullish(v.pipe(v.number(), v.finite()), fallback);
const flag = v.nullish(v.boolean(), true);

/** Two of a kind, given as such or as one for both. */
const pairOf = <Output>(one: v.GenericSchema<unknown, Output>) =>
  v.union([
    v.pipe(
      one,
      v.transform((value): [Output, Output] => [value, value]),
    ),
    v.strictTuple([one, one]),
  ]);

const pair = pairOf(whole());
const isOne = ([a, b]: [number, number]): boolean => a === 1 && b === 1;

const padding = v.nullish(v.picklist(['same', 'valid']), 'valid');

const activation = v.nullish(
  v.pipe(
    v.picklist(
      [
        ...(['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'tanh'] as const),
        ...(['softplus', 'softmax', 'swish', 'silu'] as const),
      ],
      'has an activation that is not known here',
    ),
    // One function with two names, of which tfjs-layers knows one.
    v.transform((name) => (name === 'silu' ? 'swish' : name)),
  ),
  'linear',
);

/** That it is the last one shows as soon as the shapes are known. */
const one = v.pipe(
  v.strictTuple([whole(-1)]),
  v.transform(([axis]) => axis),
);
const axis = v.nullish(v.union([whole(-1), one]), -1);

/** Of what every layer may have, and the entries. */
const configOf = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.object({
    data_format: v.nullish(
      v.picklist(['channels_last', 'channelsLast'], 'has its channels first'),
      'channels_last',
    ),
    ...entries,
  });

const WINDOWS = {
  kernel_size: pair,
  depth_multiplier: v.nullish(whole(), 1),
  strides: v.nullish(pair, 1),
  padding,
  groups: v.nullish(v.literal(1), 1),
  use_bias: flag,
  activation,
};
const CONVOLUTION = v.pipe(
  configOf({ ...WINDOWS, filters: whole(), dilation_rate: v.nullish(pair, 1) }),
  v.check(
    ({ strides, dilation_rate: dilation }) => isOne(strides) || isOne(dilation),
    'has both strides and a dilation, which is not known here',
  ),
);
/** By channel. tfjs-layers passes over a dilation. */
const BY_CHANNEL = configOf({ ...WINDOWS, dilation_rate: v.nullish(v.pipe(pair, v.check(isOne)), 1) });
const POOLING = configOf({ pool_size: v.nullish(pair, 2), strides: v.nullish(pair, null), padding });
const GLOBAL = configOf({ keepdims: v.nullish(v.literal(false), false) });
const LENGTH = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const RESHAPING = configOf({ target_shape: v.pipe(listOf(LENGTH, 3), v.minLength(1)) });

/** @param className of tfjs-layers, where that has another name for it */
function kind(
  name: string,
  config: v.GenericSchema<unknown, Config>,
  weights: readonly string[] = [],
  className = name,
): [string, Kind] {
  return [name, { className, config, weights }];
}

/** A kind that is another one, configured like this. */
function like(name: string, className: string, config: Config): [string, Kind] {
  const anything = configOf({});
  return kind(
    name,
    v.pipe(
      anything,
      v.transform(() => config),
    ),
    [],
    className,
  );
}

/** What works in training only. */
const passing = (name: string): [string, Kind] => like(name, 'Activation', { activation: 'linear' });

const NORMALISATION = configOf({ axis, epsilon: real(1e-3), scale: flag, center: flag });
const STATISTICS = ['gamma', 'beta', 'moving_mean', 'moving_variance'];

const KINDS: ReadonlyMap<string, Kind> = new Map([
  kind('Conv2D', CONVOLUTION, ['kernel', 'bias']),
  kind('DepthwiseConv2D', BY_CHANNEL, ['depthwise_kernel', 'bias']),
  kind('SeparableConv2D', CONVOLUTION, ['depthwise_kernel', 'pointwise_kernel', 'bias']),
  kind('Dense', configOf({ units: whole(), use_bias: flag, activation }), ['kernel', 'bias']),
  kind('BatchNormalization', NORMALISATION, STATISTICS),
  kind('MaxPooling2D', POOLING),
  kind('AveragePooling2D', POOLING),
  kind('GlobalAveragePooling2D', GLOBAL),
  kind('GlobalMaxPooling2D', GLOBAL),
  kind('ZeroPadding2D', configOf({ padding: v.nullish(pairOf(pairOf(whole(0))), 1) })),
  kind('Add', configOf({})),
  kind('Concatenate', configOf({ axis })),
  // The Flatten of tfjs-layers takes no vectors.
  like('Flatten', 'Reshape', { target_shape: [-1] }),
  kind('Reshape', RESHAPING),
  kind('Activation', configOf({ activation })),
  kind('Softmax', configOf({ axis })),
  kind('ReLU', configOf({ max_value: v.nullish(v.literal(6), null) })),
  kind('LeakyReLU', configOf({ alpha: real(0.3) })),
  kind('Rescaling', configOf({ scale: real(1), offset: real(0) })),
  passing('Dropout'),
  passing('SpatialDropout2D'),
  passing('GaussianNoise'),
  passing('GaussianDropout'),
]);

/** By the role of a weight, what has to be set for the layer to have it. */
const SWITCHES: Readonly<Record<string, string>> = { bias: 'use_bias', gamma: 'scale', beta: 'center' };

/**
 * @param stated the configuration in the file
 * @throws Unreadable where the kind is not known, or is not configured like that
 */
export function checkLayer(name: string, className: string, stated: unknown): CheckedLayer {
  const found = KINDS.get(className);
  if (found === undefined)
    throw new Unreadable(`${name} is a ${className.slice(0, 60)}, which is not known here`);
  const result = v.safeParse(found.config, stated, { abortEarly: true, message: '' });
  if (!result.success) {
    const [{ message, path }] = result.issues;
    throw new Unreadable(`${name} ${message || `has no usable ${String(path?.[0].key)}`}`);
  }
  const config = result.output;
  const weights = found.weights.filter((role) => config[SWITCHES[role]] !== false);
  return { className: found.className, config, weights };
}

/** The properties of a link that say how networks are trained on pictures. The share is "fraction" of imageProperties.ts. */
import * as v from 'valibot';
import { NETWORK_WIDTHS } from '../../core/networks/network.ts';
import { NETWORKS } from '../../core/networks/registry.ts';
import { METHOD_METAS } from '../methods.ts';
import { BACKEND_NAMES, TRAINING_RANGES, type BackendWish, type TrainingSettings } from '../training.ts';
import { property, type Property } from './property.ts';
import {
  flagText,
  numbersText,
  numberText,
  oneOf,
  OUTSIDE,
  someOf,
  wholeText,
  wordsOf,
  writeNumbers,
  type Text,
  type Words,
} from './texts.ts';

/** Most values that a grid of trainings has along each side. */
export const TRAINING_GRID_LIMITS = { fractions: 24, seeds: 64 } as const;

/**
 * One of the settings. Whoever writes a link leaves out what is usual for the pictures: which network is usual depends
 * on them, and what is given is written.
 */
function setting<K extends keyof TrainingSettings>(
  key: string,
  field: K,
  range: string | (() => string),
  schema: Text<TrainingSettings[K]>,
  text: (value: TrainingSettings[K]) => string = String,
): Property {
  return property(
    key,
    range,
    schema,
    ({ images }, value) => {
      images.training[field] = value;
    },
    ({ images }) => {
      const value = images.training[field];
      return value === undefined ? null : text(value);
    },
  );
}

type Amount = keyof typeof TRAINING_RANGES;

function amount(key: string, field: Exclude<Amount, 'fraction'>): Property {
  const { min, max } = TRAINING_RANGES[field];
  const isWhole = WHOLE_SETTINGS.has(field);
  const schema = isWhole ? wholeText(min, max) : numberText(min, max);
  return setting(key, field, `${isWhole ? 'a whole number ' : ''}from ${min} to ${max}`, schema);
}

/** Numbers among the settings that have to be whole. */
export const WHOLE_SETTINGS: ReadonlySet<Amount> = new Set(['epochs', 'batch', 'seed', 'evaluateEvery']);

function choice<K extends 'network' | 'method' | 'sampling' | 'decay' | 'augment'>(
  key: string,
  field: K,
  words: Words<TrainingSettings[K]>,
): Property {
  return setting(key, field, () => `one of ${wordsOf(words).join(', ')}`, oneOf(words));
}

/** As they are when it is asked for: a method may be added. */
const methodNames = (): readonly string[] => METHOD_METAS.names;

function flag(key: string, field: 'nesterov' | 'prefetch'): Property {
  return setting(key, field, '0 or 1', flagText, (value) => (value ? '1' : '0'));
}

/** "0.01,0.05,1": ascending, each once. */
const fractionsText: Text<number[]> = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parts = dataset.value.split(',');
    const { min, max } = TRAINING_RANGES.fraction;
    const fractions = new Set<number>();
    for (const part of parts) {
      const result = v.safeParse(numberText(min, max), part);
      if (!result.success) {
        const isOutside = result.issues.some(({ type }) => type === 'min_value' || type === 'max_value');
        addIssue({ message: isOutside ? OUTSIDE : 'not numbers separated by commas' });
        return NEVER;
      }
      fractions.add(result.output);
    }
    return [...fractions].sort((a, b) => a - b);
  }),
  v.maxLength(TRAINING_GRID_LIMITS.fractions),
);

const BACKEND_WISHES: readonly BackendWish[] = ['auto', ...BACKEND_NAMES];

export const TRAINING_PROPERTIES: readonly Property[] = [
  choice('network', 'network', () => NETWORKS.names),
  setting(
    'net-width',
    'width',
    `one of ${NETWORK_WIDTHS.join(', ')}`,
    v.pipe(v.string(), v.picklist(NETWORK_WIDTHS.map(String)), v.transform(Number)) as unknown as Text<
      TrainingSettings['width']
    >,
  ),
  choice('subset', 'method', methodNames),
  choice('sampling', 'sampling', ['uniform', 'stratified']),
  amount('epochs', 'epochs'),
  amount('batch', 'batch'),
  amount('net-rate', 'rate'),
  choice('decay', 'decay', ['cosine', 'none']),
  amount('net-momentum', 'momentum'),
  flag('nesterov', 'nesterov'),
  amount('weight-decay', 'weightDecay'),
  choice('augment', 'augment', ['none', 'crop-flip']),
  amount('net-seed', 'seed'),
  amount('evaluate-every', 'evaluateEvery'),
  flag('prefetch', 'prefetch'),
  property(
    'backend',
    `one of ${BACKEND_WISHES.join(', ')}`,
    oneOf(BACKEND_WISHES),
    ({ images }, value) => {
      images.backend = value;
    },
    ({ images }) => images.backend,
  ),
  property(
    'train-fractions',
    `numbers from ${TRAINING_RANGES.fraction.min} to ${TRAINING_RANGES.fraction.max}, separated by commas, at most ${TRAINING_GRID_LIMITS.fractions} of them`,
    fractionsText,
    ({ images }, value) => {
      images.grid.fractions = value;
    },
    ({ images: { grid } }) => grid.fractions?.join(',') ?? null,
    true,
  ),
  property(
    'train-methods',
    () => `some of ${methodNames().join(', ')}, separated by commas`,
    someOf(methodNames),
    ({ images }, value) => {
      images.grid.methods = value;
    },
    ({ images: { grid } }) => grid.methods?.join(',') ?? null,
  ),
  property(
    'train-seeds',
    `whole numbers from 0 to ${TRAINING_RANGES.seed.max}, at most ${TRAINING_GRID_LIMITS.seeds} of them, like 1..3`,
    numbersText(0, TRAINING_RANGES.seed.max, TRAINING_GRID_LIMITS.seeds),
    ({ images }, value) => {
      images.grid.seeds = value;
    },
    ({ images: { grid } }) => (grid.seeds === undefined ? null : writeNumbers(grid.seeds)),
    true,
  ),
];

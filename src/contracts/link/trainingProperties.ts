/** The properties of a link that say how networks are trained on pictures. The share is "fraction" of imageProperties.ts. */
import * as v from 'valibot';
import { METHOD_METAS } from '../methods.ts';
import { BACKEND_NAMES, type BackendWish } from '../training.ts';
import { TRAINING_SETTINGS } from '../trainingSettings.ts';
import { property, type Property } from './property.ts';
import { settingProperties } from './settingProperties.ts';
import { numbersText, numberText, oneOf, OUTSIDE, someOf, writeNumbers, type Text } from './texts.ts';

/** Most values that a grid of trainings has along each side. */
export const TRAINING_GRID_LIMITS = { fractions: 24, seeds: 64 } as const;

/** As they are when it is asked for: a method may be added. */
const methodNames = (): readonly string[] => METHOD_METAS.names;

const FRACTION = TRAINING_SETTINGS.of('fraction');
const SEED = TRAINING_SETTINGS.of('seed');

/** "0.01,0.05,1": ascending, each once. */
const fractionsText: Text<number[]> = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parts = dataset.value.split(',');
    const { min, max } = FRACTION;
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

/** What computes, and the grid of trainings. */
const OTHERS: readonly Property[] = [
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
    `numbers from ${FRACTION.min} to ${FRACTION.max}, separated by commas, at most ${TRAINING_GRID_LIMITS.fractions} of them`,
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
    `whole numbers from ${SEED.min} to ${SEED.max}, at most ${TRAINING_GRID_LIMITS.seeds} of them, like 1..3`,
    numbersText(SEED.min, SEED.max, TRAINING_GRID_LIMITS.seeds),
    ({ images }, value) => {
      images.grid.seeds = value;
    },
    ({ images: { grid } }) => (grid.seeds === undefined ? null : writeNumbers(grid.seeds)),
    true,
  ),
];

/** Whoever writes a link leaves out what is usual for the pictures, and what is given is written. */
const settings = settingProperties(
  TRAINING_SETTINGS,
  ({ images }) => images.training,
  () => false,
);

export function trainingProperties(): readonly Property[] {
  return [...settings(), ...OTHERS];
}

/** What each axis of a sweep can hold. */
import type { AnalyticsOrder } from '../../core/condense/order.ts';
import { SETTING_RANGES } from '../../core/experiment/validate.ts';
import { CODEC_METAS } from '../../core/codecs/registry.ts';
import type { AxisValue, SweepAxis, SweepAxisName } from './experiment.ts';

/** Most values of the first axis and of the second, most splits, and most trainings of one sweep. */
export const SWEEP_LIMITS = { values: 64, series: 8, splits: 32, runs: 2_048 } as const;

export const ANALYTICS_ORDERS: readonly AnalyticsOrder[] = [
  'layered',
  'pool',
  'descending',
  'ascending',
  'random',
];

type AxisDomain =
  | { kind: 'number'; min: number; max: number; whole: boolean }
  | { kind: 'choice'; choices: readonly AxisValue[] };

const number = (field: keyof typeof SETTING_RANGES): AxisDomain => ({
  kind: 'number',
  ...SETTING_RANGES[field],
});

export const AXIS_DOMAINS: Readonly<Record<SweepAxisName, AxisDomain>> = {
  beta: number('beta'),
  tau: number('tau'),
  codec: {
    kind: 'choice',
    get choices() {
      return CODEC_METAS.names;
    },
  },
  order: { kind: 'choice', choices: ANALYTICS_ORDERS },
  ratio: { kind: 'choice', choices: [true, false] },
  learningRate: number('learningRate'),
  split: number('split'),
};

/** Ascending numbers or choices in their usual order, inside the range, without repeats, `most` at most. */
export function tidyAxis({ name, values }: SweepAxis, most: number): SweepAxis {
  const domain = AXIS_DOMAINS[name];
  if (domain.kind === 'choice') {
    return { name, values: domain.choices.filter((choice) => values.includes(choice)).slice(0, most) };
  }
  const { min, max, whole } = domain;
  const fitting = values.filter(
    (value): value is number =>
      typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value)),
  );
  return { name, values: [...new Set(fitting)].sort((a, b) => a - b).slice(0, most) };
}

/** What each axis of a sweep can hold. */
import { TABLE_SETTINGS } from '../../core/experiment/settings.ts';
import type { AxisValue, SweepAxis, SweepAxisName } from './experiment.ts';

/** Most values of the first axis and of the second, most splits, and most trainings of one sweep. */
export const SWEEP_LIMITS = { values: 64, series: 8, splits: 32, runs: 2_048 } as const;

type AxisDomain =
  | { kind: 'number'; min: number; max: number; whole: boolean }
  | { kind: 'choice'; choices: readonly AxisValue[] };

/** What an axis can hold: what the setting that it runs over can be. Plug-ins may have been added. */
export function axisDomain(name: SweepAxisName): AxisDomain {
  const setting = TABLE_SETTINGS.any(name);
  switch (setting.kind) {
    case 'amount':
      return { kind: 'number', min: setting.min, max: setting.max, whole: setting.whole };
    case 'choice':
      return { kind: 'choice', choices: setting.choices.map(({ value }) => value) };
    case 'plugin':
      return { kind: 'choice', choices: setting.registry.names };
    default:
      return { kind: 'choice', choices: [true, false] };
  }
}

/** Ascending numbers or choices in their usual order, inside the range, without repeats, `most` at most. */
export function tidyAxis({ name, values }: SweepAxis, most: number): SweepAxis {
  const domain = axisDomain(name);
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

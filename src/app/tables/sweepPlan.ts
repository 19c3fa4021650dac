/** The plan of a sweep over a table: the usual one around β, the one that a link asks for, and one inside the limits. */
import type { BitsReport, ExperimentSettings } from '../../contracts/codec.ts';
import { SWEEP_LIMITS, tidyAxis, type SweepAxis, type SweepPlan } from '../../contracts/link.ts';
import { isAllowed, TABLE_SETTINGS } from '../../contracts/settings.ts';
import type { LabState } from '../../stations/lab.ts';
import { betasAround, isSamePlan } from '../../stations/sweep/table/plan.ts';

/** Until the bits of a dataset are known. Whoever holds its very axes has not chosen any. */
export const DEFAULT_PLAN: Readonly<SweepPlan> = {
  axes: [{ name: 'beta', values: [8, 10, 12, 14, 16, 18, 20] }],
  splits: [1, 2, 3],
};

/** The plan around the β of the settings, for a dataset whose features have so many bits to split records by. */
export function defaultPlan({ order }: BitsReport, { beta }: ExperimentSettings): SweepPlan {
  return { ...DEFAULT_PLAN, axes: [{ name: 'beta', values: betasAround(beta, order.length) }] };
}

/** Whether it is the plan that these settings lead to by themselves: it need not stand in a link. */
export function isDefaultPlan({
  sweep,
  bits,
  settings,
}: Pick<LabState, 'sweep' | 'bits' | 'settings'>): boolean {
  const { plan } = sweep;
  if (plan.axes === DEFAULT_PLAN.axes) return true;
  return bits.value !== null && isSamePlan(plan, defaultPlan(bits.value, settings));
}

/** The plan that a link asks for, or the usual one. */
export function linkedPlan(asked: Partial<SweepPlan>): SweepPlan {
  const isAsked = asked.axes !== undefined || asked.splits !== undefined;
  return isAsked ? tidyPlan({ ...DEFAULT_PLAN, ...asked }) : { ...DEFAULT_PLAN };
}

/** One axis or two of different names, values and splits ascending, without repeats and inside the limits. */
export function tidyPlan({ axes, splits, costly }: SweepPlan): SweepPlan {
  const different = axes.filter(({ name }, k) => axes.findIndex((axis) => axis.name === name) === k);
  const named = different.length === 0 ? DEFAULT_PLAN.axes : different.slice(0, 2);
  const allowed = splits.filter((split) => isAllowed(TABLE_SETTINGS.of('split'), split));
  return {
    axes: named.map((axis: SweepAxis, k) =>
      tidyAxis(axis, k === 0 ? SWEEP_LIMITS.values : SWEEP_LIMITS.series),
    ),
    splits: [...new Set(allowed)].sort((a, b) => a - b).slice(0, SWEEP_LIMITS.splits),
    ...(costly === true && { costly }),
  };
}

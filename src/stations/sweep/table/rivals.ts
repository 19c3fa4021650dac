/** What stands in for all records beside the condensed samples, over the draws and splits of a sweep. */
import { errorRatio } from '../../../contracts/codec.ts';
import { quartilesOf } from '../../../contracts/contest.ts';
import type { SweepPlan } from '../../../contracts/link.ts';
import { CONTENDER_METAS } from '../../../contracts/plugins.ts';
import type { SweepContest } from '../../lab/sweep.ts';

/** A contender at one β: ratios of its test errors to full training's on the same split, draws and splits pooled. */
interface RivalPoint {
  beta: number;
  /** Mean over the splits. */
  samples: number;
  median: number;
  /** Infinite where a model's numbers overflow. */
  quartiles: readonly [low: number, high: number];
  draws: number;
}

export interface Rival {
  meta: (typeof CONTENDER_METAS.all)[number];
  /** β ascending. */
  points: RivalPoint[];
}

/** Who takes part beside full and condensed training: drawn ones by themselves, costly ones when asked for. */
export function rivalsToHold(isCostly: boolean): Rival['meta'][] {
  return CONTENDER_METAS.all.filter((meta) => meta.isCostly === isCostly && (meta.isDrawn || isCostly));
}

/** Contenders that a contest lacks nothing of: those that it has trials of, and those that its target is not for. */
export function heldIn({ metric, trials }: SweepContest): string[] {
  const task = metric === 'mse' ? 'regression' : 'classification';
  const tried = new Set(trials.map(({ contender }) => contender));
  return CONTENDER_METAS.all.flatMap(({ name, tasks }) =>
    tried.has(name) || !tasks.includes(task) ? [name] : [],
  );
}

/** Those of `rivalsToHold` that some split of a plan lacks. */
function missingRivals(
  { splits }: SweepPlan,
  contests: readonly SweepContest[],
  isCostly: boolean,
): Rival['meta'][] {
  const held = splits.map((split) => {
    const own = contests.filter((contest) => contest.split === split);
    return new Set(own.flatMap(heldIn));
  });
  return rivalsToHold(isCostly).filter(({ name }) => held.some((names) => !names.has(name)));
}

/** Who may still take part in a sweep that has run. */
interface RivalsOffer {
  metas: Rival['meta'][];
  isCostly: boolean;
  /** Whether they belong to what was run and are missing: of an earlier version, or ended before they were through. */
  isLacking: boolean;
}

/** First those that every sweep has, then those that take long; null where nobody is missing. */
export function offeredRivals(plan: SweepPlan, contests: readonly SweepContest[]): RivalsOffer | null {
  const drawn = missingRivals(plan, contests, false);
  if (drawn.length > 0) return { metas: drawn, isCostly: false, isLacking: true };
  const costly = missingRivals(plan, contests, true);
  return costly.length > 0 ? { metas: costly, isCostly: true, isLacking: plan.costly === true } : null;
}

/** In the order in which contenders are offered. */
export function summariseRivals(contests: readonly SweepContest[]): Rival[] {
  return CONTENDER_METAS.all.flatMap((meta) => {
    const points = new Map<number, { samples: number[]; ratios: number[] }>();
    for (const { full, floor, trials } of contests) {
      for (const { contender, beta, samples, errors } of trials) {
        if (contender !== meta.name) continue;
        const point = points.get(beta) ?? { samples: [], ratios: [] };
        points.set(beta, point);
        point.samples.push(samples);
        point.ratios.push(...errors.map((error) => errorRatio(error, full.error, floor)));
      }
    }
    if (points.size === 0) return [];
    const summed = [...points].map(([beta, { samples, ratios }]): RivalPoint => {
      const { lower, median, upper } = quartilesOf(ratios);
      return {
        ...{ beta, draws: ratios.length, median, quartiles: [lower, upper] },
        samples: samples.reduce((sum, count) => sum + count, 0) / samples.length,
      };
    });
    return [{ meta, points: summed.sort((a, b) => a.beta - b.beta) }];
  });
}

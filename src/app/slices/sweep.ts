/** The sweep over a table: a grid of settings and splits, trained over a pool of workers. */
import type { BitsReport } from '../../contracts/codec.ts';
import type { ExperimentSettings, SweepCell, SweepPart } from '../../contracts/codec.ts';
import { SWEEP_LIMITS, tidyAxis, type SweepAxis, type SweepPlan } from '../../contracts/link.ts';
import { isAllowed, TABLE_SETTINGS } from '../../contracts/settings.ts';
import type { Lab, LabActions, SweepResults, SweepRun, SweepState } from '../../stations/lab.ts';
import {
  betasAround,
  countRuns,
  differences,
  isSamePlan,
  isWhole,
  keyOfRun,
  plannedRuns,
  runKey,
  type PlannedRun,
} from '../../stations/sweep/table/plan.ts';
import { createGridSweep, idleGrid } from '../gridSweep.ts';
import { dividedId } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';

/** Until the bits of a dataset are known. Whoever holds its very axes has not chosen any. */
export const DEFAULT_PLAN: Readonly<SweepPlan> = {
  axes: [{ name: 'beta', values: [8, 10, 12, 14, 16, 18, 20] }],
  splits: [1, 2, 3],
};

/** The plan around the β of the settings, for a dataset whose features have so many bits to split records by. */
function defaultPlan({ order }: BitsReport, { beta }: ExperimentSettings): SweepPlan {
  return { ...DEFAULT_PLAN, axes: [{ name: 'beta', values: betasAround(beta, order.length) }] };
}

/** Whether it is the plan that these settings lead to by themselves: it need not stand in a link. */
export function isDefaultPlan({ sweep, bits, settings }: Pick<Lab, 'sweep' | 'bits' | 'settings'>): boolean {
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
export function tidyPlan({ axes, splits }: SweepPlan): SweepPlan {
  const different = axes.filter(({ name }, k) => axes.findIndex((axis) => axis.name === name) === k);
  const named = different.length === 0 ? DEFAULT_PLAN.axes : different.slice(0, 2);
  const allowed = splits.filter((split) => isAllowed(TABLE_SETTINGS.of('split'), split));
  return {
    axes: named.map((axis: SweepAxis, k) =>
      tidyAxis(axis, k === 0 ? SWEEP_LIMITS.values : SWEEP_LIMITS.series),
    ),
    splits: [...new Set(allowed)].sort((a, b) => a - b).slice(0, SWEEP_LIMITS.splits),
  };
}

export interface Sweep extends Pick<
  LabActions,
  'planSweep' | 'runSweep' | 'pauseSweep' | 'resumeSweep' | 'cancelSweep' | 'clearSweep'
> {
  /** Looks again whether the settings are still those of the runs. */
  outdate: () => void;
  /** Looks again after every change of the settings. */
  follow: (now: Lab, before: Lab) => void;
  /** Another dataset, or none: what was kept with it comes back, and the usual plan where it was not changed. */
  clear: () => void;
  /** The usual plan around the current β, inside the bits that the dataset has. */
  fitPlan: () => void;
}

/** One part of a training of the grid. */
interface PlannedPart extends PlannedRun {
  part: SweepPart;
}

function plannedParts(plan: SweepPlan, settings: ExperimentSettings): PlannedPart[] {
  const runs = plannedRuns(plan, settings);
  return (['exact', 'descent'] as const).flatMap((part) => runs.map((run) => ({ ...run, part })));
}

function partKey(part: SweepPart, key: string): string {
  return `${part} ${key}`;
}

/** The parts of a run that are done. One that was descended without an optimum is of a version that had none for it. */
function partKeys(plan: SweepPlan, run: SweepRun): string[] {
  const key = keyOfRun(plan, run);
  return [partKey('exact', key), ...(isWhole(run) ? [partKey('descent', key)] : [])];
}

/** The runs with what has come in of one. */
function withPart(plan: SweepPlan, runs: readonly SweepRun[], { point, cell }: SweepRun): SweepRun[] {
  const key = keyOfRun(plan, { point, cell });
  const at = runs.findIndex((run) => keyOfRun(plan, run) === key);
  if (at < 0) return [...runs, { point, cell }];
  const { exact } = runs[at].cell;
  return runs.with(at, { point: runs[at].point, cell: { ...cell, exact: cell.exact ?? exact } });
}

const NO_RUNS: SweepResults = { full: [], runs: [] };

export function idleSweep(plan: SweepPlan): SweepState {
  return { ...idleGrid(plan), ...NO_RUNS };
}

export function createSweep(context: StoreContext): Sweep {
  const { get, set, services } = context;
  /** The plan that was last fitted to bits and β: until someone changes it, it goes on following them. */
  let fitted: SweepPlan | null = null;

  function isUsual(plan: SweepPlan): boolean {
    return plan === fitted || isDefaultPlan(get());
  }

  function fitPlan(): void {
    const { sweep, bits, settings } = get();
    if (bits.value === null || !isUsual(sweep.plan)) return;
    const plan = defaultPlan(bits.value, settings);
    if (!isSamePlan(plan, sweep.plan)) grid.plan(plan);
    fitted = get().sweep.plan;
  }

  /** How much longer a training on all rows takes than a condensed one: by the last one, or by the number of rows. */
  function fullWeight(): number {
    const trained = get().learn.full.descent.value;
    return 1 + (trained?.seconds ?? (get().dataset.value?.rows ?? 0) / 5_000);
  }

  const grid = createGridSweep<SweepPlan, ExperimentSettings, SweepResults, PlannedPart, SweepCell>(context, {
    read: () => get().sweep,
    write: (sweep) => set({ sweep }),
    store: services.sweepStore,
    open() {
      const { source, dataset, settings } = get();
      return source === null || dataset.value === null ? null : { id: dividedId(dataset.value), settings };
    },
    none: NO_RUNS,
    word: 'training',
    unit: 'runs',
    count(plan) {
      const { full, condensed } = countRuns(plan);
      return full + condensed;
    },
    jobsOf: ({ plan, settings }) => plannedParts(plan, settings),
    keyOf: (plan, { method, point, split, part }) => partKey(part, runKey(plan, method, point, split)),
    keysOf: (plan, { full, runs }) => [...full, ...runs].flatMap((run) => partKeys(plan, run)),
    among: (plan, { full, runs }, isPlanned) => ({
      full: full.filter((run) => partKeys(plan, run).some(isPlanned)),
      runs: runs.filter((run) => partKeys(plan, run).some(isPlanned)),
    }),
    added({ full, runs }, { method, point }, cell) {
      const { plan } = get().sweep.ran ?? get().sweep;
      const run = { point, cell };
      return method === 'full'
        ? { full: withPart(plan, full, run), runs }
        : { full, runs: withPart(plan, runs, run) };
    },
    stageOf: ({ part }) => (part === 'exact' ? 'Exact optimum' : 'Gradient descent'),
    weigher() {
      const heavy = fullWeight();
      return ({ method, part }) => (part === 'exact' ? 0.2 : 1) * (method === 'full' ? heavy : 1);
    },
    async run(_ran, { jobs, signal, onDone, onFailed }) {
      const { source } = get();
      if (source === null) return;
      // Points appear at once: every optimum comes before any descent, and the longest descents come last.
      const stages = [
        jobs.filter(({ part }) => part === 'exact'),
        jobs.filter(({ part, method }) => part === 'descent' && method === 'condensed'),
        jobs.filter(({ part, method }) => part === 'descent' && method === 'full'),
      ];
      for (const stage of stages) {
        const withSource = stage.map((job) => ({ ...job, source }));
        if (stage.length > 0) await services.sweep(withSource, { signal, onCell: onDone, onFailed });
      }
    },
    isStale: (ran, now) => differences(ran, now).length > 0,
    isTidy: (plan) => isSamePlan(plan, tidyPlan(plan)),
    usual: { plan: { ...DEFAULT_PLAN }, is: isUsual },
  });

  return {
    outdate: grid.outdate,
    follow(now, before) {
      if (now.settings === before.settings) return;
      grid.outdate();
      if (now.settings.beta !== before.settings.beta) fitPlan();
    },
    planSweep: (plan) => grid.plan(tidyPlan({ ...get().sweep.plan, ...plan })),
    async runSweep() {
      if (get().settings.target !== null) await grid.run();
    },
    pauseSweep: grid.pause,
    resumeSweep: grid.resume,
    cancelSweep: grid.cancel,
    clearSweep: grid.forget,
    clear() {
      const { value } = get().dataset;
      grid.change(value === null ? null : dividedId(value));
    },
    fitPlan,
  };
}

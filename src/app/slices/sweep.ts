/**
 * The sweep: a grid of settings and splits over a pool of workers. Its runs fill in as they come, can be paused and
 * gone on with, and are kept with the dataset, so that a reload loses none of them.
 */
import type { BitsReport } from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import { SWEEP_LIMITS, tidyAxis, type SweepAxis, type SweepPlan } from '../../contracts/link.ts';
import { isAllowed, TABLE_SETTINGS } from '../../contracts/settings.ts';
import type { KeptSweep } from '../../platform/sweepStore.ts';
import type { Lab, LabActions, SweepState } from '../../stations/lab.ts';
import {
  countRuns,
  differences,
  isSamePlan,
  keyOfRun,
  plannedRuns,
  runKey,
  type PlannedRun,
} from '../../stations/sweep/table/plan.ts';
import type { Kernel } from '../kernel.ts';

const DEFAULT_BETAS = [8, 10, 12, 14, 16, 18, 20];

export const DEFAULT_PLAN: Readonly<SweepPlan> = {
  axes: [{ name: 'beta', values: DEFAULT_BETAS }],
  splits: [1, 2, 3],
};

/** Milliseconds between two savings of a sweep that runs. */
const KEEP_EVERY = 1_500;

/** The plan for a dataset whose features have this many bits to split records by. */
function defaultPlan(mostBits: number): SweepPlan {
  const over = (values: number[]): SweepPlan => ({ ...DEFAULT_PLAN, axes: [{ name: 'beta', values }] });
  const fitting = DEFAULT_BETAS.filter((beta) => beta <= mostBits);
  if (fitting.length >= 4) return over(fitting);
  const most = Math.max(1, mostBits);
  const betas = Array.from({ length: 7 }, (_, k) => Math.round(1 + (k * (most - 1)) / 6));
  return over([...new Set(betas)]);
}

/** Whether nobody has changed the plan: it need not stand in a link, and may follow the dataset. */
export function isDefaultPlan(plan: SweepPlan, bits: BitsReport | null): boolean {
  return (
    isSamePlan(plan, DEFAULT_PLAN) || (bits !== null && isSamePlan(plan, defaultPlan(bits.order.length)))
  );
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
  /** The usual plan inside the bits that the dataset has. */
  fitPlan: () => void;
}

export function idleSweep(plan: SweepPlan): SweepState {
  return { plan, status: 'idle', ran: null, full: [], runs: [], progress: null, error: null, stale: false };
}

export function createSweep({ get, set, services }: Kernel): Sweep {
  let current: AbortController | null = null;
  /** The plan that was last fitted to the dataset's bits: until someone changes it, it goes on following them. */
  let fitted: SweepPlan | null = null;
  /** The dataset that the runs are of. */
  let datasetId: string | null = null;
  /** Trainings that failed by themselves; they would again. */
  let failed = new Set<string>();
  /** Seconds of earlier stretches, and when the present one began. */
  let seconds = 0;
  let stretchFrom = 0;
  let keeping: ReturnType<typeof setTimeout> | null = null;
  let isWarned = false;
  let restoring = 0;

  function update(change: Partial<SweepState>): void {
    set({ sweep: { ...get().sweep, ...change } });
  }

  function isStale(ran: SweepState['ran']): boolean {
    return ran !== null && differences(ran, get().settings).length > 0;
  }

  /** Ends the runs under way; what they had not finished is done again when the sweep goes on. */
  function halt(): void {
    if (current === null) return;
    current.abort();
    current = null;
    seconds += (Date.now() - stretchFrom) / 1000;
  }

  function forgetRuns(): void {
    halt();
    if (keeping !== null) clearTimeout(keeping);
    keeping = null;
    datasetId = null;
    failed = new Set();
    seconds = 0;
    isWarned = false;
    restoring++;
  }

  /** Saves the sweep as it stands. */
  function keep(): void {
    if (keeping !== null) clearTimeout(keeping);
    keeping = null;
    const { ran, full, runs, status, error } = get().sweep;
    if (ran === null || datasetId === null) return;
    const kept: KeptSweep = {
      ...{ ...ran, full, runs, error, seconds },
      failed: [...failed],
      isCancelled: status === 'cancelled',
    };
    services.sweepStore.write(datasetId, kept).catch((thrown: unknown) => {
      if (isWarned) return;
      isWarned = true;
      const { code, message, todo } = LabError.from(thrown);
      const what = `The sweep is not kept for later: ${message}`;
      get().say({ tone: 'warning', code, what, todo });
    });
  }

  function keepSoon(): void {
    keeping ??= setTimeout(keep, KEEP_EVERY);
  }

  /** How much longer a training on all rows takes than a condensed one: by the last one, or by the number of rows. */
  function fullWeight(): number {
    const trained = get().learn.full.descent.value;
    return 1 + (trained?.seconds ?? (get().dataset.value?.rows ?? 0) / 5_000);
  }

  /** Runs what is left of the sweep. */
  async function advance(): Promise<void> {
    const { source, sweep, dataset } = get();
    const { ran } = sweep;
    if (source === null || ran === null || dataset.value === null) return;
    halt();
    const mine = new AbortController();
    current = mine;
    restoring++;
    datasetId = dataset.value.id;
    const { plan, settings } = ran;
    const planned = plannedRuns(plan, settings);
    const keyOf = ({ method, point, split }: PlannedRun) => runKey(plan, method, point, split);
    const finished = new Set([
      ...[...sweep.full, ...sweep.runs].map((run) => keyOfRun(plan, run)),
      ...failed,
    ]);
    const left = planned.filter((run) => !finished.has(keyOf(run)));
    const heavy = fullWeight();
    const weigh = (runs: readonly PlannedRun[]): number =>
      runs.reduce((sum, { method }) => sum + (method === 'full' ? heavy : 1), 0);
    const whole = weigh(planned);
    let lifted = whole - weigh(left);
    let done = planned.length - left.length;
    stretchFrom = Date.now();
    // The clock goes on where the last stretch stopped: the share counts what was done by then.
    const startedAt = stretchFrom - seconds * 1000;
    const progressNow = () => ({
      ...{ phase: 'Sweeping', done, total: planned.length, unit: 'runs' },
      ...{ startedAt, startedFrom: 0, updatedAt: Date.now(), share: lifted / whole },
    });
    function wasDone(run: PlannedRun, change: Partial<SweepState>): void {
      done++;
      lifted += weigh([run]);
      update({ ...change, progress: progressNow() });
      keepSoon();
    }

    update({ status: 'running', error: null, progress: progressNow() });
    keep();
    try {
      await services.sweep(
        left.map((run) => ({ ...run, source })),
        {
          signal: mine.signal,
          onCell: (run, cell) => {
            if (current !== mine) return;
            const { full, runs } = get().sweep;
            const added = { point: run.point, cell };
            wasDone(run, run.method === 'full' ? { full: [...full, added] } : { runs: [...runs, added] });
          },
          onFailed: (run, error) => {
            if (current !== mine) return;
            failed.add(keyOf(run));
            const of = `${failed.size} of ${planned.length} trainings failed and are left out, the last because: `;
            wasDone(run, { error: new LabError(error.code, of + error.message).report() });
          },
        },
      );
      if (current !== mine) return;
      halt();
      update({ status: 'done', progress: null });
    } catch (thrown) {
      if (current !== mine) return;
      halt();
      const error = LabError.from(thrown);
      if (error.code === 'CANCELLED') update({ status: 'paused', progress: null });
      else update({ status: 'failed', progress: null, error: error.report() });
    }
    keep();
  }

  /** What was kept with the dataset, unless a sweep has begun meanwhile. */
  async function restore(id: string): Promise<void> {
    const mine = ++restoring;
    const kept = await services.sweepStore.read(id);
    if (kept === null || mine !== restoring || get().dataset.value?.id !== id) return;
    const { plan, settings, error, isCancelled } = kept;
    const counts = countRuns(plan);
    if (!isSamePlan(plan, tidyPlan(plan)) || counts.full + counts.condensed > SWEEP_LIMITS.runs) return;
    const planned = new Set(
      plannedRuns(plan, settings).map(({ method, point, split }) => runKey(plan, method, point, split)),
    );
    const full = kept.full.filter((run) => planned.has(keyOfRun(plan, run)));
    const runs = kept.runs.filter((run) => planned.has(keyOfRun(plan, run)));
    failed = new Set(kept.failed.filter((key) => planned.has(key)));
    seconds = kept.seconds;
    datasetId = id;
    const isWhole = full.length + runs.length + failed.size >= planned.size;
    const ran = { settings, plan };
    update({
      ...{ ran, full, runs, error, progress: null, stale: isStale(ran) },
      plan: isUsual() ? plan : get().sweep.plan,
      status: isWhole ? 'done' : isCancelled ? 'cancelled' : 'paused',
    });
  }

  /** Whether nobody has changed the plan. */
  function isUsual(): boolean {
    const { plan } = get().sweep;
    return plan === fitted || isSamePlan(plan, DEFAULT_PLAN);
  }

  function outdate(): void {
    const { ran, status, stale, full, runs } = get().sweep;
    const isNow = isStale(ran);
    if (isNow === stale) return;
    // One that failed before its first run has nothing to keep.
    if (isNow && status === 'failed' && full.length + runs.length === 0) {
      update({ status: 'idle', ran: null, error: null });
    } else update({ stale: isNow });
  }

  return {
    outdate,
    follow(now, before) {
      if (now.settings !== before.settings) outdate();
    },
    planSweep(plan) {
      update({ plan: tidyPlan({ ...get().sweep.plan, ...plan }) });
    },
    async runSweep() {
      const { source, settings, sweep } = get();
      if (source === null || settings.target === null) return;
      const { full, condensed } = countRuns(sweep.plan);
      if (condensed === 0) return;
      if (full + condensed > SWEEP_LIMITS.runs) {
        const what = `The plan has ${full + condensed} trainings; a sweep has at most ${SWEEP_LIMITS.runs}.`;
        update({ error: new LabError('SETTING_OUT_OF_RANGE', what).report() });
        return;
      }
      forgetRuns();
      set({ sweep: { ...idleSweep(sweep.plan), ran: { settings, plan: sweep.plan } } });
      await advance();
    },
    pauseSweep() {
      if (current === null) return;
      halt();
      update({ status: 'paused', progress: null });
      keep();
    },
    async resumeSweep() {
      if (['paused', 'failed'].includes(get().sweep.status)) await advance();
    },
    cancelSweep() {
      if (!['running', 'paused'].includes(get().sweep.status)) return;
      halt();
      update({ status: 'cancelled', progress: null });
      keep();
    },
    clearSweep() {
      const id = datasetId ?? get().dataset.value?.id;
      forgetRuns();
      set({ sweep: idleSweep(get().sweep.plan) });
      if (id === undefined) return;
      services.sweepStore.forget([id]).catch((thrown: unknown) => {
        const { code, message: what, todo } = LabError.from(thrown);
        get().say({ tone: 'error', code, what, todo });
      });
    },
    clear() {
      if (current !== null || keeping !== null) {
        halt();
        keep();
      }
      const plan = isUsual() ? { ...DEFAULT_PLAN } : get().sweep.plan;
      forgetRuns();
      set({ sweep: idleSweep(plan) });
      const id = get().dataset.value?.id;
      if (id !== undefined) void restore(id);
    },
    fitPlan() {
      const { sweep, bits } = get();
      if (bits.value === null || !isUsual()) return;
      const plan = defaultPlan(bits.value.order.length);
      if (!isSamePlan(plan, sweep.plan)) update({ plan });
      fitted = get().sweep.plan;
    },
  };
}

/** The sweep: a grid of β values and splits over a pool of workers; its points fill in as they come. */
import type { BitsReport, SweepCell } from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import { SETTING_RANGES, SWEEP_LIMITS, type SweepPlan } from '../../contracts/link.ts';
import type { LabActions, SweepPoint, SweepState } from '../../stations/lab.ts';
import type { Kernel, SweepJob } from '../kernel.ts';

export const DEFAULT_PLAN: Readonly<SweepPlan> = {
  betas: [8, 10, 12, 14, 16, 18, 20],
  splits: [1, 2, 3],
};

/** The plan for a dataset whose features have this many bits to split records by. */
function defaultPlan(mostBits: number): SweepPlan {
  const fitting = DEFAULT_PLAN.betas.filter((beta) => beta <= mostBits);
  if (fitting.length >= 4) return { ...DEFAULT_PLAN, betas: fitting };
  const most = Math.max(1, mostBits);
  const betas = Array.from({ length: 7 }, (_, k) => Math.round(1 + (k * (most - 1)) / 6));
  return { ...DEFAULT_PLAN, betas: [...new Set(betas)] };
}

function isSamePlan(a: SweepPlan, b: SweepPlan): boolean {
  return a.betas.join() === b.betas.join() && a.splits.join() === b.splits.join();
}

/** Whether nobody has changed the plan: it need not stand in a link, and may follow the dataset. */
export function isDefaultPlan(plan: SweepPlan, bits: BitsReport | null): boolean {
  return (
    isSamePlan(plan, DEFAULT_PLAN) || (bits !== null && isSamePlan(plan, defaultPlan(bits.order.length)))
  );
}

export interface Sweep extends Pick<LabActions, 'planSweep' | 'runSweep' | 'cancelSweep'> {
  outdate: () => void;
  /** Another dataset: no cells, and the usual plan where it was not changed. */
  clear: () => void;
  /** The usual plan inside the bits that the dataset has. */
  fitPlan: () => void;
}

export function idleSweep(plan: SweepPlan): SweepState {
  const nothing = { settings: null, full: [], points: [], progress: null, error: null };
  return { plan, status: 'idle', stale: false, ...nothing };
}

/** Sorted, without repeats, inside the limits. */
function tidy(numbers: readonly number[], range: { min: number; max: number }, most: number): number[] {
  const whole = numbers.filter(
    (value) => Number.isInteger(value) && value >= range.min && value <= range.max,
  );
  return [...new Set(whole)].sort((a, b) => a - b).slice(0, most);
}

export function tidyPlan(plan: SweepPlan): SweepPlan {
  return {
    betas: tidy(plan.betas, SETTING_RANGES.beta, SWEEP_LIMITS.betas),
    splits: tidy(plan.splits, SETTING_RANGES.split, SWEEP_LIMITS.splits),
  };
}

function withCell(points: SweepPoint[], beta: number, cell: SweepCell): SweepPoint[] {
  const before = points.find((point) => point.beta === beta)?.cells ?? [];
  const cells = [...before, cell].sort((a, b) => a.split - b.split);
  return [...points.filter((point) => point.beta !== beta), { beta, cells }].sort((a, b) => a.beta - b.beta);
}

export function createSweep({ get, set, services }: Kernel): Sweep {
  let current: AbortController | null = null;
  /** The plan that was last fitted to the dataset's bits: until someone changes it, it goes on following them. */
  let fitted: SweepPlan | null = null;

  function update(change: Partial<SweepState>): void {
    set({ sweep: { ...get().sweep, ...change } });
  }

  function stop(): void {
    current?.abort();
    current = null;
  }

  /** How much longer a training on all rows takes than one β: by the last one, or else by the number of rows. */
  function fullWeight(): number {
    const trained = get().learn.full.descent.value;
    return 1 + (trained?.seconds ?? (get().dataset.value?.rows ?? 0) / 5_000);
  }

  return {
    planSweep(plan) {
      const next = tidyPlan({ ...get().sweep.plan, ...plan });
      update({ plan: next });
    },
    async runSweep() {
      const { source, settings, sweep } = get();
      if (source === null || settings.target === null) return;
      stop();
      const mine = new AbortController();
      current = mine;
      const { betas, splits } = sweep.plan;
      const jobs: SweepJob[] = splits.flatMap((split) =>
        [null, ...betas].map((beta) => ({ source, settings, beta, split })),
      );
      const heavy = fullWeight();
      const weight = (beta: number | null) => (beta === null ? heavy : 1);
      const whole = jobs.reduce((sum, job) => sum + weight(job.beta), 0);
      const startedAt = Date.now();
      let done = 0;
      let lifted = 0;
      const progressNow = () => ({
        phase: 'Sweeping',
        done,
        total: jobs.length,
        unit: 'runs',
        startedAt,
        startedFrom: 0,
        updatedAt: Date.now(),
        share: lifted / whole,
      });
      update({
        status: 'running',
        settings,
        full: [],
        points: [],
        stale: false,
        error: null,
        progress: progressNow(),
      });
      try {
        await services.sweep(jobs, {
          signal: mine.signal,
          onCell: (cell) => {
            if (current !== mine) return;
            done++;
            lifted += weight(cell.beta);
            const { full, points } = get().sweep;
            if (cell.beta === null) {
              update({ full: [...full, cell].sort((a, b) => a.split - b.split), progress: progressNow() });
            } else update({ points: withCell(points, cell.beta, cell), progress: progressNow() });
          },
        });
        if (current !== mine) return;
        current = null;
        update({ status: 'done', progress: null });
      } catch (thrown) {
        if (current !== mine) return;
        current = null;
        const error = LabError.from(thrown);
        if (error.code === 'CANCELLED') update({ status: 'cancelled', progress: null });
        else update({ status: 'failed', progress: null, error: error.report() });
      }
    },
    cancelSweep() {
      if (current === null) return;
      stop();
      update({ status: 'cancelled', progress: null });
    },
    outdate() {
      const wasRunning = current !== null;
      stop();
      const hasCells = get().sweep.full.length + get().sweep.points.length > 0;
      const { status: before } = get().sweep;
      const status = wasRunning || before === 'failed' ? 'cancelled' : before;
      update({ stale: hasCells, progress: null, error: null, status: hasCells ? status : 'idle' });
    },
    clear() {
      stop();
      const { plan } = get().sweep;
      const isUsual = plan === fitted || isSamePlan(plan, DEFAULT_PLAN);
      set({ sweep: idleSweep(isUsual ? { ...DEFAULT_PLAN } : plan) });
    },
    fitPlan() {
      const { sweep, bits } = get();
      if (bits.value === null || !(sweep.plan === fitted || isSamePlan(sweep.plan, DEFAULT_PLAN))) return;
      const plan = defaultPlan(bits.value.order.length);
      if (!isSamePlan(plan, sweep.plan)) update({ plan });
      fitted = get().sweep.plan;
    },
  };
}

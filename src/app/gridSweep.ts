/**
 * A sweep: the jobs of a plan, one for each point of a grid. Its results fill in as they come, it can be paused and
 * resumed, and it is kept with the dataset, so that a reload loses none of them. What is swept over says the rest.
 */
import { LabError } from '../contracts/errors.ts';
import { SWEEP_LIMITS } from '../contracts/link.ts';
import type { KeptSweep, SweepRan, SweepStore } from '../platform/sweepStore.ts';
import type { GridSweep } from '../stations/lab/sweep.ts';
import type { TaskProgress } from '../stations/lab/task.ts';
import type { StoreContext } from './storeContext.ts';

/** Milliseconds between two savings of a sweep that runs. */
const KEEP_EVERY = 1_500;

export interface SweepJobs<Job, Value> {
  jobs: readonly Job[];
  signal: AbortSignal;
  onDone: (job: Job, value: Value) => void;
  /** One that failed by itself and would again; the others go on. */
  onFailed: (job: Job, error: LabError) => void;
}

/** What is swept over: plans `P`, settings `S`, results `R` of all jobs, jobs `J`, and the value `V` of one. */
interface GridSweepSpec<P, S, R extends object, J, V> {
  read: () => GridSweep<P, S> & R;
  write: (sweep: GridSweep<P, S> & R) => void;
  store: SweepStore<P, S, R>;
  /** Id of the open dataset and the settings as they are now; null where nothing can be swept. */
  open: () => { id: string; settings: S } | null;
  none: R;
  /** "training": what a job is called. */
  word: string;
  unit: string;
  count: (plan: P) => number;
  jobsOf: (ran: SweepRan<P, S>) => J[];
  /** Tells one job of a plan from the others. */
  keyOf: (plan: P, job: J) => string;
  /** The keys of the results. */
  keysOf: (plan: P, results: R) => string[];
  /** The results whose job the plan has. */
  among: (plan: P, results: R, isPlanned: (key: string) => boolean) => R;
  added: (results: R, job: J, value: V) => R;
  /** Whether a kept sweep is not whole without the job; every job is needed unless this says otherwise. */
  isNeeded?: (job: J) => boolean;
  /** What a job belongs to, where the jobs of a plan are done stage by stage: "Gradient descent". */
  stageOf?: (job: J) => string;
  /** How long a job takes, against the others. */
  weigher: () => (job: J) => number;
  /** Runs jobs; rejects with CANCELLED on abort. */
  run: (ran: SweepRan<P, S>, work: SweepJobs<J, V>) => Promise<void>;
  /** Whether settings would give the sweep other results now. */
  isStale: (ran: SweepRan<P, S>, now: S) => boolean;
  /** Whether a kept plan is one that could be made now. */
  isTidy: (plan: P) => boolean;
  /** The plan where nobody has changed it, and whether nobody has. */
  usual: { plan: P; is: (plan: P) => boolean };
}

export interface GridSweepActions<P> {
  run: () => Promise<void>;
  pause: () => void;
  resume: () => Promise<void>;
  cancel: () => void;
  /** Runs what another plan has beyond that of the results, which stay. */
  extend: (plan: P) => Promise<void>;
  /** Forgets the results kept with the dataset. */
  forget: () => void;
  /** Another dataset, or none: what was kept with it comes back, and the usual plan where it was not changed. */
  change: (id: string | null) => void;
  /** Looks again whether the settings are still those of the results. */
  outdate: () => void;
  plan: (plan: P) => void;
}

export function idleGrid<P, S>(plan: P): GridSweep<P, S> {
  return { plan, status: 'idle', ran: null, progress: null, error: null, stale: false };
}

/** How many there are of each kind, the kinds in the order in which they first come. */
function countBy<T>(items: readonly T[], kindOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(kindOf(item), (counts.get(kindOf(item)) ?? 0) + 1);
  return counts;
}

export function createGridSweep<P, S, R extends object, J, V>(
  { get }: Pick<StoreContext, 'get'>,
  spec: GridSweepSpec<P, S, R, J, V>,
): GridSweepActions<P> {
  const { read, store, word } = spec;
  let current: AbortController | null = null;
  /** The dataset that the results are of. */
  let datasetId: string | null = null;
  /** Jobs that failed by themselves; they would again. */
  let failed = new Set<string>();
  /** Seconds of earlier stretches, and when the present one began. */
  let seconds = 0;
  let stretchFrom = 0;
  let keeping: ReturnType<typeof setTimeout> | null = null;
  let isWarned = false;
  let restoring = 0;

  /** What is not said stays as it is. */
  function update(change: Partial<GridSweep<P, S>>, results: R = resultsOf(read())): void {
    spec.write({ ...read(), ...results, ...change });
  }

  function reset(plan: P, ran: SweepRan<P, S> | null = null): void {
    spec.write({ ...idleGrid<P, S>(plan), ...spec.none, ran });
  }

  function resultsOf(state: R): R {
    return Object.fromEntries(Object.keys(spec.none).map((key) => [key, state[key as keyof R]])) as R;
  }

  /** Ends the jobs under way; what they had not finished is done again when the sweep goes on. */
  function halt(): void {
    if (current === null) return;
    current.abort();
    current = null;
    seconds += (Date.now() - stretchFrom) / 1000;
  }

  function forgetResults(): void {
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
    const state = read();
    if (state.ran === null || datasetId === null) return;
    const kept: KeptSweep<P, S, R> = {
      ...resultsOf(state),
      ...state.ran,
      failed: [...failed],
      error: state.error,
      isCancelled: state.status === 'cancelled',
      seconds,
    };
    store.write(datasetId, kept).catch((thrown: unknown) => {
      if (isWarned) return;
      isWarned = true;
      const { code, message, todo } = LabError.from(thrown);
      const what = `The sweep could not be saved for later: ${message}`;
      get().say({ tone: 'warning', code, what, todo });
    });
  }

  function keepSoon(): void {
    keeping ??= setTimeout(keep, KEEP_EVERY);
  }

  /** Runs what is left of the sweep. */
  async function advance(): Promise<void> {
    const begun = read();
    const { ran } = begun;
    const open = spec.open();
    if (open === null || ran === null) return;
    halt();
    const mine = new AbortController();
    current = mine;
    restoring++;
    datasetId = open.id;
    const { plan } = ran;
    const planned = spec.jobsOf(ran);
    const finished = new Set([...spec.keysOf(plan, begun), ...failed]);
    const left = planned.filter((job) => !finished.has(spec.keyOf(plan, job)));
    const weigh = spec.weigher();
    const weight = (jobs: readonly J[]): number => jobs.reduce((sum, job) => sum + weigh(job), 0);
    const whole = weight(planned);
    let lifted = whole - weight(left);
    const { stageOf = () => 'Sweeping' } = spec;
    const stages = countBy(planned, stageOf);
    const leftOf = countBy(left, stageOf);
    stretchFrom = Date.now();
    // The clock goes on where the last stretch stopped: the share counts what was done by then.
    const startedAt = stretchFrom - seconds * 1000;
    /** In the first stage that is not done. */
    function progressNow(): TaskProgress {
      const names = [...stages.keys()];
      const phase = names.find((stage) => (leftOf.get(stage) ?? 0) > 0) ?? names[names.length - 1];
      const total = stages.get(phase) ?? 0;
      return {
        ...{ phase, done: total - (leftOf.get(phase) ?? 0), total, unit: spec.unit },
        ...{ startedAt, startedFrom: 0, updatedAt: Date.now(), share: lifted / whole },
      };
    }
    function wasDone(job: J, change: Partial<GridSweep<P, S>>, results?: R): void {
      const stage = stageOf(job);
      leftOf.set(stage, (leftOf.get(stage) ?? 0) - 1);
      lifted += weigh(job);
      update({ ...change, progress: progressNow() }, results);
      keepSoon();
    }

    update({ status: 'running', error: null, progress: progressNow() });
    keep();
    try {
      await spec.run(ran, {
        jobs: left,
        signal: mine.signal,
        onDone(job, value) {
          if (current === mine) wasDone(job, {}, spec.added(resultsOf(read()), job, value));
        },
        onFailed(job, error) {
          if (current !== mine) return;
          failed.add(spec.keyOf(plan, job));
          const stage = planned.filter((one) => stageOf(one) === stageOf(job));
          const count = stage.filter((one) => failed.has(spec.keyOf(plan, one))).length;
          const of = `${count} of ${stage.length} ${word}s failed and are left out, the last because: `;
          wasDone(job, { error: new LabError(error.code, of + error.message).report() });
        },
      });
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
    const kept = await store.read(id);
    const open = spec.open();
    if (kept === null || mine !== restoring || open?.id !== id) return;
    const { plan, settings, error, isCancelled } = kept;
    if (!spec.isTidy(plan) || spec.count(plan) > SWEEP_LIMITS.runs) return;
    const ran = { plan, settings };
    const jobs = spec.jobsOf(ran);
    const planned = new Set(jobs.map((job) => spec.keyOf(plan, job)));
    const results = spec.among(plan, resultsOf(kept), (key) => planned.has(key));
    failed = new Set(kept.failed.filter((key) => planned.has(key)));
    seconds = kept.seconds;
    datasetId = id;
    const finished = new Set([...spec.keysOf(plan, results), ...failed]);
    const needed = spec.isNeeded === undefined ? jobs : jobs.filter(spec.isNeeded);
    const isWhole = needed.every((job) => finished.has(spec.keyOf(plan, job)));
    spec.write({
      ...results,
      ran,
      error,
      progress: null,
      stale: spec.isStale(ran, open.settings),
      plan: spec.usual.is(read().plan) ? plan : read().plan,
      status: isWhole ? 'done' : isCancelled ? 'cancelled' : 'paused',
    });
  }

  function stop(status: 'paused' | 'cancelled'): void {
    halt();
    update({ status, progress: null });
    keep();
  }

  return {
    async run() {
      const open = spec.open();
      const { plan } = read();
      const count = spec.count(plan);
      if (open === null || count === 0) return;
      if (count > SWEEP_LIMITS.runs) {
        const what = `The plan has ${count} ${word}s; a sweep has at most ${SWEEP_LIMITS.runs}.`;
        update({ error: new LabError('SETTING_OUT_OF_RANGE', what).report() });
        return;
      }
      forgetResults();
      reset(plan, { settings: open.settings, plan });
      await advance();
    },
    pause() {
      if (current !== null) stop('paused');
    },
    async resume() {
      if (['paused', 'failed'].includes(read().status)) await advance();
    },
    async extend(plan) {
      const { ran, status } = read();
      if (ran === null || status === 'running') return;
      const wanted = { ...ran, plan };
      // What is asked for beyond a whole sweep is tried again where it failed.
      for (const job of spec.jobsOf(wanted)) {
        if (spec.isNeeded?.(job) === false) failed.delete(spec.keyOf(plan, job));
      }
      update({ ran: wanted });
      await advance();
    },
    cancel() {
      if (['running', 'paused'].includes(read().status)) stop('cancelled');
    },
    forget() {
      const id = datasetId ?? spec.open()?.id;
      forgetResults();
      reset(read().plan);
      if (id === undefined) return;
      store.forget([id]).catch((thrown: unknown) => {
        const { code, message: what, todo } = LabError.from(thrown);
        get().say({ tone: 'error', code, what, todo });
      });
    },
    change(id) {
      if (current !== null || keeping !== null) {
        halt();
        keep();
      }
      const { plan } = read();
      forgetResults();
      reset(spec.usual.is(plan) ? spec.usual.plan : plan);
      if (id !== null) void restore(id);
    },
    outdate() {
      const state = read();
      const open = spec.open();
      const isNow = state.ran !== null && open !== null && spec.isStale(state.ran, open.settings);
      if (isNow === state.stale) return;
      // One that failed before its first result has nothing to keep.
      const hasResults = state.ran !== null && spec.keysOf(state.ran.plan, state).length > 0;
      if (isNow && state.status === 'failed' && !hasResults) {
        update({ status: 'idle', ran: null, error: null });
      } else update({ stale: isNow });
    },
    plan: (plan) => update({ plan }),
  };
}

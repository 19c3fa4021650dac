/** The sweep over a table: a grid of settings and splits, trained over a pool of workers. */
import type { ExperimentSettings, SweepCell, SweepPart } from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import type { SweepPlan } from '../../contracts/link.ts';
import type { Lab } from '../../stations/lab.ts';
import type {
  SweepActions,
  SweepContest,
  SweepResults,
  SweepRun,
  SweepState,
} from '../../stations/lab/sweep.ts';
import {
  countRuns,
  differences,
  isSamePlan,
  isWhole,
  keyOfRun,
  plannedRuns,
  runKey,
  type PlannedRun,
} from '../../stations/sweep/table/plan.ts';
import { heldIn, rivalsToHold } from '../../stations/sweep/table/rivals.ts';
import { DEFAULT_PLAN, defaultPlan, isDefaultPlan, tidyPlan } from '../tables/sweepPlan.ts';
import { OF_ONE_POINT } from '../tables/sweepQueue.ts';
import { createGridSweep, idleGrid } from '../gridSweep.ts';
import { dividedId } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';

export interface Sweep extends SweepActions {
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

/** A contender at every β of the plan, on one split. */
interface PlannedContest {
  split: number;
  settings: ExperimentSettings;
  betas: number[];
  /** By name. One that the target is not for leaves no trial. */
  contender: string;
  isCostly: boolean;
}

type PlannedJob = PlannedPart | PlannedContest;

/** Draws of each contender at each β on each split; of one that costs much there is one. */
const DRAWS = 10;

function isContest(job: PlannedJob): job is PlannedContest {
  return 'contender' in job;
}

/** Every optimum, then what is drawn in their place where β alone is swept over, then the descents. */
function plannedJobs(plan: SweepPlan, settings: ExperimentSettings): PlannedJob[] {
  const runs = plannedRuns(plan, settings);
  const parts = (part: SweepPart) => runs.map((run) => ({ ...run, part }));
  const contests = (isCostly: boolean) => plannedContests(plan, settings, isCostly);
  return [
    ...parts('exact'),
    ...contests(false),
    ...parts('descent'),
    ...(plan.costly === true ? contests(true) : []),
  ];
}

function plannedContests(
  { axes: [{ name, values }, ...others], splits }: SweepPlan,
  settings: ExperimentSettings,
  isCostly: boolean,
): PlannedContest[] {
  const betas = values.map(Number);
  if (name !== 'beta' || others.length > 0 || betas.length === 0) return [];
  return splits.flatMap((split) =>
    rivalsToHold(isCostly).map((meta) => ({
      split,
      settings: { ...settings, split },
      ...{ betas, contender: meta.name, isCostly },
    })),
  );
}

function stageWords({ isCostly }: PlannedContest): string {
  return isCostly ? 'Other contenders' : 'Random samples';
}

function contestKey(split: number, contender: string): string {
  return `contest ${split} ${contender}`;
}

function contestKeys(contest: SweepContest): string[] {
  return heldIn(contest).map((contender) => contestKey(contest.split, contender));
}

/** The contests with what has come in of one: contenders of a split share their records, and full training on them. */
function withTrials(contests: readonly SweepContest[], held: SweepContest): SweepContest[] {
  const at = contests.findIndex(({ split }) => split === held.split);
  if (at < 0) return [...contests, held];
  return contests.with(at, { ...contests[at], trials: [...contests[at].trials, ...held.trials] });
}

/** Contests of one split go to one worker, which fits all records of it once. */
function bySplit(contests: readonly PlannedContest[]): PlannedContest[][] {
  const splits = new Set(contests.map(({ split }) => split));
  return [...splits].map((split) => contests.filter((contest) => contest.split === split));
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

const NO_RUNS: SweepResults = { full: [], runs: [], contests: [] };

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

  const grid = createGridSweep<
    SweepPlan,
    ExperimentSettings,
    SweepResults,
    PlannedJob,
    SweepCell | SweepContest
  >(context, {
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
    jobsOf: ({ plan, settings }) => plannedJobs(plan, settings),
    keyOf: (plan, job) =>
      isContest(job)
        ? contestKey(job.split, job.contender)
        : partKey(job.part, runKey(plan, job.method, job.point, job.split)),
    keysOf: (plan, { full, runs, contests }) => [
      ...[...full, ...runs].flatMap((run) => partKeys(plan, run)),
      ...contests.flatMap(contestKeys),
    ],
    among: (plan, { full, runs, contests }, isPlanned) => ({
      contests: contests.filter((contest) => contestKeys(contest).some(isPlanned)),
      full: full.filter((run) => partKeys(plan, run).some(isPlanned)),
      runs: runs.filter((run) => partKeys(plan, run).some(isPlanned)),
    }),
    added(results, job, value) {
      const { full, runs, contests } = results;
      if (isContest(job)) {
        return 'trials' in value ? { full, runs, contests: withTrials(contests, value) } : results;
      }
      if ('trials' in value) return results;
      const { plan } = get().sweep.ran ?? get().sweep;
      const run = { point: job.point, cell: value };
      return job.method === 'full'
        ? { full: withPart(plan, full, run), runs, contests }
        : { full, runs: withPart(plan, runs, run), contests };
    },
    // Sweeps of earlier versions were whole with fewer contenders or none, which can be held later.
    isNeeded: (job) => !isContest(job),
    stageOf: (job) =>
      isContest(job) ? stageWords(job) : job.part === 'exact' ? 'Exact optimum' : 'Gradient descent',
    weigher() {
      const heavy = fullWeight();
      return (job) => {
        if (isContest(job)) return job.isCostly ? heavy : 1;
        return (job.part === 'exact' ? 0.2 : 1) * (job.method === 'full' ? heavy : 1);
      };
    },
    async run(_ran, { jobs, signal, onDone, onFailed }) {
      const { source } = get();
      if (source === null) return;
      const contests = jobs.filter(isContest);
      const parts = jobs.filter((job): job is PlannedPart => !isContest(job));
      const train = async (stage: PlannedPart[]): Promise<void> => {
        const withSource = stage.map((job) => ({ ...job, source }));
        if (stage.length > 0) await services.sweep(withSource, { signal, onCell: onDone, onFailed });
      };
      const hold = async (stage: PlannedContest[]): Promise<void> => {
        await Promise.all(
          bySplit(stage).map(async (held) => {
            const [{ settings, betas, isCostly }] = held;
            const entered = held.map(({ contender }) => ({
              name: contender,
              draws: isCostly ? 1 : DRAWS,
            }));
            const request = { source, settings, judge: 'test' as const, betas, contenders: entered };
            const asked = { ...request, learner: 'regression' as const };
            try {
              const [report] = await services.contest([asked], { signal, onTrial: () => undefined });
              const { split, metric, full, floor, trials } = report;
              for (const job of held) {
                const own = trials.filter(({ contender }) => contender === job.contender);
                onDone(job, { split, metric, full, floor, trials: own });
              }
            } catch (thrown) {
              if (!(thrown instanceof LabError) || !OF_ONE_POINT.includes(thrown.code)) throw thrown;
              for (const job of held) onFailed(job, thrown);
            }
          }),
        );
      };
      // Points appear at once: every optimum comes before any descent, and what takes longest comes last.
      await train(parts.filter(({ part }) => part === 'exact'));
      await hold(contests.filter(({ isCostly }) => !isCostly));
      await train(parts.filter(({ part, method }) => part === 'descent' && method === 'condensed'));
      await train(parts.filter(({ part, method }) => part === 'descent' && method === 'full'));
      await hold(contests.filter(({ isCostly }) => isCostly));
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
    async addContenders(isCostly) {
      const { ran } = get().sweep;
      if (ran !== null) await grid.extend(isCostly ? { ...ran.plan, costly: true } : ran.plan);
    },
    clearSweep: grid.forget,
    clear() {
      const { value } = get().dataset;
      grid.change(value === null ? null : dividedId(value));
    },
    fitPlan,
  };
}

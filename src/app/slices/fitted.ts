/** What is looked at of the models at their optima: coefficients over splits, predictions, and random samples beside. */
import type { DescentState, ExperimentSettings, Method } from '../../contracts/codec.ts';
import type { ContestReport } from '../../contracts/contest.ts';
import type { Coefficients, Predictions } from '../../contracts/fitted.ts';
import { CONTENDER_METAS } from '../../contracts/plugins.ts';
import { TABLE_SETTINGS } from '../../contracts/settings.ts';
import type { Lab } from '../../stations/lab.ts';
import type { FittedActions, FittedState } from '../../stations/lab/learn.ts';
import { idleTask } from '../../stations/lab/task.ts';
import { plannedSplits } from '../../stations/learn/table/coefficients.ts';
import { dividedId } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

/** Seconds that the splits may take in all without anyone having asked for them. */
const UNASKED_SECONDS = 45;
/** Most test records whose predictions are drawn. */
const MOST_DRAWN = 5_000;
/** Draws of a contender that is drawn at random and does not cost much. */
const DRAWS = 10;

/** Who stands in for all records beside the condensed samples: drawn ones by themselves, costly ones when asked for. */
function contendersOf(part: 'draws' | 'rivals'): { name: string; draws: number }[] {
  return CONTENDER_METAS.all.flatMap(({ name, isDrawn, isCostly }) => {
    if (part === 'rivals') return isCostly ? [{ name, draws: 1 }] : [];
    return isDrawn && !isCostly ? [{ name, draws: DRAWS }] : [];
  });
}
/** Seconds of the descent on condensed samples up to which that on a random one follows unasked. */
const SHORT_DESCENT = 5;

export interface Fitted extends FittedActions {
  /** Another dataset or other settings: what was computed is of something else. */
  follow: (now: Lab, before: Lab) => void;
}

export function idleFitted(): FittedState {
  return {
    coefficients: idleTask(),
    predictions: idleTask(),
    draws: idleTask(),
    rivals: idleTask(),
    drawnDescent: idleTask(),
  };
}

const idOf = ({ dataset }: Pick<Lab, 'dataset'>): string | null =>
  dataset.value === null ? null : dividedId(dataset.value);

/** A text that is the same for settings with the same two optima. */
function optimaKey(settings: ExperimentSettings): string {
  return (['fullClosedForm', 'condensedClosedForm'] as const)
    .map((part) => TABLE_SETTINGS.keyOf(part, settings))
    .join();
}

const descentKey = (settings: ExperimentSettings): string =>
  TABLE_SETTINGS.keyOf('condensedDescent', settings);

export function createFitted({ get, set, services }: StoreContext): Fitted {
  function update(change: Partial<FittedState>): void {
    set({ fitted: { ...get().fitted, ...change } });
  }

  const runners = {
    coefficients: createTaskRunner<Coefficients[]>({
      read: () => get().fitted.coefficients,
      write: (coefficients) => update({ coefficients }),
    }),
    predictions: createTaskRunner<Record<Method, Predictions>>({
      read: () => get().fitted.predictions,
      write: (predictions) => update({ predictions }),
    }),
    draws: createTaskRunner<ContestReport>({
      read: () => get().fitted.draws,
      write: (draws) => update({ draws }),
    }),
    rivals: createTaskRunner<ContestReport>({
      read: () => get().fitted.rivals,
      write: (rivals) => update({ rivals }),
    }),
    drawnDescent: createTaskRunner<DescentState>({
      read: () => get().fitted.drawnDescent,
      write: (drawnDescent) => update({ drawnDescent }),
    }),
  };

  type Subject = Pick<Lab, 'settings'> & { source: NonNullable<Lab['source']> };

  async function computeCoefficients({ source, settings }: Subject, isAsked: boolean): Promise<void> {
    const { value, stale } = get().fitted.coefficients;
    const done = value === null || stale ? [] : [...value];
    const planned = plannedSplits(get().dataset.value);
    // The first opens the dataset in its worker: how long the others take is told by those after it.
    let started = NaN;
    await runners.coefficients.run(async (options) => {
      for (let solved = 0; done.length < planned; solved++) {
        if (solved === 1) started = performance.now();
        const seconds = (performance.now() - started) / 1000;
        if (!isAsked && solved > 1 && (seconds / (solved - 1)) * planned > UNASKED_SECONDS) break;
        options.onProgress({
          ...{ phase: 'Solving on other splits', done: done.length, total: planned, unit: 'splits' },
        });
        const split = (settings.split + done.length) >>> 0;
        const request = { source, settings: { ...settings, split } };
        const made = await services.background().coefficients(request, { signal: options.signal });
        if (options.signal.aborted) break;
        done.push(made);
        update({ coefficients: { ...get().fitted.coefficients, value: [...done], stale: false } });
      }
      return done;
    });
  }

  async function computePredictions({ source, settings }: Subject): Promise<void> {
    await runners.predictions.run(async (options) => {
      const of = (method: Method) =>
        services.client.predictions({ source, settings, method, most: MOST_DRAWN }, options);
      return { full: await of('full'), condensed: await of('condensed') };
    });
  }

  /** Holds a contest at the present β, on the test records. */
  function hold(part: 'draws' | 'rivals'): (subject: Subject) => Promise<unknown> {
    return ({ source, settings }) =>
      runners[part].run((options) =>
        services.background().contest(
          {
            ...{ source, settings, judge: 'test', learner: 'regression' },
            ...{ betas: [settings.beta], contenders: contendersOf(part) },
          },
          () => undefined,
          options,
        ),
      );
  }

  /** Whether the random sample's descent can follow: its optimum is there, and the condensed one's did not take long. */
  function isDescentDue({ fitted: { draws, drawnDescent }, learn }: Lab): boolean {
    const isWanted = drawnDescent.status === 'idle' || (drawnDescent.status === 'done' && drawnDescent.stale);
    if (!isWanted || draws.status !== 'done' || draws.stale) return false;
    const { value, stale } = learn.condensed.descent;
    return value !== null && !stale && value.stop !== 'running' && value.seconds <= SHORT_DESCENT;
  }

  async function descendOnDraw({ source, settings }: Subject): Promise<void> {
    await runners.drawnDescent.run((options) =>
      services.background().descend(
        {
          ...{ source, settings, method: 'condensed', from: null, budget: Infinity },
          drawn: { contender: 'random', draw: 0 },
        },
        () => undefined,
        options,
      ),
    );
  }

  return {
    async computeFitted(part, isAsked = false) {
      const { source, settings } = get();
      if (source === null || settings.target === null) return;
      const subject = { source, settings };
      if (part === 'coefficients') await computeCoefficients(subject, isAsked);
      else if (part === 'predictions') await computePredictions(subject);
      else await hold(part)(subject);
    },
    cancelFitted: (part) => runners[part].cancel(),
    follow(now, before) {
      if (now.dataset.value !== before.dataset.value || now.settings !== before.settings) {
        const { drawnDescent, ...ofOptima } = runners;
        if (idOf(now) !== idOf(before)) for (const runner of Object.values(runners)) runner.clear();
        else {
          if (optimaKey(now.settings) !== optimaKey(before.settings))
            for (const runner of Object.values(ofOptima)) runner.outdate();
          if (descentKey(now.settings) !== descentKey(before.settings)) drawnDescent.outdate();
        }
        return;
      }
      const { source, settings } = now;
      if (source !== null && isDescentDue(now)) void descendOnDraw({ source, settings });
    },
  };
}

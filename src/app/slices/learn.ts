/** Training: the exact optimum of both methods, and gradient descents that play, pause, step and rewind. */
import type { ClosedFormResult, DescentState, ExperimentSettings, Method } from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import type { Progress } from '../../contracts/progress.ts';
import type { DescentActions, LearnRun } from '../../stations/lab/learn.ts';
import type { Task, TaskProgress } from '../../stations/lab/task.ts';
import { TABLE_SETTINGS, type TablePart } from '../../contracts/settings.ts';
import type { Restraint, Watch } from '../restraint.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner, timed, type TaskRunner } from '../tasks.ts';

/** The parts that are gradient descents. */
export const DESCENTS = { full: 'fullDescent', condensed: 'condensedDescent' } as const;
const CLOSED_FORMS = { full: 'fullClosedForm', condensed: 'condensedClosedForm' } as const;

/** Iterations of one step. */
const STEP = 100;
/** A full training that took no longer is repeated by itself when something changed, in seconds. */
const SHORT_TRAINING = 5;

export interface Learn extends DescentActions {
  /** Ends whatever trains; what was reached stays. */
  stopAll: () => void;
  closedForm: Record<Method, TaskRunner<ClosedFormResult>>;
  computeClosedForm: (method: Method) => Promise<void>;
  /** Runs a descent from θ = 0 to its end. */
  train: (method: Method) => Promise<void>;
  outdate: (method: Method) => void;
  clear: (method: Method) => void;
  /** Whether training on all rows may start by itself, judging by how long it took last time. */
  isFullShort: () => boolean;
}

/** Where a run ends: a descent that goes on after its limit has as many iterations again. */
function limitFrom(from: DescentState | null, iterations: number): number {
  const limit = iterations * (Math.floor((from?.iteration ?? 0) / iterations) + 1);
  return Math.min(limit, TABLE_SETTINGS.of('iterations').max);
}

export function createLearn(
  context: StoreContext,
  restraint: Pick<Restraint<ExperimentSettings, TablePart>, 'watch'>,
): Learn {
  const { get, set, services } = context;
  const playing = new Map<Method, AbortController>();
  /** Seconds of the last full training that ran to its end. */
  let fullSeconds = Infinity;

  function updateRun(method: Method, change: Partial<LearnRun>): void {
    const { learn } = get();
    set({ learn: { ...learn, [method]: { ...learn[method], ...change } } });
  }

  function updateDescent(method: Method, change: Partial<Task<DescentState>>, isPlaying?: boolean): void {
    const run = get().learn[method];
    updateRun(method, {
      descent: { ...run.descent, ...change },
      playing: isPlaying ?? run.playing,
    });
  }

  function closedFormRunner(method: Method): TaskRunner<ClosedFormResult> {
    return createTaskRunner<ClosedFormResult>({
      read: () => get().learn[method].closedForm,
      write: (task) => updateRun(method, { closedForm: task }),
    });
  }
  const closedForm = { full: closedFormRunner('full'), condensed: closedFormRunner('condensed') };

  /** What training needs, or null when there is nothing to learn. */
  function subject(): {
    source: NonNullable<ReturnType<StoreContext['get']>['source']>;
    settings: ExperimentSettings;
  } | null {
    const { source, settings } = get();
    const isNothing = settings.target === null || settings.features?.length === 0;
    return source === null || isNothing ? null : { source, settings };
  }

  function halt(method: Method): void {
    const controller = playing.get(method);
    playing.delete(method);
    controller?.abort();
  }

  function clear(method: Method): void {
    halt(method);
    updateDescent(method, { status: 'idle', value: null, stale: false, progress: null, error: null }, false);
  }

  function pause(method: Method): void {
    // The worker answers with the state reached; until then the last one reported stands.
    playing.get(method)?.abort();
    updateDescent(method, { progress: null }, false);
  }

  /** @param isTooLong asked at every report: a run that takes too long is paused */
  async function descend(method: Method, budget: number, isFresh: boolean, isTooLong: Watch): Promise<void> {
    const request = subject();
    if (request === null) return clear(method);
    halt(method);
    const controller = new AbortController();
    playing.set(method, controller);
    const { descent } = get().learn[method];
    const goesOn = !isFresh && !descent.stale && descent.value?.stop !== 'converged';
    const from = goesOn ? descent.value : null;
    const limit = limitFrom(from, request.settings.iterations);
    const isCurrent = () => playing.get(method) === controller;
    const progressNow = (progress: Progress): TaskProgress =>
      timed(get().learn[method].descent.progress, progress, Date.now());
    const watched = (progress: TaskProgress): void => {
      if (!controller.signal.aborted && isTooLong(progress)) pause(method);
    };
    updateDescent(method, { status: 'running', error: null, progress: null }, true);

    const client = method === 'full' ? services.background() : services.client;
    const phase = method === 'full' ? 'Training on all records' : 'Training on condensed samples';
    try {
      const reached = await client.descend(
        { ...request, settings: { ...request.settings, iterations: limit }, method, from, budget },
        (state) => {
          if (!isCurrent()) return;
          const done = state.iteration;
          const progress = progressNow({ phase, done, total: limit, unit: 'iterations' });
          updateDescent(method, { value: state, stale: false, progress });
          watched(progress);
        },
        {
          signal: controller.signal,
          onProgress: (progress) => {
            if (!isCurrent() || progress.unit === 'iterations') return;
            const clocked = progressNow(progress);
            updateDescent(method, { progress: clocked });
            watched(clocked);
          },
        },
      );
      if (!isCurrent()) return;
      playing.delete(method);
      if (method === 'full' && reached.stop !== 'running') fullSeconds = reached.seconds;
      updateDescent(method, { status: 'done', value: reached, stale: false, progress: null }, false);
    } catch (thrown) {
      if (!isCurrent()) return;
      playing.delete(method);
      const error = LabError.from(thrown);
      const isCancel = error.code === 'CANCELLED';
      updateDescent(
        method,
        {
          status: isCancel ? 'cancelled' : 'failed',
          progress: null,
          error: isCancel ? null : error.report(),
        },
        false,
      );
    }
  }

  return {
    closedForm,
    isFullShort: () => fullSeconds < SHORT_TRAINING,
    async computeClosedForm(method) {
      const request = subject();
      if (request === null) return closedForm[method].clear();
      await closedForm[method].run(
        (options) => services.client.closedForm({ ...request, method }, options),
        restraint.watch(CLOSED_FORMS[method]),
      );
    },
    train: (method) => descend(method, Infinity, true, restraint.watch(DESCENTS[method])),
    outdate(method) {
      halt(method);
      const { descent, playing: isPlaying } = get().learn[method];
      const hasValue = descent.value !== null;
      const status = hasValue ? 'done' : 'idle';
      const isSo = descent.status === status && descent.stale === hasValue && !isPlaying;
      if (isSo && descent.progress === null && descent.error === null) return;
      updateDescent(method, { status, stale: hasValue, progress: null, error: null }, false);
    },
    clear(method) {
      if (method === 'full') fullSeconds = Infinity;
      clear(method);
    },
    play: (method) => void descend(method, Infinity, false, () => false),
    step: (method) => void descend(method, STEP, false, () => false),
    pause,
    rewind: clear,
    stopAll() {
      for (const method of ['full', 'condensed'] as const) {
        closedForm[method].cancel();
        if (get().learn[method].playing) pause(method);
      }
    },
  };
}

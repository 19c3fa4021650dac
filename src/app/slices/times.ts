/**
 * How long training takes, measured while nothing else of this page is at work: by itself once everything has come to
 * rest on Learn, or when asked, with what can be paused paused meanwhile.
 */
import type { Method } from '../../contracts/codec.ts';
import type { TrainingTimes } from '../../contracts/timings.ts';
import type { Lab } from '../../stations/lab.ts';
import type { DescentActions, Disturbance, TimedTraining, TimesActions } from '../../stations/lab/learn.ts';
import { workAt } from '../running.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';
import type { Sweep } from './sweep.ts';

/** Milliseconds of rest before training is timed by itself. */
const REST = 1_500;
/** Milliseconds that workers are given to come to rest after a pause. */
const WIND_DOWN = 400;
/** Training that took longer in all, in seconds, is timed only when asked: it is repeated. */
const LONG = 1;
/** Runs whose upper quartile is more than this many times the lower one were disturbed by something. */
const SPREAD = 2;

const STATIONS = ['data', 'bits', 'archive', 'learn', 'sweep'] as const;

export interface Times extends TimesActions {
  /** Forgets times of other results, and times by itself what has come to rest. */
  follow: (now: Lab, before: Lab) => void;
}

function isAtRest(lab: Lab): boolean {
  return (
    STATIONS.every((station) => !workAt(lab, station).canCancel) &&
    lab.transfer === null &&
    lab.held.length === 0
  );
}

const exactOf = (lab: Lab, method: Method) => lab.learn[method].closedForm;

/** Whether both results that are timed stand. */
function isTrained(lab: Lab): boolean {
  return (['full', 'condensed'] as const).every((method) => {
    const { value, stale, status } = exactOf(lab, method);
    return value !== null && !stale && status === 'done';
  });
}

function isShort(lab: Lab): boolean {
  const seconds = (method: Method) => exactOf(lab, method).value?.seconds ?? Infinity;
  return seconds('full') + seconds('condensed') < LONG;
}

export function createTimes(
  context: StoreContext,
  descents: Pick<DescentActions, 'pause' | 'play'>,
  sweep: Pick<Sweep, 'pauseSweep' | 'resumeSweep'>,
): Times {
  const { get, set, services } = context;
  let rest: ReturnType<typeof setTimeout> | null = null;
  /** Whether something else has been at work since the runs began. */
  let wasBusy = false;
  const runner = createTaskRunner<TimedTraining>({
    read: () => get().times,
    write: (times) => set({ times }),
  });

  /** @param pause milliseconds before, in which workers come to rest */
  async function measure(pause: number): Promise<void> {
    const { source, settings } = get();
    if (source === null || !isTrained(get())) return;
    const page = services.watchVisibility();
    await runner.run(async (options) => {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      wasBusy = !isAtRest(get());
      const times = await services.client.timings({ source, settings }, options);
      return { ...times, disturbed: disturbanceOf(times, page.wasHidden()) };
    });
    page.end();
  }

  function disturbanceOf({ full, condensed }: TrainingTimes, wasHidden: boolean): Disturbance | null {
    if (wasHidden) return 'hidden';
    if (wasBusy) return 'busy';
    const isSpread = [full, condensed].some(({ quartiles: [lower, upper] }) => upper > SPREAD * lower);
    return isSpread ? 'spread' : null;
  }

  function stopWaiting(): void {
    if (rest !== null) clearTimeout(rest);
    rest = null;
  }

  /** Whether it is to be timed by itself: only where it is seen, and never again what failed or was cancelled. */
  function isDue(lab: Lab): boolean {
    return (
      lab.kind === 'table' &&
      lab.station === 'learn' &&
      lab.times.status === 'idle' &&
      isTrained(lab) &&
      isShort(lab) &&
      isAtRest(lab)
    );
  }

  return {
    async timeTraining() {
      stopWaiting();
      const { learn: runs, sweep: running } = get();
      const paused = (['full', 'condensed'] as const).filter((method) => runs[method].playing);
      const isSweeping = running.status === 'running';
      paused.forEach((method) => descents.pause(method));
      if (isSweeping) sweep.pauseSweep();
      await measure(paused.length > 0 || isSweeping ? WIND_DOWN : 0);
      // Whoever changed something meanwhile has it as they want it.
      for (const method of paused) {
        const { descent, playing } = get().learn[method];
        if (!playing && !descent.stale && descent.value?.stop === 'running') descents.play(method);
      }
      if (isSweeping && get().sweep.status === 'paused') await sweep.resumeSweep();
    },
    cancelTiming: () => runner.cancel(),
    follow(now, before) {
      if (now.times.status === 'running' && !isAtRest(now)) wasBusy = true;
      const isOther = (['full', 'condensed'] as const).some(
        (method) =>
          exactOf(now, method).value !== exactOf(before, method).value ||
          exactOf(now, method).stale !== exactOf(before, method).stale,
      );
      if (isOther && now.times.status !== 'idle') runner.clear();
      if (!isDue(get())) stopWaiting();
      else {
        rest ??= setTimeout(() => {
          rest = null;
          const page = services.watchVisibility();
          if (isDue(get()) && !page.wasHidden()) void measure(0);
          page.end();
        }, REST);
      }
    },
  };
}

/**
 * The picture of condensing, in step with the settings while it is looked at: first the records, then the condensed
 * samples, then what the models predict. β may change faster than they are worked out: the last one counts.
 */
import { LabError } from '../../contracts/errors.ts';
import type { ScatterCloud } from '../../contracts/scatter.ts';
import { TABLE_SETTINGS } from '../../contracts/settings.ts';
import type { Lab } from '../../stations/lab.ts';
import type { ScatterActions, ScatterState } from '../../stations/lab/bits.ts';
import { idleTask } from '../../stations/lab/task.ts';
import { dividedId } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

/** Seconds of the last condensed optimum up to which it is solved for at every β that is passed. */
const LIVE_SECONDS = 0.03;

export interface Scatter extends ScatterActions {
  follow: (now: Lab, before: Lab) => void;
}

export function idleScatter(): ScatterState {
  return {
    choice: { x: null, y: null },
    withRandom: false,
    cloud: idleTask(),
    samples: null,
    lines: null,
    error: null,
  };
}

/** What the parts are of, as texts that are the same where the parts are. */
interface Keys {
  cloud: string;
  samples: string;
  lines: string;
}
const NONE: Keys = { cloud: '', samples: '', lines: '' };

function keysOf({ dataset, settings, scatter: { choice, withRandom } }: Lab): Keys {
  const records = TABLE_SETTINGS.keyOf('fullClosedForm', settings);
  const condensed = TABLE_SETTINGS.keyOf('condensedClosedForm', settings);
  const cloud = JSON.stringify([dataset.value === null ? '' : dividedId(dataset.value), records, choice]);
  const samples = JSON.stringify([cloud, condensed, withRandom]);
  return { cloud, samples, lines: samples };
}

/** Whether the bits that are worked out are those of the settings; the order of a pool alone depends on β. */
function hasBits({ kind, source, dataset, bits, settings }: Lab): boolean {
  if (kind !== 'table' || source === null || dataset.status !== 'done' || bits.value === null) return false;
  return settings.order === 'pool' || (bits.status === 'done' && !bits.stale);
}

/** Whether the lines can be had without long work: of all records the optimum is kept, of the samples it may be. */
function areLinesNear({ settings, learn: { full, condensed } }: Lab): boolean {
  if (settings.target === null || full.closedForm.status !== 'done' || full.closedForm.stale) return false;
  const { status, stale, value } = condensed.closedForm;
  return value !== null && ((status === 'done' && !stale) || value.seconds <= LIVE_SECONDS);
}

export function createScatter({ get, set, services }: StoreContext): Scatter {
  let watchers = 0;
  let isAtWork = false;
  /** What was asked for last. */
  let asked = NONE;
  /** Ends the work on lines that nobody waits for any more. */
  let ofLines: AbortController | null = null;

  function update(change: Partial<ScatterState>): void {
    set({ scatter: { ...get().scatter, ...change } });
  }

  const cloud = createTaskRunner<ScatterCloud>({
    read: () => get().scatter.cloud,
    write: (task) => update({ cloud: task }),
  });

  async function askCloud(): Promise<void> {
    const { source, settings, scatter } = get();
    if (source === null) return;
    // Samples along other columns are no samples of these records.
    update({ samples: null, lines: null, error: null });
    await cloud.run((options) =>
      services.client.scatterCloud({ source, settings, choice: scatter.choice }, options),
    );
  }

  /** The request of samples or lines; null where there are no two columns. */
  function request() {
    const { source, settings, scatter } = get();
    const axes = scatter.cloud.value?.axes ?? null;
    if (source === null || axes === null) return null;
    return { source, settings, x: axes.x.column, y: axes.y.column, withRandom: scatter.withRandom };
  }

  async function askSamples(): Promise<void> {
    const wanted = request();
    const { samples: key } = asked;
    if (wanted === null) return;
    let made: Pick<ScatterState, 'samples' | 'error'>;
    try {
      made = { samples: await services.client.scatterSamples(wanted), error: null };
    } catch (thrown) {
      made = { samples: null, error: LabError.from(thrown).report() };
    }
    // Another dataset may have been opened meanwhile.
    if (asked.samples === key) update(made);
  }

  async function askLines(): Promise<void> {
    const wanted = request();
    const { lines: key } = asked;
    if (wanted === null) return;
    ofLines = new AbortController();
    const { signal } = ofLines;
    try {
      const lines = await services.client.scatterLines(wanted, { signal });
      if (asked.lines === key) update({ lines });
    } catch {
      // Why there is no optimum is said where the models are compared.
      if (!signal.aborted) update({ lines: null });
    } finally {
      ofLines = null;
    }
  }

  /** The next piece of work, or null. */
  function due(): (() => Promise<void>) | null {
    const lab = get();
    if (watchers === 0 || !hasBits(lab)) return null;
    const keys = keysOf(lab);
    if (keys.cloud !== asked.cloud) {
      asked = { ...NONE, cloud: keys.cloud };
      return askCloud;
    }
    if (lab.scatter.cloud.status !== 'done') return null;
    if (keys.samples !== asked.samples) {
      asked = { ...asked, samples: keys.samples };
      return askSamples;
    }
    if (lab.scatter.samples === null || keys.lines === asked.lines || !areLinesNear(lab)) return null;
    asked = { ...asked, lines: keys.lines };
    return askLines;
  }

  /** Works out what is out of date, one piece after the other. */
  async function catchUp(): Promise<void> {
    if (isAtWork) return;
    isAtWork = true;
    try {
      for (let work = due(); work !== null; work = due()) await work();
    } finally {
      isAtWork = false;
    }
  }

  return {
    watchScatter(isWatched) {
      watchers += isWatched ? 1 : -1;
      if (watchers > 0) void catchUp();
    },
    changeScatter({ withRandom = get().scatter.withRandom, ...columns }) {
      const { scatter } = get();
      update({ withRandom, choice: { ...scatter.choice, ...columns } });
    },
    retryScatter() {
      asked = NONE;
      void catchUp();
    },
    follow(now, before) {
      if (now.dataset.value !== before.dataset.value) {
        const isOther =
          now.dataset.value === null ||
          before.dataset.value === null ||
          dividedId(now.dataset.value) !== dividedId(before.dataset.value);
        if (isOther) {
          asked = NONE;
          ofLines?.abort();
          cloud.clear();
          update({ ...idleScatter(), withRandom: now.scatter.withRandom });
          return;
        }
      }
      if (watchers === 0) return;
      if (ofLines !== null && asked.lines !== keysOf(now).lines) ofLines.abort();
      void catchUp();
    },
  };
}

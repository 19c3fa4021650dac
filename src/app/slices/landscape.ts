/** The loss over two coefficients, and descents over it: drawn when its figure is near, over the axes that are chosen. */
import type { ExperimentSettings } from '../../contracts/codec.ts';
import { DESCENT_SECONDS, type Landscape } from '../../contracts/landscape.ts';
import { TABLE_SETTINGS } from '../../contracts/settings.ts';
import type { Lab } from '../../stations/lab.ts';
import type { LandscapeActions, LandscapeState } from '../../stations/lab/learn.ts';
import { idleTask } from '../../stations/lab/task.ts';
import { dividedId } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

/** Records of a mini-batch unless another number is chosen. */
const BATCH = 64;

export interface LandscapeSlice extends LandscapeActions {
  /** Another dataset or other settings: what was drawn is of something else. */
  follow: (now: Lab, before: Lab) => void;
}

export function idleLandscape(): LandscapeState {
  return { axes: 'largest', batch: BATCH, task: idleTask() };
}

const idOf = ({ dataset }: Pick<Lab, 'dataset'>): string | null =>
  dataset.value === null ? null : dividedId(dataset.value);

/** A text that is the same for settings with the same optima and descents. */
function descentsKey(settings: ExperimentSettings): string {
  return (['fullClosedForm', 'condensedClosedForm', 'fullDescent', 'condensedDescent'] as const)
    .map((part) => TABLE_SETTINGS.keyOf(part, settings))
    .join();
}

/** What decides which design columns there are. */
function hasOtherColumns(now: ExperimentSettings, before: ExperimentSettings): boolean {
  return (['target', 'features', 'weight', 'drop', 'missing'] as const).some(
    (name) => now[name] !== before[name],
  );
}

export function createLandscape({ get, set, services }: StoreContext): LandscapeSlice {
  function update(change: Partial<LandscapeState>): void {
    set({ landscape: { ...get().landscape, ...change } });
  }
  const runner = createTaskRunner<Landscape>({
    read: () => get().landscape.task,
    write: (task) => update({ task }),
  });

  /** Whether the descents of these settings may take as long as they do: other axes then do not stop them. */
  let isLongWanted = false;

  return {
    async drawLandscape(change = {}, isAsked = false) {
      isLongWanted ||= isAsked;
      update(change);
      const { source, settings, landscape } = get();
      if (source === null || settings.target === null) return;
      const { axes, batch } = landscape;
      const seconds = isLongWanted ? Infinity : DESCENT_SECONDS;
      // The first worker stays free for whatever else the page asks.
      await runner.run((options) =>
        services.background().landscape(
          { source, settings, axes, batch, seconds },
          (value) => {
            if (!options.signal.aborted) update({ task: { ...get().landscape.task, value, stale: false } });
          },
          options,
        ),
      );
    },
    cancelLandscape() {
      isLongWanted = false;
      runner.cancel();
    },
    follow(now, before) {
      if (now.dataset.value === before.dataset.value && now.settings === before.settings) return;
      if (idOf(now) !== idOf(before)) {
        isLongWanted = false;
        runner.clear();
        update({ axes: 'largest' });
      } else if (descentsKey(now.settings) !== descentsKey(before.settings)) {
        isLongWanted = false;
        runner.outdate();
        if (hasOtherColumns(now.settings, before.settings) && typeof now.landscape.axes !== 'string')
          update({ axes: 'largest' });
      }
    },
  };
}

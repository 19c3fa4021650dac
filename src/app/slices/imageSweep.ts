/** The sweep over pictures: every combination of transform, representation, τ and tables, one after the other. */
import type { ImageSettings, ImageSweepCell } from '../../contracts/images.ts';
import {
  countImagePoints,
  DEFAULT_IMAGE_PLAN,
  imageSweepPoints,
  isSameImagePlan,
  pointKey,
  tidyImagePlan,
  type ImageSweepPlan,
} from '../../contracts/imageSweep.ts';
import type { ImageSweepActions, ImageSweepResults, ImageSweepState } from '../../stations/lab/sweep.ts';
import { changedSettings } from '../../stations/sweep/pictures/plan.ts';
import { createGridSweep, idleGrid } from '../gridSweep.ts';
import type { StoreContext } from '../storeContext.ts';

export interface ImageSweep extends ImageSweepActions {
  /** Looks again whether the settings are still those of the points. */
  outdate: () => void;
  /** Other pictures are open, or none: what was kept with them comes back. */
  change: (datasetId: string | null) => void;
}

const NO_CELLS: ImageSweepResults = { cells: [] };

export function idleImageSweep(plan: ImageSweepPlan): ImageSweepState {
  return { ...idleGrid(plan), ...NO_CELLS };
}

export function createImageSweep(context: StoreContext): ImageSweep {
  const { get, set, services } = context;
  const grid = createGridSweep<
    ImageSweepPlan,
    ImageSettings,
    ImageSweepResults,
    ImageSettings,
    ImageSweepCell
  >(context, {
    read: () => get().images.sweep,
    write: (sweep) => set({ images: { ...get().images, sweep } }),
    store: services.imageSweepStore,
    open() {
      const { source, dataset, settings } = get().images;
      return source === null || dataset.value === null ? null : { id: dataset.value.id, settings };
    },
    none: NO_CELLS,
    word: 'point',
    unit: 'points',
    count: (plan) => countImagePoints(get().images.settings, plan),
    jobsOf: ({ plan, settings }) => imageSweepPoints(settings, plan),
    keyOf: (_plan, settings) => pointKey(settings),
    keysOf: (_plan, { cells }) => cells.map(({ settings }) => pointKey(settings)),
    among: (_plan, { cells }, isPlanned) => ({
      cells: cells.filter(({ settings }) => isPlanned(pointKey(settings))),
    }),
    added: ({ cells }, _settings, cell) => ({ cells: [...cells, cell] }),
    weigher: () => () => 1,
    async run({ plan: { limit } }, { jobs, signal, onDone }) {
      // One at a time: the seconds that each takes are among its results.
      for (const settings of jobs) {
        const { source } = get().images;
        if (source === null) return;
        onDone(settings, await services.background().imageSweepCell({ source, settings, limit }, { signal }));
      }
    },
    isStale: ({ settings }, now) => changedSettings(settings, now).length > 0,
    isTidy: (plan) => isSameImagePlan(plan, tidyImagePlan(plan)),
    usual: {
      plan: { ...DEFAULT_IMAGE_PLAN },
      is: (plan) => isSameImagePlan(plan, DEFAULT_IMAGE_PLAN),
    },
  });
  return {
    outdate: grid.outdate,
    change: grid.change,
    planImageSweep: (change) => grid.plan(tidyImagePlan({ ...get().images.sweep.plan, ...change })),
    runImageSweep: grid.run,
    pauseImageSweep: grid.pause,
    resumeImageSweep: grid.resume,
    cancelImageSweep: grid.cancel,
    clearImageSweep: grid.forget,
  };
}

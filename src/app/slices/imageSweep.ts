/** The sweep over pictures: every combination of transform, representation, τ and tables, one after the other. */
import { LabError } from '../../contracts/errors.ts';
import { imageSweepPoints, tidyImagePlan, type ImageSweepPlan } from '../../contracts/imageSweep.ts';
import type { ImageSweepState, LabActions } from '../../stations/lab.ts';
import type { Kernel } from '../kernel.ts';
import { timed } from '../tasks.ts';

export interface ImageSweep extends Pick<
  LabActions,
  'planImageSweep' | 'runImageSweep' | 'cancelImageSweep' | 'clearImageSweep'
> {
  /** What was swept is of other settings, or of other pictures. */
  outdate: (isOtherData: boolean) => void;
}

export function idleImageSweep(plan: ImageSweepPlan): ImageSweepState {
  return {
    plan,
    status: 'idle',
    ran: null,
    cells: [],
    progress: null,
    error: null,
    stale: false,
  };
}

export function createImageSweep({ get, set, services }: Kernel): ImageSweep {
  let current: AbortController | null = null;

  function patch(change: Partial<ImageSweepState>): void {
    const { images } = get();
    set({ images: { ...images, sweep: { ...images.sweep, ...change } } });
  }

  function stop(): boolean {
    const wasRunning = current !== null;
    current?.abort();
    current = null;
    return wasRunning;
  }

  return {
    planImageSweep(change) {
      patch({ plan: tidyImagePlan({ ...get().images.sweep.plan, ...change }) });
    },
    async runImageSweep() {
      const { source, settings, sweep } = get().images;
      if (source === null) return;
      stop();
      const mine = new AbortController();
      current = mine;
      const { plan } = sweep;
      const points = imageSweepPoints(settings, plan);
      patch({
        status: 'running',
        ran: { settings, plan },
        cells: [],
        error: null,
        stale: false,
        progress: timed(
          null,
          { phase: 'Sweeping', done: 0, total: points.length, unit: 'points' },
          Date.now(),
        ),
      });
      try {
        for (const point of points) {
          // One at a time: the seconds that each takes are among its results.
          const cell = await services
            .background()
            .imageSweepCell({ source, settings: point, limit: plan.limit }, { signal: mine.signal });
          if (current !== mine) return;
          const cells = [...get().images.sweep.cells, cell];
          const progress = { phase: 'Sweeping', done: cells.length, total: points.length, unit: 'points' };
          patch({ cells, progress: timed(get().images.sweep.progress, progress, Date.now()) });
        }
        current = null;
        patch({ status: 'done', progress: null });
      } catch (thrown) {
        if (current !== mine) return;
        current = null;
        const error = LabError.from(thrown);
        if (error.code === 'CANCELLED') patch({ status: 'cancelled', progress: null });
        else patch({ status: 'failed', progress: null, error: error.report() });
      }
    },
    cancelImageSweep() {
      if (stop()) patch({ status: 'cancelled', progress: null });
    },
    clearImageSweep() {
      stop();
      patch(idleImageSweep(get().images.sweep.plan));
    },
    outdate(isOtherData) {
      if (stop()) patch({ status: 'cancelled', progress: null });
      if (isOtherData) patch(idleImageSweep(get().images.sweep.plan));
      else if (get().images.sweep.cells.length > 0) patch({ stale: true });
    },
  };
}

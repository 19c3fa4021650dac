/** The step-through of a table: computed anew whenever its subject or settings change, the last good one kept. */
import type { WalkReport } from '../../contracts/walk.ts';
import type { Lab, LabActions } from '../../stations/lab.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

export function createWalk({
  get,
  set,
  services,
}: StoreContext): Pick<LabActions, 'walkThrough' | 'cancelWalk'> {
  const runner = createTaskRunner<WalkReport>({
    read: () => get().walk,
    write: (walk) => set({ walk } satisfies Partial<Lab>),
  });
  return {
    async walkThrough(request) {
      await runner.run((options) => services.client.walk(request, options));
    },
    cancelWalk: runner.cancel,
  };
}

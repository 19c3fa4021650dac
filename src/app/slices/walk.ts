/** The step-through of a table: computed anew whenever its subject or settings change, the last good one kept. */
import type { WalkReport } from '../../contracts/walk.ts';
import type { Lab } from '../../stations/lab.ts';
import type { TableWalkActions } from '../../stations/lab/walk.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

export function createWalk({ get, set, services }: StoreContext): TableWalkActions {
  const runner = createTaskRunner<WalkReport>({
    read: () => get().walk,
    write: (walk) => set({ walk } satisfies Partial<Lab>),
  });
  return {
    async walkThrough(request) {
      await runner.run((options) => services.client.walk(request, options));
    },
    cancelWalk: runner.cancel,
    noteScene: (walkScene) => set({ walkScene }),
  };
}

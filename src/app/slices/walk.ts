/** The step-through of a table: computed anew whenever its subject or settings change, the last good one kept. */
import type { Lab } from '../../stations/lab.ts';
import type { ShownWalk, TableWalkActions } from '../../stations/lab/walk.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

export function createWalk({ get, set, services }: StoreContext): TableWalkActions {
  const runner = createTaskRunner<ShownWalk>({
    read: () => get().walk,
    write: (walk) => set({ walk } satisfies Partial<Lab>),
  });
  return {
    async walkThrough(request) {
      await runner.run(async (options) => ({
        report: await services.client.walk(request, options),
        tau: request.settings.tau,
      }));
    },
    cancelWalk: runner.cancel,
  };
}

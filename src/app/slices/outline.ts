/** What a saved file of the condensed samples holds: asked for where it is shown, forgotten with the samples. */
import type { SamplesOutline } from '../../contracts/codec.ts';
import type { OutlineActions } from '../../stations/lab/travel.ts';
import type { Lab } from '../../stations/lab.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

export interface Outline extends OutlineActions {
  follow: (now: Lab, before: Lab) => void;
}

export function createOutline({ get, set, services }: StoreContext): Outline {
  const runner = createTaskRunner<SamplesOutline>({
    read: () => get().outline,
    write: (outline) => set({ outline }),
  });
  return {
    async outlineSamples() {
      const { source, settings } = get();
      if (source === null || settings.target === null) return;
      await runner.run((options) => services.client.outlineSamples({ source, settings }, options));
    },
    follow(now, before) {
      const { value, stale } = now.learn.condensed.closedForm;
      const was = before.learn.condensed.closedForm;
      if ((value !== was.value || stale !== was.stale) && now.outline.status !== 'idle') runner.clear();
    },
  };
}

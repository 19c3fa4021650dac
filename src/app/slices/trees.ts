/** Boosted trees in place of the linear model: fitted when asked for, to all records and to samples. */
import type { ContestReport } from '../../contracts/contest.ts';
import type { TreesActions } from '../../stations/lab/learn.ts';
import type { Lab } from '../../stations/lab.ts';
import type { StoreContext } from '../storeContext.ts';
import { answerKey } from '../tables/answerPlan.ts';
import { createTaskRunner } from '../tasks.ts';

/** Random samples that are drawn: enough for a median and quartiles, few enough to wait for. */
const DRAWS = 5;

export interface Trees extends TreesActions {
  /** Other records, another target or samples made otherwise: the trees are of something else. */
  follow: (now: Lab, before: Lab) => void;
}

export function createTrees({ get, set, services }: StoreContext): Trees {
  const runner = createTaskRunner<ContestReport>({
    read: () => get().trees,
    write: (trees) => set({ trees }),
  });
  return {
    async tryTrees(beta = get().settings.beta) {
      const { source, settings } = get();
      if (source === null || settings.target === null) return;
      // The first worker stays free for whatever else the page asks.
      await runner.run((options) =>
        services.background().contest(
          {
            source,
            settings,
            judge: 'test',
            learner: 'trees',
            betas: [beta],
            contenders: [
              { name: 'condensed', draws: 1 },
              { name: 'random', draws: DRAWS },
            ],
          },
          () => undefined,
          options,
        ),
      );
    },
    cancelTrees: () => runner.cancel(),
    follow(now, before) {
      const { status, value, stale } = now.trees;
      if (status === 'idle' && value === null) return;
      if (now.dataset.value === before.dataset.value && now.settings === before.settings) return;
      const isOther =
        now.dataset.value !== before.dataset.value || now.settings.target !== before.settings.target;
      if (isOther) runner.clear();
      // They are of a β of their own, which is said: another one leaves them as they are.
      else if (!stale && answerKey(now) !== answerKey(before)) runner.outdate();
    },
  };
}

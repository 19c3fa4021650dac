/** The experiment as SQL: written where it is shown, forgotten with the samples that it would make. */
import type { SqlReport } from '../../contracts/sql.ts';
import type { SqlActions } from '../../stations/lab/sql.ts';
import type { Lab } from '../../stations/lab.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

export interface Sql extends SqlActions {
  follow: (now: Lab, before: Lab) => void;
}

export function createSql({ get, set, services }: StoreContext): Sql {
  const runner = createTaskRunner<SqlReport>({ read: () => get().sql, write: (sql) => set({ sql }) });
  return {
    async writeSql(choice) {
      const { source, settings } = get();
      if (source === null || settings.target === null) return;
      await runner.run((options) => services.client.writeSql({ source, settings, ...choice }, options));
    },
    follow(now, before) {
      const { value, stale } = now.learn.condensed.closedForm;
      const was = before.learn.condensed.closedForm;
      if ((value !== was.value || stale !== was.stale) && now.sql.status !== 'idle') runner.clear();
    },
  };
}

/** The experiment as SQL, for whoever has more records than a tab holds. */
import type { SqlChoice, SqlReport } from '../../contracts/sql.ts';
import type { Task } from './task.ts';

export interface SqlState {
  /** The SQL that was asked for last; idle again when the experiment has become another one. */
  sql: Task<SqlReport>;
}

export interface SqlActions {
  writeSql: (choice: SqlChoice) => Promise<void>;
}

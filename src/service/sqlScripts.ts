/** An experiment as SQL, with what was gathered of all records where there is any. */
import type { SqlReport, SqlRequest } from '../contracts/sql.ts';
import { reorder, rerange } from '../core/sql/gather.ts';
import { planCondensing } from '../core/sql/plan.ts';
import { parseResult } from '../core/sql/result.ts';
import { sqlScripts } from '../core/sql/script.ts';
import { MISSING_MARKERS } from '../readers/csv/cells.ts';
import type { OpenDataset } from './datasets.ts';
import { fileStem } from './exports.ts';

/** @throws SQL_NAME, SQL_BASES, SQL_WEIGHTS, PART_TAKEN, SQL_RESULT, and what training throws */
export async function writeSql(dataset: OpenDataset, request: SqlRequest): Promise<SqlReport> {
  const { settings, dialect, from, hasPart, gathered } = request;
  const { workbench, summary } = dataset;
  let plan = await planCondensing(workbench, settings);
  if (gathered.ranges !== null) plan = rerange(plan, parseResult(gathered.ranges));
  if (gathered.ones !== null) plan = reorder(plan, parseResult(gathered.ones));
  const stem = fileStem(summary.name);
  const missingWords = [...MISSING_MARKERS, ...(dataset.reading.missing ?? [])];
  const scripts = sqlScripts(plan, { dialect, source: from, hasPart, missingWords, stem });
  return { scripts, stem, columns: plan.names.length + 1 };
}

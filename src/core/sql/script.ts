/** A plan as scripts: what an engine's shell runs from top to bottom, and what each saves. */
import { condenseQuery, misfitQuery } from './condense.ts';
import { SQL_DIALECTS, type DialectName, type SqlSource } from './dialect.ts';
import { onesQuery, rangesQuery } from './gather.ts';
import { plannedColumns, type CondensePlan } from './plan.ts';
import { RECORDS, type QueryOptions } from './statements.ts';
import { hasSums, sumsQuery } from './sums.ts';

export interface SqlRequest {
  dialect: DialectName;
  source: SqlSource;
  hasPart: boolean;
  missingWords: readonly string[];
  /** Start of the names of the files that are saved. */
  stem: string;
}

/** One script for each thing that can be asked of the records. */
export interface SqlScripts {
  /** Saves the weighted condensed samples. */
  condense: string;
  /** Shows how many records the plan does not fit. */
  misfits: string;
  /** Save the sums of products of all records, and of each cluster; null where least squares is not what is learned. */
  sums: string | null;
  sumsPerCluster: string | null;
  /** Save what a plan is refined by. */
  ranges: string;
  ones: string;
}

/** Times that are moments are printed by the session's clock: it has to be that of UTC. */
function setup(plan: CondensePlan, { dialect: name, source }: SqlRequest): string[] {
  const dialect = SQL_DIALECTS[name];
  const isMoment = (pattern: string): boolean =>
    name === 'spark' ? pattern.length > 10 : pattern.endsWith('Z');
  const hasMoments = plannedColumns(plan).some(
    ({ cells }) => cells.kind === 'time' && isMoment(cells.pattern),
  );
  return [...(hasMoments ? [dialect.utc] : []), dialect.view(RECORDS, source)];
}

/** @throws SQL_NAME, PART_TAKEN */
export function sqlScripts(plan: CondensePlan, request: SqlRequest): SqlScripts {
  const dialect = SQL_DIALECTS[request.dialect];
  const options: QueryOptions = { ...request, dialect };
  const script = (about: string, statement: string): string =>
    [
      `-- ${about} (${dialect.label})`,
      ...setup(plan, request).map((one) => `${one};`),
      `${statement};`,
      '',
    ].join('\n\n');
  const saved = (query: string, what: string, format: 'parquet' | 'csv'): string =>
    dialect.save(query, `${request.stem}-${what}`, format);
  const sums = (perCluster: boolean): string | null =>
    hasSums(plan)
      ? script(
          `Sums of products, for least squares only${perCluster ? ', cluster by cluster' : ''}`,
          saved(sumsQuery(plan, options, perCluster), 'sums', 'csv'),
        )
      : null;
  return {
    condense: script(
      'Weighted condensed samples',
      saved(condenseQuery(plan, options), 'condensed', 'parquet'),
    ),
    misfits: script('Records that the plan does not fit', misfitQuery(plan, options)),
    sums: sums(false),
    sumsPerCluster: sums(true),
    ranges: script('Ranges of all records', saved(rangesQuery(plan, options), 'ranges', 'csv')),
    ones: script('Ones per bit of all records', saved(onesQuery(plan, options), 'ones', 'csv')),
  };
}

/** The query of the condensed samples: one GROUP BY over analytics bits, means and counts. */
import { isPresent, nearest, number } from './dialect.ts';
import { plannedColumns, type CondensePlan } from './plan.ts';
import { POWER_OF_TEN } from '../table/mapping.ts';
import { PART, TEST, TRAIN } from '../table/part.ts';
import {
  codesQuery,
  designExpressions,
  key,
  keysOf,
  targetExpressions,
  usable,
  value,
  valuesQuery,
  type QueryOptions,
} from './statements.ts';

/** WITH: values, codes, and the usable training records with the words of their keys. */
export function keyedRecords(plan: CondensePlan, options: QueryOptions): string {
  const keys = keysOf(plan, options.dialect).map((expression, k) => `${expression} AS ${key(k)}`);
  const part = options.hasPart ? `\n    AND part = '${TRAIN}'` : '';
  return `WITH cells AS (
  -- Numbers as doubles, words by their place in the dictionary, times as counts.
  ${valuesQuery(plan, options)}
), codes AS (
  -- The codes whose bits make the clusters, clamped to the range of the plan.
  ${codesQuery(plan, 'cells')}
), keyed AS (
  -- Records that have all that the model needs, each with its analytics bits.
  SELECT *,
    ${keys.join(',\n    ')}
  FROM codes
  WHERE ${usable(plan)}${part}
)`;
}

/**
 * Weighted condensed samples: a column that says so, means of the design columns and of the target, and how many records
 * each stands for.
 *
 * @param withKeys whether the words of the key stand before them
 */
export function condenseQuery(plan: CondensePlan, options: QueryOptions, withKeys = false): string {
  const { dialect, hasPart } = options;
  const made = [...designExpressions(plan), ...targetExpressions(plan)];
  const names = plan.names.map((name) => dialect.identifier(name));
  const keys = keysOf(plan, dialect).map((_, k) => key(k));
  const means = made.map((expression, j) => `avg(${expression}) AS ${names[j]}`);
  const columns = [...(withKeys ? keys : []), `'${TRAIN}' AS ${PART}`, ...means];
  const samples = `${keyedRecords(plan, options)}
SELECT${dialect.oneFile}
  ${columns.join(',\n  ')},
  CAST(count(*) AS DOUBLE) AS ${names[made.length]}
FROM keyed
GROUP BY ${keys.join(', ')}`;
  if (!hasPart) return `${samples}\nORDER BY ${keys.join(', ')}`;
  const nulls = withKeys ? keys.map(() => 'NULL') : [];
  return `${samples}
UNION ALL
SELECT
  ${[...nulls, `'${TEST}'`, ...made].join(',\n  ')},
  1e0
FROM codes
WHERE ${usable(plan)}
    AND part = '${TEST}'`;
}

/** How many records the plan does not fit, column by column, in one row. */
export function misfitQuery(plan: CondensePlan, options: QueryOptions): string {
  const { dialect } = options;
  const count = (condition: string, name: string): string =>
    `count(CASE WHEN ${condition} THEN 1 END) AS ${dialect.identifier(name)}`;
  const lines = [
    'count(*) AS records',
    `count(CASE WHEN ${usable(plan).replaceAll('\n   ', '')} THEN 1 END) AS used`,
  ];
  plannedColumns(plan).forEach(({ name, cells, code }, k) => {
    const v = value(k);
    if (cells.kind === 'words') {
      lines.push(count(`${v} IS NULL`, `${name}: missing`), count(`${v} < 0`, `${name}: unseen words`));
      return;
    }
    lines.push(count(`NOT ${isPresent(v)}`, `${name}: missing`));
    if (code?.kind === 'linear') {
      lines.push(count(`${v} < ${number(code.min)}`, `${name}: below the range`));
      lines.push(count(`${v} > ${number(code.max)}`, `${name}: above the range`));
    } else if (code?.kind === 'decimal') {
      const scale = number(POWER_OF_TEN[code.decimals]);
      const steps = nearest(`${v} * ${scale}`);
      lines.push(count(`${steps} < ${number(code.min)}`, `${name}: below the range`));
      lines.push(count(`${steps} > ${number(code.min + code.values - 1)}`, `${name}: above the range`));
      lines.push(count(`${isPresent(v)} AND ${steps} / ${scale} <> ${v}`, `${name}: more decimals`));
    }
  });
  return `WITH cells AS (
  ${valuesQuery(plan, options)}
), codes AS (
  ${codesQuery(plan, 'cells')}
)
SELECT
  ${lines.join(',\n  ')}
FROM codes`;
}

/**
 * Sums of products, from which least squares follows whole: XᵀX and Xᵀy of all records. They are d² numbers, and add up
 * to those of full training however the records are divided into clusters, even into one.
 */
import { LabError } from '../errors.ts';
import { solveSymmetric } from '../regression/cholesky.ts';
import type { ClosedForm, NormalEquations } from '../regression/closedForm.ts';
import { keyedRecords } from './condense.ts';
import { number } from './dialect.ts';
import { planNumber, type CondensePlan } from './plan.ts';
import { designExpressions, key, keysOf, targetExpressions, type QueryOptions } from './statements.ts';

/** Most design columns of a query of sums: it has about half their square of columns. */
const MOST_COLUMNS = 128;

/** Name of Σ aᵢ·aⱼ, i ≤ j: 0 is the bias, then the design columns, the target last. */
const sumName = (i: number, j: number): string => `s_${i}_${j}`;

/** Whether a plan has sums: least squares alone is solved by them. */
export function hasSums({ classes, names }: CondensePlan): boolean {
  return classes === null && names.length <= MOST_COLUMNS;
}

/**
 * Sums of products of the standardised design columns and the target over the usable training records.
 *
 * @param perCluster one row for each cluster; else one for all records
 */
export function sumsQuery(plan: CondensePlan, options: QueryOptions, perCluster: boolean): string {
  const { means, scales } = plan;
  const varying: { index: number; expression: string }[] = [];
  designExpressions(plan).forEach((expression, k) => {
    const j = k + 1;
    if (scales[j] === 0) return;
    varying.push({ index: j, expression: `(${expression} - ${number(means[j])}) * ${number(scales[j])}` });
  });
  varying.push({ index: means.length, expression: targetExpressions(plan)[0] });
  const keys = perCluster ? keysOf(plan, options.dialect).map((_, k) => key(k)) : [];
  const made = varying.map(({ index, expression }) => `${expression} AS a_${index}`);
  const sums = [`CAST(count(*) AS DOUBLE) AS ${sumName(0, 0)}`];
  varying.forEach(({ index: i }, at) => {
    sums.push(`sum(a_${i}) AS ${sumName(0, i)}`);
    for (const { index: j } of varying.slice(at)) sums.push(`sum(a_${i} * a_${j}) AS ${sumName(i, j)}`);
  });
  return `${keyedRecords(plan, options)}, standardised AS (
  -- Design columns less their mean, over their standard deviation, both of the plan; the target as it is.
  SELECT
    ${[...keys, ...made].join(',\n    ')}
  FROM keyed
)
SELECT${options.dialect.oneFile}
  ${[`${planNumber(plan)} AS plan`, ...sums].join(',\n  ')}
FROM standardised${keys.length === 0 ? '' : `\nGROUP BY ${keys.join(', ')}`}`;
}

/** Rows of numbers with a name for every column: what a query's result is read as. */
export interface ResultRows {
  names: readonly string[];
  rows: readonly (readonly number[])[];
}

/**
 * The normal equations of the records that the sums are of, in the design's coordinates.
 *
 * @throws SQL_RESULT where they are not those of the plan
 */
function equationsOfSums(plan: CondensePlan, { names, rows }: ResultRows): NormalEquations {
  const width = plan.means.length;
  const place = new Map(names.map((name, k) => [name, k]));
  const isOfPlan = rows.length > 0 && rows.every((row) => row[place.get('plan') ?? -1] === planNumber(plan));
  if (!isOfPlan) throw new LabError('SQL_RESULT', 'These are not the sums of this experiment.');
  const total = (i: number, j: number): number => {
    // The bias and the target are never constant columns.
    if (plan.scales[i] === 0 || plan.scales[j] === 0) return 0;
    const at = place.get(sumName(i, j));
    if (at === undefined) throw new LabError('SQL_RESULT', `The sums lack ${sumName(i, j)}.`);
    return rows.reduce((sum, row) => sum + row[at], 0);
  };
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    for (let k = 0; k <= j; k++) gram[j * width + k] = total(k, j);
    right[j] = total(j, width);
  }
  if (!gram.every(Number.isFinite) || !right.every(Number.isFinite))
    throw new LabError('SQL_RESULT', 'The sums are no finite numbers.');
  return { gram, right };
}

/** Least squares over all records that the sums are of. @throws SQL_RESULT */
export function solveSums(plan: CondensePlan, sums: ResultRows): ClosedForm {
  const { gram, right } = equationsOfSums(plan, sums);
  const { solution, ridge } = solveSymmetric(gram, right);
  return { theta: solution, ridge };
}

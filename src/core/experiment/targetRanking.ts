/** What a table may be meant to predict: its columns, the likeliest first, each with the reason. */
import { classCoding, targetTask } from '../regression/targets.ts';
import { wordsOf } from '../table/nameWords.ts';
import type { Column, Table } from '../table/table.ts';
import { identifierReason } from './identifiers.ts';
import { eligibility } from './variables.ts';

export interface TargetSuggestion {
  column: string;
  /** One or two sentences: why it is suggested, what it would be, or why it is hardly meant. */
  reason: string;
  /** likely: there is a reason for it; possible: it can be one; unlikely: it hardly is one, or cannot be. */
  rank: 'likely' | 'possible' | 'unlikely';
}

/** Words that name what is predicted, with how much they say. */
const NAMES = new Map<string, number>([
  ...['target', 'label', 'outcome', 'response', 'dependent'].map((word) => [word, 7] as const),
  ...['class', 'survived', 'churn', 'churned', 'attrition', 'diagnosis', 'medv'].map(
    (word) => [word, 6] as const,
  ),
  ...['price', 'default', 'species', 'quality', 'fraud', 'spam', 'variety', 'exited', 'value'].map(
    (word) => [word, 5] as const,
  ),
  ...['stroke', 'malignant', 'readmitted', 'approved', 'converted', 'subscribed', 'clicked'].map(
    (word) => [word, 5] as const,
  ),
  ...['income', 'salary', 'charges', 'cnt', 'count', 'val', 'mpg', 'rings', 'strength', 'failure'].map(
    (word) => [word, 4] as const,
  ),
  ...['sales', 'revenue', 'demand', 'yield', 'deposit', 'winner', 'result', 'rent', 'cost'].map(
    (word) => [word, 4] as const,
  ),
  ...['rating', 'score', 'grade', 'status', 'fault', 'risk', 'consumption'].map((word) => [word, 3] as const),
]);
/** A word by itself says more than the last one of several, which says more than another. */
const ALONE = 1.2;
const WITHIN = 0.7;
/** What "y" says where it is no coordinate. */
const LETTER = 6;
const TWO_VALUES = 1.5;
const LAST = 2;
/** Share of one value from which a column is nearly constant. */
const NEARLY_CONSTANT = 0.99;

/** All columns: the likely targets by how much speaks for them, the others in their order, the unlikely last. */
export function rankTargets({ columns }: Table): TargetSuggestion[] {
  const judged = columns.map((column, index) => {
    const isLast = index === columns.length - 1;
    const isCoordinate = !isLast && columns[index - 1]?.name.toLowerCase() === 'x';
    return { index, ...judge(column, isLast, isCoordinate) };
  });
  const order = { likely: 0, possible: 1, unlikely: 2 };
  // Of equal ones the later is likelier; those for which nothing speaks stay in their order.
  judged.sort(
    (a, b) =>
      order[a.rank] - order[b.rank] ||
      b.points - a.points ||
      (a.rank === 'likely' ? b.index - a.index : a.index - b.index),
  );
  return judged.map(({ column, reason, rank }) => ({ column, reason, rank }));
}

function judge(
  column: Column,
  isLast: boolean,
  isCoordinate: boolean,
): TargetSuggestion & { points: number } {
  const said = { column: column.name, points: 0 };
  const { target, reason } = eligibility(column);
  const identifier = identifierReason(column);
  if (identifier !== null) return { ...said, reason: `${identifier} It names records.`, rank: 'unlikely' };
  if (!target) return { ...said, reason: reason ?? 'It cannot be predicted.', rank: 'unlikely' };
  const named = namePoints(column.name, isCoordinate);
  const share = named === null ? commonShare(column) : 0;
  if (share >= NEARLY_CONSTANT) {
    const percent = (Math.floor(share * 1000) / 10).toFixed(1);
    return { ...said, reason: `${percent} % of the records have the same value.`, rank: 'unlikely' };
  }
  const labels = twoLabels(column);
  const reasons: string[] = [];
  let points = 0;
  if (named !== null) {
    points += named.points;
    reasons.push(`“${named.word}” often names a target.`);
  }
  if (labels !== null) {
    points += TWO_VALUES;
    reasons.push(`Two values: ${labels.join(' or ')}.`);
  }
  if (isLast) {
    points += LAST;
    reasons.push('The last column, where targets often stand.');
  }
  if (points === 0) return { ...said, reason: kindWords(column), rank: 'possible' };
  return { ...said, points, reason: reasons.slice(0, 2).join(' '), rank: 'likely' };
}

/** The word of a name that says most, and how much; "y" says nothing where it is a coordinate. */
function namePoints(name: string, isCoordinate: boolean): { word: string; points: number } | null {
  const words = wordsOf(name);
  let best: { word: string; points: number } | null = null;
  words.forEach((word, place) => {
    const points = word === 'y' && words.length === 1 && !isCoordinate ? LETTER : (NAMES.get(word) ?? 0);
    const weighed = points * (words.length === 1 ? ALONE : place === words.length - 1 ? 1 : WITHIN);
    if (weighed > (best?.points ?? 0)) best = { word, points: weighed };
  });
  return best;
}

/** Longest value that stands in a reason. */
const MAX_VALUE = 24;

/** The values of a column that has two. */
function twoLabels(column: Column): string[] | null {
  if (targetTask(column) !== 'classification') return null;
  const { labels = [] } = classCoding(column) ?? {};
  if (labels.length !== 2) return null;
  return labels.map((label) => (label.length > MAX_VALUE ? `${label.slice(0, MAX_VALUE)}…` : label));
}

function kindWords(column: Column): string {
  if (targetTask(column) === 'regression') return 'A number.';
  return `${classCoding(column)?.labels.length ?? 0} classes.`;
}

/** Share of the records that have the value which most have, where that is more than half of them; else 0. */
function commonShare(column: Column): number {
  const cells = column.kind === 'text' ? column.codes : column.values;
  const { missing } = column;
  // Majority vote (Boyer and Moore): what is left over is the only value that can be in more than half of the cells.
  let common = NaN;
  let lead = 0;
  let count = 0;
  for (let i = 0; i < cells.length; i++) {
    if (missing !== null && missing[i] === 1) continue;
    count++;
    if (lead === 0) common = cells[i];
    lead += cells[i] === common ? 1 : -1;
  }
  let same = 0;
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] === common && (missing === null || missing[i] === 0)) same++;
  }
  return count > 0 && 2 * same > count ? same / count : 0;
}

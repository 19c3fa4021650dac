/** Cells as values: numbers as doubles, times as counts, words as places in their dictionary; null where missing. */
import { timeParts } from '../table/time.ts';
import { number, type SqlDialect } from './dialect.ts';
import type { PlannedColumn } from './plan.ts';

/** A word that the plan does not know. */
const UNSEEN = -1;

/** A time written in its pattern, as a count of the pattern's smallest unit, digit by digit. */
function timeValue(text: string, pattern: string, dialect: SqlDialect): string {
  const { date, seconds, digits } = timeParts(pattern);
  const part = (from: number, length: number): string =>
    `TRY_CAST(substr(${text}, ${from}, ${length}) AS DOUBLE)`;
  const days = `CAST(${dialect.days(`substr(${text}, 1, 10)`)} AS DOUBLE)`;
  if (date && pattern.length === 10) return days;
  const clock = date ? 12 : 1;
  let value = `${part(clock, 2)} * 60e0 + ${part(clock + 3, 2)}`;
  if (date) value = `${days} * 1440e0 + ${value}`;
  // An engine that holds a time by itself prints no seconds or fractions that are zero.
  const padded = (from: number, length: number): string =>
    `TRY_CAST(rpad(substr(${text}, ${from}, ${length}), ${length}, '0') AS DOUBLE)`;
  if (seconds) value = `(${value}) * 60e0 + ${padded(clock + 6, 2)}`;
  if (digits > 0) value = `(${value}) * ${number(10 ** digits)} + ${padded(clock + 9, digits)}`;
  return value;
}

function wordValue(text: string, words: readonly string[], missing: string, dialect: SqlDialect): string {
  const cases = words.map((word, place) => `WHEN ${dialect.text(word)} THEN ${place}`).join(' ');
  return `CASE WHEN ${missing} THEN NULL ELSE CASE ${text} ${cases} ELSE ${UNSEEN} END END`;
}

/**
 * A column's value.
 *
 * @param from the view's alias
 * @param missingWords spellings that stand for a missing cell, besides NULL
 */
export function valueOf(
  { name, cells }: PlannedColumn,
  from: string,
  missingWords: readonly string[],
  dialect: SqlDialect,
): string {
  const cell = `${from}.${dialect.identifier(name)}`;
  const text = `CAST(${cell} AS STRING)`;
  switch (cells.kind) {
    case 'number': {
      const cast = `TRY_CAST(${cell} AS DOUBLE)`;
      const marks = missingWords.filter((word) => word.trim() !== '' && Number.isFinite(Number(word)));
      return marks.reduce((v, mark) => `NULLIF(${v}, ${number(Number(mark))})`, cast);
    }
    case 'time':
      return timeValue(text, cells.pattern, dialect);
    case 'words': {
      const spelt = missingWords.filter((word) => !cells.words.includes(word));
      const isSpelt = spelt.map((word) => dialect.text(word)).join(', ');
      const missing = `${cell} IS NULL${spelt.length === 0 ? '' : ` OR ${text} IN (${isSpelt})`}`;
      return wordValue(text, cells.words, missing, dialect);
    }
  }
}

/** Codes of values, and the key of a cluster: its analytics bits, packed into as few integers as hold them. */
import { quantiserScale } from '../condense/quantiser.ts';
import { isPresent, nearest, number, type SqlDialect } from './dialect.ts';
import { plannedColumns, type CondensePlan, type PlannedColumn } from './plan.ts';
import { POWER_OF_TEN } from '../table/mapping.ts';

const whole = (x: string): string => `CAST(${x} AS BIGINT)`;

/**
 * The code of a value as a BIGINT from 0 to 2^width − 1: what lies outside the plan's range is at its end.
 *
 * @param value null where the cell is missing
 */
export function codeExpression({ code, cells }: PlannedColumn, value: string): string {
  switch (code?.kind) {
    case undefined:
      return whole('0');
    case 'decimal': {
      const last = Math.max(0, code.values - 1);
      const steps = `${nearest(`${value} * ${number(POWER_OF_TEN[code.decimals])}`)} - ${number(code.min)}`;
      const clamped = `least(greatest(${steps}, 0e0), ${number(last)})`;
      return whole(
        `CASE WHEN ${isPresent(value)} THEN ${clamped} ELSE ${number(code.missing ? code.values : 0)} END`,
      );
    }
    case 'linear': {
      const { min, max } = code;
      const { unit, scale } = quantiserScale(code);
      if (scale === 0) return whole('0');
      // Clamped first, so that no value is too large to be multiplied.
      const inside = `least(greatest(${value}, ${number(min)}), ${number(max)})`;
      const level = `floor((${inside} * ${number(unit)} - ${number(min * unit)}) * ${number(scale)})`;
      const last = number(2 ** code.width - 1);
      return whole(
        `CASE WHEN ${value} IS NULL OR isnan(${value}) THEN 0e0 ELSE least(${level}, ${last}) END`,
      );
    }
    case 'words': {
      const count = cells.kind === 'words' ? cells.words.length : 0;
      const last = 2 ** code.width - 1;
      const missing = code.missing ? count : 0;
      return whole(
        `CASE WHEN ${value} IS NULL THEN ${missing} WHEN ${value} < 0 THEN ${last} ELSE ${value} END`,
      );
    }
  }
}

/** Neighbouring bits of one code, and where they stand in the key. */
interface Run {
  column: number;
  /** Lowest of its bits, counted from the bottom of the code. */
  low: number;
  length: number;
  /** Place of the lowest bit in its word. */
  at: number;
}

/** Bits in a word of a key: what is added up stays below 2^63. */
const WORD_BITS = 62;

/** The words of a plan's key: runs of the first β bits, those of a column from the top. */
export function keyWords(plan: CondensePlan): Run[][] {
  const columns = plannedColumns(plan);
  const wanted = columns.map(() => new Set<number>());
  for (const { column, bit } of plan.order.slice(0, plan.beta)) {
    wanted[column].add((columns[column].code?.width ?? 0) - 1 - bit);
  }
  const words: Run[][] = [];
  let used = WORD_BITS;
  wanted.forEach((bits, column) => {
    for (const top of [...bits].sort((a, b) => b - a)) {
      if (bits.has(top + 1)) continue;
      let low = top;
      while (bits.has(low - 1)) low--;
      const length = top - low + 1;
      if (used + length > WORD_BITS) {
        words.push([]);
        used = 0;
      }
      words[words.length - 1].push({ column, low, length, at: used });
      used += length;
    }
  });
  return words;
}

/**
 * One expression per word of the key; none without analytics bits.
 *
 * @param code the alias of a column's code
 */
export function keyExpressions(
  plan: CondensePlan,
  code: (column: number) => string,
  dialect: SqlDialect,
): string[] {
  const columns = plannedColumns(plan);
  return keyWords(plan).map((runs) =>
    runs
      .map(({ column, low, length, at }) => {
        const width = columns[column].code?.width ?? 0;
        const shifted = low === 0 ? code(column) : dialect.shiftRight(code(column), low);
        const masked = low + length === width ? shifted : `(${shifted} & ${2 ** length - 1})`;
        return at === 0 ? masked : `${masked} * ${BigInt(2) ** BigInt(at)}`;
      })
      .join(' + '),
  );
}

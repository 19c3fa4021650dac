/** Who is best of what among rows that were measured alike: the archive and its peers, of tables or of pictures. */
import { formatValue } from '../../ui/format.ts';

export type SpeedFigure = 'encodeMegabytesPerSecond' | 'decodeMegabytesPerSecond';

/** What every row has; what was not measured is null. */
interface MeasuredRow extends Record<'ratio' | SpeedFigure, number | null> {
  label: string;
}

/** Differences below half a percent are called equal. */
export const EQUAL = 1.005;

export const isEqual = (factor: number): boolean => factor < EQUAL && 1 / factor < EQUAL;

/** "3.4 times", "1,200 times", "twice" */
export function times(factor: number): string {
  const words = formatValue(factor, 2);
  return words === '2' ? 'twice' : `${words} times`;
}

export interface Ranking<Row, Figure> {
  /** The rows with the best of one quantity first, what was not measured last; equal ones stay as they are. */
  sort: (rows: readonly Row[], figure: Figure) => Row[];
  /** The row that wins in one quantity, of those that give everything back; null where none does. */
  best: (rows: readonly Row[], figure: Figure) => Row | null;
  /** Who is the faster of ours and the best of the others; empty where it was not measured. */
  speedSentence: (ours: Row, others: readonly Row[], figure: Figure & SpeedFigure, verb: string) => string;
}

/**
 * @param smallerWins whether the smaller is the better one of each quantity
 * @param isExact whether a row gives back what it was given
 */
export function createRanking<Figure extends string, Row extends MeasuredRow & Record<Figure, number | null>>(
  smallerWins: Record<Figure, boolean>,
  isExact: (row: Row) => boolean,
): Ranking<Row, Figure> {
  /** How good a row is in one quantity, the smaller the better. */
  function rank(row: Row, figure: Figure): number {
    const value: number | null = row[figure];
    if (value === null) return Infinity;
    return smallerWins[figure] ? value : -value;
  }

  function sort(rows: readonly Row[], figure: Figure): Row[] {
    return [...rows].sort((a, b) => {
      const left = rank(a, figure);
      const right = rank(b, figure);
      return left === right ? 0 : left < right ? -1 : 1;
    });
  }

  function best(rows: readonly Row[], figure: Figure): Row | null {
    const measured = rows.filter((row) => isExact(row) && row[figure] !== null);
    return sort(measured, figure).at(0) ?? null;
  }

  return {
    sort,
    best,
    speedSentence(ours, others, figure, verb) {
      const winner = best(others, figure);
      const mine: number | null = ours[figure];
      const theirs: number | null = winner?.[figure] ?? null;
      if (winner === null || mine === null || theirs === null) return '';
      const factor = theirs / mine;
      if (isEqual(factor)) return `${ours.label} and ${winner.label} ${verb} equally fast.`;
      return factor > 1
        ? `${winner.label} ${verb}s ${times(factor)} as fast as ${ours.label}.`
        : `${ours.label} ${verb}s fastest, ${times(1 / factor)} as fast as ${winner.label}.`;
    },
  };
}

/** The paper's numbers for the table of the runs at hand: where dataset and network are the paper's. */
import type { TrainingRun } from '../../../contracts/training.ts';
import { formatPercent } from '../../../ui/format.ts';
import { paperResult, paperResultOf } from '../../training/paperTable.ts';
import type { ResultRow, ResultTable } from '../../training/results.ts';
import { networkWords } from '../../training/words.ts';

export interface PaperMark {
  accuracy: string;
  /** Time as a share of full training's, or null where the paper says none. */
  time: string | null;
}

/** What the paper reports for a cell; null where it has nothing. Full training stands beside every method. */
export function paperMark(
  datasetId: string,
  { network, width, method }: ResultRow,
  column: ResultTable['columns'][number],
): PaperMark | null {
  const paper = paperResult(datasetId, network, width);
  if (paper === null) return null;
  if (column === 'all') {
    const { least, most } = paper.full;
    const accuracy =
      least === most ? formatPercent(most) : `${(least * 100).toFixed(1)}–${formatPercent(most)}`;
    return { accuracy, time: null };
  }
  if (method !== paper.method) return null;
  const point = paper.points.find(({ fraction }) => Math.abs(fraction - column) < 1e-9);
  if (point === undefined) return null;
  const { accuracy, timeShare } = point;
  return {
    accuracy: formatPercent(accuracy),
    time: timeShare === null ? null : formatPercent(timeShare, 0),
  };
}

/** What has to be known of the paper's numbers beside these runs; empty of pictures that the paper does not have. */
export function paperWords(
  datasetId: string,
  runs: readonly TrainingRun[],
  rows: readonly ResultRow[],
): string {
  const paper = paperResultOf(datasetId);
  if (paper === null) return '';
  const name = networkWords(paper.network, paper.width);
  const isSame = rows.some(({ network, width }) => network === paper.network && width === paper.width);
  if (!isSame) {
    return `The paper trains ${name} on these pictures: its numbers are not shown for other networks or widths.`;
  }
  const epochs = [...new Set(runs.map(({ settings }) => settings.epochs))];
  const own = epochs.length === 1 ? `, these runs for ${epochs[0]}` : '';
  return `Faint numbers are the paper’s for ${name}, trained for ${paper.epochs} epochs${epochs.length === 1 && epochs[0] === paper.epochs ? ' as here' : own}.`;
}

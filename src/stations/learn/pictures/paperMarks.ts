/** The paper's numbers for the table of the runs at hand: where dataset and network are the paper's. */
import { sampleByDataset } from '../../../contracts/gallery.ts';
import type { TrainingRun } from '../../../contracts/training.ts';
import { formatPercent } from '../../../ui/format.ts';
import { paperResult, paperResultOf } from '../../training/paperTable.ts';
import {
  isPaperSet,
  paperSetting,
  paperValue,
  type PaperMeasure,
  type PaperSet,
} from '../../training/paper/tables.ts';
import type { ResultTable, TrainingGroup } from '../../training/results.ts';
import { networkWords } from '../../training/words.ts';

export interface PaperMark {
  accuracy: string;
  /** Time as a share of full training's, or null where the paper says none. */
  time: string | null;
}

type Cell = Pick<TrainingGroup, 'network' | 'width' | 'method'>;

/** The paper's set of pictures, where it trained this network on them; else null. */
function paperSetOf(datasetId: string, { network, width }: Pick<Cell, 'network' | 'width'>): PaperSet | null {
  const id = sampleByDataset(datasetId)?.id ?? '';
  if (!isPaperSet(id)) return null;
  const paper = paperSetting(id);
  return paper.network === network && paper.width === width ? id : null;
}

/** What the paper reports of a measure: "98.3 % ± 0.10"; null where it has nothing. */
export function paperCell(
  datasetId: string,
  cell: Cell & { fraction: number },
  measure: PaperMeasure,
): string | null {
  const set = paperSetOf(datasetId, cell);
  const value = set === null ? null : paperValue(set, cell.method, cell.fraction, measure);
  if (value === null) return null;
  const { mean, std } = value;
  if (measure !== 'accuracy') return formatPercent(mean, 0);
  return `${formatPercent(mean)}${std === null ? '' : ` ± ${(100 * std).toFixed(2)}`}`;
}

/** What the paper reports for a cell; null where it has nothing. Full training stands beside every method. */
export function paperMark(
  datasetId: string,
  row: Cell,
  column: ResultTable['columns'][number],
): PaperMark | null {
  const paper = paperResult(datasetId, row.network, row.width);
  if (paper === null) return null;
  if (column === 'all') {
    const { least, most } = paper.full;
    const accuracy =
      least === most ? formatPercent(most) : `${(least * 100).toFixed(1)}–${formatPercent(most)}`;
    return { accuracy, time: null };
  }
  const cell = { ...row, fraction: column };
  const accuracy = paperCell(datasetId, cell, 'accuracy');
  return accuracy === null ? null : { accuracy, time: paperCell(datasetId, cell, 'time') };
}

/** What has to be known of the paper's numbers beside these runs; empty of pictures that the paper does not have. */
export function paperWords(datasetId: string, runs: readonly TrainingRun[], rows: readonly Cell[]): string {
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

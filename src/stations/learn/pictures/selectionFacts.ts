/** What choosing its pictures took in a run, in the lines of a table. */
import { METHOD_METAS } from '../../../contracts/methods.ts';
import { pretrainEpochsOf, type TrainingRun } from '../../../contracts/training.ts';
import {
  formatBytes,
  formatCount,
  formatMeasured,
  formatPercent,
  formatPlural,
  formatValue,
} from '../../../ui/format.ts';

export interface SelectionFact {
  id: string;
  label: string;
  about: string;
  value: string;
}

/** None of a method that looks at no picture. */
export function selectionFacts({
  selection,
  facts,
  settings,
  distinctRecords,
}: TrainingRun): SelectionFact[] {
  if (selection === null || facts === null) return [];
  const { refreshes, seconds, seen, bytes, distinctRead, filled, weights, pretrained } = selection;
  const { trainRecords, subsetRecords } = facts;
  const planned = pretrainEpochsOf(settings);
  const each =
    refreshes > 1
      ? `; both ${formatMeasured((seconds.features + seconds.pick) / refreshes)} a selection`
      : '';
  const of = (records: number) =>
    `${formatCount(records)} of ${formatPlural(trainRecords, 'training picture')}`;
  const all: (SelectionFact | null)[] = [
    fact('refreshes', 'Selections', selectionsWords(settings), formatCount(refreshes)),
    fact(
      'features',
      'Features',
      'fetching pictures and passing them through the network',
      formatMeasured(seconds.features),
    ),
    fact('pick', 'Picking', `choosing among them${each}`, formatMeasured(seconds.pick)),
    planned === 0 && pretrained === 0
      ? null
      : fact(
          'pretrain',
          'Epochs on every picture',
          `before the first selection: ${formatCount(pretrained)} of ${formatCount(planned)}, counted as selecting`,
          formatMeasured(seconds.pretrain),
        ),
    fact('seen', 'At hand for a selection', of(seen), formatPercent(seen / trainRecords)),
    fact('bytes', 'Held by a selection', 'gradients, features and arrays, at most', formatBytes(bytes)),
    fact(
      'read',
      'Read over the run',
      `to select or to train: ${of(distinctRead)}`,
      formatPercent(distinctRead / trainRecords),
    ),
    fact(
      'trained',
      'Trained on over the run',
      of(distinctRecords),
      formatPercent(distinctRecords / trainRecords),
    ),
    weights === null
      ? fact('weights', 'Weights', 'of the pictures of the last selection', 'all alike')
      : fact(
          'weights',
          'Weights',
          `of the last selection, divided by their mean; they count as ${formatPercent(weights.effective)} as many pictures of equal weight`,
          `${formatValue(weights.least, 2)} to ${formatValue(weights.most, 3)}`,
        ),
    fact(
      'filled',
      'Filled up at random',
      `of the ${formatPlural(subsetRecords, 'picture')} of the last selection, for want of better ones`,
      formatCount(filled),
    ),
  ];
  return all.flatMap((one) => one ?? []);
}

const fact = (id: string, label: string, about: string, value: string): SelectionFact => ({
  id,
  label,
  about,
  value,
});

function selectionsWords({ method, reselect }: TrainingRun['settings']): string {
  return METHOD_METAS.byName(method).options.includes('reselect')
    ? `one every ${formatPlural(reselect, 'epoch')}, the first at random and not counted`
    : 'one for the whole run';
}

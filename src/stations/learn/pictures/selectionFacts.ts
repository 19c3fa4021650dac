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
  const pretraining =
    planned === 0 && pretrained === 0
      ? []
      : [
          fact(
            'pretrain',
            'Epochs on every picture',
            `before the first selection: ${formatCount(pretrained)} of ${formatCount(planned)}, counted as selecting`,
            formatMeasured(seconds.pretrain),
          ),
        ];
  const met = [
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
  ];
  const made = fact('refreshes', 'Selections', selectionsWords(settings), formatCount(refreshes));
  if (refreshes === 0) return [made, ...pretraining, ...met];
  return [
    made,
    fact(
      'features',
      'Features',
      'fetching pictures and passing them through the network',
      formatMeasured(seconds.features),
    ),
    fact('pick', 'Picking', `choosing among them${each}`, formatMeasured(seconds.pick)),
    ...pretraining,
    fact('seen', 'At hand for a selection', of(seen), formatPercent(seen / trainRecords)),
    fact('bytes', 'Held by a selection', 'gradients, features and arrays, at most', formatBytes(bytes)),
    ...met,
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

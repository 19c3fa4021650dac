/** Settings made to fit their table: numbers in range, columns that exist, a model that can predict the target. */
import {
  DEFAULT_SETTINGS,
  type ColumnSummary,
  type DatasetSummary,
  type ExperimentSettings,
} from '../../contracts/codec.ts';
import { TABLE_SETTINGS } from '../../contracts/settings.ts';

/** Columns that a message names before it counts the rest. */
const MOST_NAMES = 5;

/** Column names in a sentence, the first few of many. */
export function namesInWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${name}”`);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

/** Values that are allowed, and no column in two roles. */
export function tidySettings(settings: ExperimentSettings): ExperimentSettings {
  const tidied = TABLE_SETTINGS.tidy(settings);
  const dropped = new Set(tidied.drop);
  if (tidied.target !== null && dropped.has(tidied.target)) tidied.target = null;
  if (tidied.features !== null) {
    tidied.features = tidied.features.filter((name) => name !== tidied.target && !dropped.has(name));
  }
  return tidied;
}

/** "auto" in place of a model that cannot predict the target: no line goes through words. */
export function fittingModel(
  settings: ExperimentSettings,
  summary: DatasetSummary | null,
): ExperimentSettings {
  const target = summary?.columns.find(({ name }) => name === settings.target);
  const isText = target?.kind === 'category' || target?.kind === 'text';
  return settings.model === 'linear' && isText ? { ...settings, model: 'auto' } : settings;
}

/**
 * Step size that a model is first tried with. The curvature of the cross-entropy is at most a quarter of that of the
 * squared error: a step ten times as large is safe for hundreds of columns, and a smaller one would leave the
 * classifier near where it started after the usual number of iterations.
 */
const USUAL_RATES = {
  regression: DEFAULT_SETTINGS.learningRate,
  classification: 10 * DEFAULT_SETTINGS.learningRate,
};

function usualRate(
  { target, model }: Pick<ExperimentSettings, 'target' | 'model'>,
  summary: DatasetSummary | null,
): number {
  const column = summary?.columns.find(({ name }) => name === target);
  const isClasses = model === 'logistic' || (model === 'auto' && column?.targetTask === 'classification');
  return USUAL_RATES[isClasses ? 'classification' : 'regression'];
}

/** The step size to go on with in another dataset: the usual one, unless another was chosen before. */
export function rateFor(
  wanted: Pick<ExperimentSettings, 'target' | 'model'>,
  summary: DatasetSummary,
  before: number,
): number {
  return Object.values(USUAL_RATES).includes(before) ? usualRate(wanted, summary) : before;
}

/** A step size that nobody chose follows the model. */
export function followingRate(
  before: ExperimentSettings,
  after: ExperimentSettings,
  summary: DatasetSummary | null,
): ExperimentSettings {
  const isChosen =
    after.learningRate !== before.learningRate || before.learningRate !== usualRate(before, summary);
  return isChosen ? after : { ...after, learningRate: usualRate(after, summary) };
}

/** The lab's own settings for a table: what it opens with where nobody says otherwise. */
export function usualSettings(summary: DatasetSummary): ExperimentSettings {
  const { suggestedTarget: target, suggestedBeta } = summary;
  return {
    ...DEFAULT_SETTINGS,
    target,
    beta: suggestedBeta ?? DEFAULT_SETTINGS.beta,
    learningRate: usualRate({ target, model: DEFAULT_SETTINGS.model }, summary),
  };
}

/** Settings without the columns that the table does not have, or that cannot be what they are named for. */
export function fittingSettings(
  settings: ExperimentSettings,
  summary: DatasetSummary,
): { settings: ExperimentSettings; unknown: string[]; isTargetWrong: boolean } {
  const { columns, suggestedTarget, sampleId } = summary;
  const names = new Set(columns.map(({ name }) => name));
  const learnable = new Set(columns.flatMap((column) => (column.featureEligible ? [column.name] : [])));
  const isTarget = ({ name, targetEligible }: ColumnSummary) => targetEligible && name === settings.target;
  const isTargetWrong = settings.target !== null && !columns.some(isTarget);
  const unknown = [
    ...(isTargetWrong && settings.target !== null ? [settings.target] : []),
    ...(settings.features ?? []).filter((name) => !learnable.has(name)),
    ...settings.drop.filter((name) => !names.has(name)),
  ];
  const features = settings.features?.filter((name) => learnable.has(name)) ?? null;
  const tidied = tidySettings({
    ...settings,
    // Of a table of one's own it is asked anew.
    target: !isTargetWrong ? settings.target : sampleId === null ? null : suggestedTarget,
    // Features of which none is left were meant for another table; no features at all are meant so.
    features: features?.length === 0 && settings.features?.length !== 0 ? null : features,
    drop: settings.drop.filter((name) => names.has(name)),
  });
  return { settings: fittingModel(tidied, summary), unknown, isTargetWrong };
}

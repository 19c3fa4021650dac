/** Settings made to fit their table: numbers in range, columns that exist, a model that can predict the target. */
import {
  DEFAULT_SETTINGS,
  type ArchiveListing,
  type ColumnSummary,
  type DatasetSummary,
  type ExperimentSettings,
} from './codec.ts';
import { sampleByDataset } from './gallery.ts';
import { TABLE_SETTINGS } from './settings.ts';

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
  if (tidied.weight !== null && (dropped.has(tidied.weight) || tidied.weight === tidied.target))
    tidied.weight = null;
  const { target, weight } = tidied;
  if (tidied.features !== null) {
    tidied.features = tidied.features.filter(
      (name) => name !== target && name !== weight && !dropped.has(name),
    );
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
 * Step size of a table that is opened afresh. At 0.001 and the usual 10,000 iterations e^(−10 λ) is left of the way
 * along a direction of curvature λ: only where no two features are correlated do all come to the optimum, and there
 * the automatic rate does too.
 */
const USUAL_RATE: ExperimentSettings['learningRate'] = 'auto';

/**
 * Step sizes of links that say none, as they have always been understood. The curvature of the cross-entropy is at most
 * a quarter of that of the squared error: a step ten times as large is safe for hundreds of columns.
 */
const UNSAID_RATES = { regression: 0.001, classification: 0.01 };

/** The step size of a link that says none. */
export function unsaidRate(
  { target, model }: Pick<ExperimentSettings, 'target' | 'model'>,
  summary: DatasetSummary | null,
): ExperimentSettings['learningRate'] {
  const column = summary?.columns.find(({ name }) => name === target);
  const isClasses = model === 'logistic' || (model === 'auto' && column?.targetTask === 'classification');
  return UNSAID_RATES[isClasses ? 'classification' : 'regression'];
}

/** The step size to go on with in another dataset: the usual one, unless another was chosen before. */
export function rateAfter(before: ExperimentSettings['learningRate']): ExperimentSettings['learningRate'] {
  const isUnsaid = before === UNSAID_RATES.regression || before === UNSAID_RATES.classification;
  return isUnsaid ? USUAL_RATE : before;
}

/** A step size that neither a link nor anybody here chose follows the model. */
export function followingRate(
  before: ExperimentSettings,
  after: ExperimentSettings,
  summary: DatasetSummary | null,
): ExperimentSettings {
  const isChosen =
    after.learningRate !== before.learningRate || before.learningRate !== unsaidRate(before, summary);
  return isChosen ? after : { ...after, learningRate: unsaidRate(after, summary) };
}

/** The lab's own settings for a table: what it opens with where nobody says otherwise. */
export function usualSettings(summary: DatasetSummary): ExperimentSettings {
  const { suggestedTarget: target, suggestedBeta, weight = null } = summary;
  return {
    ...DEFAULT_SETTINGS,
    ...{ target, weight },
    beta: suggestedBeta ?? DEFAULT_SETTINGS.beta,
    learningRate: USUAL_RATE,
  };
}

/** The settings to go on with in another table: those before, but for what each table has its own of. */
export function carriedSettings(before: ExperimentSettings, summary: DatasetSummary): ExperimentSettings {
  const { codec, condenser, model, beta, target, weight } = usualSettings(summary);
  return {
    ...before,
    ...{ codec, condenser, model, beta, weight, features: null, drop: [] },
    target: summary.sampleId === null ? null : target,
    learningRate: rateAfter(before.learningRate),
  };
}

/**
 * The settings that an archive brings. One without a target may have been made while the question for it stood: it is
 * asked again, but of a sample, which has one of its own.
 */
export function broughtSettings({ settings, datasetId }: ArchiveListing): Partial<ExperimentSettings> {
  const { target, ...others } = settings;
  return target === null && sampleByDataset(datasetId) === undefined ? others : settings;
}

/**
 * The settings that a link leads to on an open table: what it leaves unsaid is usual, but for the step size, which is
 * what links always had.
 *
 * @param present target of a table of one's own where the link names none
 */
export function linkedSettings(
  said: Partial<ExperimentSettings>,
  summary: DatasetSummary,
  present: string | null,
): ExperimentSettings {
  const usual = usualSettings(summary);
  const target = summary.sampleId === null ? present : usual.target;
  // A link names a weight wherever there was one.
  const wanted = { ...usual, target, weight: null, ...said };
  return { ...wanted, learningRate: said.learningRate ?? unsaidRate(wanted, summary) };
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
  const isWeightWrong =
    settings.weight !== null &&
    !columns.some(({ name, kind }) => kind === 'number' && name === settings.weight);
  const unknown = [
    ...(isTargetWrong && settings.target !== null ? [settings.target] : []),
    ...(isWeightWrong && settings.weight !== null ? [settings.weight] : []),
    ...(settings.features ?? []).filter((name) => !learnable.has(name)),
    ...settings.drop.filter((name) => !names.has(name)),
  ];
  const features = settings.features?.filter((name) => learnable.has(name)) ?? null;
  const tidied = tidySettings({
    ...settings,
    // Of a table of one's own it is asked anew.
    target: !isTargetWrong ? settings.target : sampleId === null ? null : suggestedTarget,
    weight: isWeightWrong ? null : settings.weight,
    // Features of which none is left were meant for another table; no features at all are meant so.
    features: features?.length === 0 && settings.features?.length !== 0 ? null : features,
    drop: settings.drop.filter((name) => names.has(name)),
  });
  return { settings: fittingModel(tidied, summary), unknown, isTargetWrong };
}

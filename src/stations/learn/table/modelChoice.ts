/** Which model the settings ask for, and why, before anything has been trained. */
import type { ColumnSummary, ModelChoice } from '../../../contracts/codec.ts';
import { formatCount } from '../../../ui/format.ts';
import type { ModelTask } from './compare.ts';
import { className } from '../../className.ts';

/** Classes that a logistic regression tells apart at most. */
const MOST_CLASSES = 20;

/** The task of the model that will be trained on this target; null without one. */
export function plannedTask(choice: ModelChoice, target: ColumnSummary | null): ModelTask | null {
  if (target === null) return null;
  if (choice === 'linear') return 'regression';
  return choice === 'logistic' ? 'classification' : target.targetTask;
}

/** Models that can be trained on a target: numbers have both while they take few values, words have classes only. */
export function possibleModels(target: ColumnSummary): Record<'linear' | 'logistic', boolean> {
  return {
    linear: target.kind === 'number' || target.kind === 'time',
    logistic:
      target.targetTask === 'classification' || (target.distinct !== null && target.distinct <= MOST_CLASSES),
  };
}

/** One sentence on what the choice means for this target. */
export function choiceWords(choice: ModelChoice, target: ColumnSummary): string {
  const name = className(target.name);
  const values = target.distinct === null ? 'more than 1,000' : formatCount(target.distinct);
  const classes = target.distinct === 2 ? 'two values' : `${values} different values`;
  if (choice === 'linear') {
    if (!possibleModels(target).linear) return `A linear model predicts a number, and ${name} holds words.`;
    return target.targetTask === 'classification'
      ? `Predicts ${name} as a number, though it takes only ${classes}.`
      : `Predicts the number itself and is judged by its squared error.`;
  }
  if (choice === 'logistic') {
    return possibleModels(target).logistic
      ? `Predicts how likely each of the ${values} values of ${name} is.`
      : `A logistic model tells up to ${MOST_CLASSES} classes apart, and ${name} takes ${values} different values.`;
  }
  if (target.targetTask === 'classification') {
    return target.distinct === 2
      ? `Chose logistic regression, because ${name} takes two values.`
      : `Chose logistic regression, because ${name} names ${values} classes.`;
  }
  return `Chose linear regression, because ${name} is a number with ${values} different values.`;
}

/** What choosing a target means for the model. */
import type { ColumnSummary, ModelChoice } from '../../../contracts/codec.ts';
import { formatCount } from '../../../ui/format.ts';

/** Beside a target in the list: "number", "2 classes". */
export function taskWords({ targetTask, distinct }: ColumnSummary): string {
  if (targetTask !== 'classification') return 'a number';
  return distinct === null ? 'classes' : `${formatCount(distinct)} classes`;
}

/** One sentence on the model that this target gets. */
export function modelWords(target: ColumnSummary | undefined, model: ModelChoice): string {
  if (target === undefined)
    return 'The column that the model learns to predict: a number, or one of up to 20 classes.';
  if (model === 'linear') return 'Linear regression, as chosen at Learn, predicts it as a number.';
  if (model === 'logistic') return 'Logistic regression, as chosen at Learn, predicts its classes.';
  if (target.targetTask !== 'classification') return 'A number: linear regression predicts it.';
  return target.distinct === 2
    ? 'Two values: logistic regression predicts which.'
    : `${taskWords(target)}: logistic regression with one output per class (softmax) predicts which.`;
}

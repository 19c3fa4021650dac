import type { ModelChoice } from '../../../contracts/codec.ts';
import { Select, type Option } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import { choiceWords, possibleModels } from './modelChoice.ts';

const MODELS: readonly Option<ModelChoice>[] = [
  {
    value: 'auto',
    label: 'Automatic',
    description: 'Logistic where the target has two values or names classes, linear for any other number.',
  },
  {
    value: 'linear',
    label: 'Linear regression',
    description: 'Predicts a number; the error is squared.',
  },
  {
    value: 'logistic',
    label: 'Logistic regression',
    description: 'Predicts how likely each class is: two classes, or up to 20 (softmax).',
  },
];

/** Which model both methods train. */
export function ModelControl() {
  const { model, target, change } = useLabParts((lab) => ({
    model: lab.settings.model,
    target: lab.dataset.value?.columns.find(({ name }) => name === lab.settings.target) ?? null,
    change: lab.change,
  }));
  const possible = target === null ? null : possibleModels(target);
  return (
    <Select
      label="Model"
      value={model}
      options={MODELS.map((option) => ({
        ...option,
        isDisabled: option.value !== 'auto' && possible !== null && !possible[option.value],
      }))}
      onChange={(next) => change({ model: next })}
      hint={target === null ? 'What is trained, once there is a target.' : choiceWords(model, target)}
      more={
        <>
          <p>
            <strong>Linear regression</strong> minimises the squared error. Its exact optimum has a closed
            form, to which gradient descent comes closer with every iteration.
          </p>
          <p>
            <strong>Logistic regression</strong> minimises the cross-entropy: the mean of −ln of the
            probability that the model gives to the true class. It has no closed form; Newton’s method finds
            its optimum in a few steps, unless the model is too wide for it.
          </p>
        </>
      }
    />
  );
}

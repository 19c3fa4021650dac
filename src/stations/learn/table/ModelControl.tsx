import { OF_TABLE } from '../../settings/homes.ts';
import { SettingControl } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { choiceWords, possibleModels } from './modelChoice.ts';

/** Which model both methods train: those that can predict the target are offered. */
export function ModelControl() {
  const { model, target } = useLabParts((lab) => ({
    model: lab.settings.model,
    target: lab.dataset.value?.columns.find(({ name }) => name === lab.settings.target) ?? null,
  }));
  const possible: Partial<Record<string, boolean>> = target === null ? {} : possibleModels(target);
  return (
    <SettingControl
      home={OF_TABLE}
      name="model"
      hint={target === null ? 'What is trained, once there is a target.' : choiceWords(model, target)}
      options={(options) =>
        options.map((option) => ({ ...option, isDisabled: possible[option.value] === false }))
      }
    />
  );
}

import { useId } from 'react';
import { Label } from 'react-aria-components/Label';
import { RadioButton, RadioField, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import { Text } from 'react-aria-components/Text';
import { FieldFrame, type FieldProps } from './FieldFrame.tsx';
import { useDisabled } from './Locked.tsx';
import { whenChosen, type Option } from './options.ts';

interface RadioGroupProps<V extends string> extends FieldProps {
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}

export function RadioGroup<V extends string>({
  label,
  hint,
  more,
  isDisabled = false,
  value,
  options,
  onChange,
}: RadioGroupProps<V>) {
  const hintId = useId();
  const isOff = useDisabled(isDisabled);
  return (
    <FieldFrame label={label} hint={hint} hintId={hintId} more={more}>
      <AriaRadioGroup
        className="choice-group"
        value={value}
        isDisabled={isOff}
        aria-describedby={hintId}
        onChange={whenChosen(options, value, onChange)}
      >
        <Label className="field-label">{label}</Label>
        {options.map((option) => (
          <RadioField
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled ?? false}
            className="choice-field"
          >
            <RadioButton className="choice choice-radio">
              <span className="choice-mark" />
              <span>{option.label}</span>
            </RadioButton>
            {option.description !== undefined && (
              <Text slot="description" className="choice-description">
                {option.description}
              </Text>
            )}
          </RadioField>
        ))}
      </AriaRadioGroup>
    </FieldFrame>
  );
}

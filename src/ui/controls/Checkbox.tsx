import { useId } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import { CheckboxGroup as AriaCheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { FieldFrame, type FieldProps } from './FieldFrame.tsx';
import { CheckIcon } from './icons.tsx';
import { useDisabled } from './Locked.tsx';
import type { Option } from './options.ts';

interface CheckboxGroupProps extends FieldProps {
  value: readonly string[];
  options: readonly Option[];
  onChange: (value: string[]) => void;
}

export function CheckboxGroup({
  label,
  hint,
  more,
  isDisabled = false,
  value,
  options,
  onChange,
}: CheckboxGroupProps) {
  const hintId = useId();
  const isOff = useDisabled(isDisabled);
  return (
    <FieldFrame label={label} hint={hint} hintId={hintId} more={more}>
      <AriaCheckboxGroup
        className="choice-group"
        value={[...value]}
        isDisabled={isOff}
        aria-describedby={hintId}
        onChange={onChange}
      >
        <Label className="field-label">{label}</Label>
        <div className="choice-scroll">
          {options.map((option) => (
            <CheckboxField
              key={option.value}
              value={option.value}
              isDisabled={option.isDisabled ?? false}
              className="choice-field"
            >
              <CheckMark label={option.label} />
              {option.description !== undefined && (
                <Text slot="description" className="choice-description">
                  {option.description}
                </Text>
              )}
            </CheckboxField>
          ))}
        </div>
      </AriaCheckboxGroup>
    </FieldFrame>
  );
}

interface CheckboxProps {
  label: string;
  /** Read out with the box but not shown: for boxes in a table whose row names them. */
  hideLabel?: boolean;
  isDisabled?: boolean;
  value: boolean;
  onChange: (value: boolean) => void;
}

export function Checkbox({ label, hideLabel = false, isDisabled = false, value, onChange }: CheckboxProps) {
  const isOff = useDisabled(isDisabled);
  return (
    <CheckboxField isSelected={value} isDisabled={isOff} onChange={onChange} className="choice-field">
      <CheckMark label={label} hideLabel={hideLabel} />
    </CheckboxField>
  );
}

function CheckMark({ label, hideLabel = false }: { label: string; hideLabel?: boolean }) {
  return (
    <CheckboxButton className="choice choice-check">
      <span className="choice-mark">
        <CheckIcon />
      </span>
      <span className={hideLabel ? 'visually-hidden' : undefined}>{label}</span>
    </CheckboxButton>
  );
}

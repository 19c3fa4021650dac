import { useId } from 'react';
import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import { FieldFrame, type FieldProps } from './FieldFrame.tsx';
import { useDisabled } from './Locked.tsx';

interface SwitchProps extends FieldProps {
  value: boolean;
  onChange: (value: boolean) => void;
}

export function Switch({ label, hint, more, isDisabled = false, value, onChange }: SwitchProps) {
  const hintId = useId();
  const isOff = useDisabled(isDisabled);
  return (
    <FieldFrame label={label} hint={hint} hintId={hintId} more={more}>
      <SwitchField
        isSelected={value}
        isDisabled={isOff}
        onChange={onChange}
        aria-describedby={hintId}
        className="switch-field"
      >
        <SwitchButton className="switch">
          <span className="field-label">{label}</span>
          <span className="switch-track" />
        </SwitchButton>
      </SwitchField>
    </FieldFrame>
  );
}

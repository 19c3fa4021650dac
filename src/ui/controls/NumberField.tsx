import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { FieldFrame, type FieldProps } from './FieldFrame.tsx';
import { useDisabled } from './Locked.tsx';

interface NumberFieldProps extends FieldProps {
  value: number;
  min?: number;
  max?: number;
  step?: number;
  format?: Intl.NumberFormatOptions;
  /** When it is committed: by Enter, by leaving the field, or by the buttons. */
  onChange: (value: number) => void;
}

export function NumberField({
  label,
  hint,
  more,
  isDisabled = false,
  value,
  min,
  max,
  step,
  format,
  onChange,
}: NumberFieldProps) {
  const hintId = useId();
  const isOff = useDisabled(isDisabled);
  return (
    <FieldFrame label={label} hint={hint} hintId={hintId} more={more}>
      <AriaNumberField
        className="number-field"
        value={value}
        isDisabled={isOff}
        aria-describedby={hintId}
        {...(min === undefined ? {} : { minValue: min })}
        {...(max === undefined ? {} : { maxValue: max })}
        {...(step === undefined ? {} : { step })}
        {...(format === undefined ? {} : { formatOptions: format })}
        onChange={(next) => {
          if (Number.isFinite(next)) onChange(next);
        }}
      >
        <Label className="field-label">{label}</Label>
        <Group className="number-group">
          <Button slot="decrement" className="number-step">
            −
          </Button>
          <Input className="number-input" />
          <Button slot="increment" className="number-step">
            +
          </Button>
        </Group>
      </AriaNumberField>
    </FieldFrame>
  );
}

import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { FieldFrame, type FieldProps } from './FieldFrame.tsx';
import { CheckIcon, ChevronIcon } from './icons.tsx';
import { useDisabled } from './Locked.tsx';
import { whenChosen, type Option } from './options.ts';

interface SelectProps<V extends string> extends FieldProps {
  value: V | null;
  options: readonly Option<V>[];
  placeholder?: string;
  onChange: (value: V) => void;
}

export function Select<V extends string>({
  label,
  hint,
  more,
  isDisabled = false,
  value,
  options,
  placeholder,
  onChange,
}: SelectProps<V>) {
  const hintId = useId();
  const isOff = useDisabled(isDisabled);
  return (
    <FieldFrame label={label} hint={hint} hintId={hintId} more={more}>
      <AriaSelect
        className="select"
        value={value}
        isDisabled={isOff}
        aria-describedby={hintId}
        placeholder={placeholder ?? 'Choose…'}
        disabledKeys={options.filter((option) => option.isDisabled).map((option) => option.value)}
        onChange={whenChosen(options, value, onChange)}
      >
        <Label className="field-label">{label}</Label>
        <Button className="select-button">
          <SelectValue className="select-value">
            {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
          </SelectValue>
          <ChevronIcon />
        </Button>
        <Popover className="popover select-popover" offset={4}>
          <ListBox className="list-box">
            {options.map((option) => (
              <ListBoxItem
                key={option.value}
                id={option.value}
                textValue={option.label}
                className="list-item"
              >
                <span className="list-check">
                  <CheckIcon />
                </span>
                <span className="list-words">
                  <Text slot="label">{option.label}</Text>
                  {option.description !== undefined && (
                    <Text slot="description" className="list-description">
                      {option.description}
                    </Text>
                  )}
                </span>
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </AriaSelect>
    </FieldFrame>
  );
}

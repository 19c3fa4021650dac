/**
 * The controls of a station: each has a label, its value, one sentence on what it does (`hint`) and, one click away,
 * the longer explanation (`more`).
 */
import { createContext, useContext, useId, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import { CheckboxGroup as AriaCheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { Popover } from 'react-aria-components/Popover';
import { RadioButton, RadioField, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import {
  Slider as AriaSlider,
  SliderFill,
  SliderOutput,
  SliderThumb,
  SliderTrack,
} from 'react-aria-components/Slider';
import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import { Text } from 'react-aria-components/Text';
import { CheckIcon, ChevronIcon } from './icons.tsx';
import { Later } from '../Later.tsx';
import { Disclosure } from './Disclosure.tsx';
import { LockNote, useDisabled } from './Locked.tsx';
import './fields.css';

/** The key in links of the setting that a field is for, by which it is found on the page. */
export const ControlKey = createContext<string | undefined>(undefined);

interface FieldProps {
  label: string;
  /** One sentence on what it does; may carry live numbers. */
  hint?: ReactNode;
  /** The longer explanation behind "More about …". */
  more?: ReactNode;
  isDisabled?: boolean;
}

interface FieldFrameProps {
  label: string;
  hint: ReactNode;
  hintId: string;
  more: ReactNode;
  children: ReactNode;
}

function FieldFrame({ label, hint, hintId, more, children }: FieldFrameProps) {
  const control = useContext(ControlKey);
  return (
    <Later>
      <div className="field" data-control={control}>
        {children}
        <LockNote />
        {hint !== undefined && (
          <p className="field-hint" id={hintId}>
            {hint}
          </p>
        )}
        {more !== undefined && <Disclosure about={inSentence(label)}>{more}</Disclosure>}
      </div>
    </Later>
  );
}

/** A label as it stands within a sentence: "Learning rate α" → "learning rate α". */
function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}

interface SliderProps extends FieldProps {
  value: number;
  min: number;
  max: number;
  step?: number;
  /** The value in words beside the label; the number itself by default. */
  format?: (value: number) => string;
  /** Colour of the filled part: the role that the slider controls. */
  tone?: 'analytics' | 'base' | 'deviation';
  /** While it is dragged, on every step. */
  onChange: (value: number) => void;
  /** Once, when it is let go. */
  onChangeEnd?: (value: number) => void;
}

export function Slider({
  label,
  hint,
  more,
  isDisabled = false,
  value,
  min,
  max,
  step = 1,
  format,
  tone = 'analytics',
  onChange,
  onChangeEnd,
}: SliderProps) {
  const hintId = useId();
  const isOff = useDisabled(isDisabled);
  return (
    <FieldFrame label={label} hint={hint} hintId={hintId} more={more}>
      <AriaSlider
        className={`slider slider-${tone}`}
        value={value}
        minValue={min}
        maxValue={max}
        step={step}
        isDisabled={isOff}
        onChange={onChange}
        {...(onChangeEnd === undefined ? {} : { onChangeEnd })}
      >
        <Label className="field-label">{label}</Label>
        <SliderOutput className="slider-output">
          {({ state }) => {
            const now = state.values[0] ?? value;
            return format === undefined ? state.getThumbValueLabel(0) : format(now);
          }}
        </SliderOutput>
        <SliderTrack className="slider-track">
          <SliderFill className="slider-fill" />
          <SliderThumb className="slider-thumb" aria-describedby={hintId} />
        </SliderTrack>
      </AriaSlider>
    </FieldFrame>
  );
}

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

export interface Option<V extends string = string> {
  value: V;
  label: string;
  /** One line under the label in the list. */
  description?: string;
  isDisabled?: boolean;
}

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
        onChange={(key) => {
          const option = options.find((candidate) => candidate.value === key);
          if (option !== undefined && option.value !== value) onChange(option.value);
        }}
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
        onChange={(next) => {
          const option = options.find((candidate) => candidate.value === next);
          if (option !== undefined && option.value !== value) onChange(option.value);
        }}
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

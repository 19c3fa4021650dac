import type { ReactNode } from 'react';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import './textField.css';

interface TextFieldProps {
  label: string;
  hint?: ReactNode;
  value: string;
  placeholder?: string;
  type?: 'text' | 'search';
  isDisabled?: boolean;
  /** With every letter. */
  onChange: (value: string) => void;
}

/** One line of free text. */
export function TextField({ label, hint, placeholder, type = 'text', ...props }: TextFieldProps) {
  return (
    <AriaTextField {...props} type={type} className="field text-field" autoComplete="off" spellCheck="false">
      <Label className="field-label">{label}</Label>
      <Input className="text-input" {...(placeholder === undefined ? {} : { placeholder })} />
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </AriaTextField>
  );
}

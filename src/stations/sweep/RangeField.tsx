import { useState } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import { formatPlural } from '../../ui/format.ts';
import { formatRange, parseRange, type RangeLimits } from './sweepRange.ts';

interface RangeFieldProps {
  label: string;
  hint: string;
  values: readonly number[];
  limits: RangeLimits;
  isDisabled?: boolean;
  onChange: (values: number[]) => void;
}

/** Numbers as text: "8..20", "8..20 step 4" or "5, 8, 13". A text that is none stays, with the reason below it. */
export function RangeField({ label, hint, values, limits, isDisabled = false, onChange }: RangeFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? formatRange(values, limits.whole);
  const parsed = parseRange(text, limits);
  const write = (next: string): void => {
    setDraft(next);
    const read = parseRange(next, limits);
    if (read.ok) onChange(read.values);
  };
  return (
    <TextField
      className="field range-field"
      value={text}
      isDisabled={isDisabled}
      isInvalid={!parsed.ok}
      autoComplete="off"
      spellCheck="false"
      onChange={write}
      onBlur={() => {
        // A list that was understood is shown in its short form; one that was not stays to be mended.
        if (parsed.ok) setDraft(null);
      }}
    >
      <Label className="field-label">{label}</Label>
      <Input className="range-input" />
      <Text slot="description" className="field-hint">
        {hint}
        {parsed.ok && <> {formatPlural(parsed.values.length, 'value')}.</>}
      </Text>
      <FieldError className="range-error">{parsed.ok ? '' : parsed.message}</FieldError>
    </TextField>
  );
}

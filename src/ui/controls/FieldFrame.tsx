/**
 * The controls of a station: each has a label, its value, one sentence on what it does (`hint`) and, one click away,
 * the longer explanation (`more`).
 */
import { createContext, useContext, type ReactNode } from 'react';
import { Later } from '../Later.tsx';
import { Disclosure } from './Disclosure.tsx';
import { LockNote } from './Locked.tsx';
import './fields.css';

/** The key in links of the setting that a field is for, by which it is found on the page. */
export const ControlKey = createContext<string | undefined>(undefined);

export interface FieldProps {
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

export function FieldFrame({ label, hint, hintId, more, children }: FieldFrameProps) {
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

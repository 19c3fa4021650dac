import { useId, useRef, useState, type ReactNode } from 'react';
import { copyText } from '../../platform/clipboard.ts';
import { Button, CopyIcon } from '../../ui/controls/index.ts';

interface CopyFieldProps {
  label: string;
  text: string;
  /** The button's words: "Copy the link". */
  copy: string;
  /** Whether the text is shown over several lines. */
  isLong?: boolean;
  isPrimary?: boolean;
  /** Other buttons beside it. */
  children?: ReactNode;
}

/** A text to be taken away: shown, selected by a press, and copied by a button. */
export function CopyField({
  label,
  text,
  copy,
  isLong = false,
  isPrimary = false,
  children,
}: CopyFieldProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  /** What was copied last, or could not be; another text says nothing of it. */
  const [done, setDone] = useState<{ text: string; isCopied: boolean } | null>(null);

  async function press(): Promise<void> {
    const isCopied = await copyText(text);
    if (!isCopied) {
      field.current?.focus();
      field.current?.select();
    }
    setDone({ text, isCopied });
  }

  return (
    <div className="copy-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        ref={field}
        id={id}
        className="text-input copy-text"
        rows={isLong ? 5 : 2}
        readOnly
        spellCheck={false}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="copy-actions">
        <Button variant={isPrimary ? 'primary' : 'plain'} icon={<CopyIcon />} onPress={() => void press()}>
          {copy}
        </Button>
        {children}
        <span role="status" className="copy-said">
          {done?.text === text &&
            (done.isCopied
              ? 'Copied.'
              : 'The browser does not let the page copy. It is selected: press Ctrl+C, or ⌘C on a Mac.')}
        </span>
      </div>
    </div>
  );
}

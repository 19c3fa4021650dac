import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { ChevronIcon } from './icons.tsx';
import './disclosure.css';

interface DisclosureProps {
  /** What is explained; the button reads "More about …". */
  about?: string;
  /** The button's words, when they are not "More about …". */
  title?: string;
  open?: boolean;
  /** Mounts what is inside when it is opened first: for many controls that are seldom needed. */
  isLate?: boolean;
  children: ReactNode;
}

/** The longer explanation, one click away. */
export function Disclosure({ about, title, open = false, isLate = false, children }: DisclosureProps) {
  const [isMounted, setMounted] = useState(open || !isLate);
  return (
    <AriaDisclosure
      className="disclosure"
      defaultExpanded={open}
      onExpandedChange={(isOpen) => {
        if (isOpen) setMounted(true);
      }}
    >
      <Button slot="trigger" className="disclosure-button">
        <ChevronIcon />
        <span>{title ?? `More about ${about ?? 'this'}`}</span>
      </Button>
      <DisclosurePanel className="disclosure-panel">
        <div className="disclosure-body">{isMounted && children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  );
}

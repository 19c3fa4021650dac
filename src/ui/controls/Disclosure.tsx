import type { ReactNode } from 'react';
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
  children: ReactNode;
}

/** The longer explanation, one click away. */
export function Disclosure({ about, title, open = false, children }: DisclosureProps) {
  return (
    <AriaDisclosure className="disclosure" defaultExpanded={open}>
      <Button slot="trigger" className="disclosure-button">
        <ChevronIcon />
        <span>{title ?? `More about ${about ?? 'this'}`}</span>
      </Button>
      <DisclosurePanel className="disclosure-panel">
        <div className="disclosure-body">{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  );
}

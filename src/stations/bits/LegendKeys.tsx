import type { ReactNode } from 'react';
import { formatPlural } from '../../ui/format.ts';
import { Term } from '../../ui/glossary/Term.tsx';

interface KeyProps {
  name: string;
  label: string;
  bits?: number;
  about: ReactNode;
}

/** One colour of a bit map, what it is called, and how many bits have it. */
export function Key({ name, label, bits, about }: KeyProps) {
  return (
    <li>
      <i className={`bits-key bits-key-${name}`} />
      <p>
        <b>{label}</b> {bits !== undefined && formatPlural(bits, 'bit')}
        <span>{about}</span>
      </p>
    </li>
  );
}

/** What fainter and fuller colour means. */
export function EntropyKey() {
  return (
    <li>
      <i className="bits-scale" />
      <p>
        <Term name="entropy">
          <b>entropy</b>
        </Term>{' '}
        0 to 1 bit, faint to full colour
        <span>how much a bit tells: 0 always the same, 1 a coin toss</span>
      </p>
    </li>
  );
}

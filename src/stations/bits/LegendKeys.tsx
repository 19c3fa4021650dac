import type { ReactNode } from 'react';
import { formatCount } from '../../ui/format.ts';

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
        <b>{label}</b> {bits !== undefined && `${formatCount(bits)} ${bits === 1 ? 'bit' : 'bits'}`}
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
        <b>entropy</b> 0 to 1 bit, faint to full colour
        <span>how much a bit tells: 0 always the same, 1 a coin toss</span>
      </p>
    </li>
  );
}

import type { ReactNode } from 'react';
import { formatPlural } from '../ui/format.ts';
import { Term } from '../ui/glossary/Term.tsx';
import './bitMaps.css';

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

interface ScaleKeyProps {
  /** What is measured, and its ends: "width, 1 to 5 bits". */
  measure: ReactNode;
  about: string;
  isBase?: boolean;
}

/** What fainter and fuller colour means. */
export function ScaleKey({ measure, about, isBase = false }: ScaleKeyProps) {
  return (
    <li>
      <i className={isBase ? 'bits-scale bits-scale-base' : 'bits-scale'} />
      <p>
        {measure}
        <span>{about}</span>
      </p>
    </li>
  );
}

export function EntropyKey() {
  return (
    <ScaleKey
      measure={
        <>
          <Term name="entropy">
            <b>entropy</b>
          </Term>{' '}
          0 to 1 bit, faint to full colour
        </>
      }
      about="how much a bit tells: 0 always the same, 1 a coin toss"
    />
  );
}

import type { ReactNode } from 'react';
import { formatCount } from '../../../ui/format.ts';

interface KeyProps {
  name: string;
  label: string;
  bits?: number;
  about: string;
}

function Key({ name, label, bits, about }: KeyProps) {
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

function Legend({ children }: { children: ReactNode }) {
  return (
    <ul className="bits-legend keeps-colour tile-legend" aria-label="Legend">
      {children}
    </ul>
  );
}

/** What the colours of the bit planes mean, and how many bits of a picture have each. */
export function PlanesLegend({ counts }: { counts: { constant: number; base: number; deviation: number } }) {
  return (
    <Legend>
      <Key
        name="constant"
        label="constant"
        bits={counts.constant}
        about="the same in every training picture of the table"
      />
      <Key
        name="base"
        label="base"
        bits={counts.base}
        about="stored once for all pictures that share a base"
      />
      <Key name="deviation" label="deviation" bits={counts.deviation} about="stored with each picture" />
      <li>
        <i className="bits-scale" />
        <p>
          <b>entropy</b> 0 to 1 bit, faint to full colour
          <span>how much a bit tells: 0 always the same, 1 a coin toss</span>
        </p>
      </li>
    </Legend>
  );
}

/** What a map of coefficients means: one measure from faint to full, and what never changes. */
export function CoefficientLegend({
  measure,
  about,
  isBase,
}: {
  measure: string;
  about: string;
  isBase: boolean;
}) {
  return (
    <Legend>
      <li>
        <i className={isBase ? 'bits-scale tile-scale-base' : 'bits-scale'} />
        <p>
          <b>{measure}</b>
          <span>{about}</span>
        </p>
      </li>
      <Key name="constant" label="constant" about="a coefficient whose bits never change in the table" />
    </Legend>
  );
}

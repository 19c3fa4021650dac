import type { ReactNode } from 'react';
import type { BitsReport } from '../../contracts/codec.ts';
import { formatCount, formatPlural } from '../../ui/format.ts';

interface LegendProps {
  bits: BitsReport;
  beta: number;
}

/** What the colours of the map mean, and how many bits of a record have each. */
export function Legend({ bits, beta }: LegendProps) {
  const { constant, base, deviation } = bits.counts;
  const samples = formatPlural(bits.condensedSamples[beta] ?? 1, 'condensed sample');
  return (
    <ul className="bits-legend keeps-colour" aria-label="Legend">
      <Key name="constant" label="constant" bits={constant} about="the same in every training record" />
      <Key name="base" label="base" bits={base} about="stored once for all records that share a base" />
      <Key name="deviation" label="deviation" bits={deviation} about="stored with each record" />
      {bits.order.length > 0 && (
        <Key
          name="analytics"
          label={bits.condenser === 'clusters' ? 'analytics' : 'first β of the base'}
          bits={beta}
          about={`records that agree on them condense into one: ${samples}`}
        />
      )}
      {bits.rows.some((row) => row.kind === 'quantised') && (
        <Key name="quantised" label="≈ quantised" about="a copy in equal steps, to cluster on; not stored" />
      )}
      <li>
        <i className="bits-scale" />
        <p>
          <b>entropy</b> 0 to 1 bit, faint to full colour
          <span>how much a bit tells: 0 always the same, 1 a coin toss</span>
        </p>
      </li>
    </ul>
  );
}

interface KeyProps {
  name: string;
  label: string;
  bits?: number;
  about: ReactNode;
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

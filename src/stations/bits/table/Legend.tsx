import type { BitsReport } from '../../../contracts/codec.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { EntropyKey, Key } from '../../LegendKeys.tsx';
import { countNearlyConstant, NEARLY_CONSTANT } from './analyticsOrder.ts';

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
      {bits.hasBases ? (
        <>
          <Key name="base" label="base" bits={base} about="stored once for all records that share a base" />
          <Key name="deviation" label="deviation" bits={deviation} about="stored with each record" />
        </>
      ) : (
        <Key name="deviation" label="varying" bits={deviation} about="coded with each record" />
      )}
      {bits.order.length > 0 && (
        <Key
          name="analytics"
          label={bits.condenser === 'clusters' ? 'analytics' : 'first β of the base'}
          bits={beta}
          about={`records that agree on them condense into one: ${samples}`}
        />
      )}
      {countNearlyConstant(bits, bits.order.length) > 0 && (
        <Key
          name="nearly"
          label="nearly constant"
          bits={countNearlyConstant(bits, beta)}
          about={`of the first ${formatCount(beta)}: fewer than 1 record in ${formatCount(NEARLY_CONSTANT)} differs`}
        />
      )}
      {bits.rows.some((row) => row.kind === 'quantised') && (
        <Key name="quantised" label="≈ quantised" about="a copy in equal steps, to cluster on; not stored" />
      )}
      <EntropyKey />
    </ul>
  );
}
